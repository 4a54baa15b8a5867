"""Intervals over documents, exact where chance leaves no choice and near an explicit resampling where it does."""
import numpy as np
import pytest

from train.evaluating.bootstrap import difference_interval, f1_interval
from train.scoring import Score

RIGHT = Score(3, 3, 3)
WRONG = Score(0, 3, 3)


def test_documents_that_are_alike_leave_no_doubt() -> None:
    assert f1_interval([Score(1, 2, 2)] * 5, samples=50, seed=0) == (0.5, 0.5)


def test_a_right_and_a_wrong_document_leave_everything_open() -> None:
    assert f1_interval([RIGHT, WRONG], samples=400, seed=3) == (0.0, 1.0)


@pytest.mark.parametrize("parts", [[], [RIGHT], [Score(0, 0, 0)] * 4])
def test_where_chance_cannot_be_seen_there_is_no_interval(parts: list[Score]) -> None:
    assert f1_interval(parts, samples=50, seed=0) is None


def test_it_is_the_interval_of_documents_drawn_with_replacement() -> None:
    rng = np.random.default_rng(7)
    parts = [Score(int(right), int(right + extra), 20) for right, extra in rng.integers(2, 18, (30, 2))]
    drawn = [sum((parts[n] for n in rng.integers(0, 30, 30)), Score(0, 0, 0)).f1 for _ in range(3000)]
    expected = np.percentile(np.array(drawn, dtype=float), [2.5, 97.5])
    assert f1_interval(parts, samples=3000, seed=1) == pytest.approx(tuple(expected), abs=0.01)


def test_the_seed_decides() -> None:
    parts = [Score(n, 9, 9) for n in range(9)]
    first, again, other = (f1_interval(parts, samples=100, seed=seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_a_difference_is_of_the_same_documents() -> None:
    parts = [Score(n, 10, 10) for n in range(1, 10)]
    better = [Score(n + 1, 10, 10) for n in range(1, 10)]
    assert difference_interval(better, parts, samples=200, seed=0) == pytest.approx((0.1, 0.1))
    alone = f1_interval(parts, samples=200, seed=0)
    assert alone is not None
    assert alone[1] - alone[0] > 0.2
