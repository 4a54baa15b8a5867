"""The written corpus: every file is what it would be written as, nothing leaks, and the audit finds nothing."""
from collections import Counter

import pytest

from annotations.corpus import AnnotatedDocument, decode, encode, read_corpus
from annotations.corpus.masking import masked_sentences
from annotations.corpus.splits import FILE, leaks, read_splits
from annotations.quality import audit_folder
from report import vocabulary
from tests.conftest import ROOT

WRITTEN = ROOT / "annotations" / "written"
PATHS = sorted(WRITTEN.glob("*.json"))


@pytest.fixture(scope="module")
def docs() -> list[AnnotatedDocument]:
    return read_corpus(WRITTEN)


def test_the_corpus_shows_everything_often_enough(docs: list[AnnotatedDocument]) -> None:
    indicators = Counter(mark.indicator for doc in docs for mark in doc.annotations)
    traps = Counter(trap for doc in docs for trap in doc.provenance.traps)
    assert len(docs) >= 300
    assert {name: indicators[name] for name in vocabulary().indicators if indicators[name] < 40} == {}
    assert {trap: traps[trap] for trap in range(1, 26) if traps[trap] < 5} == {}
    assert {doc.provenance.year for doc in docs} == set(range(2008, 2026))
    assert {doc.provenance.form for doc in docs} == {"narrative", "2014", "2019", "2021"}
    assert {doc.provenance.level for doc in docs} == {"town", "department", "county", "city", "province"}
    assert {doc.provenance.script for doc in docs} == {"simplified", "traditional", "pinyin"}
    assert len({sentence for doc in docs for sentence in masked_sentences(doc)}) >= 1500


def test_a_pattern_stands_in_one_split(docs: list[AnnotatedDocument]) -> None:
    splits = read_splits(WRITTEN / FILE)
    sides: dict[str, set[str | None]] = {}
    for doc in docs:
        for passage in doc.passages:
            sides.setdefault(passage.pattern, set()).add(splits.of(doc.provenance.issuer))
    assert len(sides) >= 1500
    assert {pattern: found for pattern, found in sides.items() if len(found) > 1} == {}


def test_files_are_as_they_would_be_written() -> None:
    changed = [path.name for path in PATHS if encode(decode(path.read_bytes(), name=path.name)) != path.read_bytes()]
    assert changed == []


def test_no_sentence_and_no_issuer_stands_on_both_sides(docs: list[AnnotatedDocument]) -> None:
    assert [(leak.words, leak.places) for leak in leaks(docs, read_splits(WRITTEN / FILE))] == []


def test_audit_finds_nothing_but_headers_in_joined_lines(docs: list[AnnotatedDocument]) -> None:
    joined = {doc.name for doc in docs if "joined_lines" in doc.provenance.noise}
    findings, documents = audit_folder(WRITTEN)
    assert documents == len(PATHS)
    assert [f"{one.document}:{one.start} {one.rule} {one.context}" for one in findings
            if one.rule != "identity.place" or one.document not in joined] == []
