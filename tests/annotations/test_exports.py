"""Exports, each read back: nothing that the format can say is lost."""
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given

from annotations.corpus import AnnotatedDocument, Annotation
from annotations.corpus.masking import pieces
from annotations.errors import AnnotationError
from annotations.exports.brat import conf, read_standoff, standoff
from annotations.exports.conll import read_conll, to_conll
from annotations.exports.exporting import export
from annotations.exports.formats import Format
from annotations.scheme import Label
from report import SpanType
from tests.annotations.made import documents, labelled

DOC = labelled("通过[[南城\r\n发布|CHANNEL]]公开[[😀规划类|CATEGORY]][[3\n1条|COUNT:proactive.total@cumulative]]，"
               "余[[2项|COUNT:other]]。\n",
               links=((2, 0), (2, 1)))
_ENDS = "\n\r\t\v\f\x1c\x1d\x1e\x85\u2028\u2029"


@given(documents())
def test_conll_is_read_back(doc: AnnotatedDocument) -> None:
    lines = to_conll(doc).splitlines()
    assert all(line == "" or len(line.split()) == 3 for line in lines)
    again, = read_conll(lines)
    assert again.name == doc.name
    assert again.characters == {place: doc.text[place] for start, end in pieces(doc) for place in range(start, end)}
    assert again.annotations == doc.annotations


def test_conll_looks_as_documented() -> None:
    doc = labelled("收[[1 件|COUNT:requests.new]]。\\\n", name="甲 乙")
    assert to_conll(doc).splitlines() == [
        "-DOCSTART-\t甲\\u{20}乙\tO", "", "收\t0\tO", "1\t1\tB-COUNT:requests.new", "\\u{20}\t2\tI-COUNT:requests.new",
        "件\t3\tI-COUNT:requests.new", "。\t4\tO", "", "\\u{5c}\t5\tO", "", "\\u{a}\t6\tO", ""]


def test_conll_keeps_documents_apart_and_refuses_overlaps() -> None:
    lines = (to_conll(DOC) + to_conll(replace(DOC, name="b", annotations=(), links=()))).splitlines()
    assert [(doc.name, len(doc.annotations)) for doc in read_conll(lines)] == [("a", 4), ("b", 0)]
    overlapping = replace(DOC, annotations=(*DOC.annotations, replace(DOC.annotations[0], type=SpanType.CATEGORY)))
    with pytest.raises(AnnotationError, match="overlap"):
        to_conll(overlapping)
    with pytest.raises(AnnotationError, match="line 1"):
        list(read_conll(["字\t0\tO"]))


@given(documents())
def test_brat_is_read_back(doc: AnnotatedDocument) -> None:
    assume(all(doc.words(mark)[0] not in _ENDS and doc.words(mark)[-1] not in _ENDS for mark in doc.annotations))
    lines = standoff(doc).split("\n")[:-1]
    assert read_standoff(lines, doc.text) == (doc.annotations, doc.links)


def test_brat_looks_as_its_documentation_says() -> None:
    assert standoff(DOC).splitlines() == [
        "T1\tCHANNEL 2 4;6 8\t南城 发布", "T2\tCATEGORY 10 14\t😀规划类", "T3\tCOUNT 14 15;16 18\t3 1条", "T4\tCOUNT 20 22\t2项",
        "A1\tIndicator T3 proactive.total", "A2\tScope T3 cumulative", "A3\tIndicator T4 other",
        "R1\tOf Arg1:T3 Arg2:T1\t", "R2\tOf Arg1:T3 Arg2:T2\t"]


def test_brat_refuses_what_it_cannot_hold_and_what_is_not_the_text() -> None:
    broken = replace(DOC, annotations=(Annotation(start=len(DOC.text) - 2, end=len(DOC.text), type=SpanType.CATEGORY),),
                     links=())
    with pytest.raises(AnnotationError, match="brat cannot hold CATEGORY"):
        standoff(broken)
    with pytest.raises(AnnotationError, match="T1: '南京' does not stand at 2 4"):
        read_standoff(["T1\tCHANNEL 2 4\t南京"], DOC.text)


def test_brat_configuration_names_every_type_value_and_relation() -> None:
    lines = conf().splitlines()
    assert set(SpanType) <= set(lines)
    assert any(line.startswith("Indicator\tArg:COUNT|FEE|RATE|NONE, Value:other|proactive.total|") for line in lines)
    assert "Of\tArg1:COUNT|FEE|RATE|NONE, Arg2:CATEGORY|CHANNEL" in lines
    assert [line for line in lines if line.startswith("[")] == ["[entities]", "[relations]", "[events]", "[attributes]"]


def test_brat_folder_keeps_bytes_and_refuses_a_full_one(tmp_path: Path) -> None:
    export([DOC, replace(DOC, name="b/c")], Format.BRAT, tmp_path / "brat")
    assert sorted(path.name for path in (tmp_path / "brat").iterdir()) == [
        "a.ann", "a.txt", "annotation.conf", "b_c.ann", "b_c.txt"]
    assert (tmp_path / "brat" / "a.txt").read_bytes().decode() == DOC.text
    with pytest.raises(AnnotationError, match="no empty folder"):
        export([DOC], Format.BRAT, tmp_path / "brat")
    with pytest.raises(AnnotationError, match="would both be b_c"):
        export([replace(DOC, name="b_c"), replace(DOC, name="b/c")], Format.BRAT, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_spacy_entities_are_the_spans(tmp_path: Path) -> None:
    export([DOC], Format.SPACY, tmp_path / "corpus.json")
    row, = json.loads((tmp_path / "corpus.json").read_bytes())
    marks = [(start, end, Label.parse(label)) for start, end, label in row["entities"]]
    assert marks == [(mark.start, mark.end, mark.label) for mark in DOC.annotations]
    assert row["text"] == DOC.text
    assert row["links"] == [[2, 0], [2, 1]]
    assert row["meta"]["sha256"] == DOC.digest


def test_bio_is_a_window_a_line(tmp_path: Path) -> None:
    export([DOC, DOC], Format.BIO, tmp_path / "out.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_bytes().split(b"\n")[:-1]]
    assert ["".join(row["characters"]) for row in rows] == [DOC.text, DOC.text]
    label = "COUNT:proactive.total@cumulative"
    assert rows[0]["tags"][14:18] == [f"B-{label}", *[f"I-{label}"] * 3]
    with pytest.raises(AnnotationError, match="is a folder"):
        export([DOC], Format.BIO, tmp_path)
