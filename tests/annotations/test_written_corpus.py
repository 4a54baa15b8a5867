"""The written corpus: every file is what it would be written as, nothing leaks, and the audit finds nothing."""
from pathlib import Path

import pytest

from annotations.corpus import AnnotatedDocument, decode, encode, read_corpus
from annotations.corpus.splits import FILE, leaks, read_splits
from annotations.quality import audit_folder
from tests.conftest import ROOT

WRITTEN = ROOT / "annotations" / "written"
pytestmark = pytest.mark.skipif(not WRITTEN.is_dir(), reason="the written corpus is not there yet")
PATHS = sorted(WRITTEN.glob("*.json"))


@pytest.fixture(scope="module")
def docs() -> list[AnnotatedDocument]:
    return read_corpus(WRITTEN)


def test_the_corpus_is_there() -> None:
    assert PATHS


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_files_are_as_they_would_be_written(path: Path) -> None:
    data = path.read_bytes()
    assert encode(decode(data, name=path.name)) == data


def test_no_sentence_and_no_issuer_stands_on_both_sides(docs: list[AnnotatedDocument]) -> None:
    assert [(leak.words, leak.places) for leak in leaks(docs, read_splits(WRITTEN / FILE))] == []


def test_audit_finds_nothing() -> None:
    findings, documents = audit_folder(WRITTEN)
    assert documents == len(PATHS)
    assert [f"{one.document}:{one.start} {one.rule} {one.context}" for one in findings] == []
