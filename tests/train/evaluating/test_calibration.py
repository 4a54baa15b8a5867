"""Confidence against how often it is right, and the temperature that brings them together."""
import numpy as np
import pytest

from models.decoding import find_spans
from models.labels import Labels
from tests.train.evaluating.made import case
from train.evaluating.calibration import ScoredPiece, calibration, fit_temperature, reliability
from train.scoring import Mark

LABELS = Labels(("CATEGORY", "CHANNEL"))


def test_bins_and_error_by_hand() -> None:
    found = reliability([(0.95, True), (0.95, True), (0.91, False), (0.1, False), (0.12, True)])
    assert found is not None
    top, lowest, second = found.bins[9], found.bins[0], found.bins[1]
    assert top.spans == 3
    assert top.confidence == pytest.approx(2.81 / 3)
    assert top.right == pytest.approx(2 / 3)
    assert (lowest.low, lowest.high, lowest.spans, lowest.right) == (0.0, 0.1, 1, 0)
    assert (second.spans, second.right) == (1, 1)
    assert (found.bins[5].spans, found.bins[5].confidence, found.bins[5].right) == (0, None, None)
    assert found.error == pytest.approx((2.81 - 2 + 0.1 + 0.88) / 5)


def test_right_is_the_whole_label_over_the_same_words() -> None:
    found = calibration([case("[[3件|COUNT:other]][[4件|COUNT:other]][[5元|FEE:other]]",
                              "[[3件|COUNT:other|0.9]][[4件|COUNT:requests.new|0.9]][[5|FEE:other|0.9]]元")])
    assert found is not None
    assert found.bins[8].spans == 3
    assert found.bins[8].right == pytest.approx(1 / 3)
    assert calibration([case("无")]) is None


def pieces(temperature: float, *, count: int = 60) -> list[ScoredPiece]:
    """Names of one character, right as often as the softmax of scores / temperature says."""
    rng = np.random.default_rng(5)
    made = []
    for start in range(0, count * 100, 100):
        scores = np.zeros((100, 5), dtype=np.float32)
        scores[::2, 0] = 9
        scores[1::2, 1::2] = rng.normal(3, 3, (50, 2))
        scores[1::2, [2, 4]] = -9
        shares = np.exp(scores[1::2].astype(float) / temperature)
        drawn = [int(rng.choice(5, p=row / row.sum())) for row in shares]
        known: list[Mark] = [(start + 2 * n + 1, start + 2 * n + 2, LABELS.names[tag // 2])
                             for n, tag in enumerate(drawn) if tag % 2]
        made.append(ScoredPiece(start=start, scores=scores, known=known))
    return made


@pytest.mark.parametrize("temperature", [0.6, 1.0, 2.2])
def test_the_temperature_by_which_the_world_was_made_is_found(temperature: float) -> None:
    assert fit_temperature(pieces(temperature), LABELS) == pytest.approx(temperature, rel=0.1)


@pytest.mark.parametrize("pooling", ["min", "mean"])
def test_the_error_becomes_less_by_the_confidences_that_decoding_gives(pooling: str) -> None:
    held = pieces(2.2)
    fitted = fit_temperature(held, LABELS, pooling="min" if pooling == "min" else "mean")

    def error(temperature: float) -> float:
        found = reliability([
            (span.confidence, (span.start, span.end, str(span.type)) in one.known) for one in held
            for span in find_spans(one.scores, LABELS, start=one.start, temperature=temperature,
                                   pooling="min" if pooling == "min" else "mean")])
        assert found is not None
        return found.error

    assert error(fitted) < 0.03 < 0.1 < error(1.0)


def test_without_spans_nothing_changes() -> None:
    silent = np.zeros((4, 5), dtype=np.float32)
    silent[:, 0] = 5
    nothing = np.zeros((0, 5), dtype=np.float32)
    assert fit_temperature([ScoredPiece(start=0, scores=one, known=[]) for one in (silent, nothing)], LABELS) == 1.0


def test_longer_names_are_as_sure_as_their_pooling_says() -> None:
    scores = np.full((3, 5), -20, dtype=np.float32)
    scores[0, 1], scores[1, 2], scores[1, 0], scores[2, 0] = 4, 1, 0, 9
    right, wrong = [(0, 2, "CATEGORY")], [(0, 1, "CATEGORY")]
    held = [ScoredPiece(start=0, scores=scores, known=right if n < 9 else wrong) for n in range(10)]
    sure = {name: find_spans(scores, LABELS, temperature=fit_temperature(held, LABELS, pooling=name),
                             pooling=name)[0].confidence for name in ("min", "mean")}
    assert sure["min"] == pytest.approx(0.9, abs=0.01)
    assert sure["mean"] == pytest.approx(0.9, abs=0.01)
