"""Tables that a PDF draws with lines: cells of one page, and tables that go on over a page break."""
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from infer.read.glyphs import Character, TextLine, lines_of
from infer.read.paragraphs import cell_seam

Rectangle = tuple[float, float, float, float]

_NEAR = 4.0
_TOUCH = 1.5
_REACH = 250.0
_LONG_CELL = 45
_RUNNING_TEXT = 300
_WHITE = 0.98
_HAIRLINE = 2.0


class Sheet(Protocol):
    """A page of pdfplumber, or a scanned one in its place: characters and drawn lines."""

    @property
    def chars(self) -> Sequence[Character]: ...

    @property
    def bbox(self) -> Any: ...

    def filter(self, test_function: Callable[[Any], bool], /) -> Any: ...

    def debug_tablefinder(self, table_settings: Any = None, /) -> Any: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledCell:
    """A cell's box on its page, its place in the grid, and the lines in it."""

    box: Rectangle
    page: int
    row: int = 0
    column: int = 0
    row_span: int = 1
    column_span: int = 1
    lines: tuple[TextLine, ...] = ()

    @property
    def text(self) -> str:
        return "".join(words for words, _ in self.pieces())

    def pieces(self) -> Iterator[tuple[str, TextLine | None]]:
        """Words with the line they come from, and seams without one."""
        for number, line in enumerate(self.lines):
            if number:
                yield cell_seam(self.lines[number - 1].text, line.text), None
            yield line.text, line


@dataclass(frozen=True, slots=True, kw_only=True)
class RuledTable:
    """A table on one page, or joined over several: then `page` and `top` are those of its beginning."""

    page: int
    top: float
    cells: tuple[RuledCell, ...] = field(default=())

    @property
    def rows(self) -> int:
        return max(cell.row + cell.row_span for cell in self.cells)

    @property
    def columns(self) -> int:
        return max(cell.column + cell.column_span for cell in self.cells)


def find_tables(page: Sheet, number: int) -> list[RuledTable]:
    """Tables of a page with at least two columns; frames and shaded lines of running text are none."""
    drawn = page.filter(_is_drawn)
    finder = drawn.debug_tablefinder()
    borders = [border for table in finder.tables for border in _missing_borders(table.bbox, finder.edges)]
    if borders:
        finder = drawn.debug_tablefinder({
            "explicit_horizontal_lines": [line for line in borders if line["orientation"] == "h"],
            "explicit_vertical_lines": [line for line in borders if line["orientation"] == "v"]})
    found = [part for table in finder.tables for part in _parts(list(table.cells), page, number)]
    return sorted(found, key=lambda table: table.top)


def _is_drawn(thing: dict[str, Any]) -> bool:
    """White boxes behind words, of which Word processors draw one a line, are no lines of a table."""
    if thing["object_type"] not in ("rect", "curve") or thing.get("stroke"):
        return True
    thin = min(float(thing["width"]), float(thing["height"])) <= _HAIRLINE
    return bool(thing.get("fill")) and (thin or not _is_white(thing.get("non_stroking_color")))


def _is_white(colour: Any) -> bool:
    parts = colour if isinstance(colour, tuple | list) else (colour,)
    numbers = [part for part in parts if isinstance(part, int | float)]
    if len(numbers) == 4:
        return max(numbers) <= 1 - _WHITE
    return bool(numbers) and min(numbers) >= _WHITE


