"""A row of a form: its label, and the words of its cells from a table's grid or from the text behind the label."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from infer.forms.atoms import ZERO_LETTERS, Atom, Piece, cut_digits, is_cut_off, is_nothing, piece_of, read_atoms
from infer.forms.chains import Chain, Match
from infer.forms.groups import adds_up
from infer.forms.numbering import Numbering, find_numbering
from infer.forms.pages import are_dashes, are_pages, may_hold_page
from infer.forms.values import is_foreign, read_values
from infer.forms.view import LetterView
from infer.forms.windows import GridCell, align, windows
from report.document import Cell, Document, Table
from report.forms import Element, FormTable, forms

TEXT_BEHIND_LAST_LABEL = 1500
_BEFORE_LABEL = re.compile(r"(?:[一二三四五六七八九十]{1,2}+[)]?[、.:,]?|其中[:,]?|\(\d\)|[①-⑩]|[\s|(\"'《])*$")
_LIST_NUMBER = re.compile(r"(\d)\s*[.、)]\s*$")
_CLOSING = re.compile(r"[\s|)\"'》:,、.]*")
_MARK = re.compile(r"\|")
_CODE_BEFORE_UNIT = re.compile(r"[\s|]*[A-Za-z]{0,3}-?\d{1,4}[\s|]+(?=[^\W\d])")
_NUMBER_CELL = re.compile(r"[^\S\n\t]*+[\n|\t][\s|]*+\d")
_NEXT_SECTION = re.compile(r"[(]?[一二三四五六七八九十]{1,2}[)、]")
_NO_VALUE = re.compile(r"[^\d\n|]{2,30}")
DAMAGE = 6
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`label` and `place` (where a blank would stand) are places of the folded text.

    `cells` are the grid's, blank ones included; `atoms` those of the text, where blanks leave no trace.
    `loose` is a digit that may be the next row's list number and not part of a value; `torn`: digits of the next row's
    sequence number cannot be told from the values; `closed`: nothing but values stands before the next label; `paged`:
    one of the numbers may be a page's.
    """

    table: FormTable
    element: Element
    label: tuple[int, int]
    place: int
    atoms: tuple[Atom, ...]
    unit: str
    cells: tuple[GridCell, ...] = ()
    loose: bool = False
    torn: bool = False
    closed: bool = False
    paged: bool = False


class Grids:
    """The document's tables, by place in the text and by row."""

    def __init__(self, doc: Document, view: LetterView) -> None:
        self._view = view
        pairs = [(cell, table) for table in doc.tables for cell in table.cells if cell.end > cell.start]
        self._placed = sorted(pairs, key=lambda pair: (pair[0].start, -pair[0].end))
        self._starts = [cell.start for cell, _ in self._placed]
        self._rows: dict[tuple[int, int], list[Cell]] = {}
        for table in doc.tables:
            for cell in table.cells:
                self._rows.setdefault((table.id, cell.row), []).append(cell)

    def find(self, start: int, end: int) -> tuple[Cell, Table] | None:
        """The innermost cell that holds the range of the document's text."""
        for n in range(bisect_right(self._starts, start) - 1, max(-1, bisect_right(self._starts, start) - 8), -1):
            cell, table = self._placed[n]
            if cell.start <= start and end <= cell.end:
                return cell, table
        return None

    def row(self, table: Table, number: int) -> list[Cell]:
        return sorted(self._rows.get((table.id, number), ()), key=lambda cell: cell.column)

    def read(self, cell: Cell, table: Table, *, signed: bool) -> GridCell:
        start, end = self._view.from_original(cell.start), self._view.from_original(cell.end)
        made = _bounded_cell(self._view.folded.text, start, end, signed=signed)
        return replace(made, table=table.id, row=cell.row, column=cell.column)


def _bounded_cell(text: str, start: int, end: int, *, signed: bool) -> GridCell:
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
    return GridCell(piece=_cell_piece(text, start, end, signed=signed), words=re.sub(r"\s", "", words))


def _cell_piece(text: str, start: int, end: int, *, signed: bool) -> Piece:
    if start >= end:
        return Piece(start=start, end=start, state="blank")
    atoms = read_atoms(text, start, end, signed=signed)
    if atoms and not text[atoms[-1].end : end].strip(" \t\n."):
        if len(atoms) == 1:
            return piece_of(atoms[0])
        if all(atom.is_run and not atom.sign and not atom.tail for atom in atoms):
            digits = "".join(atom.digits for atom in atoms)
            value = Decimal(digits)
            return Piece(start=start, end=end, state="value" if value else "zero", value=value, unit=atoms[-1].unit)
    return Piece(start=start, end=end, state="unreadable")


