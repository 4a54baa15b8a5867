"""What is drawn in a picture of a page besides its words: ruling lines, and ink that nobody has read."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from infer.read.ocr import Picture, vision

Mask = np.ndarray[Any, np.dtype[np.uint8]]
Bounds = tuple[int, int, int, int]
"""Left, top, right, bottom of a rectangle in pixels, right and bottom beyond it."""

_INK: Final = 255
_WINDOW: Final = 0.18
_VISIBLE: Final = 10
_DARKEST: Final = 90
_FAINT: Final = 0.15
_STRONG: Final = 0.4
_SPECK: Final = 3
_SPARSE: Final = 8
_LONG_ACROSS: Final = 0.30
_LONG_UPRIGHT: Final = 0.17
_THICK: Final = 0.06
_GAP: Final = 0.12
_TABLE_WIDTH: Final = 1.0
_TOUCHING: Final = 5
_LEAST_INK: Final = 0.02
_LEAST_LENGTH: Final = 0.3
_LEAST_BREADTH: Final = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A straight page: its ink without the rules, the rules, and the picture without them."""

    ink: Mask
    across: tuple[Bounds, ...]
    upright: tuple[Bounds, ...]
    picture: Picture


def drawing(picture: Picture, dpi: float) -> Drawing:
    """Take the ruling lines out of a page that stands straight; `dpi` says how long a line is on paper."""
    cv2 = vision()
    faint, ink = _ink(picture, dpi, _FAINT), _ink(picture, dpi, _STRONG)
    broad = cv2.dilate(faint, np.ones((3, 3), np.uint8))
    lying, standing = _lines(broad, dpi, upright=False), _lines(broad, dpi, upright=True)
    lines = _of_tables(cv2.bitwise_or(lying, standing), dpi)
    across, upright = _bounds(cv2.bitwise_and(lying, lines)), _bounds(cv2.bitwise_and(standing, lines))
    bare = picture.copy()
    bare[lines > 0] = _paper(picture)
    ink[lines > 0] = 0
    return Drawing(ink=ink, across=across, upright=upright, picture=bare)


def _paper(picture: Picture) -> np.ndarray[Any, Any]:
    paper: np.ndarray[Any, Any] = np.median(picture[::_SPARSE, ::_SPARSE].reshape(-1, 3), axis=0).astype(np.uint8)
    return paper


def _ink(picture: Picture, dpi: float, share: float) -> Mask:
    """255 where it is darker than around by a share of what words are darker; grey paper, shadows, specks are not."""
    cv2 = vision()
    grey = cv2.medianBlur(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), _SPECK)
    window = int(_WINDOW * dpi) | 1
    depth = cv2.blur(grey, (window, window)).astype(np.int16) - grey
    words = depth[depth > _VISIBLE]
    least = max(_VISIBLE, share * float(np.percentile(words, _DARKEST)) if words.size else 0.0)
    found: Mask = np.where(depth > least, _INK, 0).astype(np.uint8)
    return found


def _lines(ink: Mask, dpi: float, *, upright: bool) -> Mask:
    """Ink of straight, thin lines longer than the strokes of most characters, short breaks closed."""
    cv2 = vision()
    length, gap = int((_LONG_UPRIGHT if upright else _LONG_ACROSS) * dpi), int(_GAP * dpi)
    long, short = ((length, 1), (gap, 1)) if upright else ((1, length), (1, gap))
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(long, np.uint8))
    lines = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones(short, np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    thickness = stats[:, cv2.CC_STAT_WIDTH if upright else cv2.CC_STAT_HEIGHT]
    kept = np.where((thickness <= _THICK * dpi) & (np.arange(count) > 0), _INK, 0).astype(np.uint8)
    found: Mask = kept[labels]
    return found


def _of_tables(lines: Mask, dpi: float) -> Mask:
    """Without lines that together are no wider than a large character: those are strokes of a title."""
    cv2 = vision()
    near = cv2.dilate(lines, np.ones((_TOUCHING, _TOUCHING), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    wide = (stats[:, cv2.CC_STAT_WIDTH] >= _TABLE_WIDTH * dpi) & (np.arange(count) > 0)
    found: Mask = np.where(wide, _INK, 0).astype(np.uint8)[labels]
    held: Mask = cv2.bitwise_and(found, lines)
    return held


def _bounds(lines: Mask) -> tuple[Bounds, ...]:
    cv2 = vision()
    count, _, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    rectangles = ((int(left), int(top), int(width), int(height)) for left, top, width, height, _ in stats[1:count])
    return tuple((left, top, left + width, top + height) for left, top, width, height in rectangles)


def unread(ink: Mask, within: Bounds, read: Sequence[Bounds], size: float) -> Iterator[Bounds]:
    """Rectangles of a cell, left to right, with ink as large as a character's that is in nothing that was read."""
    cv2 = vision()
    left, top, right, bottom = within
    part = ink[top:bottom, left:right].copy()
    for x0, y0, x1, y1 in read:
        part[max(0, y0 - top):max(0, y1 - top), max(0, x0 - left):max(0, x1 - left)] = 0
    if not part.any():
        return
    near = cv2.dilate(part, np.ones((3, max(3, int(size) | 1)), np.uint8))
    count, labels, _, _ = cv2.connectedComponentsWithStats(near, connectivity=8)
    groups = []
    for number in range(1, count):
        rows, columns = np.nonzero((labels == number) & (part > 0))
        if _is_a_sign(rows, columns, size):
            groups.append((left + int(columns.min()), top + int(rows.min()),
                           left + int(columns.max()) + 1, top + int(rows.max()) + 1))
    yield from sorted(groups)


def _is_a_sign(rows: np.ndarray[Any, Any], columns: np.ndarray[Any, Any], size: float) -> bool:
    """Large enough for a digit or a dash; a speck and the rest of a rule are neither."""
    if rows.size < _LEAST_INK * size * size:
        return False
    height, width = int(np.ptp(rows)) + 1, int(np.ptp(columns)) + 1
    return max(height, width) >= _LEAST_LENGTH * size and min(height, width) >= _LEAST_BREADTH * size
