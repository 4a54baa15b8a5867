"""Tables that plain text draws with | or tabs; the text itself stays as it is."""
import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from report.document import Cell, Table

_RULE = frozenset(" \t|:+=—─-")
_OUTER_PIPES = re.compile(r"\s*\|")
_HEADING = re.compile(r"[一二三四五六七八九十]+\s*、|第.{1,6}条")
_LABEL_LINE = 30
_LINES_INSIDE_A_CELL = 3
_LINES_TO_A_HEADER = 60
_LINES_OF_A_TABLE = 2000
_BLANK_ROWS = 4
# Each failure may have looked through a whole table's lines: more of them are no report but a trap.
_FAILURES = 200
_COLUMN_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Line:
    """A line's place in the text, without its line break."""

    start: int
    end: int
    words: str


@dataclass(slots=True)
class _Rows:
    """Rows of a table being read: bounds of each cell, and the line after the last whole row."""

    rows: list[list[tuple[int, int]]]
    next_line: int


def normalise_newlines(text: str) -> str:
    """The only change that plain text undergoes."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def tables_in_text(text: str) -> tuple[Table, ...]:
    """Pipe tables (whole rows, or one cell a line ending in |) and tab tables, in the order of the text."""
    if "|" not in text and "\t" not in text:
        return ()
    lines = _lines(text)
    headers = [number for number, line in enumerate(lines) if line.words.count("|") >= 2]
    found: list[_Rows] = []
    number = failures = 0
    while number < len(lines):
        shape = _shape(lines, number, headers) if failures < _FAILURES else None
        table = _pipe_table(lines, number, *shape) if shape else _tab_table(lines, number)
        failures += shape is not None and table is None
        number = table.next_line if table else number + 1
        found.extend([table] if table else [])
    return tuple(_table(number, rows.rows, text) for number, rows in enumerate(found))


def _lines(text: str) -> list[Line]:
    lines, start = [], 0
    for words in text.split("\n"):
        lines.append(Line(start, start + len(words), words))
        start += len(words) + 1
    return lines


def _table(number: int, rows: Sequence[Sequence[tuple[int, int]]], text: str) -> Table:
    cells = tuple(_cell(text, row, column, bounds) for row, all_bounds in enumerate(rows)
                  for column, bounds in enumerate(all_bounds))
    return Table(id=number, start=min(cell.start for cell in cells), end=max(cell.end for cell in cells), cells=cells)


def _cell(text: str, row: int, column: int, bounds: tuple[int, int]) -> Cell:
    start, end = bounds
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return Cell(row=row, column=column, start=start, end=end)


def _pipe_table(lines: Sequence[Line], first: int, columns: int, leading: bool) -> _Rows | None:
    """The reading of the lines that makes the longer table."""
    readings = (_whole_rows(lines, first, columns, leading), None if leading else _cells_by_line(lines, first, columns))
    return max((rows for rows in readings if rows), key=lambda rows: rows.next_line, default=None)


def _shape(lines: Sequence[Line], first: int, headers: Sequence[int]) -> tuple[int, bool] | None:
    """The number of columns, and whether rows begin with |: of the first line that has several |."""
    if "|" not in lines[first].words:
        return None
    place = bisect_left(headers, first)
    near = place < len(headers) and headers[place] - first < _LINES_TO_A_HEADER
    header = lines[headers[place]] if near else lines[first]
    leading = _OUTER_PIPES.match(header.words) is not None
    columns = len(_split(header, leading)) if header.words.count("|") <= _COLUMN_LIMIT else 0
    return (columns, leading) if columns >= 2 else None


def _is_closed(line: Line) -> bool:
    return line.words.rstrip().endswith("|")


def _split(line: Line, leading: bool) -> list[tuple[int, int]]:
    """Bounds between the marks; a | that closes the row opens no cell, blank cells before it count."""
    places = [line.start + place for place, character in enumerate(line.words) if character == "|"]
    begin = line.start
    if leading and places:
        begin = places.pop(0) + 1
    cells = []
    for place in places:
        cells.append((begin, place))
        begin = place + 1
    if not _is_closed(line):
        cells.append((begin, line.end))
    return cells


def _whole_rows(lines: Sequence[Line], first: int, columns: int, leading: bool) -> _Rows | None:
    """One row a line, each with as many cells as the first."""
    rows, number = [], first
    while number < len(lines) and "|" in lines[number].words:
        if not _is_rule(lines[number].words):
            cells = _split(lines[number], leading)
            if len(cells) != columns:
                break
            rows.append(cells)
        number += 1
    return _Rows(rows, number) if len(rows) >= 2 else None


def _is_rule(words: str) -> bool:
    """The line of dashes under a header."""
    return "-" in words and _RULE.issuperset(words)


def _cells_by_line(lines: Sequence[Line], first: int, columns: int) -> _Rows | None:
    """Whole rows mixed with cells that each end their own line with |; None unless the last row comes out full."""
    cells: list[tuple[int, int]] = []
    number, begin = first, None
    while number < min(len(lines), first + _LINES_OF_A_TABLE):
        line = lines[number]
        at_row = len(cells) % columns == 0 and begin is None
        if not line.words.strip():
            pass
        elif at_row and len(_split(line, leading=False)) == columns:
            cells.extend(_split(line, leading=False))
        elif "|" in line.words:
            begin = _close_cells(line, line.start if begin is None else begin, cells)
        elif (at_row and not _opens_cell(lines, number)) or _has_waited(lines, number, begin):
            break
        else:
            begin = line.start if begin is None else begin
        number += 1
    whole = len(cells) % columns == 0 and len(cells) >= 2 * columns
    return _Rows([cells[place:place + columns] for place in range(0, len(cells), columns)], number) if whole else None


def _close_cells(line: Line, begin: int, cells: list[tuple[int, int]]) -> int | None:
    """End a cell at every | of the line; return where the words after the last one begin, if there are any."""
    for place, character in enumerate(line.words):
        if character == "|":
            cells.append((begin, line.start + place))
            begin = line.start + place + 1
    return begin if line.words[begin - line.start:].strip() else None


def _opens_cell(lines: Sequence[Line], number: int) -> bool:
    """Whether a line without | is the first of a label that the next line ends, not words between two tables."""
    words, below = lines[number].words.strip(), lines[number + 1].words if number + 1 < len(lines) else ""
    return below.count("|") == 1 and len(words) <= _LABEL_LINE and not _HEADING.match(words)


def _has_waited(lines: Sequence[Line], number: int, begin: int | None) -> bool:
    """Whether too many lines have gone by since the open cell began."""
    past = number - _LINES_INSIDE_A_CELL
    return begin is not None and past >= 0 and lines[past].start > begin


def _tab_table(lines: Sequence[Line], first: int) -> _Rows | None:
    """Neighbouring lines of the same number of tab-separated cells, at least two of them filled in at least half."""
    rows: list[list[tuple[int, int]]] = []
    filled = 0
    number = first
    while number < len(lines) and "\t" in lines[number].words:
        cells = _tab_cells(lines[number])
        same_shape = len(cells) == len(rows[0] if rows else cells) and len(cells) <= _COLUMN_LIMIT
        if not same_shape or 2 * filled + _BLANK_ROWS < len(rows):
            break
        rows.append(cells)
        filled += sum(part.strip() != "" for part in lines[number].words.split("\t")) >= 2
        number += 1
    return _Rows(rows, number) if len(rows) >= 2 and 2 * filled >= len(rows) else None


def _tab_cells(line: Line) -> list[tuple[int, int]]:
    cells, begin = [], line.start
    for part in line.words.split("\t"):
        cells.append((begin, begin + len(part)))
        begin += len(part) + 1
    return cells
