"""A filled table before it is laid out: rows of cells that may span rows and columns, as the official form has them."""
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from annotations.synthetic.layouts.values import CellFact, FormValues, Look, Part, Printer
from annotations.synthetic.layouts.wording import Labeller


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCell:
    """Words in a grid; `fact` where they are a value."""

    words: str
    fact: CellFact | None = None
    columns: int = 1
    rows: int = 1

    @classmethod
    def of(cls, fact: CellFact) -> "SheetCell":
        return cls(words=fact.words, fact=fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """`head`: a row of column heads, which a new page repeats."""

    cells: tuple[SheetCell, ...]
    head: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table with the lines above it. `title` lines belong to the table, `heading` is the section's."""

    part: Part
    rows: tuple[SheetRow, ...]
    heading: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        return max(sum(cell.columns for cell in row.cells) for row in self.rows)

    def placed(self) -> Iterator[tuple[SheetRow, list[SheetCell | None]]]:
        """Each row with one entry for every column of the grid; None where another cell reaches over."""
        width = self.width
        busy = [0] * width
        for row in self.rows:
            line: list[SheetCell | None] = []
            cells = iter(row.cells)
            while len(line) < width:
                cell = None if busy[len(line)] else next(cells, None)
                span = cell.columns if cell else 1
                for column in range(len(line), len(line) + span):
                    busy[column] = cell.rows if cell else busy[column]
                line += [cell, *[None] * (span - 1)]
            busy = [max(0, left - 1) for left in busy]
            yield row, line


def spread(cells: list[SheetCell], width: int, *, head: bool = False) -> SheetRow:
    """A row whose last cell takes up the columns that are left."""
    missing = width - sum(cell.columns for cell in cells)
    return SheetRow(cells=(*cells[:-1], replace(cells[-1], columns=cells[-1].columns + missing)), head=head)


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything that the making of one table needs."""

    values: FormValues
    look: Look
    random: Random

    def printer(self, look: Look | None = None) -> Printer:
        return Printer(self.values, look or self.look)

    def labeller(self, table: str) -> Labeller:
        return Labeller(table, self.look, self.random)

    def heading(self, table: str) -> tuple[str, ...]:
        lines = self.labeller(table).own.heading
        return tuple(line.format(year=self.values.year) for line in lines)
