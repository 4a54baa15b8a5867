"""Strict scores agree with seqeval's, and say nothing where there was nothing."""
import numpy as np
import pytest

from annotations.corpus import AnnotatedDocument, Annotation
from annotations.corpus.bio import tags_of
from report import Span, SpanType
from train.scoring import NOTHING, Mark, by_label, found_marks, score, total, type_alone, without_scope

TAGS = ("CATEGORY", "CHANNEL", "COUNT:requests.new", "COUNT:requests.new@cumulative", "FEE:other")


def marks(rng: np.random.Generator, length: int) -> list[Mark]:
    """Spans that do not overlap."""
    found, place = [], 0
    while place < length:
        end = min(length, place + int(rng.integers(1, 4)))
        if rng.random() < 0.5:
            found.append((place, end, TAGS[rng.integers(len(TAGS))]))
        place = end
    return found


def tags(held: list[Mark], length: int) -> list[str]:
    from annotations.scheme import Label

    parsed = [(start, end, Label.parse(tag)) for start, end, tag in held]
    annotations = tuple(Annotation(start=start, end=end, type=label.type, indicator=label.indicator, scope=label.scope)
                        for start, end, label in parsed)
    return tags_of(AnnotatedDocument(name="a", text="x" * length), annotations)


@pytest.mark.parametrize("seed", range(20))
def test_scores_are_seqeval_s(seed: int) -> None:
    metrics = pytest.importorskip("seqeval.metrics")
    scheme = pytest.importorskip("seqeval.scheme")
    rng = np.random.default_rng(seed)
    pairs = [(marks(rng, 30), marks(rng, 30)) for _ in range(6)]
    pairs = [(known, sorted({*found[:2], *known[::2]}) if seed % 2 else found) for known, found in pairs]
    pairs = [(known, [mark for n, mark in enumerate(found) if not n or found[n - 1][1] <= mark[0]])
             for known, found in pairs]
    given = [[tags(one, 30) for one in side] for side in zip(*pairs, strict=True)]
    report = metrics.classification_report(*given, mode="strict", scheme=scheme.IOB2, output_dict=True, zero_division=0)
    whole = total(pairs)
    assert (whole.precision or 0, whole.recall or 0, whole.f1 or 0) == pytest.approx(
        tuple(report["micro avg"][key] for key in ("precision", "recall", "f1-score")))
    for name in TAGS:
        parts = [by_label(*pair).get(name, NOTHING) for pair in pairs]
        its = sum(parts, NOTHING)
        assert its.known == report.get(name, {"support": 0})["support"]
        if its.known:
            assert its.f1 == pytest.approx(report[name]["f1-score"])


def test_views_forgive_what_they_do_not_look_at() -> None:
    known: list[Mark] = [(0, 2, "COUNT:requests.new@cumulative"), (3, 5, "FEE:other")]
    found: list[Mark] = [(0, 2, "COUNT:requests.new"), (3, 5, "COUNT:other")]
    assert [score(known, found, view).right for view in (str, without_scope, type_alone)] == [0, 1, 1]


def test_nothing_to_score_is_none() -> None:
    empty = total([([], [])])
    assert (empty.precision, empty.recall, empty.f1) == (None, None, None)
    assert score([(0, 1, "CATEGORY")], []).f1 == 0


def test_a_name_of_two_quantities_counts_once() -> None:
    span = Span(start=0, end=3, type=SpanType.CHANNEL)
    assert found_marks([span, span]) == [(0, 3, "CHANNEL")]
