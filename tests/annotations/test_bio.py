"""Windows of characters with tags: every character once at least, no span cut, and back to the same spans."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus import AnnotatedDocument, Annotation
from annotations.corpus.bio import (
    Granularity,
    Window,
    annotations_of,
    tag_list,
    tag_of,
    to_dataset,
    to_splits,
    windows,
)
from annotations.corpus.splits import Splits
from annotations.errors import AnnotationError
from annotations.scheme import Label
from report import SpanType
from tests.annotations.made import documents, labelled, labels

DOC = labelled("𠮷镇收到[[3件|COUNT:requests.new]][[2件|COUNT:requests.carried_in@previous_year]]，收[[5元|FEE:other]]。")


@given(documents(), st.integers(60, 80), st.integers(0, 40))
def test_documents_and_windows_are_inverse(doc: AnnotatedDocument, size: int, overlap: int) -> None:
    assert annotations_of(windows(doc, size=size, overlap=overlap)) == doc.annotations


@given(documents(), st.data())
def test_windows_cover_the_running_text_and_cut_no_span(doc: AnnotatedDocument, data: st.DataObject) -> None:
    longest = max([1, *(mark.end - mark.start for mark in doc.annotations)])
    size = data.draw(st.integers(longest, longest + 10))
    found = windows(doc, size=size, overlap=data.draw(st.integers(0, size - 1)))
    covered = {place for window in found for place in window.offsets}
    forms = {place for start, end in doc.regions for place in range(start, end)}
    assert covered == set(range(len(doc.text))) - forms
    assert all(0 < len(window.characters) <= size for window in found)
    assert all(window.characters == tuple(doc.text[place] for place in window.offsets) for window in found)
    assert annotations_of(found) == doc.annotations
    assert [window.index for window in found] == list(range(len(found)))


def test_windows_overlap_where_no_span_is_in_the_way() -> None:
    doc = AnnotatedDocument(name="a", text="一" * 25)
    assert [(window.offsets[0], window.offsets[-1] + 1) for window in windows(doc, size=10, overlap=4)] == [
        (0, 10), (6, 16), (12, 22), (18, 25)]


def test_a_border_inside_a_span_moves_to_its_start() -> None:
    doc = labelled("一二三四五六七[[38条信息|CATEGORY]]八九")
    assert [(w.offsets[0], w.offsets[-1] + 1) for w in windows(doc, size=9, overlap=3)] == [(0, 7), (4, 13), (7, 14)]


@pytest.mark.parametrize(("granularity", "tags"), [
    (Granularity.TYPE, ["B-COUNT", "I-COUNT", "B-COUNT", "I-COUNT"]),
    (Granularity.INDICATOR, ["B-COUNT:requests.new", "I-COUNT:requests.new", "B-COUNT:requests.carried_in",
                             "I-COUNT:requests.carried_in"]),
    (Granularity.SCOPE, ["B-COUNT:requests.new", "I-COUNT:requests.new", "B-COUNT:requests.carried_in@previous_year",
                         "I-COUNT:requests.carried_in@previous_year"]),
])
def test_adjacent_spans_stay_two_and_tags_say_as_much_as_asked(granularity: Granularity, tags: list[str]) -> None:
    window, = windows(DOC, granularity=granularity)
    assert window.characters[:2] == ("𠮷", "镇")
    assert list(window.tags[4:8]) == tags
    assert set(window.tags) <= set(tag_list(granularity))


@given(labels())
def test_every_label_has_its_tags(label: Label) -> None:
    for granularity in Granularity:
        tag = tag_of(label, granularity)
        assert {f"B-{tag}", f"I-{tag}"} <= set(tag_list(granularity))
        assert Label.parse(tag).type is label.type


def test_overlapping_spans_are_refused_by_both_names() -> None:
    marks = (Annotation(start=0, end=3, type=SpanType.CATEGORY), Annotation(start=2, end=5, type=SpanType.CHANNEL))
    with pytest.raises(AnnotationError, match=r"CATEGORY '规划类' \[0:3\] and CHANNEL '类网站' \[2:5\]"):
        windows(AnnotatedDocument(name="a", text="规划类网站", annotations=marks))


@pytest.mark.parametrize(("doc", "why"), [
    (labelled("[[0123456789012345|INDEX_NUMBER]]"), "longer than a window of 15"),
    (AnnotatedDocument(name="a", text="规章3件", annotations=(Annotation(start=2, end=4, type=SpanType.COUNT),),
                       regions=((0, 4),)), "official form"),
    (AnnotatedDocument(name="a", text="3件", annotations=(Annotation(start=0, end=9, type=SpanType.COUNT),)), "not in"),
])
def test_spans_that_no_window_holds_are_refused(doc: AnnotatedDocument, why: str) -> None:
    with pytest.raises(AnnotationError, match=why):
        windows(doc, size=15, overlap=0)


def test_a_tag_that_continues_nothing_is_refused() -> None:
    for tags in (("I-COUNT", "O"), ("B-FEE", "I-COUNT"), ("O", "I-RATE")):
        window = Window(name="a", index=0, characters=("3", "件"), offsets=(0, 1), tags=tags)
        with pytest.raises(AnnotationError, match="continues nothing"):
            annotations_of([window])


def test_dataset_holds_the_windows_with_class_labels() -> None:
    rows = to_dataset([DOC], granularity=Granularity.TYPE)
    names = rows.features["tags"].feature.names
    assert tuple(names) == tag_list(Granularity.TYPE)
    window, = windows(DOC, granularity=Granularity.TYPE)
    row, = rows
    assert row["characters"] == list(window.characters)
    assert row["offsets"] == list(window.offsets)
    assert [names[number] for number in row["tags"]] == list(window.tags)


def test_splits_of_a_dataset_follow_the_issuers() -> None:
    docs = [labelled("收[[5元|FEE:other]]。", name=issuer, issuer=issuer) for issuer in ("甲", "乙")]
    parts = to_splits(docs, Splits({"甲": "train", "乙": "test"}))
    assert {name: part["name"][:] for name, part in parts.items()} == {"train": ["甲"], "dev": [], "test": ["乙"]}
    with pytest.raises(AnnotationError, match="乙"):
        to_splits(docs, Splits({"甲": "train"}))
