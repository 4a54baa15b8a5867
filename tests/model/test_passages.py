"""What the model does not read holds no fact: the recall of the passages on labels that people made."""
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

import pytest

from annotations.corpus import AnnotatedDocument, read_corpus, read_document
from annotations.corpus.standoff import attach, read_standoff
from infer.annotate.reading import passages_of, read_found
from infer.inputs import Input, find_inputs
from infer.model.passages import LEAD, passages
from infer.rules import read_running_text
from models.record import read_record
from models.session import RELEASED
from report import Document, SpanType
from report.document import Source
from tests.conftest import ROOT, SHARED

WRITTEN = ROOT / "annotations" / "written"
LEAST = 0.999
MOST_READ = 0.6
STATING = frozenset({SpanType.COUNT, SpanType.FEE, SpanType.RATE, SpanType.NONE})
SENTENCE = "全年主动公开政府信息12条。"
IDLE = "我们认真学习有关文件，切实加强组织领导，扎实推进各项工作。"


def document(text: str) -> Document:
    return Document(source=Source(name="a.txt", media="text", encoding=None, sha256="", size=0, pages=None, text=text))


def read(text: str) -> list[str]:
    found = passages(read_running_text(document(text)), text)
    return [text[one.start : one.end] for one in found]


def recall(docs: Iterable[AnnotatedDocument]) -> tuple[float, float]:
    """The share of the labelled statements that lie whole in a passage, and of the text that is read."""
    held = total = given = length = 0
    for doc in docs:
        found = passages_of(doc)
        marks = [mark for mark in doc.annotations if mark.type in STATING]
        held += sum(any(one.start <= mark.start and mark.end <= one.end for one in found) for mark in marks)
        total += len(marks)
        given += sum(one.end - one.lead for one in found)
        length += len(doc.text)
    assert total > 100
    return held / total, given / length


@pytest.mark.slow
def test_passages_hold_what_is_labelled_in_the_written_corpus() -> None:
    share, given = recall(read_corpus(WRITTEN))
    assert share >= LEAST
    assert given < MOST_READ


@pytest.mark.shared
def test_passages_hold_what_is_labelled_in_real_reports() -> None:
    inputs = {Path(one.name).stem: one for one in find_inputs([str(SHARED / "real")]) if isinstance(one, Input)}
    labels = sorted((ROOT / "annotations" / "real").glob("*.labels.json"))
    share, given = recall(joined(path, inputs) for path in labels)
    assert share >= LEAST
    assert given < MOST_READ


def joined(path: Path, inputs: dict[str, Input]) -> AnnotatedDocument:
    held = read_standoff(path)
    report = read_found(inputs[held.name])
    assert not isinstance(report, str), report
    return attach(held, report.text)


def test_passages_lie_in_order_and_fit_into_one_window() -> None:
    size = read_record(RELEASED).size
    for path in sorted(WRITTEN.glob("w000*.json")):
        doc = read_document(path)
        found = passages_of(doc)
        assert all(one.lead <= one.start < one.end and one.end - one.lead <= size for one in found)
        assert all(one.end <= after.start for one, after in pairwise(found))
        assert not any(start < one.end and one.start < end for one in found for start, end in doc.regions)


def test_only_sentences_with_a_number_or_a_denial_are_read() -> None:
    assert read(f"{IDLE}\n{SENTENCE}\n{IDLE}\n未收到政府信息公开申请。\n{IDLE}") == [SENTENCE[:-1], "未收到政府信息公开申请"]


def test_neighbouring_sentences_are_read_together() -> None:
    assert read(f"{IDLE}{SENTENCE}共收到申请3件。{IDLE}") == [f"{SENTENCE}共收到申请3件"]


def test_sentences_on_both_sides_of_a_table_are_not_read_together() -> None:
    text = "共收到申请3件\n维持1件，纠正2件\n主动公开政府信息12条"
    table = (text.index("维持"), text.index("\n主动"))
    joined, parted = (passages(read_running_text(document(text), skip), text) for skip in ((), (table,)))
    assert [text[one.start : one.end] for one in joined] == [text]
    assert [text[one.start : one.end].strip() for one in parted] == ["共收到申请3件", "主动公开政府信息12条"]


def test_a_passage_is_read_with_the_words_before_it() -> None:
    text = f"{IDLE}{SENTENCE}"
    [one] = passages(read_running_text(document(text)), text)
    assert (one.start, one.lead) == (len(IDLE), len(IDLE) - LEAD)


def test_a_sentence_without_end_is_cut_behind_commas() -> None:
    text = "主动公开信息12条，" * 60
    found = read(text)
    assert "".join(found) == text
    assert all(len(words) <= 240 and words.endswith("，") for words in found)
