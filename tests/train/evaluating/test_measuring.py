"""All figures of a few documents, worked by hand."""
import pytest

from tests.train.evaluating.made import case
from train.evaluating.measuring import Sampling, differences, measure

SAMPLING = Sampling(samples=200, seed=0)
RIGHT = case("[[甲局|ISSUER]]收到[[3件|COUNT:requests.new]]，[[5元|FEE:other]]")
PARTLY = case("[[乙局|ISSUER]]收到[[3件|COUNT:requests.new]]，累计[[9件|COUNT:requests.new@cumulative]]，[[2%|RATE:other]]",
              "[[乙局|ISSUER]]收到[[3件|COUNT:other]]，累计[[9件|COUNT:requests.new]]，2[[%|RATE:other]]", name="b")
EMPTY = case("无", name="c")
CASES = [RIGHT, PARTLY, EMPTY]


def test_views_forgive_what_they_do_not_look_at() -> None:
    views = measure(CASES, SAMPLING).views
    assert {name: (view.rates.right, view.rates.found, view.rates.known) for name, view in views.items()} == {
        "label": (4, 7, 7), "indicator": (5, 7, 7), "type": (6, 7, 7),
        "prose_label": (2, 5, 5), "prose_type": (4, 5, 5)}
    assert views["label"].rates.f1 == pytest.approx(4 / 7)
    interval = views["label"].interval
    assert interval is not None
    assert interval == pytest.approx((1 / 4, 1))


def test_whole_documents() -> None:
    found = measure(CASES, SAMPLING)
    assert found.documents_right == pytest.approx(2 / 3)
    assert found.document_f1 == pytest.approx((1 + 1 / 4) / 2)
    assert measure([EMPTY], SAMPLING).document_f1 is None


def test_labels_with_their_support() -> None:
    found = measure(CASES, SAMPLING)
    new = found.by_label["COUNT:requests.new"]
    assert (new.known, new.found, new.right, new.f1) == (2, 2, 1, 0.5)
    other = found.by_label["COUNT:other"]
    assert (other.known, other.precision, other.recall, other.f1) == (0, 0, None, 0)
    assert list(found.by_label)[:2] == ["COUNT:requests.new", "ISSUER"]
    assert (found.by_type["COUNT"].right, found.by_type["RATE"].f1) == (3, 0)
    assert found.seqeval["label"]["micro"].f1 == pytest.approx(4 / 7)


def test_a_difference_is_what_one_has_more() -> None:
    nothing = [case("[[甲局|ISSUER]]收到[[3件|COUNT:requests.new]]，[[5元|FEE:other]]", "甲局收到3件，5元")] * 3
    found = differences([RIGHT] * 3, nothing, SAMPLING)
    assert (found["label"].f1, found["label"].interval) == (1, (1, 1))
    assert differences([EMPTY], [EMPTY], SAMPLING)["label"].f1 is None
