"""Intervals of scores: what they would be with other documents of the same kind."""
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from train.scoring import Score

Interval = tuple[float, float]
Floats = NDArray[np.float64]
BOUNDS: Final = (2.5, 97.5)
_FEWEST: Final = 2
"""documents without which chance cannot be seen"""


def f1_interval(parts: Sequence[Score], *, samples: int, seed: int) -> Interval | None:
    """95% of the F1 of as many documents drawn with replacement; None with fewer than two documents."""
    drawn = _draws(len(parts), samples, seed)
    return None if drawn is None else _bounds(_f1(drawn, parts))


def difference_interval(
    parts: Sequence[Score], other: Sequence[Score], *, samples: int, seed: int
) -> Interval | None:
    """95% of F1 minus the other's F1, both on the same drawn documents."""
    drawn = _draws(len(parts), samples, seed)
    return None if drawn is None else _bounds(_f1(drawn, parts) - _f1(drawn, other))


def _draws(documents: int, samples: int, seed: int) -> Floats | None:
    """How often each document is drawn in each sample."""
    if documents < _FEWEST:
        return None
    rng = np.random.default_rng(seed)
    return rng.multinomial(documents, np.full(documents, 1 / documents), size=samples).astype(np.float64)


def _f1(drawn: Floats, parts: Sequence[Score]) -> Floats:
    """The F1 of each sample; not a number where it holds nothing to score."""
    sums = drawn @ np.array([(2 * part.right, part.found + part.known) for part in parts], dtype=np.float64)
    result: Floats = np.divide(sums[:, 0], sums[:, 1], out=np.full(len(sums), np.nan), where=sums[:, 1] > 0)
    return result


def _bounds(values: Floats) -> Interval | None:
    kept = values[~np.isnan(values)]
    if not len(kept):
        return None
    low, high = np.percentile(kept, BOUNDS)
    return float(low), float(high)
