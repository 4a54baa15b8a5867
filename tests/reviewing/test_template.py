"""Which facts a reviewer is asked to look at, and how the sheet shows them."""
from dataclasses import replace
from pathlib import Path

import pytest

from infer.labelling import labelling
from infer.pipeline import extract
from infer.reviewing import Corrections, corrected
from infer.reviewing.rows import correction_of
from infer.reviewing.template import doubts_of, rows_of
from report import Report
from tests.conftest import ROOT
from tests.reviewing.made import RULES, TEXT, correction, corrections, district, reading, stated, town


def unsure(take: float) -> Report:
    return extract(TEXT.encode(), name="a.txt", labels=replace(labelling(RULES), take=take))


def test_what_is_sure_and_agrees_is_left_out() -> None:
    sure = replace(town(), facts=tuple(replace(fact, confidence=1.0) for fact in town().facts))
    assert rows_of(sure) == []
    assert len(rows_of(sure, every=True)) == len([fact for fact in sure.facts if fact.status == "stated"])


def test_failed_checks_come_first_then_what_was_not_taken_then_what_is_unsure() -> None:
    cell = stated(district(), "requests.new", applicant="natural_person")
    facts = []
    for fact in district().facts:
        if fact.id == cell.id:
            fact = replace(fact, value=(cell.value or 0) + 1, confidence=0.5)
        facts.append(fact)
    wrong = corrected(replace(district(), facts=tuple(facts)), Corrections.of([correction(
        district(), district().source.text[:2], at=0, action="remove")])).report
    doubts = doubts_of(wrong)
    assert doubts[cell.id].rank == 0
    assert any(words.startswith("勾稽不符：申请收支平衡（自然人）") for words in doubts[cell.id].words)
    rows = rows_of(wrong)
    ranks = [min((doubts[fact.id].rank for fact in wrong.facts if str(fact.evidence.start) == row["start"]
                  and fact.id in doubts), default=9) for row in rows]
    assert ranks == sorted(ranks)
    assert rows[0]["doubt"].startswith("勾稽不符")


def test_readings_that_were_not_taken_are_rows_with_their_reason() -> None:
    rows = rows_of(unsure(1.01))
    row = next(row for row in rows if row["words"] == "310条")
    assert row["was"] == "alternative"
    assert row["doubt"].startswith("未采用：把握不足")
    assert row["sentence"] == "2022年，我镇主动公开政府信息【310条】，其中政府网站公开12条。收到政府信息公开申请5件，均为信函申请，办结"[:len(row["sentence"])]


def test_all_that_the_same_words_state_is_asked_together() -> None:
    one = stated(town(), "requests.new", mode="letter")
    facts = tuple(replace(fact, confidence=0.5 if fact.id == one.id else 1.0) for fact in town().facts)
    rows = rows_of(replace(town(), facts=facts))
    assert [(row["words"], row["dimensions"]) for row in rows] == [("5件", "mode=letter"), ("5件", "")]
    assert {row["was"] for row in rows} == {"stated"}
    assert rows[1]["doubt"] == "与另一行同一处原文"


def test_a_row_says_by_itself_what_was_read() -> None:
    for report in (town(), district()):
        for row in rows_of(report, every=True):
            confirmed = correction_of({**row, "action": "confirm"}, "r")
            assert confirmed is not None
            assert row["read"] == f"{confirmed.start}-{confirmed.end} {confirmed.reading}"


@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("[01]*.*")), ids=lambda path: path.name)
def test_confirming_every_row_changes_nothing_that_is_stated(path: Path) -> None:
    report = extract(path, labels=labelling(RULES))
    rows = [correction_of({**row, "action": "confirm"}, f"c.csv, row {n}")
            for n, row in enumerate(rows_of(report, every=True), start=2)]
    done = corrected(report, Corrections.of(row for row in rows if row))
    assert done.account.refused == ()
    assert said(done.report) == said(report)
    assert {fact.method for fact in done.report.facts if fact.status == "stated"} == {"reviewed"}
    assert sorted((one.id, one.status) for one in done.report.checks) == sorted(
        (one.id, one.status) for one in report.checks)


def said(report: Report) -> set[object]:
    return {(fact.indicator, tuple(fact.by.items()), fact.value, fact.state, fact.scope, fact.qualifier, fact.in_form,
             fact.evidence) for fact in report.facts if fact.status == "stated"}


def test_what_is_decided_is_not_asked_again() -> None:
    report = unsure(1.01)
    assert any(row["words"] == "310条" for row in rows_of(report))
    for row in (correction(report, "310条", action="confirm", reading=reading()),
                correction(report, "310条", action="remove")):
        done = corrected(report, corrections(row)).report
        assert not [row for row in rows_of(done, every=True) if row["words"] == "310条"]
