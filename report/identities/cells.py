"""What a report's table cells and text say, looked up by indicator and part."""
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from report.checks import Fault
from report.facts import Fact
from report.identities.figures import figure
from report.identities.formulas import Key, Term, key_of
from report.vocabulary import vocabulary

CERTAIN = 0.9
OperandState = Literal["value", "blank", "unclear", "missing"]
BLANK = frozenset({"blank", "dash", "slash", "not_applicable"})
Cells = dict[Key, list[Fact]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A term as read. Blank counts as 0; unclear: unreadable, or the report's tables differ; missing: no such cell, or
    a total that the office left out."""

    term: Term
    state: OperandState
    value: int | float = 0
    fact: Fact | None = None


def of_this_year(facts: Iterable[Fact]) -> list[Fact]:
    """The facts that may be compared: stated, of the office's own scope, of the report year."""
    return [fact for fact in facts if fact.status == "stated" and fact.scope == "own" and "period" not in fact.by]


def index(facts: Iterable[Fact]) -> Cells:
    """Facts by what they count."""
    cells: Cells = defaultdict(list)
    for fact in facts:
        if fact.indicator is not None:
            cells[key_of(fact.indicator, fact.by)].append(fact)
    return dict(cells)


def operand(term: Term, cells: Cells) -> Operand:
    """The term's cell; a value goes before a blank, and two values that differ are unclear."""
    facts = cells.get(term.key)
    if not facts:
        return Operand(term=term, state="missing")
    valued = [fact for fact in facts if fact.value is not None]
    if valued:
        return _valued(term, valued)
    fact = facts[0]
    if any(fact.state not in BLANK for fact in facts):
        return Operand(term=term, state="unclear", fact=fact)
    if _total_of_filled_row(term.key, cells):
        return Operand(term=term, state="missing", fact=fact)
    return Operand(term=term, state="blank", fact=fact)


def _valued(term: Term, facts: list[Fact]) -> Operand:
    certain = [fact for fact in facts if is_certain(fact)] or facts
    if len(facts) > 1 and len({fact.value for fact in certain}) > 1:
        return Operand(term=term, state="unclear", fact=certain[0])
    return Operand(term=term, state="value", value=figure(certain[0]), fact=certain[0])


def _total_of_filled_row(key: Key, cells: Cells) -> bool:
    """Many offices fill the applicants and leave the row's total blank; that blank is no zero."""
    indicator, by = key
    return not by and any(cell.value for applicant in applicants(indicator) for cell in cells.get(applicant, ()))


def applicants(indicator: str) -> list[Key]:
    """The cells of the row of that indicator, without its total."""
    return [(indicator, (("applicant", key),)) for key in vocabulary().dimensions["applicant"] if key != "total"]


def is_certain(fact: Fact) -> bool:
    """Neither ambiguous nor read with doubt."""
    return not fact.ambiguous and fact.confidence >= CERTAIN


def fault_of(facts: Sequence[Fact]) -> Fault:
    """Where all that was compared is read for certain, the report itself is at fault."""
    return "source" if all(is_certain(fact) for fact in facts) else "reading"
