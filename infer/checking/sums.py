"""The sums of the tables that fail: which cells, by how much, and the slip that explains it."""
from collections.abc import Iterator, Sequence
from typing import Final

from infer.checking.certainty import all_sure, row_is_plain
from infer.checking.findings import Finding, Sum
from infer.checking.layout import named
from infer.checking.places import Draft
from infer.checking.slips import Equation, Slip, Trouble, find_troubles, is_sum, misprint
from infer.checking.wording import found, wording
from infer.results.wording import number_text
from report.checks import Check
from report.facts import Fact
from report.identities.rules import rules

_OPTIONS_SHOWN: Final = 3
_CASES_SHOWN: Final = 4
_CHANNELS: Final = "proactive.all_channels"


def check_sums(draft: Draft) -> Iterator[Finding]:
    """One finding for each group of failed sums that hang together; one of our own doubt where the reading is weak."""
    troubles = find_troubles(draft.report.checks, draft.facts)
    for trouble in troubles:
        yield _finding(trouble, draft)
    yield from _at_least(draft)


def repaired(draft: Draft) -> dict[str, int | float]:
    """What each cell of a unique slip should be, by fact id."""
    slips = [_best(trouble, draft) for trouble in find_troubles(draft.report.checks, draft.facts)]
    return {name: (draft.facts[name].value or 0) + change
            for slip in slips if slip for name, change in slip.changes.items()}


def _finding(trouble: Trouble, draft: Draft) -> Finding:
    names = list(dict.fromkeys(name for equation in trouble.failed for name in equation.signs))
    facts = [draft.facts[name] for name in names]
    table = named(facts[0], draft.form).table
    cases = "；".join([_case(equation.check, draft) for equation in trouble.failed][:_CASES_SHOWN])
    sums = [_sum(equation, draft) for equation in trouble.failed]
    if not (all_sure(facts, draft) and _rows_are_plain(trouble, draft)):
        places = [draft.of_fact(fact) for fact in facts if fact.value][:_CASES_SHOWN]
        return found("reading.table", draft, places=places, sums=sums, table=table, cases=cases)
    slip = _best(trouble, draft)
    if slip is None:
        places = [draft.of_fact(fact) for fact in _suspects(trouble, draft)]
        return found("table.sum", draft, places=places, sums=sums, slip=_hint(trouble, draft), table=table, cases=cases)
    return _explained(slip, sums, draft)


def _explained(slip: Slip, sums: Sequence[Sum], draft: Draft) -> Finding:
    changed = sorted((draft.facts[name] for name in slip.changes), key=lambda fact: fact.evidence.start)
    cells = [named(fact, draft.form) for fact in changed]
    last = cells[-1]
    return found(
        f"table.{slip.shape}", draft, places=[draft.of_fact(fact) for fact in changed], sums=sums,
        slip=_proposal(slip, changed, draft), table=cells[0].table, row=cells[0].row, column=cells[0].column,
        row2=last.row, column2=last.column)


def _proposal(slip: Slip, changed: Sequence[Fact], draft: Draft) -> str:
    words = wording()
    first, last = changed[0], changed[-1]
    old, new = first.value or 0, (first.value or 0) + slip.changes[first.id]
    said = words.slips[slip.shape].format(
        place=_called(first, draft), other=_called(last, draft), old=_shown(first), new=number_text(new),
        old_total=_shown(last), new_total=number_text((last.value or 0) + slip.changes[last.id]))
    how = misprint(first.value, new) if slip.shape == "cell" else None
    support = [number_text(value) for fact in changed
               if (value := (fact.value or 0) + slip.changes[fact.id]) in _said_of(fact, draft)]
    hints = [*([words.misprints[how] + "。"] if how and old != new else []),
             *([words.slips["text_agrees"].format(value=support[-1])] if support else [])]
    return said + "".join(hints)


def _best(trouble: Trouble, draft: Draft) -> Slip | None:
    """The only slip there is, or the only one that the running text bears out."""
    if len(trouble.slips) == 1:
        return trouble.slips[0]
    agreeing = [slip for slip in trouble.slips if any(
        (draft.facts[name].value or 0) + change in _said_of(draft.facts[name], draft)
        for name, change in slip.changes.items())]
    return agreeing[0] if len(agreeing) == 1 else None


def _said_of(fact: Fact, draft: Draft) -> set[int | float]:
    """What the running text says of a cell, both labellers agreeing."""
    return {said.value for said in draft.stated() if said.method == "both" and said.indicator == fact.indicator
            and said.by == fact.by and said.scope == "own" and said.value is not None and said.qualifier is None}


