"""The likely slip behind sums that fail: one cell, one cell and the totals above it, or two cells changed about."""
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Literal

from infer.checking.layout import APPLICANT
from report.checks import Check
from report.facts import Fact
from report.identities.formulas import key_of
from report.identities.rules import rules
from report.vocabulary import vocabulary

Number = int | float
Shape = Literal["cell", "carried", "swapped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """A check with the sign of each fact on its left side, minus for the right; `over` is by how much it fails."""

    check: Check
    signs: Mapping[str, int]
    over: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """The changes by fact id that make every sum of the table hold, and that no other change of this shape does."""

    shape: Shape
    changes: Mapping[str, Number]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Failed sums that share cells, and the slips of the simplest shape that each explain them all; best one alone."""

    failed: tuple[Equation, ...]
    slips: tuple[Slip, ...]


def find_troubles(checks: Sequence[Check], facts: Mapping[str, Fact]) -> list[Trouble]:
    """The failed sums of the tables in groups of what hangs together."""
    equations = [equation for check in checks if (equation := _equation(check, facts))]
    found = []
    for group in _connected(equations):
        failed = tuple(equation for equation in group if equation.over)
        if failed:
            found.append(Trouble(failed=failed, slips=_slips(failed, group, facts)))
    return found


def is_sum(check: Check) -> bool:
    """One of the form's own identities with an equals sign."""
    return check.id in _equalities()


def _equalities() -> frozenset[str]:
    return frozenset(row["id"] for row in rules()["identity"] if row.get("relation", "=") == "=")


def _equation(check: Check, facts: Mapping[str, Fact]) -> Equation | None:
    if not is_sum(check) or check.status == "unknown":
        return None
    signs = {**dict.fromkeys(check.left.facts, 1), **dict.fromkeys(check.right.facts, -1)}
    over = sum(sign * (facts[name].value or 0) for name, sign in signs.items())
    return Equation(check=check, signs=signs, over=over if check.status == "fail" else 0)


def _connected(equations: Sequence[Equation]) -> Iterator[list[Equation]]:
    groups: list[tuple[set[str], list[Equation]]] = []
    for equation in equations:
        names, members = set(equation.signs), [equation]
        apart = []
        for group in groups:
            if group[0] & names:
                names |= group[0]
                members = [*group[1], *members]
            else:
                apart.append(group)
        groups = [*apart, (names, members)]
    return (members for _, members in groups)


def _slips(failed: Sequence[Equation], group: Sequence[Equation], facts: Mapping[str, Fact]) -> tuple[Slip, ...]:
    shapes: tuple[tuple[Shape, Iterator[dict[str, Number]]], ...] = (
        ("cell", _single(failed, facts)), ("swapped", _swaps(failed, facts)), ("carried", _carried(failed, facts)))
    for shape, candidates in shapes:
        mending = tuple(Slip(shape=shape, changes=changes) for changes in candidates if _mends(changes, group))
        if mending:
            return mending
    return ()


def _mends(changes: Mapping[str, Number], group: Sequence[Equation]) -> bool:
    return all(equation.over + sum(equation.signs.get(name, 0) * change for name, change in changes.items()) == 0
               for equation in group)


def _single(failed: Sequence[Equation], facts: Mapping[str, Fact]) -> Iterator[dict[str, Number]]:
    first = failed[0]
    for name, sign in first.signs.items():
        if _value(facts[name]) - sign * first.over >= 0:
            yield {name: -sign * first.over}


def _swaps(failed: Sequence[Equation], facts: Mapping[str, Fact]) -> Iterator[dict[str, Number]]:
    """Two cells of one row or of one column with each other's figure."""
    names = sorted({name for equation in failed for name in equation.signs})
    lines = _lines(facts.values())
    for one in names:
        for other in lines[one]:
            change = _value(facts[other]) - _value(facts[one])
            if change and (one < other or other not in names):
                yield {one: change, other: -change}


def _carried(failed: Sequence[Equation], facts: Mapping[str, Fact]) -> Iterator[dict[str, Number]]:
    """A wrong cell of a row and the row's total that was added up from it."""
    totals = {fact.indicator: fact for fact in facts.values() if _is_cell(fact) and _is_total(fact)}
    names = sorted({name for equation in failed for name in equation.signs})
    sizes = sorted({abs(equation.over) for equation in failed})
    for name in names:
        fact = facts[name]
        total = totals.get(fact.indicator)
        if _is_total(fact) or total is None or total.id not in names:
            continue
        for size in sizes:
            for change in (size, -size):
                if min(_value(fact), _value(total)) + change >= 0:
                    yield {name: change, total.id: change}


def _lines(facts: Iterable[Fact]) -> dict[str, list[str]]:
    """For each cell the others of its row and of its column."""
    lines: dict[tuple[str, str], list[str]] = defaultdict(list)
    for fact in facts:
        if _is_cell(fact):
            indicator = fact.indicator or ""
            row = indicator if APPLICANT in vocabulary()[indicator].by else indicator.rpartition(".")[0]
            lines["row", row].append(fact.id)
            if APPLICANT in vocabulary()[indicator].by:
                lines["column", fact.by.get(APPLICANT, "")].append(fact.id)
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines.values():
        for one, other in permutations(line, 2):
            found[one].append(other)
    return found


def _is_cell(fact: Fact) -> bool:
    return (fact.method == "table" and fact.status == "stated" and fact.scope == "own" and "period" not in fact.by
            and fact.indicator is not None and fact.indicator in vocabulary())


def _is_total(fact: Fact) -> bool:
    return not key_of(fact.indicator or "", fact.by)[1]


def _value(fact: Fact) -> Number:
    return fact.value or 0


def misprint(old: Number | None, new: Number) -> str | None:
    """What may have happened at the keyboard, as a key of wording.toml."""
    if not isinstance(new, int) or (old is not None and not isinstance(old, int)):
        return None
    if not old:
        return "left_out"
    before, after = str(old), str(new)
    if len(before) == len(after):
        differing = sum(one != other for one, other in zip(before, after, strict=True))
        if differing == 1:
            return "one_digit"
        return "transposed" if sorted(before) == sorted(after) else None
    if len(before) == len(after) + 1 and _without_one(before, after):
        return "digit_too_many"
    if len(after) == len(before) + 1 and _without_one(after, before):
        return "digit_missing"
    return None


def _without_one(longer: str, shorter: str) -> bool:
    return any(longer[:place] + longer[place + 1:] == shorter for place in range(len(longer)))
