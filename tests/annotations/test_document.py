"""Labelled documents as files: nothing is lost, nothing broken is read, links and spans find each other again."""
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given

from annotations.corpus import (
    AnnotatedDocument,
    Annotation,
    Passage,
    Provenance,
    decode,
    encode,
    from_spans,
    read_corpus,
    to_spans,
    write_document,
)
from annotations.errors import AnnotationError
from report import Span, SpanType
from tests.annotations.made import documents, labelled

DOC = labelled("通过[[政府网站|CHANNEL]]公开[[政策文件类|CATEGORY]][[31条|COUNT:proactive.total]]😀。\r\n", links=((2, 0), (2, 1)))


@given(documents())
def test_encode_and_decode_are_inverse(doc: AnnotatedDocument) -> None:
    data = encode(doc)
    assert decode(data, name="x") == doc
    assert encode(decode(data, name="x")) == data


def test_everything_known_of_a_text_is_kept() -> None:
    known = Provenance(method="synthetic", issuer="甲县", level="county", year=2021, form="2021", layout="pipes",
                       script="traditional", noise=("pinyin",), traps=(3, 8), contradicts=("requests.new",), source="s")
    passage = Passage(start=2, end=5, pattern="requests.received#3f")
    doc = replace(DOC, provenance=known, annotator="李", regions=((0, 2),), passages=(passage,))
    assert decode(encode(doc), name="x") == doc


def test_annotations_are_sorted_and_links_follow_them() -> None:
    shuffled = replace(DOC, annotations=DOC.annotations[::-1] + DOC.annotations[:1], links=((0, 2), (0, 1), (0, 3)))
    assert encode(shuffled) == encode(DOC)


@pytest.mark.parametrize(("old", "new", "why"), [
    (b"31\xe6\x9d\xa1\xf0", b"32\xe6\x9d\xa1\xf0", "sha256 differs"),
    (b'"start":2', b'"start":3', "span 0"),
    (b'"end":6', b'"end":600', "span 0"),
    (b"[2,1]", b"[2,7]", "a link leads to no span"),
    (b'"version": 1', b'"version": 9', "version 9"),
    (b'"CHANNEL"', b'"CANAL"', "CANAL"),
    (b'"links"', b'"lynx"', "lynx"),
    (b"{\n", b"\xff", "no labelled document"),
])
def test_what_does_not_agree_is_refused_by_name(old: bytes, new: bytes, why: str) -> None:
    data = encode(DOC)
    assert old in data
    with pytest.raises(AnnotationError, match=why) as error:
        decode(data.replace(old, new, 1), name="b.json")
    assert str(error.value).startswith("b.json: ")


def test_a_corpus_is_read_by_file_name(tmp_path: Path) -> None:
    for name in ("b", "a"):
        write_document(tmp_path / f"{name}.json", replace(DOC, name=name))
    assert [doc.name for doc in read_corpus(tmp_path)] == ["a", "b"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.json", "b.json"]


def test_groups_become_links_and_links_groups() -> None:
    spans = [Span(start=0, end=2, type=SpanType.CHANNEL, group=4),
             Span(start=2, end=5, type=SpanType.CATEGORY, group=4),
             Span(start=5, end=8, type=SpanType.COUNT, indicator="proactive.total", group=4),
             Span(start=9, end=11, type=SpanType.COUNT)]
    marks, links = from_spans(spans)
    assert links == ((2, 0), (2, 1))
    back = to_spans(replace(DOC, annotations=marks, links=links))
    assert from_spans(back) == (marks, links)
    assert len({span.group for span in back if span.end <= 8}) == 1
    assert [span.group for span in back if span.start == 9] == [None]


@given(documents())
def test_spans_and_annotations_are_inverse(doc: AnnotatedDocument) -> None:
    assert from_spans(to_spans(doc)) == (doc.annotations, doc.links)


def test_a_channel_that_two_counts_share_stands_in_both_groups() -> None:
    marks = (Annotation(start=0, end=2, type=SpanType.CHANNEL), Annotation(start=2, end=4, type=SpanType.COUNT),
             Annotation(start=5, end=7, type=SpanType.COUNT))
    doc = AnnotatedDocument(name="a", text="网站3条、4篇", annotations=marks, links=((1, 0), (2, 0)))
    spans = to_spans(doc)
    assert [span.type for span in spans].count(SpanType.CHANNEL) == 2
    assert from_spans(spans) == (marks, doc.links)