def read_rows(chain: Chain, view: LetterView, grids: Grids) -> list[Row]:
    """The chain's rows with the words that stand between their labels and the next."""
    rows = []
    numbering = find_numbering(chain, view)
    for n, match in enumerate(chain.matches):
        following = chain.matches[n + 1] if n + 1 < len(chain.matches) else None
        if chain.element(match).kind == "row":
            rows.append(_row(chain, match, following, view, grids, numbering))
    paged = are_pages(view.folded.text, [row.atoms for row in rows])
    return _aligned([replace(row, torn=row.torn or page) for row, page in zip(rows, paged, strict=True)], chain.table)


def _aligned(rows: Sequence[Row], table: FormTable) -> list[Row]:
    """The rows with the form's cells alone; torn where these cannot be told from those that fill the grid."""
    if table.layout == "statistics":
        return list(rows)
    accept = adds_up if table.layout == "groups" else None
    aligned = align([row.cells for row in rows], [_count(row) for row in rows], accept)
    return [
        replace(row, cells=(), torn=True) if cells is None else replace(row, cells=cells)
        for row, cells in zip(rows, aligned, strict=True)
    ]


def _count(row: Row) -> int:
    return len(forms().applicants) if row.table.layout == "applicants" else len(row.element.cells)


def _row(
    chain: Chain,
    match: Match,
    following: Match | None,
    view: LetterView,
    grids: Grids,
    numbering: Numbering,
) -> Row:
    text, element = view.folded.text, chain.element(match)
    label = view.folded_bounds(match.start, match.end)
    end, loose = _value_end(text, label[1], following, view)
    if following and following.start in numbering.places:
        end, loose = max(label[1], numbering.places[following.start]), False
    signed = chain.table.layout == "columns"
    behind_code = label[1]
    if chain.table.layout == "statistics":
        behind_code = _behind_code(text, label[1], end, headed=numbering.codes)
    start, unit = _value_start(text, behind_code, end, element, chain.table, view)
    atoms = read_values(text, start, end, element, chain.table, inner=following is not None)
    number = chain.element(following).number if following else None
    loose = bool(loose and number and atoms and atoms[-1].end == end and atoms[-1].digits[-1:] == number)
    behind = view.folded_bounds(following.start, following.end) if following else None
    cells = _grid_cells(label, behind, view, grids, chain.table) or _piped_cells(text, behind_code, end, signed=signed)
    place = start if start > label[1] or not atoms else atoms[0].start
    rest = text[atoms[-1].end : end].strip(" \t\n|") if atoms else "?"
    closed = not rest or (following is None and _NEXT_SECTION.match(rest) is not None)
    return Row(
        table=chain.table,
        element=element,
        label=label,
        place=place,
        atoms=tuple(atoms),
        unit=unit,
        cells=cells,
        loose=loose,
        closed=closed,
        torn=(following is not None and following.start in numbering.lost)
        or (is_cut_off(text, atoms[-1]) if atoms else are_dashes(text, label[1], len(element.cells)))
        or (not atoms and _is_followed_by_words(view, label[1], start, end)),
        paged=may_hold_page(text, label[1], atoms),
    )


def _behind_code(text: str, start: int, end: int, *, headed: bool) -> int:
    """A code between label and measure word is no value: the heads say so, or a number follows the measure word."""
    code = _CODE_BEFORE_UNIT.match(text, start, end)
    unit = code and next((word for word in _measures() if text.startswith(word, code.end())), "")
    if not code or not unit:
        return start
    return code.end() if headed or _NUMBER_CELL.match(text, code.end() + len(unit), end) else start


def _value_end(text: str, start: int, following: Match | None, view: LetterView) -> tuple[int, bool]:
    """Where the next label begins, its own number left out; and whether a bare digit before it may be that number."""
    if following is None:
        return min(len(text), start + TEXT_BEHIND_LAST_LABEL), False
    end = view.places[following.start]
    window = text[max(start, end - 24) : end]
    before = _BEFORE_LABEL.search(window)
    kept = window[: before.start()] if before else window
    numbered = _LIST_NUMBER.search(kept)
    end = end - len(window) + (numbered.start() if numbered else len(kept))
    return max(start, end), not numbered


def _value_start(
    text: str, start: int, end: int, element: Element, table: FormTable, view: LetterView
) -> tuple[int, str]:
    """Behind the rest of the label, its notes and, in statistics, the measure word; and that word."""
    place, unit = start, ""
    while place < end:
        if place in view.noted:
            place += 1
            continue
        closing = _CLOSING.match(text, place, end)
        if closing and closing.end() > place and text[place] not in "-":
            place = closing.end()
            continue
        letters = _LETTERS.match(text, place, end)
        if table.layout == "statistics" and not unit and (measure := _measure(text, place, end, element)):
            unit, place = measure, place + len(measure)
        elif letters and _is_rest_of_label(letters.group(), element):
            place = letters.end()
        elif damaged := _damaged_rest(text, place, end, element):
            place = damaged
        else:
            break
    return place, unit


