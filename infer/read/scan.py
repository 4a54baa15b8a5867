"""A picture of a page to lines and tables, as the PDF reader makes them of characters and drawn lines."""
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import mean, median
from typing import Any, Final

import numpy as np
from pdfplumber.table import TableFinder, TableSettings

from infer.read.builder import is_wide
from infer.read.columns import in_columns
from infer.read.glyphs import Character, TextLine
from infer.read.ocr import Picture, Quad, Recogniser, Sign, likely
from infer.read.pages import PageContent
from infer.read.ruled import Rectangle, RuledTable, find_tables, holds
from infer.read.straight import Laid, crop, height_of, straighten, width_of
from infer.read.strokes import Bounds, Drawing, drawing, unread

_TYPE: Final = 0.85
_NARROW: Final = 0.5
_TALL: Final = 1.8
_SLIVER: Final = 0.35
_AROUND: Final = 0.35
_INSET: Final = 2
_SEEN: Final = 3
_LEGIBLE: Final = 0.3
_READABLE: Final = 0.6
_USUAL: Final = 0.14
_SPECKS: Final = frozenset(".,、·'`\"。:;丶")
_LOST: Final = "\ufffd"
_POINTS: Final = 72.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A page as a picture: its number, its pixels an inch, and how many units of its boxes an inch is to have."""

    picture: Picture
    number: int
    dpi: float
    unit: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """Characters and rules of a straight page in points: what tables are found in."""

    chars: Sequence[Character]
    edges: Sequence[dict[str, Any]]
    bbox: Rectangle

    def filter(self, _: Callable[[Any], bool]) -> "_Sheet":
        return self

    def debug_tablefinder(self, table_settings: Mapping[str, Any] | None = None) -> Any:
        return TableFinder(self, TableSettings.resolve(table_settings))  # type: ignore[arg-type]


def read_page(paper: Paper, model: Recogniser) -> list[PageContent]:
    """What stands on a page, its columns one after another; no part at all where no words can be made out."""
    laid = straighten(paper.picture, model)
    if not laid.quads:
        return [PageContent(lines=[], tables=[], height=paper.picture.shape[0] * _POINTS / paper.dpi)]
    drawn = drawing(laid.picture, paper.dpi)
    pieces = [piece for quad in laid.quads for piece in _pieces(quad, drawn)]
    characters = _characters(pieces, drawn.picture, model)
    page = mean([float(character["sure"]) for character in characters] or [0.0])
    if page < _READABLE:
        return []
    sheet = _sheet(characters, drawn, paper.dpi)
    tables = find_tables(sheet, paper.number)
    lost = _unread_in(tables, pieces, drawn, characters, paper.dpi)
    every = [*characters, *_rescued(lost, drawn.picture, model)]
    sheet = _sheet([_weighed(one, page) for one in every], drawn, paper.dpi)
    tables = find_tables(sheet, paper.number)
    loose = [character for character in sheet.chars if not any(holds(table, character) for table in tables)]
    return [_as_laid(part, laid, paper)
            for part in in_columns(loose, tables, paper.number, height=sheet.bbox[3])]


def _weighed(character: Character, page: float) -> Character:
    return {**character, "sure": likely(str(character["text"]), float(character["sure"]), page)}


def _pieces(quad: Quad, drawn: Drawing) -> Iterator[Quad]:
    """A stretch cut where upright rules cross it, and a column of characters cut between them."""
    if height_of(quad) > _TALL * width_of(quad):
        yield from _one_below_another(quad)
        return
    size = _TYPE * height_of(quad)
    y = float(quad[:, 1].mean())
    left, right = float(quad[[0, 3], 0].mean()), float(quad[[1, 2], 0].mean())
    cuts = sorted((x0 + x1) / 2 for x0, top, x1, bottom in drawn.upright
                  if top <= y <= bottom and left < (x0 + x1) / 2 < right)
    bounds = [left, *cuts, right]
    for x0, x1 in pairwise(bounds):
        if x1 - x0 > _SLIVER * size:
            yield _between(quad, (x0 - left) / (right - left), (x1 - left) / (right - left))


def _between(quad: Quad, start: float, end: float) -> Quad:
    part = quad.copy()
    for near, far in ((0, 1), (3, 2)):
        part[near] = quad[near] + start * (quad[far] - quad[near])
        part[far] = quad[near] + end * (quad[far] - quad[near])
    return part


def _one_below_another(quad: Quad) -> Iterator[Quad]:
    count = max(1, round(height_of(quad) / width_of(quad)))
    for number in range(count):
        part = quad.copy()
        for top, bottom in ((0, 3), (1, 2)):
            part[top] = quad[top] + number / count * (quad[bottom] - quad[top])
            part[bottom] = quad[top] + (number + 1) / count * (quad[bottom] - quad[top])
        yield part


def _characters(pieces: Sequence[Quad], picture: Picture, model: Recogniser) -> list[Character]:
    read = model.read([crop(picture, piece) for piece in pieces])
    return [character for piece, signs in zip(pieces, read, strict=True) for character in _placed(signs, piece)]


def _placed(signs: Sequence[Sign], quad: Quad) -> Iterator[Character]:
    """Signs with their boxes: as wide as their kind, at most halfway to neighbours, the outer ones to the rim."""
    size = _TYPE * height_of(quad)
    length, rim = width_of(quad), (height_of(quad) - size) / 2
    middles = [sign.place * length for sign in signs]
    for number, sign in enumerate(signs):
        half = size * (1.0 if is_wide(sign.text) else _NARROW) / 2
        before = (middles[number] - middles[number - 1]) / 2 if number else half
        after = (middles[number + 1] - middles[number]) / 2 if number + 1 < len(signs) else half
        x0 = middles[number] - min(half, before) if number else min(middles[0] - half, rim)
        x1 = middles[number] + min(half, after) if number + 1 < len(signs) else max(middles[-1] + half, length - rim)
        yield _character(sign, quad, x0 / length, x1 / length, size)


def _character(sign: Sign, quad: Quad, start: float, end: float, size: float) -> Character:
    part = _between(quad, max(0.0, start), min(1.0, end))
    top, bottom = float(part[:2, 1].mean()), float(part[2:, 1].mean())
    margin = max(0.0, (bottom - top - size) / 2)
    return {"text": sign.text, "sure": sign.sure, "size": size, "x0": float(part[[0, 3], 0].mean()),
            "x1": float(part[[1, 2], 0].mean()), "top": top + margin, "bottom": bottom - margin}


def _sheet(characters: Sequence[Character], drawn: Drawing, dpi: float) -> _Sheet:
    scale = dpi / _POINTS
    height, width = drawn.picture.shape[:2]
    chars = [{**character, **{name: float(character[name]) / scale for name in ("x0", "x1", "top", "bottom", "size")}}
             for character in characters]
    edges = [*(_edge("h", bounds, scale) for bounds in drawn.across),
             *(_edge("v", bounds, scale) for bounds in drawn.upright)]
    return _Sheet(chars=chars, edges=edges, bbox=(0.0, 0.0, width / scale, height / scale))


def _edge(orientation: str, bounds: Bounds, scale: float) -> dict[str, Any]:
    x0, top, x1, bottom = (value / scale for value in bounds)
    if orientation == "h":
        top = bottom = (top + bottom) / 2
    else:
        x0 = x1 = (x0 + x1) / 2
    return {"object_type": "line", "orientation": orientation, "x0": x0, "x1": x1, "top": top, "bottom": bottom,
            "doctop": top, "width": x1 - x0, "height": bottom - top}


def _unread_in(tables: Sequence[RuledTable], pieces: Sequence[Quad], drawn: Drawing,
               characters: Sequence[Character], dpi: float) -> list[Quad]:
    """Ink in cells that is in no stretch that was read: lone figures, dashes and strokes that detection passes over."""
    size = median(float(character["size"]) for character in characters) if characters else _USUAL * dpi
    read = [_rectangle(piece) for piece in pieces]
    found = []
    for table in tables:
        for cell in table.cells:
            x0, top, x1, bottom = (round(value * dpi / _POINTS) for value in cell.box)
            within = (max(0, x0 + _INSET), max(0, top + _INSET), x1 - _INSET, bottom - _INSET)
            if within[2] <= within[0] or within[3] <= within[1]:
                continue
            near = [one for one in read if _overlap(one, within)]
            found += [_around(ink, within, size) for ink in unread(drawn.ink, within, near, size)]
    return found


def _rectangle(quad: Quad) -> Bounds:
    (x0, top), (x1, bottom) = quad.min(axis=0), quad.max(axis=0)
    return int(x0) - _SEEN, int(top) - _SEEN, int(x1) + _SEEN + 1, int(bottom) + _SEEN + 1


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _around(ink: Bounds, within: Bounds, size: float) -> Quad:
    """A frame such as detection draws, as high as a line even where the ink is a dash."""
    lack = max(0.0, size - (ink[3] - ink[1])) / 2 + _INSET
    x0, x1 = max(within[0], ink[0] - _AROUND * size), min(within[2], ink[2] + _AROUND * size)
    top, bottom = max(within[1], ink[1] - lack), min(within[3], ink[3] + lack)
    return np.array([[x0, top], [x1, top], [x1, bottom], [x0, bottom]], dtype=np.float64)


def _rescued(quads: Sequence[Quad], picture: Picture, model: Recogniser) -> Iterator[Character]:
    """What that ink says; where it says nothing, a mark that something stands there."""
    for quad, signs in zip(quads, model.read([crop(picture, quad) for quad in quads]), strict=True):
        seen = [sign for sign in signs if sign.text.strip()]
        if seen and all(sign.text in _SPECKS for sign in seen):
            continue
        legible = bool(seen) and min(sign.sure for sign in seen) >= _LEGIBLE
        yield from _placed(seen if legible else [Sign(text=_LOST, place=0.5, sure=0.0)], quad)


def _as_laid(content: PageContent, laid: Laid, paper: Paper) -> PageContent:
    """Every line with its box on the page as it is."""
    def shown(lines: Iterable[TextLine]) -> list[TextLine]:
        return [replace(line, shown=_shown(line, laid, paper)) for line in lines]

    tables = [replace(table, cells=tuple(replace(cell, lines=tuple(shown(cell.lines))) for cell in table.cells))
              for table in content.tables]
    return replace(content, lines=shown(content.lines), tables=tables)


def _shown(line: TextLine, laid: Laid, paper: Paper) -> Rectangle:
    scale = paper.dpi / _POINTS
    box = laid.box((line.x0 * scale, line.top * scale, line.x1 * scale, line.bottom * scale))
    x0, top, x1, bottom = (round(value * paper.unit / paper.dpi, 2) for value in box)
    return x0, top, x1, bottom