def _hint(trouble: Trouble, draft: Draft) -> str | None:
    words = wording().slips
    if len(trouble.slips) <= _OPTIONS_SHOWN and trouble.slips:
        return words["several"].format(options="；".join(_option(slip, draft) for slip in trouble.slips))
    for equation in trouble.failed:
        results = [draft.facts[name] for name, sign in equation.signs.items() if sign < 0]
        if len(results) == 1 and not results[0].value:
            return words["no_total"]
        for name, sign in equation.signs.items():
            fact = draft.facts[name]
            if sign > 0 and abs(equation.over) == fact.value and len(equation.signs) > 3:
                return words["addend"].format(difference=number_text(abs(equation.over)),
                                              row=named(fact, draft.form).row)
    return None


def _option(slip: Slip, draft: Draft) -> str:
    return "、".join(
        f"{_called(draft.facts[name], draft)} {_shown(draft.facts[name])} → "
        f"{number_text((draft.facts[name].value or 0) + change)}" for name, change in slip.changes.items())


def _rows_are_plain(trouble: Trouble, draft: Draft) -> bool:
    rows = {draft.facts[name].indicator for equation in trouble.failed for name in equation.signs}
    return all(row_is_plain([fact for fact in draft.cells() if fact.indicator == row and fact.scope == "own"
                             and set(fact.by) <= {"applicant"}], draft) for row in rows)


def _suspects(trouble: Trouble, draft: Draft) -> list[Fact]:
    """The cells one of which is wrong, where they are few; else the totals of the failed sums, to begin with."""
    names = {name for slip in trouble.slips[:_OPTIONS_SHOWN + 1] for name in slip.changes}
    if not trouble.slips or len(trouble.slips) > _OPTIONS_SHOWN:
        names = {name for equation in trouble.failed for name, sign in equation.signs.items() if sign < 0}
    return sorted((draft.facts[name] for name in names), key=lambda fact: fact.evidence.start)


def _sum(equation: Equation, draft: Draft) -> Sum:
    check = equation.check
    return Sum(formula=check.formula, case=_case(check, draft), left=_side(equation, 1, draft),
               right=_side(equation, -1, draft))


def _side(equation: Equation, sign: int, draft: Draft) -> str:
    facts = [draft.facts[name] for name, one in equation.signs.items() if one == sign]
    shown = [fact for fact in facts if fact.value] or facts[:1]
    total = number_text(sum(fact.value or 0 for fact in facts))
    over_row = equation.check.subject.startswith("row=")
    names = [named(fact, draft.form) for fact in shown]
    addends = [f"{_bare(cell.column if over_row else cell.row)} {_shown(fact)}"
               for cell, fact in zip(names, shown, strict=True)]
    return addends[0] if len(addends) == 1 else f"{' ＋ '.join(addends)} ＝ {total}"


def _bare(label: str) -> str:
    """A row's label without what it stands under."""
    return label.rpartition(" ")[2].removeprefix("三、本年度办理结果")


def _case(check: Check, draft: Draft) -> str:
    fact = draft.facts[check.right.facts[0]]
    cell = named(fact, draft.form)
    if check.subject.startswith("row="):
        return f"“{_bare(cell.row)}”一行"
    if check.subject.startswith("applicant="):
        return f"“{cell.column}”一列（{check.formula}）"
    return f"“{cell.row}”（{check.formula}）"


def _called(fact: Fact, draft: Draft) -> str:
    cell = named(fact, draft.form)
    return f"“{_bare(cell.row)}”的“{cell.column}”"


def _shown(fact: Fact) -> str:
    return "空白" if fact.value is None else number_text(fact.value)


def _at_least(draft: Draft) -> Iterator[Finding]:
    """The identities with ≥: a part that is greater than its whole."""
    ids = {row["id"] for row in rules()["identity"]}
    for check in draft.report.checks:
        if check.status == "fail" and check.id in ids and not is_sum(check):
            facts = [draft.facts[name] for name in (*check.left.facts, *check.right.facts)]
            table = named(facts[0], draft.form).table
            sums = [Sum(formula=check.formula, case="", left=str(check.left.value), right=str(check.right.value))]
            if all_sure(facts, draft):
                kind = "table.channels" if check.id == _CHANNELS else "table.at_least"
                yield found(kind, draft, places=[draft.of_fact(fact) for fact in facts], sums=sums,
                            table=table, formula=check.formula)
            else:
                yield found("reading.table", draft, places=[draft.of_fact(fact) for fact in facts], sums=sums,
                            table=table, cases=check.formula)
