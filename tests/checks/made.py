"""Facts, tables and sections made by hand."""

from collections.abc import Iterable

from report.checks import Check
from report.facts import Evidence, Fact, FormId, Meta, Section, State
from report.identities import check
from report.vocabulary import vocabulary

APPLICANTS = tuple(key for key in vocabulary().dimensions["applicant"] if key != "total")
COLUMNS = (*APPLICANTS, "total")
FLOW = ("requests.new", "requests.carried_in", "requests.processed_total", "requests.carried_out")
Table = dict[tuple[str, str], int | None]


def cell(
    indicator: str,
    value: int | None,
    *,
    state: State | None = None,
    confidence: float = 1.0,
    ambiguous: bool = False,
    fact_id: str = "",
    **by: str,
) -> Fact:
    """A table cell, its id made of what it counts."""
    return Fact(
        id=fact_id or "/".join([indicator, *by.values()]),
        indicator=indicator,
        by=by,
        value=value,
        unit="件",
        state=state or ("blank" if value is None else "value"),
        method="table",
        confidence=confidence,
        ambiguous=ambiguous,
        evidence=Evidence(start=0, end=0, text=""),
    )


def said(
    text: str,
    words: str,
    indicator: str | None,
    value: float,
    *,
    unit: str = "条",
    parent: str | None = None,
    **by: str,
) -> Fact:
    """A fact of the running text, read from `words`; its id is the words."""
    start = text.index(words)
    return Fact(
        id=words,
        indicator=indicator,
        by=by,
        value=value,
        unit=unit,
        state="value",
        method="rule",
        confidence=1.0,
        parent=parent,
        evidence=Evidence(start=start, end=start + len(words), text=words),
    )


def outcomes(form: FormId) -> tuple[str, ...]:
    """The rows of 本年度办理结果 that add up to its total; 其他处理 is one row in 2019 and three in 2021."""
    rows = [i.id for i in vocabulary().indicators.values() if form in i.forms and "applicant" in i.by]
    return tuple(row for row in rows if row not in FLOW)


def empty_table(form: FormId) -> Table:
    """All cells 0."""
    return {(row, column): 0 for row in (*FLOW, *outcomes(form)) for column in COLUMNS}


def cells(table: Table) -> list[Fact]:
    """The table's facts, ROW/COLUMN their ids."""
    return [cell(row, value, applicant=column) for (row, column), value in table.items()]


def small_table() -> Table:
    """Twelve requests of the 2021 form that balance: ten natural persons, two enterprises."""
    table = empty_table("2021")
    for row, natural_person, enterprise in (
        ("requests.new", 9, 2),
        ("requests.carried_in", 1, 0),
        ("requests.granted", 4, 1),
        ("requests.denied.third_party_rights", 2, 0),
        ("requests.unavailable.not_held", 3, 0),
        ("requests.processed_total", 9, 1),
        ("requests.carried_out", 1, 1),
    ):
        table[row, "natural_person"], table[row, "enterprise"] = natural_person, enterprise
        table[row, "total"] = natural_person + enterprise
    return table


def run(facts: Iterable[Fact], *, form: FormId = "2021", text: str = "") -> dict[tuple[str, str], Check]:
    """The checks by id and subject."""
    found = check(tuple(facts), Meta(form=form), (), text)
    return {(one.id, one.subject): one for one in found}


def sections(text: str, *headings: tuple[int, str, str, str | None]) -> list[Section]:
    """Sections from their headings, in order: level, number, title, topic."""
    starts: list[int] = []
    for _, number, title, _ in headings:
        starts.append(text.index(f"{number}、{title}", starts[-1] + 1 if starts else 0))
    return [
        Section(level=level, number=number, title=title, topic=topic, start=start, end=end)
        for (level, number, title, topic), start, end in zip(headings, starts, [*starts[1:], len(text)], strict=True)
    ]