def _missing_borders(box: Rectangle, edges: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Borders left out, wholly or in part, at a page break or by style, where the lines across show that one is due."""
    x0, top, x1, bottom = box
    upright = [edge for edge in edges if edge["orientation"] == "v" and _overlap(edge, box)]
    across = [edge for edge in edges if edge["orientation"] == "h" and _overlap(edge, box)]
    for y in (_common_end(upright, "top", min, box), _common_end(upright, "bottom", max, box)):
        if y is not None and _covered(across, y, x0, x1) < x1 - x0 - 2 * _NEAR:
            yield _edge("h", x0, y, x1, y)
    for x in (min((edge["x0"] for edge in across), default=x0), max((edge["x1"] for edge in across), default=x1)):
        if not x0 - _NEAR <= x <= x1 + _NEAR and _most_reach(across, x):
            yield _edge("v", x, top, x, bottom)


def _covered(across: Sequence[dict[str, Any]], y: float, x0: float, x1: float) -> float:
    """How much of a border is drawn; edges of one line do not overlap once pdfplumber has joined them."""
    return sum(min(float(edge["x1"]), x1) - max(float(edge["x0"]), x0) for edge in across
               if abs(edge["top"] - y) <= _NEAR)


def _overlap(edge: dict[str, Any], box: Rectangle) -> bool:
    x0, top, x1, bottom = box
    return bool(edge["x0"] <= x1 + _TOUCH and edge["x1"] >= x0 - _TOUCH
                and edge["top"] <= bottom + _TOUCH and edge["bottom"] >= top - _TOUCH)


def _common_end(upright: Sequence[dict[str, Any]], side: str, farthest: Any, box: Rectangle) -> float | None:
    """How far both outer verticals run, at least as far as the box; None if it is too far beyond to be one row."""
    left = [float(edge[side]) for edge in upright if abs(edge["x0"] - box[0]) <= _NEAR]
    right = [float(edge[side]) for edge in upright if abs(edge["x0"] - box[2]) <= _NEAR]
    end_of_box = box[1] if side == "top" else box[3]
    if not left or not right:
        return None
    end = min(farthest(left), farthest(right), key=lambda value: abs(value - end_of_box))
    return end if abs(end - end_of_box) < _REACH else None


def _most_reach(across: Sequence[dict[str, Any]], x: float) -> bool:
    reaching = sum(edge["x0"] - _NEAR <= x <= edge["x1"] + _NEAR for edge in across)
    return bool(2 * reaching >= len({round(float(edge["top"])) for edge in across}))


def _edge(orientation: str, x0: float, top: float, x1: float, bottom: float) -> dict[str, Any]:
    return {"object_type": "line", "orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom,
            "doctop": top, "width": x1 - x0, "height": bottom - top}


def _parts(boxes: list[Rectangle], page: Sheet, number: int) -> Iterator[RuledTable]:
    """Cut a found grid at rows that are running text in a frame; keep the parts that have columns."""
    cells = _filled(_placed([RuledCell(box=box, page=number) for box in boxes]), page, number)
    columns = max(cell.column + cell.column_span for cell in cells)
    prose = {cell.row for cell in cells if cell.column_span == columns and cell.row_span == 1 and _is_prose(cell.text)}
    part: list[RuledCell] = []
    for cell in [*cells, None]:
        if cell is None or cell.row in prose:
            yield from _kept(part, number)
            part = []
        else:
            part.append(cell)


def _is_prose(words: str) -> bool:
    return "。" in words or len(words) > _LONG_CELL


def _kept(part: Sequence[RuledCell], number: int) -> Iterator[RuledTable]:
    cells = _placed(part)
    filled = [cell for cell in cells if cell.lines]
    if len(filled) < 2 or max(cell.column + cell.column_span for cell in cells) < 2:
        return
    letters = [len(cell.text) for cell in filled]
    if max(letters) < _RUNNING_TEXT or 2 * max(letters) < sum(letters):
        yield RuledTable(page=number, top=min(cell.box[1] for cell in cells), cells=tuple(cells))


def _placed(cells: Sequence[RuledCell]) -> list[RuledCell]:
    """Number rows by their tops and columns by their left sides, over all pages; cells come out in reading order."""
    xs = _clusters([x for cell in cells for x in (cell.box[0], cell.box[2])])
    pages = sorted({cell.page for cell in cells})
    rows: dict[int, tuple[int, list[float]]] = {}
    before = 0
    for page in pages:
        ys = _clusters([y for cell in cells if cell.page == page for y in (cell.box[1], cell.box[3])])
        rows[page] = before, ys
        before += len(ys) - 1
    return sorted((_numbered(cell, xs, *rows[cell.page]) for cell in cells), key=lambda cell: (cell.row, cell.column))


def _numbered(cell: RuledCell, xs: Sequence[float], before: int, ys: Sequence[float]) -> RuledCell:
    x0, top, x1, bottom = cell.box
    row, column = _index(ys, top), _index(xs, x0)
    return replace(cell, row=before + row, column=column, row_span=max(1, _index(ys, bottom) - row),
                   column_span=max(1, _index(xs, x1) - column))


def _clusters(values: Sequence[float]) -> list[float]:
    """Values with those nearer than a line's width taken as one."""
    centres: list[float] = []
    for value in sorted(values):
        if not centres or value - centres[-1] > _NEAR:
            centres.append(value)
    return centres


def _index(centres: Sequence[float], value: float) -> int:
    return min(range(len(centres)), key=lambda place: abs(centres[place] - value))


def _filled(cells: Sequence[RuledCell], page: Sheet, number: int) -> list[RuledCell]:
    """Put every character of the page into the cell that its middle lies in."""
    left, top = float(page.bbox[0]), float(page.bbox[1])
    held: list[list[Character]] = [[] for _ in cells]
    for character in page.chars:
        place = _holder(cells, character)
        if place is not None:
            held[place].append(character)
    return [replace(cell, lines=tuple(moved(lines_of(characters, number), left, top)))
            for cell, characters in zip(cells, held, strict=True)]


def _holder(cells: Sequence[RuledCell], character: Character) -> int | None:
    x = (float(character["x0"]) + float(character["x1"])) / 2
    y = (float(character["top"]) + float(character["bottom"])) / 2
    for place, cell in enumerate(cells):
        if cell.box[0] <= x <= cell.box[2] and cell.box[1] <= y <= cell.box[3]:
            return place
    return None


def moved(lines: Sequence[TextLine], left: float, top: float) -> list[TextLine]:
    """Lines measured from the page's own top left corner."""
    if not left and not top:
        return list(lines)
    return [replace(line, x0=line.x0 - left, x1=line.x1 - left, top=line.top - top, bottom=line.bottom - top)
            for line in lines]


def holds(table: RuledTable, character: Character) -> bool:
    """Whether the character stands in one of the table's cells."""
    return _holder(table.cells, character) is not None


def joins(above: RuledTable, below: RuledTable) -> bool:
    """Whether a table goes on on the next page: the same outer edges, and the columns of one are among the other's."""
    last = max(cell.page for cell in above.cells)
    if below.page != last + 1:
        return False
    first, second = _edges(above), _edges(below)
    same_sides = abs(first[0] - second[0]) <= _NEAR and abs(first[-1] - second[-1]) <= _NEAR
    return same_sides and (_are_among(first, second) or _are_among(second, first))


def _edges(table: RuledTable) -> list[float]:
    return _clusters([x for cell in table.cells for x in (cell.box[0], cell.box[2])])


def _are_among(few: Sequence[float], many: Sequence[float]) -> bool:
    return all(min(abs(x - other) for other in many) <= _NEAR for x in few)


def joined(above: RuledTable, below: RuledTable) -> RuledTable:
    """One table; a label that spans rows and was cut by the page break spans those below it too."""
    cells = _placed([*above.cells, *below.cells])
    first_row = min(cell.row for cell in cells if cell.page == below.page)
    for rest in [cell for cell in cells if cell.row == first_row and not cell.lines]:
        label = next((cell for cell in cells if _is_cut_label(cell, rest)), None)
        if label is not None:
            cells.remove(rest)
            cells[cells.index(label)] = replace(label, row_span=label.row_span + rest.row_span)
    return RuledTable(page=above.page, top=above.top, cells=tuple(cells))


def _is_cut_label(cell: RuledCell, rest: RuledCell) -> bool:
    """A blank field under a figure stays blank: only words that span rows go on."""
    same_columns = (cell.column, cell.column_span) == (rest.column, rest.column_span)
    words = any(character.isalpha() for character in cell.text)
    return cell.row + cell.row_span == rest.row and same_columns and words and max(cell.row_span, rest.row_span) > 1
