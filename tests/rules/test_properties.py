"""What holds for any text: exact evidence, and facts that do not change with width, spaces or script."""
import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from opencc import OpenCC

from infer.pipeline import extract
from infer.read import read
from infer.rules import label
from report import Report
from report.folding import fold
from tests.rules.made import RULES, line_of, read_passage, report_of
from tests.rules.test_phrases import Phrase, load

PHRASES = load("test_phrases.toml")
DISTRACTORS = load("distractors.toml")
WRITTEN_OTHERWISE = "反复"  # OpenCC writes 反覆, which no conversion by characters brings back
WIDE_DIGITS = str.maketrans("0123456789", "０１２３４５６７８９")
INVISIBLE = st.sampled_from("\u200b\ufeff\u00ad")
NOISE = st.sampled_from([
    " ", "\n", "\r\n", "\u3000", "\t", "\u200b", "【", "】", "|", "1.", "（一）", "一、", "其中", "共", "12", "，", "。", "：", "……",
    "%", "万", "余", "条", "2022年", "〔2022〕3号", "☆", "𠮷", "(bào)"])
PIECES = st.lists(st.one_of(st.sampled_from(PHRASES + DISTRACTORS).map(lambda phrase: phrase.text), NOISE,
                            st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6)), max_size=12)


@cache
def to_traditional() -> OpenCC:
    return OpenCC("s2t")


def folded_facts(passage: str, phrase: Phrase) -> set[str]:
    """The facts of a passage, their free words folded and without white space."""
    facts = read_passage(passage, section=phrase.section, year=phrase.year)
    return {"".join(fold(line_of(fact)).text.split()) for fact in facts if fact.status == "stated"}


def inspect(report: Report) -> None:
    text = report.source.text
    ids = [fact.id for fact in report.facts]
    assert len(ids) == len(set(ids))
    for fact in report.facts:
        assert fact.evidence.text == text[fact.evidence.start:fact.evidence.end]
        assert fact.evidence.start < fact.evidence.end or fact.state == "blank"
        assert fact.parent is None or fact.parent in ids
        assert (fact.value is not None) == (fact.state in ("value", "zero"))
        if fact.context is not None:
            assert fact.context.text == text[fact.context.start:fact.context.end]
            assert fact.context.start <= fact.evidence.start <= fact.evidence.end <= fact.context.end


@settings(max_examples=80)
@given(PIECES, st.sampled_from(["overview", "proactive", "requests", "disputes", "fees"]), st.integers(2008, 2025))
def test_evidence_is_exact_in_any_mixture(pieces: list[str], section: str, year: int) -> None:
    text = report_of("".join(pieces), section=section, year=year)
    inspect(extract(text.encode(), name="mixture.txt", labels=RULES))


@settings(max_examples=60)
@given(PIECES)
def test_spans_lie_inside_the_text(pieces: list[str]) -> None:
    doc = read("".join(["全年主动公开政府信息5条。", *pieces]).encode(), name="mixture.txt")
    spans = label(doc)
    assert all(0 <= span.start < span.end <= len(doc.text) for span in spans)
    assert [(span.start, span.end) for span in spans] == sorted((span.start, span.end) for span in spans)
    assert all(0 < span.confidence <= 1 for span in spans)


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: phrase.text[:28])
def test_width_spaces_and_script_do_not_matter(phrase: Phrase) -> None:
    plain = folded_facts(phrase.text, phrase)
    spaced = re.sub(r"(?<![\d.])(?=\d)|(?<=\d)(?![\d.])", " ", phrase.text)
    assert folded_facts(spaced.translate(WIDE_DIGITS), phrase) == plain
    if WRITTEN_OTHERWISE not in phrase.text:
        assert folded_facts(to_traditional().convert(phrase.text), phrase) == plain


@settings(max_examples=100)
@given(st.sampled_from([phrase for phrase in PHRASES if "(" not in phrase.text]),
       st.lists(st.tuples(st.integers(0, 200), st.one_of(st.just(" "), st.just("\u3000"), INVISIBLE)), max_size=6))
def test_spaces_between_characters_do_not_matter(phrase: Phrase, inserted: list[tuple[int, str]]) -> None:
    text = phrase.text
    for place, space in sorted(inserted, reverse=True):
        if place < len(text) and not re.fullmatch(r"[\d.,]{1,2}", text[max(0, place - 1):place + 1]):
            text = text[:place] + space + text[place:]
    assert folded_facts(text, phrase) == folded_facts(phrase.text, phrase)
