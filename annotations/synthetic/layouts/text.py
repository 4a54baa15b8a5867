"""The layouts of plain text: what is left of a table when its grid is gone."""
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final
from unicodedata import east_asian_width

from annotations.synthetic.layouts.sheets import Desk, Sheet, SheetCell, SheetRow
from annotations.synthetic.layouts.writer import Writer

_PAGE_MARKS: Final = ("— {} —", "—{} —", "- {} -", "{}", "第{}页 共{of}页")
_NARROWEST: Final = 4
_FIRST_PAGES: Final = (2, 9)
_GAPS: Final = ("\n", "\n\n", "\n\n")


def write_heading(writer: Writer, lines: Sequence[str], layout: str) -> None:
    """Heading lines, run together with the table where all is."""
    for line in lines:
        if writer.is_html:
            writer.put(f"<p>{line}</p>\n")
        else:
            writer.put(line + ("" if layout == "run_together" else "\n"))


def write_pipes(writer: Writer, sheet: Sheet, desk: Desk) -> None:
    """| a | b |"""
    for cells in _lines_of(sheet, padded=desk.look.padded):
        writer.put("|")
        for cell in cells:
            writer.put(" ")
            _put(writer, cell)
            writer.put(" |")
        writer.put("\n")


def write_mixed(writer: Writer, sheet: Sheet, _desk: Desk) -> None:
    """Heads on pipe rows, every other cell on a line of its own that ends with |."""
    for row in sheet.rows:
        for n, cell in enumerate(row.cells):
            if row.head:
                writer.put(" | " if n else "")
            _put(writer, cell)
            writer.put("" if row.head else " |\n")
        writer.put(" |\n" if row.head else "")


def write_lines(writer: Writer, sheet: Sheet, desk: Desk) -> None:
    """One cell a line."""
    gap = desk.random.choice(_GAPS)
    for cell in (cell for row in sheet.rows for cell in row.cells):
        writer.put(desk.look.indent)
        _put(writer, cell)
        writer.put(gap)


def write_run(writer: Writer, sheet: Sheet, _desk: Desk) -> None:
    """Everything run together."""
    for cell in (cell for row in sheet.rows for cell in row.cells):
        _put(writer, cell)


def write_tabs(writer: Writer, sheet: Sheet, desk: Desk) -> None:
    """A row a line, tabs between its cells."""
    for cells in _lines_of(sheet, padded=desk.look.padded):
        _joined(writer, cells, "\t")


def write_spaces(writer: Writer, sheet: Sheet, _desk: Desk) -> None:
    """Columns aligned by blanks, as a PDF shows them."""
    grid = [line for _, line in sheet.placed()]
    widths = [
        max((_width(cell.words) for line in grid if (cell := line[n]) and cell.columns == 1), default=_NARROWEST)
        for n in range(sheet.width)
    ]
    for line in grid:
        place, written = 0, 0
        for n, cell in enumerate(line):
            if cell is not None and cell.words:
                gap = max(place - written, 1 if written else 0)
                writer.put(" " * gap)
                _put(writer, cell)
                written += gap + _width(cell.words)
            elif cell is not None:
                _put(writer, cell)
            place += widths[n] + 2
        writer.put("\n")


def write_pages(writer: Writer, sheet: Sheet, desk: Desk) -> None:
    """Rows with blanks between their cells, broken once by the foot of a page and the heads repeated."""
    writer.page = writer.page + 1 if writer.page else desk.random.randrange(*_FIRST_PAGES)
    mark = desk.random.choice(_PAGE_MARKS).format(writer.page, of=writer.page + desk.random.randrange(1, 9))
    plain = [n for n, row in enumerate(sheet.rows) if n and not row.head and not sheet.rows[n - 1].head]
    at = desk.random.choice(plain) if plain else -1
    for n, row in enumerate(sheet.rows):
        if n == at:
            writer.put(f"\n{mark}\n\n")
            for head in _heads_above(sheet.rows[:n]):
                _joined(writer, head.cells, " ")
        _joined(writer, row.cells, " ")


def _heads_above(rows: Sequence[SheetRow]) -> list[SheetRow]:
    """The heads of the block that the last of these rows stands in."""
    heads: list[SheetRow] = []
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if row.head:
            heads.append(row)
        elif after is not None and after.head:
            heads = []
    return heads


def _lines_of(sheet: Sheet, *, padded: bool) -> Iterable[Sequence[SheetCell | None]]:
    return (line for _, line in sheet.placed()) if padded else (row.cells for row in sheet.rows)


def _joined(writer: Writer, cells: Sequence[SheetCell | None], gap: str) -> None:
    for n, cell in enumerate(cells):
        writer.put(gap if n else "")
        _put(writer, cell)
    writer.put("\n")


def _put(writer: Writer, cell: SheetCell | None) -> None:
    if cell is not None:
        writer.cell(cell)


@lru_cache(4096)
def _width(words: str) -> int:
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in words)
