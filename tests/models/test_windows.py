"""Windows cover a piece, and stitched scores are those of the window that sees most around each character."""
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus import AnnotatedDocument
from annotations.corpus.masking import pieces as annotated_pieces
from models.errors import ModelError
from models.windows import cut, pieces, stitch
from tests.annotations.made import documents


@given(documents())
def test_pieces_are_those_of_the_corpus(doc: AnnotatedDocument) -> None:
    assert pieces(len(doc.text), doc.regions) == annotated_pieces(doc)


@given(st.integers(0, 50), st.integers(1, 500), st.integers(1, 60), st.data())
def test_windows_cover_the_piece_with_the_overlap_asked_for(
    start: int, length: int, size: int, data: st.DataObject
) -> None:
    overlap = data.draw(st.integers(0, size - 1))
    found = cut((start, start + length), size=size, overlap=overlap)
    assert (found[0][0], found[-1][1]) == (start, start + length)
    assert all(end - first == min(size, length) for first, end in found)
    assert all(before[1] - after[0] >= overlap for before, after in pairwise(found))
    assert all(before[0] < after[0] for before, after in pairwise(found))


@given(st.integers(1, 200), st.integers(1, 40), st.data())
def test_stitching_takes_each_character_from_the_window_with_most_around_it(
    length: int, size: int, data: st.DataObject
) -> None:
    bounds = cut((7, 7 + length), size=size, overlap=data.draw(st.integers(0, size - 1)))
    widths = [np.arange(end - first) for first, end in bounds]
    places = [np.stack([first + width, np.minimum(width, width[::-1])], axis=1)
              for (first, _), width in zip(bounds, widths, strict=True)]
    whole = stitch(bounds, [row.astype(np.float32) for row in places])
    assert whole[:, 0].tolist() == list(range(7, 7 + length))
    inside = whole[(whole[:, 0] >= bounds[0][1] - size // 2) & (whole[:, 0] < bounds[-1][0] + size // 2)]
    deepest: dict[int, int] = {}
    for row in places:
        for place, depth in row.tolist():
            deepest[place] = max(depth, deepest.get(place, 0))
    assert all(depth >= deepest[place] - 1 for place, depth in inside.tolist())


def test_impossible_overlap_is_refused() -> None:
    with pytest.raises(ModelError, match="cannot overlap"):
        cut((0, 9), size=4, overlap=4)
