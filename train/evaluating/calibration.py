"""Whether a span's confidence says how often such spans are right, and the temperature at which it does."""
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from models.decoding import Pooling, bounds_of, decode, probabilities
from models.labels import Labels
from models.windows import Scores
from train.evaluating.cases import Case
from train.scoring import Mark, found_marks

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
BINS: Final = 10
_TEMPERATURES: Final = tuple(round(1.02**n, 3) for n in range(-50, 71))
"""from 0.37 to 4"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bin:
    """Spans whose confidence is above `low` and at most `high`; rates are None where there are none."""

    low: float
    high: float
    spans: int
    confidence: float | None
    right: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """`error` is the expected calibration error: how far confidence and share of right spans are apart, on average."""

    error: float
    bins: tuple[Bin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredPiece:
    """A piece of running text: where it begins, the scores of its characters, and all known marks of its document."""

    start: int
    scores: Scores
    known: Collection[Mark]


def calibration(cases: Iterable[Case]) -> Calibration | None:
    """Of every span found; right is one whose place and whole label are. None where nothing was found."""
    return reliability([pair for case in cases for pair in _judged(case)])


def _judged(case: Case) -> list[tuple[float, bool]]:
    known = set(case.known)
    return [(sure, mark in known) for mark, sure in case.sure.items()]


def reliability(found: Sequence[tuple[float, bool]]) -> Calibration | None:
    """Bins of confidences and whether each span is right."""
    if not found:
        return None
    sure, right = np.array([one for one, _ in found]), np.array([one for _, one in found])
    place = _places(sure)
    return Calibration(error=_error(sure, right), bins=tuple(
        _bin(number, sure[place == number], right[place == number]) for number in range(BINS)))


def _places(sure: Floats) -> NDArray[np.int64]:
    return np.clip(np.ceil(sure * BINS).astype(np.int64) - 1, 0, BINS - 1)


def _bin(number: int, sure: Floats, right: Flags) -> Bin:
    held = bool(len(sure))
    return Bin(low=number / BINS, high=(number + 1) / BINS, spans=len(sure),
               confidence=float(sure.mean()) if held else None, right=float(right.mean()) if held else None)


def _error(sure: Floats, right: Flags) -> float:
    place = _places(sure)
    apart = np.bincount(place, weights=sure - right, minlength=BINS)
    return float(np.abs(apart).sum() / len(sure))


def fit_temperature(pieces: Iterable[ScoredPiece], labels: Labels, *, pooling: Pooling = "min") -> float:
    """The temperature with the least expected calibration error of spans, which it does not move; 1.0 without spans.

    Not that of the least log loss of tags: nearly all of them are O, which label smoothing leaves too unsure, while
    spans are too sure. Fitted on 40 reports, log loss gave 0.9, this 1.13; the error on 40 others was 0.078 and 0.031
    (0.046 at 1.0).
    """
    held = [one for one in (_spans_of(piece, labels) for piece in pieces) if len(one.right)]
    if not held:
        return 1.0
    spans = _Spans(*(np.concatenate([getattr(one, name) for one in held]) for name in _Spans.__slots__))
    errors = {one: _error(_confidences(spans, one, pooling), spans.right) for one in _TEMPERATURES}
    return min(errors, key=lambda one: (errors[one], abs(one - 1.0)))


@dataclass(frozen=True, slots=True)
class _Spans:
    """Scores and tags of the characters of all spans, one span behind the other, and each span's length."""

    scores: Scores
    tags: NDArray[np.int64]
    lengths: NDArray[np.int64]
    right: Flags


def _spans_of(piece: ScoredPiece, labels: Labels) -> _Spans:
    tags = decode(piece.scores) if len(piece.scores) else np.zeros(0, dtype=np.int64)
    bounds = bounds_of(tags)
    inside = tags > 0
    known = set(piece.known)
    spans = [labels.span(piece.start + first, piece.start + last, (int(tags[first]) - 1) // 2, 1.0)
             for first, last in bounds]
    return _Spans(
        scores=piece.scores[inside], tags=tags[inside],
        lengths=np.array([last - first for first, last in bounds], dtype=np.int64),
        right=np.array([found_marks([span])[0] in known for span in spans], dtype=np.bool_))


def _confidences(spans: _Spans, temperature: float, pooling: Pooling) -> Floats:
    sure = probabilities(spans.scores, spans.tags, temperature)
    starts = np.cumsum(spans.lengths) - spans.lengths
    pooled: Mapping[Pooling, Floats] = {
        "min": np.minimum.reduceat(sure, starts), "mean": np.add.reduceat(sure, starts) / spans.lengths}
    return pooled[pooling]
