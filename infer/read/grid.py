"""Which tables of a page are tables, and the grid that their cells make."""
import re
from collections.abc import Iterator
from dataclasses import dataclass

from infer.read.dom import Element
from infer.read.limits import Limits, require

_GROUPS = frozenset({"thead", "tbody", "tfoot"})
_SPAN_LIMIT = 100
_RUNNING_TEXT = 300
_RUNNING_SHARE = 0.6
_SHORT_CELL = 60
_NUMBER = re.compile(r"\s*([0-9]{1,6})")


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlCell:
    """A cell's place in the grid and the element that holds its words."""

    row: int
    column: int
    row_span: int
    column_span: int
    element: Element


def _row_groups(table: Element) -> Iterator[list[Element]]:
    """Rows that a rowspan cannot leave; rows outside any group make one of their own."""
    for child in table.elements():
        if child.tag in _GROUPS:
            yield [row for row in child.elements() if row.tag == "tr"]
        elif child.tag == "tr":
            yield [child]


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row.elements() if cell.tag in ("td", "th")]


def is_data_table(table: Element) -> bool:
    """Rows of at least two cells; not a page laid out by a table, where one cell holds the text or another table."""
    rows = [_cells(row) for group in _row_groups(table) for row in group]
    if table.tables or sum(map(len, rows)) < 2 or max(map(len, rows)) < 2 or not table.letters:
        return False
    longest = max(cell.letters for row in rows for cell in row)
    return longest < _RUNNING_TEXT or longest < _RUNNING_SHARE * table.letters


def is_row_of_short_cells(row: Element) -> bool:
    """A row of a layout table that reads as one line: key and value, not columns of a page."""
    return row.tag == "tr" and not row.tables and all(cell.letters <= _SHORT_CELL for cell in _cells(row))


def cells_of(table: Element, limits: Limits) -> list[HtmlCell]:
    """The HTML standard's table algorithm, with spans cut at the end of their row group."""
    placed: list[HtmlCell] = []
    first_row = 0
    for group in _row_groups(table):
        busy: dict[int, int] = {}
        for number, row in enumerate(group):
            placed.extend(_place_row(row, first_row + number, len(group) - number, busy))
            require(len(placed), limits.cells, "table cells")
            busy = {column: left - 1 for column, left in busy.items() if left > 1}
        first_row += len(group)
    return placed


def _place_row(row: Element, number: int, rows_left: int, busy: dict[int, int]) -> Iterator[HtmlCell]:
    """Put each cell into the first free column; `busy` says for how many rows, this one included, a column is taken."""
    column = 0
    for cell in _cells(row):
        while busy.get(column, 0):
            column += 1
        width = max(1, _span(cell, "colspan"))
        height = min(_span(cell, "rowspan") or rows_left, rows_left)
        yield HtmlCell(row=number, column=column, row_span=height, column_span=width, element=cell)
        busy.update(dict.fromkeys(range(column, column + width), height))
        column += width


def _span(cell: Element, name: str) -> int:
    number = _NUMBER.match(cell.attributes.get(name, ""))
    return min(int(number[1]), _SPAN_LIMIT) if number else 1
