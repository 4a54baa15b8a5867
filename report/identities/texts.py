"""What the text says against what the table says."""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from report.checks import Check, CheckStatus, Side
from report.facts import Fact
from report.identities.cells import Cells, Operand, applicants, fault_of, index, operand
from report.identities.figures import admits, figure
from report.identities.formulas import WHOLE_REPORT, Key, Term, official_name, stated_sums
from report.spans import Qualifier
from report.vocabulary import vocabulary

WORDS_BEFORE = 24
ALSO_AGREES = "elsewhere the text gives the figure of the table"
UNCLEAR = "the table cannot be read for certain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A figure of the text with all the facts that give it."""

    key: Key
    value: int | float
    qualifier: Qualifier | None
    facts: tuple[Fact, ...]


def check_texts(facts: Sequence[Fact], text: str) -> list[Check]:
    """Each figure of the text against the table's for the same thing."""
    cells = index(fact for fact in facts if fact.in_form)
    said = index(fact for fact in facts if not fact.in_form and fact.value is not None)
    checks = [check for key, found in said.items() for statement in _statements(key, found)
              if (check := _against_table(statement, cells, text))]
    return list(_in_doubt_beside_agreement(checks))


def _in_doubt_beside_agreement(checks: list[Check]) -> Iterator[Check]:
    """Where the text gives the table's figure too, its other figure more likely counts something else."""
    agreeing = {(check.id, check.subject) for check in checks if check.status == "pass"}
    for check in checks:
        contradicted = check.status == "fail" and (check.id, check.subject) in agreeing
        yield replace(check, fault="reading", note=ALSO_AGREES) if contradicted else check


def _statements(key: Key, facts: list[Fact]) -> Iterator[Statement]:
    for value, qualifier in dict.fromkeys((figure(fact), fact.qualifier) for fact in facts):
        yield Statement(key=key, value=value, qualifier=qualifier, facts=tuple(
            fact for fact in facts if (fact.value, fact.qualifier) == (value, qualifier)))


def _against_table(statement: Statement, cells: Cells, text: str) -> Check | None:
    operands = _table_side(statement, cells, text)
    states = {o.state for o in operands}
    if "missing" in states or not states & {"value", "unclear"}:
        return None
    status = _compare(statement, operands)
    facts = [*statement.facts, *(o.fact for o in operands if o.fact)]
    return Check(
        id=f"text_vs_table.{statement.key[0]}", subject=_subject(statement.key), formula="正文所述＝表格所列",
        left=_text_side(statement), right=_side_of_table(operands), status=status,
        fault=fault_of(facts) if status == "fail" else None, note=UNCLEAR if status == "unknown" else None,
    )


def _compare(statement: Statement, operands: list[Operand]) -> CheckStatus:
    value = _total(operands)
    if value is None:
        return "unknown"
    return "pass" if admits(statement.value, statement.qualifier, value) else "fail"


def _total(operands: list[Operand]) -> int | float | None:
    return None if any(o.state == "unclear" for o in operands) else sum(o.value for o in operands)


def _side_of_table(operands: list[Operand]) -> Side:
    words = [f"{o.term.name} {o.value}" for o in operands if o.value]
    return Side(expression=" + ".join(words) or "0", value=_total(operands),
                facts=tuple(o.fact.id for o in operands if o.fact))


def _table_side(statement: Statement, cells: Cells, text: str) -> list[Operand]:
    """The cell of the same name, unless the words say that the text adds up several or the form has only parts."""
    indicator, by = statement.key
    for stated in (s for s in stated_sums() if s.indicator == indicator):
        if statement.key not in cells if stated.words is None else _worded(stated.words, statement, text):
            return [o for part in stated.parts for o in _cell_or_row((part, by), cells)]
    return _cell_or_row(statement.key, cells)


def _cell_or_row(key: Key, cells: Cells) -> list[Operand]:
    """The cell; where the office left the total of a filled row out, the row's applicants."""
    own = operand(_term(key), cells)
    if own.state == "missing" and not key[1]:
        row = [operand(_term(applicant), cells) for applicant in applicants(key[0])]
        if any(o.state == "value" for o in row):
            return row
    return [own]


def _worded(words: str, statement: Statement, text: str) -> bool:
    return any(re.search(words, text[max(0, fact.evidence.start - WORDS_BEFORE):fact.evidence.end])
               for fact in statement.facts)


def _term(key: Key) -> Term:
    words = "，".join(vocabulary().dimensions.get(dimension, {}).get(name, name) for dimension, name in key[1])
    return Term(key=key, name=official_name(key[0]) + (f"（{words}）" if words else ""))


def _text_side(statement: Statement) -> Side:
    words = dict.fromkeys(fact.evidence.text for fact in statement.facts)
    return Side(expression="；".join(words), value=statement.value, facts=tuple(fact.id for fact in statement.facts))


def _subject(key: Key) -> str:
    return ", ".join(f"{dimension}={value}" for dimension, value in key[1]) or WHOLE_REPORT

