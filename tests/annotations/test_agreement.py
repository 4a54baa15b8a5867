"""Agreement, against an independent strict IOB2 scorer and a confusion matrix written out here."""
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus import AnnotatedDocument
from annotations.corpus.bio import Granularity, tags_of
from annotations.errors import AnnotationError
from annotations.quality import agreement
from tests.annotations.made import documents, labelled, labels, moved, remarked

FIRST = labelled("公开[[规划类|CATEGORY]][[31条|COUNT:proactive.total]]，收到[[3件|COUNT:requests.new]]，"
                 "收费[[5元|FEE:fees.copying]]。")


def entities(tags: list[str]) -> set[tuple[str, int, int]]:
    """Strict IOB2: an entity begins at B- and goes on over the I- of its own label."""
    found = set()
    for start, tag in enumerate(tags):
        if tag.startswith("B-"):
            end = start + 1
            while end < len(tags) and tags[end] == f"I-{tag[2:]}":
                end += 1
            found.add((tag[2:], start, end))
    return found


def f1(first: set[tuple[str, int, int]], second: set[tuple[str, int, int]]) -> float | None:
    if not first and not second:
        return None
    precision = len(first & second) / len(second) if second else 0
    recall = len(first & second) / len(first) if first else 0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0


def kappa(first: list[str], second: list[str]) -> float | None:
    tags = sorted({*first, *second})
    matrix = [[sum(pair == (one, other) for pair in zip(first, second, strict=True)) for other in tags] for one in tags]
    total = sum(map(sum, matrix))
    if not total:
        return None
    seen = sum(matrix[n][n] for n in range(len(tags))) / total
    chance = sum(sum(matrix[n]) * sum(row[n] for row in matrix) for n in range(len(tags))) / total**2
    return None if chance == 1 else (seen - chance) / (1 - chance)


@st.composite
def two_labellings(draw: st.DrawFn) -> tuple[AnnotatedDocument, AnnotatedDocument]:
    first = draw(documents(regions=False))
    kept = []
    for mark in first.annotations:
        what = draw(st.sampled_from(["same", "same", "gone", "label", "shorter"]))
        if what == "label":
            label = draw(labels())
            mark = replace(mark, type=label.type, indicator=label.indicator, scope=label.scope)
        elif what == "shorter" and mark.end - mark.start > 1:
            mark = replace(mark, end=mark.end - 1)
        if what != "gone":
            kept.append(mark)
    return first, replace(first, annotations=tuple(kept), links=())


@given(two_labellings())
def test_scores_are_those_of_an_independent_scorer(pair: tuple[AnnotatedDocument, AnnotatedDocument]) -> None:
    result = agreement([pair[0]], [pair[1]])
    for score, granularity in ((result.strict, Granularity.SCOPE), (result.types, Granularity.TYPE)):
        first, second = (tags_of(doc, doc.annotations, granularity) for doc in pair)
        assert score.f1 == pytest.approx(f1(entities(first), entities(second)))
        assert score.kappa == pytest.approx(kappa(first, second))
    for label, score in result.labels.items():
        ours, theirs = (tags_of(doc, doc.annotations) for doc in pair)
        assert score.f1 == pytest.approx(f1(*({one for one in entities(tags) if one[0] == label}
                                              for tags in (ours, theirs))))
        assert score.kappa == pytest.approx(kappa(*(["yes" if tag[2:] == label else "no" for tag in tags]
                                                    for tags in (ours, theirs))))


@given(two_labellings())
def test_every_span_that_one_lacks_is_in_one_disagreement(pair: tuple[AnnotatedDocument, AnnotatedDocument]) -> None:
    result = agreement([pair[0]], [pair[1]])
    first = len(set(pair[0].annotations) - set(pair[1].annotations))
    second = len(set(pair[1].annotations) - set(pair[0].annotations))
    assert sum(bool(one.first) for one in result.disagreements) == first
    assert sum(bool(one.second) for one in result.disagreements) == second


def test_disagreements_are_told_apart_and_shown_in_context() -> None:
    second = remarked(FIRST, "3件", indicator="requests.processed_total")
    second = moved(second, "规划类", 0, -1)
    second = replace(second, annotations=second.annotations[:-1])
    result = agreement([FIRST], [second])
    assert [(one.kind, one.first, one.second) for one in result.disagreements] == [
        ("boundary", "CATEGORY 规划类", "CATEGORY 规划"),
        ("label", "COUNT:requests.new 3件", "COUNT:requests.processed_total 3件"),
        ("missing", "FEE:fees.copying 5元", "")]
    assert result.disagreements[1].context == "公开规划类31条，收到【3件】，收费5元。"
    assert agreement([second], [FIRST]).disagreements[2].kind == "extra"
    assert (result.strict.first, result.strict.second, result.strict.both) == (4, 3, 1)


def test_nothing_to_score_is_none_and_full_agreement_is_one() -> None:
    bare = labelled("本年无变化。")
    assert (agreement([bare], [bare]).strict.f1, agreement([bare], [bare]).strict.kappa) == (None, None)
    assert (agreement([FIRST], [FIRST]).strict.f1, agreement([FIRST], [FIRST]).strict.kappa) == (1, 1)


def test_texts_are_matched_by_their_words_not_their_names() -> None:
    other = labelled("别的。", name="other")
    result = agreement([FIRST, other], [replace(FIRST, name="b", annotator="王")])
    assert (result.documents, result.only_first, result.strict.f1) == (1, ("other",), 1)
    with pytest.raises(AnnotationError, match="no text"):
        agreement([FIRST], [other])
    with pytest.raises(AnnotationError, match="a and b have the same text"):
        agreement([FIRST, replace(FIRST, name="b")], [FIRST])


def test_characters_in_forms_do_not_count() -> None:
    with_form = replace(FIRST, regions=((len(FIRST.text) - 1, len(FIRST.text)),))
    assert agreement([FIRST], [with_form]).characters == len(FIRST.text) - 1
