"""A page as it was laid on the scanner, turned so that its lines run level from left to right."""
import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, median
from typing import Any, Final

import numpy as np

from infer.read.ocr import Picture, Quad, Recogniser, vision

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Turn = np.ndarray[Any, np.dtype[np.float64]]

_SLANT: Final = 0.03
_SIGHT: Final = 1200
_SEARCH: Final = ((6, 0.25), (4, 0.05))
_MOST: Final = 15.0
_LEVEL: Final = 4.0
_UPRIGHT: Final = 1.8
_SAMPLE: Final = 4
_LONGER: Final = 8
_READABLE: Final = 0.75
_UNMOVED: Final[Matrix] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """The page as it stands straight, the stretches of words on it, and the way back to the page as it is."""

    picture: Picture
    quads: tuple[Quad, ...]
    back: Matrix

    def box(self, box: Box) -> Box:
        """The rectangle on the page as it is that holds one of the straight page."""
        x0, top, x1, bottom = box
        a, b, c, d, e, f = self.back
        corners = [(a * x + b * y + c, d * x + e * y + f) for x in (x0, x1) for y in (top, bottom)]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return min(xs), min(ys), max(xs), max(ys)


def straighten(picture: Picture, model: Recogniser) -> Laid:
    """Turn a page by quarters until it can be read, then by the slant of its lines."""
    quads = model.stretches(picture)
    quarters = _quarters(picture, quads, model)
    turned = np.ascontiguousarray(np.rot90(picture, quarters)) if quarters else picture
    if quarters:
        quads = model.stretches(turned)
    back = _back_by_quarters(quarters, *picture.shape[:2])
    angle = _refined(turned, _slant(quads))
    if abs(angle) < _SLANT:
        return Laid(picture=turned, quads=tuple(quads), back=back)
    level, there = _level(turned, angle)
    moved = [np.column_stack((quad, np.ones(4))) @ there.T for quad in quads]
    return Laid(picture=level, quads=tuple(moved), back=_compose(back, _inverse(there)))


def width_of(quad: Quad) -> float:
    return float(max(np.linalg.norm(quad[0] - quad[1]), np.linalg.norm(quad[3] - quad[2])))


def height_of(quad: Quad) -> float:
    return float(max(np.linalg.norm(quad[0] - quad[3]), np.linalg.norm(quad[1] - quad[2])))


def crop(picture: Picture, quad: Quad) -> Picture:
    """The picture within a stretch, its top left corner first."""
    cv2 = vision()
    width, height = max(1, round(width_of(quad))), max(1, round(height_of(quad)))
    there = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(quad.astype(np.float32), there)
    found: Picture = cv2.warpPerspective(
        picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
    return found


def _quarters(picture: Picture, quads: Sequence[Quad], model: Recogniser) -> int:
    """Quarter turns to the left after which long stretches read best; none where they read well as they are."""
    by_length = sorted(quads, key=lambda quad: max(width_of(quad), height_of(quad)), reverse=True)
    longest = by_length[len(by_length) // _LONGER:][:_SAMPLE]
    if not longest:
        return 0
    standing = sum(height_of(quad) > _UPRIGHT * width_of(quad) for quad in longest) * 2 > len(longest)
    crops = [crop(picture, quad) for quad in longest]
    ways = (1, 3) if standing else (0, 2)
    if not standing and _readable(crops, model) >= _READABLE:
        return 0
    shares = {way: _readable([np.ascontiguousarray(np.rot90(one, way)) for one in crops], model) for way in ways}
    return max(ways, key=lambda way: shares[way])


def _readable(crops: Sequence[Picture], model: Recogniser) -> float:
    return mean(mean([sign.sure for sign in signs] or [0.0]) for signs in model.read(crops))


def _slant(quads: Sequence[Quad]) -> float:
    """Degrees by which the long stretches fall to the right."""
    angles = [math.degrees(math.atan2(*(quad[1] - quad[0])[::-1])) for quad in quads
              if width_of(quad) > _LEVEL * height_of(quad)]
    angle = median(angles) if angles else 0.0
    return angle if abs(angle) <= _MOST else 0.0


def _refined(picture: Picture, angle: float) -> float:
    """The angle nearby at which rows of ink and of paper are told apart most sharply, rules and words together."""
    cv2 = vision()
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, _SIGHT / max(grey.shape))
    small = 255 - cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    for reach, step in _SEARCH:
        angle = max((angle + step * number for number in range(-reach, reach + 1)),
                    key=lambda candidate: (_sharpness(small, candidate), -abs(candidate)))
    return angle


def _sharpness(inverse: Picture, angle: float) -> float:
    rows = _turned(inverse, angle)[0].sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(rows)).sum())


def _turned(picture: Picture, angle: float, **options: Any) -> tuple[Picture, Turn]:
    cv2 = vision()
    height, width = picture.shape[:2]
    matrix: Turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turned: Picture = cv2.warpAffine(picture, matrix, (width, height), **options)
    return turned, matrix


def _level(picture: Picture, angle: float) -> tuple[Picture, Turn]:
    cv2 = vision()
    return _turned(picture, angle, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)


def _back_by_quarters(quarters: int, height: int, width: int) -> Matrix:
    """From the turned page to the page before; np.rot90 turns to the left."""
    return {0: _UNMOVED,
            1: (0.0, -1.0, float(width), 1.0, 0.0, 0.0),
            2: (-1.0, 0.0, float(width), 0.0, -1.0, float(height)),
            3: (0.0, 1.0, 0.0, -1.0, 0.0, float(height))}[quarters]


def _inverse(matrix: Turn) -> Matrix:
    whole = np.linalg.inv(np.vstack((matrix, (0.0, 0.0, 1.0))))
    a, b, c, d, e, f = (float(value) for value in whole[:2].ravel())
    return a, b, c, d, e, f


def _compose(outer: Matrix, inner: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    first, second = (np.array([*matrix, 0.0, 0.0, 1.0]).reshape(3, 3) for matrix in (inner, outer))
    a, b, c, d, e, f = (float(value) for value in (second @ first)[:2].ravel())
    return a, b, c, d, e, f
