"""seqeval and our own counting agree on every document."""
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus import AnnotatedDocument
from annotations.corpus.bio import Granularity
from annotations.scheme import Label
from tests.annotations.made import labels
from tests.train.evaluating.made import case
from train.evaluating.cases import VIEWS, Case, scores, together
from train.evaluating.seqeval_scores import averages, label_report, tags_of
from train.scoring import Mark, by_label

pytest.importorskip("seqeval")
LENGTH = 24


@st.composite
def marks(draw: st.DrawFn, names: list[str], form: tuple[int, int]) -> list[Mark]:
    """Spans that do not overlap and stand outside the form."""
    cuts = sorted(draw(st.sets(st.integers(0, LENGTH), max_size=14)))
    return [(start, end, draw(st.sampled_from(names))) for start, end in pairwise(cuts)
            if draw(st.booleans()) and not (start < form[1] and form[0] < end)]


@st.composite
def cases(draw: st.DrawFn) -> list[Case]:
    names = draw(st.lists(labels().map(lambda label: label.tag), min_size=1, max_size=4))
    made = []
    for number in range(draw(st.integers(1, 4))):
        form = (8, 8 + draw(st.integers(0, 4)))
        known, other = draw(marks(names, form)), draw(marks(names, form))
        found = [*known[::2], *(mark for mark in other if all(mark[1] <= one[0] or one[1] <= mark[0]
                                                              for one in known[::2]))]
        doc = AnnotatedDocument(name=str(number), text="申" * LENGTH, regions=(form,))
        made.append(Case(_marked(doc, known), dict.fromkeys(found, 0.5)))
    return made


def _marked(doc: AnnotatedDocument, held: list[Mark]) -> AnnotatedDocument:
    from annotations.corpus import Annotation

    parsed = [(start, end, Label.parse(tag)) for start, end, tag in held]
    return replace(doc, annotations=tuple(
        Annotation(start=start, end=end, type=label.type, indicator=label.indicator, scope=label.scope)
        for start, end, label in parsed))


@given(cases(), st.sampled_from(["label", "type"]))
def test_micro_and_each_label_are_as_we_count_them(made: list[Case], name: str) -> None:
    granularity = Granularity.SCOPE if name == "label" else Granularity.TYPE
    view = VIEWS[name]
    ours, theirs = together(scores(made, view)), averages(made, granularity)
    if not ours.found + ours.known:
        assert theirs == {}
        return
    micro = theirs["micro"]
    assert (micro.precision, micro.recall, micro.f1) == pytest.approx(
        (ours.precision or 0, ours.recall or 0, ours.f1 or 0))
    assert micro.support == ours.known
    report = label_report(made, granularity)
    for label in {view.says(tag) for one in made for _, _, tag in one.known}:
        parts = [by_label(one.known, one.found, view.says)[label] for one in made
                 if label in by_label(one.known, one.found, view.says)]
        assert report[label]["support"] == together(parts).known
        assert report[label]["f1-score"] == pytest.approx(together(parts).f1)


def test_averages_of_two_labels() -> None:
    made = [case("[[3件|COUNT:requests.new]]和[[4件|COUNT:requests.new]]，[[5元|FEE:other]]",
                 "[[3件|COUNT:requests.new]]和[[4件|COUNT:other]]，[[5元|FEE:other]]")]
    found = averages(made, Granularity.SCOPE)
    assert found["micro"].f1 == pytest.approx(2 / 3)
    assert found["macro"].f1 == pytest.approx((2 / 3 + 0 + 1) / 3)
    assert found["weighted"].f1 == pytest.approx((2 * 2 / 3 + 1) / 3)
    assert averages(made, Granularity.TYPE)["micro"].f1 == 1


def test_forms_are_no_part_of_the_tags() -> None:
    doc = replace(case("甲乙[[3件|COUNT:other]]丙丁").doc, regions=((0, 1), (4, 5)))
    assert tags_of(doc, Granularity.TYPE) == [["O", "B-COUNT", "I-COUNT"], ["O"]]
