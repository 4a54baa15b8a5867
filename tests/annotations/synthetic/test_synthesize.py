"""Whole reports: their labels stand on what they say, and one seed gives one report."""

import random
import re
from collections import Counter

import pytest

from annotations.corpus import AnnotatedDocument, decode, encode
from annotations.quality import audit
from annotations.scheme import QUANTITIES
from annotations.synthetic import SyntheticReport, synthesize
from annotations.synthetic.assembling import LAYOUT_NAMES
from annotations.synthetic.composing import compose, draw_plan
from annotations.synthetic.patterns import grammar
from report import SpanType
from tests.conftest import ROOT, Golden

GOLDENS = ROOT / "tests" / "annotations" / "synthetic" / "goldens"
SEEDS = range(120)
REPORTS = [synthesize(seed) for seed in SEEDS]
DOCUMENTS = [report.document() for report in REPORTS if not report.is_html]


def test_a_seed_is_one_report_whatever_was_drawn_before() -> None:
    random.seed(5)
    again = synthesize(17)
    assert (again.source, again.runs, again.links) == (REPORTS[17].source, REPORTS[17].runs, REPORTS[17].links)
    assert REPORTS[17].source != REPORTS[18].source


def test_quantities_hold_a_number_and_nones_do_not() -> None:
    for document in DOCUMENTS:
        for mark in document.annotations:
            words = document.words(mark)
            if mark.type in QUANTITIES:
                holds = re.search(r"[\d０-９〇零一二两三四五六七八九十百兩]", words) is not None
                assert holds == (mark.type is not SpanType.NONE) or mark.type is SpanType.NONE, words


def test_documents_are_files_and_pass_the_audit() -> None:
    for document in DOCUMENTS:
        assert decode(encode(document), name=document.name) == document
    found = [
        f"{one.document}:{one.start} {one.rule} {one.context}" for one in audit(DOCUMENTS) if one.severity == "error"
    ]
    assert found == []


def test_links_lead_from_counts_to_names() -> None:
    links = [
        (document.annotations[one].type, document.annotations[other].type)
        for document in DOCUMENTS
        for one, other in document.links
    ]
    assert len(links) > 50
    assert {other for _, other in links} == {SpanType.CATEGORY, SpanType.CHANNEL}
    assert {one for one, _ in links} <= {SpanType.COUNT, SpanType.FEE}


def test_sentences_stand_where_they_are_said_to_stand() -> None:
    known = {pattern.id for pattern in grammar().patterns}
    for document in DOCUMENTS:
        assert document.passages
        assert {passage.pattern for passage in document.passages} <= known
        for mark in document.annotations:
            assert any(one.start <= mark.start and mark.end <= one.end for one in document.passages)


def test_prose_and_form_say_the_same_except_on_purpose() -> None:
    said_otherwise = 0
    for seed in SEEDS:
        composed = compose(draw_plan(seed))
        slipped = {one for piece in composed.pieces for filled in piece.sentences for one in filled.contradicts}
        said_otherwise += bool(slipped)
        assert slipped <= set(REPORTS[seed].provenance.contradicts)
    assert 2 <= said_otherwise <= len(SEEDS) // 2


def test_reports_spread_over_years_forms_layouts_and_bodies() -> None:
    provenances = [report.provenance for report in REPORTS]
    assert {one.form for one in provenances} == {"narrative", "2014", "2019", "2021"}
    assert len({one.year for one in provenances}) == 18
    assert {one.level for one in provenances} >= {"town", "department", "county", "city"}
    assert len(Counter(one.layout for one in provenances)) >= 6
    assert {one.script for one in provenances} >= {"simplified", "traditional"}
    assert 0.3 < sum(bool(one.noise) for one in provenances) / len(provenances) < 0.8


def test_clean_reports_have_no_noise() -> None:
    assert all(not synthesize(seed, clean=True).provenance.noise for seed in range(30))


def shown(report: SyntheticReport) -> str:
    """The report with its labels in brackets, for the eye."""
    if report.is_html:
        return report.source
    document: AnnotatedDocument = report.document()
    text, done = "", 0
    for mark in document.annotations:
        text += f"{document.text[done : mark.start]}⟦{document.words(mark)}|{mark.label.tag}⟧"
        done = mark.end
    return text + document.text[done:]


@pytest.mark.parametrize("layout", LAYOUT_NAMES)
def test_golden_report(layout: str, golden: Golden) -> None:
    seed = next(n for n in range(5000) if synthesize(n, clean=True).provenance.layout == layout)
    suffix = "html" if layout == "grid" else "txt"
    golden(GOLDENS / f"report_{layout}.{suffix}", shown(synthesize(seed, clean=True)))
