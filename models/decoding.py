"""Scores of characters to spans: tags that obey IOB2, found with Viterbi only where the best tags do not."""
from collections.abc import Iterator
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from models.labels import Labels
from models.windows import Scores
from report import Span

Tags = NDArray[np.int64]
Pooling = Literal["min", "mean"]
_MARGIN: Final = 4
"""characters before an illegal tag whose tags may change with it"""


def decode(scores: Scores) -> Tags:
    """The best legal tags: argmax, and Viterbi over the stretches, bounded by O, where the argmax breaks IOB2."""
    tags: Tags = scores.argmax(axis=1).astype(np.int64)
    for start, end in _stretches(tags):
        tags[start:end] = viterbi(scores[start:end])
    return tags


def illegal(tags: Tags) -> NDArray[np.bool_]:
    """Where an I- continues neither its own B- nor itself."""
    before = np.concatenate(([0], tags[:-1]))
    inside = (tags > 0) & (tags % 2 == 0)
    result: NDArray[np.bool_] = inside & (before != tags) & (before != tags - 1)
    return result


def _stretches(tags: Tags) -> Iterator[tuple[int, int]]:
    """Half-open stretches around illegal tags; before and after each stands O or an end of the text."""
    done = 0
    for place in np.flatnonzero(illegal(tags)).tolist():
        if place < done:
            continue
        start = max(done, place - _MARGIN)
        while start > done and tags[start - 1]:
            start -= 1
        end = place + 1
        while end < len(tags) and tags[end]:
            end += 1
        yield start, end
        done = end


def viterbi(scores: Scores) -> Tags:
    """The best legal tags of a whole stretch. After any tag may come O and every B-, after B- and I- their own I-."""
    length, count = scores.shape
    back = np.zeros((length, count), dtype=np.int64)
    best = scores[0].astype(np.float64)
    best[2::2] = -np.inf
    continued = np.arange(2, count, 2)
    for place in range(1, length):
        back[place] = best.argmax()
        begun = best[continued - 1] >= best[continued]
        back[place, continued] = np.where(begun, continued - 1, continued)
        best = best[back[place]] + scores[place]
    tags = np.empty(length, dtype=np.int64)
    tags[-1] = best.argmax()
    for place in range(length - 1, 0, -1):
        tags[place - 1] = back[place, tags[place]]
    return tags


def probabilities(scores: Scores, tags: Tags, temperature: float = 1.0) -> NDArray[np.float64]:
    """Of each character's own tag, the softmax of scores / temperature."""
    scaled = scores.astype(np.float64) / temperature
    scaled -= scaled.max(axis=1, keepdims=True)
    shares = np.exp(scaled)
    chosen: NDArray[np.float64] = shares[np.arange(len(tags)), tags] / shares.sum(axis=1)
    return chosen


def find_spans(
    scores: Scores, labels: Labels, *, start: int = 0, temperature: float = 1.0, pooling: Pooling = "min"
) -> list[Span]:
    """Spans of a piece of text that begins at `start`; a span is as sure as its least sure character, or their mean."""
    if not len(scores):
        return []
    tags = decode(scores)
    places = np.flatnonzero(tags)
    sure = np.zeros(len(tags))
    sure[places] = probabilities(scores[places], tags[places], temperature)
    pool = np.min if pooling == "min" else np.mean
    return [labels.span(start + first, start + last, (int(tags[first]) - 1) // 2, float(pool(sure[first:last])))
            for first, last in bounds_of(tags)]


def bounds_of(tags: Tags) -> list[tuple[int, int]]:
    """Half-open bounds of the spans of legal tags."""
    after = np.concatenate((tags[1:], [0]))
    starts = np.flatnonzero(tags % 2 == 1)
    lasts = np.flatnonzero((tags > 0) & ((after == 0) | (after % 2 == 1)))
    return [(first, last + 1) for first, last in zip(starts.tolist(), lasts.tolist(), strict=True)]
