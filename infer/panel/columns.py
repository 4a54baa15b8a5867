"""The columns of the five tables; those of the wide one come from the vocabulary and the forms."""
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from infer.panel.data import data
from infer.panel.labels import DIMENSIONS, domains
from report.forms import forms
from report.vocabulary import vocabulary

TableName = Literal["facts", "reports", "codebook", "comparability", "problems"]
ColumnType = Literal["string", "integer", "number", "boolean"]
TABLES: Final[tuple[TableName, ...]] = ("facts", "reports", "codebook", "comparability", "problems")
_WIDTH: Final = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What a column of the wide table holds: an indicator, as a whole or for one key of a dimension."""

    indicator: str
    dimension: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column: its labels, its type, the domain of its keys, and how many characters a spreadsheet shows."""

    name: str
    type: ColumnType
    zh: str
    en: str
    domain: str | None = None
    wide: int = _WIDTH
    unit: str | None = None
    cell: Cell | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table: its name, its labels and its columns in order."""

    name: TableName
    zh: str
    en: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


@cache
def table(name: TableName) -> Table:
    row = next(row for row in data("columns")["table"] if row["name"] == name)
    listed = tuple(Column(**column) for column in row["columns"])
    cells = tuple(_indicator_columns()) if name == "reports" else ()
    return Table(name=name, zh=row["zh"], en=row["en"], columns=(*listed, *cells))


@cache
def wide_cells() -> dict[Cell, str]:
    """The wide table's column of each cell."""
    return {column.cell: column.name for column in table("reports").columns if column.cell}


def _indicator_columns() -> Iterator[Column]:
    words = domains()
    for indicator in vocabulary().indicators.values():
        own = words["indicator"][indicator.id]
        yield Column(name=own.name, type="number", zh=own.zh, en=own.en, unit=indicator.unit,
                     cell=Cell(indicator=indicator.id))
        for dimension, key in _splits(indicator.id):
            part = words[dimension][key]
            yield Column(name=f"{own.name}_{part.name}", type="number", zh=f"{own.zh}·{part.zh}",
                         en=f"{own.en}, {part.en}", unit=indicator.unit,
                         cell=Cell(indicator=indicator.id, dimension=dimension, key=key))


def _splits(indicator: str) -> Iterator[tuple[str, str]]:
    """Keys of listed dimensions by which the vocabulary splits it; applicant=total is the whole."""
    for dimension in DIMENSIONS:
        if dimension in vocabulary()[indicator].by:
            yield from ((dimension, key) for key in vocabulary().dimensions[dimension]
                        if (dimension, key) != ("applicant", "total"))


@cache
def form_splits() -> dict[str, frozenset[tuple[str, str]]]:
    """For each form, (indicator, dimension) pairs that its cells are split by."""
    found: dict[str, set[tuple[str, str]]] = {}
    for one in forms().tables:
        cells = [cell for element in one.elements for cell in element.cells if cell.indicator]
        pairs = {(cell.indicator, name) for cell in cells for name, _ in cell.by if cell.indicator}
        if one.layout == "applicants":
            pairs |= {(cell.indicator, "applicant") for cell in cells if cell.indicator}
        versions = ("2019", "2021") if one.layout in ("applicants", "groups") else (one.form,)
        for version in versions:
            found.setdefault(version, set()).update(
                (indicator, name) for indicator, name in pairs
                if version not in ("2019", "2021") or version in vocabulary()[indicator].forms)
    return {form: frozenset(pairs) for form, pairs in found.items()}


@cache
def short_cells() -> frozenset[str]:
    """Indicators of the provincial short forms, which the vocabulary does not list among its forms."""
    return frozenset(cell.indicator for one in forms().tables if one.form == "short"
                     for element in one.elements for cell in element.cells if cell.indicator)
