"""Decoded tags always obey IOB2, are the best that do, and become spans with exact offsets."""
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from models.decoding import bounds_of, decode, find_spans, illegal, probabilities, viterbi
from models.labels import Labels
from models.windows import Scores
from report import Span, SpanType

LABELS = Labels(("COUNT:requests.new", "NONE:fees.collected@previous_year"))
COUNT = len(LABELS.tags)


def scores(longest: int) -> st.SearchStrategy[Scores]:
    return st.integers(1, longest).flatmap(lambda length: arrays(
        np.float32, (length, COUNT), elements=st.floats(-9, 9, width=32)))


@given(scores(40))
def test_decoded_tags_are_legal(rows: Scores) -> None:
    assert not illegal(decode(rows)).any()
    assert not illegal(viterbi(rows)).any()


@given(scores(40))
def test_legal_best_tags_stay(rows: Scores) -> None:
    best = rows.argmax(axis=1)
    if not illegal(best).any():
        assert decode(rows).tolist() == best.tolist()


@given(scores(4))
def test_viterbi_finds_the_best_of_all_legal_tags(rows: Scores) -> None:
    ways = [np.array(way) for way in product(range(COUNT), repeat=len(rows))]
    best = max(rows[np.arange(len(rows)), way].sum() for way in ways if not illegal(way).any())
    found = viterbi(rows)
    assert rows[np.arange(len(rows)), found].sum() == pytest.approx(best, abs=1e-4)


def rows_of(*tags: str, sure: float = 4.0) -> Scores:
    made = np.zeros((len(tags), COUNT), dtype=np.float32)
    made[np.arange(len(tags)), [LABELS.tags.index(tag) for tag in tags]] = sure
    return made


def test_a_missing_beginning_is_mended() -> None:
    rows = rows_of("O", "I-COUNT:requests.new", "I-COUNT:requests.new", "O")
    rows[1, LABELS.tags.index("B-COUNT:requests.new")] = 3.5
    assert [LABELS.tags[tag] for tag in decode(rows)] == ["O", "B-COUNT:requests.new", "I-COUNT:requests.new", "O"]


def test_a_lone_inside_among_others_gives_way() -> None:
    rows = rows_of("B-COUNT:requests.new", "I-NONE:fees.collected@previous_year", "I-COUNT:requests.new")
    rows[1, LABELS.tags.index("I-COUNT:requests.new")] = 3.0
    assert bounds_of(decode(rows)) == [(0, 3)]


def test_spans_have_offsets_labels_and_the_confidence_of_their_weakest_character() -> None:
    rows = rows_of("O", "B-COUNT:requests.new", "I-COUNT:requests.new", "B-COUNT:requests.new",
                   "B-NONE:fees.collected@previous_year")
    rows[2] /= 2
    sure = np.exp([4, 2]) / (np.exp([4, 2]) + COUNT - 1)
    found = find_spans(rows, LABELS, start=10)
    assert [(span.start, span.end, span.type, span.indicator, span.scope) for span in found] == [
        (11, 13, SpanType.COUNT, "requests.new", "own"), (13, 14, SpanType.COUNT, "requests.new", "own"),
        (14, 15, SpanType.NONE, "fees.collected", "previous_year")]
    assert [span.confidence for span in found] == pytest.approx([sure[1], sure[0], sure[0]])
    assert find_spans(rows, LABELS, pooling="mean")[0].confidence == pytest.approx(sure.mean())


def test_temperature_softens_confidence_and_moves_no_span() -> None:
    rows = rows_of("B-COUNT:requests.new", "I-COUNT:requests.new", "O")
    plain, soft = (find_spans(rows, LABELS, temperature=temperature) for temperature in (1.0, 2.0))
    assert [span.end for span in plain] == [span.end for span in soft]
    assert soft[0].confidence < plain[0].confidence


def test_huge_scores_stay_finite() -> None:
    rows = rows_of("B-COUNT:requests.new", sure=1e30)
    assert probabilities(rows, decode(rows)).tolist() == [1.0]


def test_no_characters_give_no_spans() -> None:
    none: list[Span] = []
    assert find_spans(np.zeros((0, COUNT), dtype=np.float32), LABELS) == none
