"""Long texts as windows that a model can hold, and the windows' scores as those of the text again."""
from collections.abc import Iterable, Sequence
from math import ceil

import numpy as np
from numpy.typing import NDArray

from models.errors import ModelError

Scores = NDArray[np.float32]
Bounds = tuple[int, int]


def pieces(length: int, regions: Iterable[Bounds]) -> list[Bounds]:
    """What of a text stands outside the regions (official forms), as half-open bounds."""
    found, start = [], 0
    for first, last in sorted(regions):
        if start < first:
            found.append((start, first))
        start = max(start, last)
    return [*found, (start, length)] if start < length else found


def cut(piece: Bounds, *, size: int, overlap: int) -> list[Bounds]:
    """Windows of one length, at most `size`, that cover the piece; each shares `overlap` or more with the next."""
    if not 0 <= overlap < size:
        raise ModelError(f"windows of {size} characters cannot overlap by {overlap}")
    start, end = piece
    length = end - start
    count = max(1, ceil((length - overlap) / (size - overlap)))
    width = min(size, length)
    starts = [start + n * (length - width) // max(1, count - 1) for n in range(count)]
    return [(first, first + width) for first in starts]


def stitch(bounds: Sequence[Bounds], scores: Sequence[Scores]) -> Scores:
    """Scores of the whole piece: each character's come from the window in which it stands farther from an edge."""
    parts = []
    done = bounds[0][0]
    for n, ((start, end), rows) in enumerate(zip(bounds, scores, strict=True)):
        until = end if n + 1 == len(bounds) else (bounds[n + 1][0] + end + 1) // 2
        parts.append(rows[done - start : until - start])
        done = until
    return np.concatenate(parts)
