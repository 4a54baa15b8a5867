"""The identities of the official forms: each case read, judged, and written down as a check."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report.checks import Check, CheckStatus, Side
from report.facts import Fact, FormId
from report.identities.cells import Cells, Operand, fault_of, index, operand
from report.identities.figures import same
from report.identities.formulas import Case, Term, cases
from report.identities.repairs import Figures, Sum, find_repairs

NAMES_IN_NOTE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A case with its cells."""

    case: Case
    left: tuple[Operand, ...]
    right: tuple[Operand, ...]

    @property
    def operands(self) -> tuple[Operand, ...]:
        return self.left + self.right


def check_sums(facts: Sequence[Fact], form: FormId) -> list[Check]:
    """All identities of the form's tables that have something to compare."""
    cells = index(fact for fact in facts if fact.in_form)
    judged = list(_judge_all(cells, form))
    repairs = find_repairs([_as_sum(reading, status) for reading, status in judged])
    return [_to_check(reading, status, repair)
            for (reading, status), repair in zip(judged, repairs, strict=True)]


def _judge_all(cells: Cells, form: FormId) -> Iterator[tuple[Reading, CheckStatus]]:
    done: set[tuple[str, str]] = set()
    for case in cases():
        if (case.id, case.subject) in done or not _applies(case, cells, form):
            continue
        reading = Reading(case=case, left=_read(case.left, cells), right=_read(case.right, cells))
        status = judge(reading)
        if status is not None:
            done.add((case.id, case.subject))
            yield reading, status


def _applies(case: Case, cells: Cells, form: FormId) -> bool:
    if form != "narrative" and form not in case.forms:
        return False
    if case.needs and not any(key in cells for key in case.needs):
        return False
    return not any(fact.value is not None for key in case.unless for fact in cells.get(key, ()))


def _read(terms: tuple[Term, ...], cells: Cells) -> tuple[Operand, ...]:
    return tuple(operand(term, cells) for term in terms if not term.optional or term.key in cells)


def judge(reading: Reading) -> CheckStatus | None:
    """None where a side says nothing or leaves totals out; unknown where a cell cannot be read or is not there."""
    left, right = _says(reading.left), _says(reading.right)
    if not (left and right) or not any(o.state == "value" for o in reading.operands):
        return None
    if any(o.state == "unclear" for o in reading.operands):
        return "unknown"
    missing = [o for o in reading.operands if o.state == "missing"]
    if any(o.fact for o in missing):
        return None
    if missing and not reading.case.partial:
        return "unknown"
    return _compare(reading, bool(missing))


def _says(operands: tuple[Operand, ...]) -> bool:
    return any(o.state in ("value", "unclear") for o in operands)


def _compare(reading: Reading, missing: bool) -> CheckStatus:
    left, right = total(reading.left), total(reading.right)
    if same(left, right) or (reading.case.relation == ">=" and left > right):
        return "pass"
    return "unknown" if missing and left < right else "fail"


def total(operands: tuple[Operand, ...]) -> int | float:
    """The side's sum, blank cells as 0."""
    return sum(o.value for o in operands)


def _as_sum(reading: Reading, status: CheckStatus) -> Sum:
    missing = any(o.state == "missing" for o in reading.operands)
    group = reading.case.group if reading.case.relation == "=" and not missing else None
    return Sum(group=group, status=status, left=_figures(reading.left), right=_figures(reading.right))


def _figures(operands: tuple[Operand, ...]) -> Figures:
    return {o.fact.id: o.value for o in operands if o.fact}


def _to_check(reading: Reading, status: CheckStatus, repair: str | None) -> Check:
    case, facts = reading.case, [o.fact for o in reading.operands if o.fact]
    return Check(
        id=case.id, subject=case.subject, formula=case.formula, left=_side(reading.left, case),
        right=_side(reading.right, case), status=status, fault=fault_of(facts) if status == "fail" else None,
        repair=repair, note=_note(reading),
    )


def _side(operands: tuple[Operand, ...], case: Case) -> Side:
    words = [f"{o.term.name} {o.value}" for o in operands if o.value]
    unknown = {"unclear"} if case.partial else {"unclear", "missing"}
    value = None if unknown & {o.state for o in operands} else total(operands)
    return Side(expression=" + ".join(words) or "0", value=value, facts=tuple(o.fact.id for o in operands if o.fact))


def _note(reading: Reading) -> str | None:
    notes = [f"{words}: {_names(found)}" for state, words in (
        ("blank", "blank, counted as 0"), ("unclear", "cannot be read for certain"), ("missing", "not in the table"),
    ) if (found := [o.term.name for o in reading.operands if o.state == state])]
    return "; ".join(notes) or None


def _names(names: list[str]) -> str:
    more = len(names) - NAMES_IN_NOTE
    return "、".join(names[:NAMES_IN_NOTE]) + (f" and {more} more" if more > 0 else "")
