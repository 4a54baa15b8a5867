"""The official tables as printed: where a cell stands, and which cells an edition asks for (layout.toml)."""
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final

from infer.results.wording import dimensions_label, indicator_label
from report.facts import Fact
from report.identities.formulas import Key, key_of

BOTH: Final = "both"
APPLICANT: Final = "applicant"
TOTAL: Final = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """One table: `rows` and `columns` with their words, `stands` how a row is looked for in the text."""

    id: str
    form: str
    section: str
    name: str
    rows: Mapping[str, str]
    stands: Mapping[str, str]
    columns: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[str, list[str]] = field(default_factory=dict)
    only: Mapping[str, list[str]] = field(default_factory=dict)

    def rows_of(self, form: str) -> list[str]:
        """The rows that this edition prints."""
        others = {row for edition, rows in self.only.items() if edition != form for row in rows}
        return [row for row in self.rows if row not in others]

    def keys(self, row: str) -> list[Key]:
        """What the cells of a row state."""
        if self.cells:
            return [(f"{row}.{column}", ()) for column in self.cells[row]]
        return [key_of(row, {APPLICANT: column}) for column in layout().applicants]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """layout.toml as read."""

    applicants: Mapping[str, str]
    tables: tuple[Printed, ...]
    statistics: Mapping[str, str]

    def of(self, form: str) -> list[Printed]:
        """The tables of an edition in order."""
        return [table for table in self.tables if table.form in (form, BOTH)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell by its words."""

    table: str
    row: str
    column: str


@cache
def layout() -> Layout:
    data = tomllib.loads(files("infer.checking").joinpath("layout.toml").read_text(encoding="utf-8"))
    return Layout(applicants=data["applicants"], statistics=data["statistics"],
                  tables=tuple(Printed(**row) for row in data["table"]))


def key_of_fact(fact: Fact) -> Key:
    return key_of(fact.indicator or "", fact.by)


def cell_of(fact: Fact, form: str) -> Cell | None:
    """Where a table's fact stands in the form of that edition; None for a table that is none of the notices'."""
    for table in layout().of(form):
        for row, column in _places(fact, table):
            return Cell(table=table.name, row=table.rows[row], column=column)
    return None


def named(fact: Fact, form: str) -> Cell:
    """The same, with the names of the vocabulary where the form has none for it."""
    found = cell_of(fact, form)
    if found:
        return found
    statistics = layout().statistics
    return Cell(table=statistics["name"] if form == "2014" else "表格", row=indicator_label(fact.indicator or ""),
                column=dimensions_label(fact) or statistics["column"])


def _places(fact: Fact, table: Printed) -> Iterator[tuple[str, str]]:
    indicator = fact.indicator or ""
    if not table.cells:
        if indicator in table.rows and set(fact.by) <= {APPLICANT}:
            yield indicator, layout().applicants[fact.by.get(APPLICANT, TOTAL)]
        return
    row, _, column = indicator.rpartition(".")
    if row in table.rows and column in table.cells[row] and not fact.by:
        yield row, table.columns[column]
