"""Labels travel without their text, find it again, and refuse another."""
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from typer.testing import CliRunner

from annotations.corpus import AnnotatedDocument, read_document
from annotations.corpus.standoff import SUFFIX, attach, detach, read_standoff, write_standoff
from annotations.errors import AnnotationError
from infer.cli import app
from tests.annotations.made import documents, labelled

WORDS = "全年收到[[申请|NONE:requests.new]]，公开[[12条|COUNT:proactive.total]]，其中[[网站|CHANNEL]][[7条|COUNT:proactive.total]]。"


@given(documents())
def test_detached_labels_give_the_same_document(doc: AnnotatedDocument) -> None:
    plain = replace(doc, annotator=None, passages=())
    assert attach(detach(plain), doc.text) == plain


def test_no_word_of_the_text_stands_in_the_file(tmp_path: Path) -> None:
    doc = labelled(WORDS)
    write_standoff(tmp_path / "a.labels.json", detach(doc))
    words = (tmp_path / "a.labels.json").read_text(encoding="utf-8")
    assert not {"申请", "公开", "网站", "12条"} & {words[n : n + size] for n in range(len(words)) for size in (2, 3)}
    assert attach(read_standoff(tmp_path / "a.labels.json"), doc.text) == doc


def test_another_text_is_refused() -> None:
    doc = labelled(WORDS)
    with pytest.raises(AnnotationError, match="not the one that was labelled"):
        attach(detach(doc), doc.text + "。")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "x.labels.json").write_text("{", encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"x\.labels\.json"):
        read_standoff(tmp_path / "x.labels.json")


def test_attach_joins_what_is_there_and_names_what_is_not(tmp_path: Path) -> None:
    reports, labels = tmp_path / "reports", tmp_path / "labels"
    for folder in (reports, labels):
        folder.mkdir()
    doc = labelled(WORDS, name="one")
    (reports / "one.txt").write_text(doc.text, encoding="utf-8")
    for name in ("one", "two"):
        write_standoff(labels / f"{name}{SUFFIX}", detach(replace(doc, name=name)))
    result = CliRunner().invoke(app, ["annotate", "attach", str(labels), str(reports), "-o", str(tmp_path / "out")])
    assert result.exit_code == 1
    assert "two: no report of this name" in result.output
    assert read_document(tmp_path / "out" / "one.json").annotations == doc.annotations