@cache
def _measures() -> list[str]:
    return sorted([*forms().measures, *forms().scales], key=len, reverse=True)


def _measure(text: str, place: int, end: int, element: Element) -> str:
    found = next((word for word in _measures() if text.startswith(word, place)), "")
    if not found and element.optional:
        dashes = re.match(r"-+", text[place:end])
        return dashes.group() if dashes else ""
    return found


def _is_rest_of_label(letters: str, element: Element) -> bool:
    return letters not in forms().states["not_applicable"] and any(letters in words for words in element.words)


def _damaged_rest(text: str, start: int, end: int, element: Element) -> int:
    """Where the rest of a label ends of which letters in the middle are lost; 0 if there is none."""
    rest = _NO_VALUE.match(text, start, end)
    words = rest.group().rstrip() if rest else ""
    tails = (word[-size:] for word in element.words for size in range(2, len(word)))
    found = any(words.endswith(tail) and len(words) <= len(tail) + DAMAGE for tail in tails)
    return start + len(words) if found else 0


def _is_followed_by_words(view: LetterView, label: int, start: int, end: int) -> bool:
    """Words that are no head of a table stand on the line of a label that ends at `label`, where values would be."""
    text = view.folded.text
    if _NEXT_SECTION.match(text, start, end):
        return False
    line = text.find("\n", label, end)
    places = range(start, end if line < 0 else line)
    return is_foreign("".join(text[n] for n in places if text[n].isalnum() and n not in view.noted))


def _grid_cells(
    label: tuple[int, int],
    following: tuple[int, int] | None,
    view: LetterView,
    grids: Grids,
    table: FormTable,
) -> tuple[GridCell, ...]:
    """The cells of the label's row up to the next label; in a table without row labels, the row below."""
    found = grids.find(*view.original(*label))
    if found is None:
        return ()
    cell, grid = found
    below = table.id == "disputes"
    first, number = (0, cell.row + cell.row_span) if below else (cell.column + cell.column_span, cell.row)
    limit = _column_of(following, number, grid, view, grids)
    row = [
        other for other in grids.row(grid, number) if first <= other.column and (limit is None or other.column < limit)
    ]
    return _with_zero_letters([grids.read(other, grid, signed=table.layout == "columns") for other in row])


def _with_zero_letters(cells: Sequence[GridCell]) -> tuple[GridCell, ...]:
    """An O among nothing but zeros is a zero."""
    others = [cell.piece for cell in cells if cell.words not in ZERO_LETTERS]
    if len(others) == len(cells) or not others or not all(map(is_nothing, others)):
        return tuple(cells)
    return tuple(
        replace(cell, piece=replace(cell.piece, state="zero", value=Decimal(0))) if cell.words in ZERO_LETTERS else cell
        for cell in cells
    )


def _piped_cells(text: str, start: int, end: int, *, signed: bool) -> tuple[GridCell, ...]:
    """Cells between marks in a text that no table was made of, up to the first that holds words."""
    marks = [match.start() for match in _MARK.finditer(text, start, end)]
    cells: list[GridCell] = []
    for first, last in itertools.pairwise(marks):
        cell = _bounded_cell(text, first + 1, last, signed=signed)
        if cell.piece.state == "unreadable":
            break
        if cell.words or "\n" not in text[first:last]:
            cells.append(cell)
    return tuple(cells)


def _column_of(label: tuple[int, int] | None, row: int, grid: Table, view: LetterView, grids: Grids) -> int | None:
    found = grids.find(*view.original(*label)) if label else None
    return found[0].column if found and found[1].id == grid.id and found[0].row == row else None


def without_list_number(row: Row) -> tuple[Atom, ...]:
    """The atoms if the last digit is the next row's number."""
    return tuple(cut_digits(list(row.atoms), 1))


def last_is_total(row: Row) -> bool:
    """Fewer numbers than cells, the last the sum of the others: blanks were dropped, the total is certain."""
    atoms = row.atoms
    if len(atoms) < 2 or not row.closed or not all(atom.is_run and not atom.sign and not atom.tail for atom in atoms):
        return False
    total = int(atoms[-1].digits)
    apart = len({atom.group for atom in atoms}) == len(atoms)
    return apart and total > 0 and sum(int(atom.digits) for atom in atoms[:-1]) == total


def fit_grid(row: Row, count: int) -> tuple[GridCell, ...]:
    """The grid's cells of the row, without the empty ones that only fill the grid; none if they are not `count`."""
    places = windows(row.cells, count)
    return row.cells[places[0] : places[0] + count] if len(places) == 1 else ()
