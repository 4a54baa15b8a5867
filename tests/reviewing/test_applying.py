"""Decisions over a report: what they state, what they set aside, what they leave alone."""
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infer.labelling import labelling
from infer.pipeline import extract
from infer.results import decode, encode
from infer.reviewing import Correction, Corrections, corrected
from report import Fact, Report
from report.identities import check
from tests.reviewing.made import RULES, TEXT, correction, corrections, district, reading, stated, town


def apply(report: Report, *rows: Correction) -> Report:
    done = corrected(report, corrections(*rows))
    assert done.account.refused == ()
    return done.report


def by_id(report: Report) -> dict[str, Fact]:
    return {fact.id: fact for fact in report.facts}


def test_a_change_is_stated_for_certain_and_what_it_replaced_stays_beside_it() -> None:
    old = stated(town(), "requests.processed_total")
    done = apply(town(), correction(town(), "4件", reading=reading("requests.granted", 4), note="答复即公开"))
    new = stated(done, "requests.granted")
    assert (new.method, new.confidence, new.value, new.reason) == ("reviewed", 1.0, 4, "a reviewer changed it")
    assert new.review is not None
    assert (new.review.reviewer, new.review.date, new.review.note) == ("李梅", "2026-03-05", "答复即公开")
    kept = by_id(done)[old.id]
    assert (kept.status, kept.reading_of, kept.reason) == ("alternative", new.id, "a reviewer changed it")
    assert (kept.method, kept.confidence, kept.value) == (old.method, old.confidence, old.value)
    assert new.evidence == old.evidence
    assert new.context == old.context


def test_ids_of_everything_else_stay_and_the_new_one_is_the_same_in_every_run() -> None:
    row = correction(town(), "4件", reading=reading("requests.granted", 4))
    other = extract(TEXT.encode(), name="copy.txt")
    done = [apply(report, row) for report in (town(), other)]
    new = {stated(report, "requests.granted").id for report in done}
    assert len(new) == 1
    assert set(by_id(done[0])) == {*by_id(town()), *new}


def test_a_confirmed_alternative_is_stated() -> None:
    unsure = extract(TEXT.encode(), name="a.txt", labels=replace(labelling(RULES), take=1.01))
    assert all(fact.status == "alternative" for fact in unsure.facts if fact.indicator)
    done = apply(unsure, correction(unsure, "310条", action="confirm", reading=reading(value=310)))
    assert stated(done, "proactive.total").reason == "a reviewer confirmed it"


def test_what_is_removed_is_stated_by_nobody_and_says_who_removed_it() -> None:
    old = stated(town(), "trainings.participants")
    done = apply(town(), correction(town(), "30余人次", action="remove"))
    kept = by_id(done)[old.id]
    assert (kept.status, kept.reason) == ("alternative", "a reviewer removed it")
    assert kept.review is not None
    assert (kept.review.action, kept.review.reviewer) == ("remove", "李梅")
    assert not [fact for fact in done.facts if fact.status == "stated" and fact.indicator == "trainings.participants"]


def test_a_decision_speaks_for_all_that_its_words_state_and_an_addition_does_not() -> None:
    both = [fact.id for fact in town().facts if fact.evidence.text == "5件" and fact.status == "stated"]
    assert len(both) == 2
    total = reading("requests.new", 5)
    alone = apply(town(), correction(town(), "5件", action="confirm", reading=total))
    assert [fact.by for fact in alone.facts if fact.evidence.text == "5件" and fact.status == "stated"] == [{}]
    more = reading("requests.new", 5, by={"applicant": "natural_person"})
    added = apply(town(), correction(town(), "5件", action="add", reading=more))
    assert [fact.id for fact in added.facts if fact.id in both and fact.status == "stated"] == both
    assert stated(added, "requests.new", applicant="natural_person").context is not None


def test_words_that_nobody_read_get_a_sentence_of_their_own() -> None:
    done = apply(town(), correction(town(), "2022年，", action="add", reading=reading(None, 2022, counted="年份")))
    new = next(fact for fact in done.facts if fact.method == "reviewed")
    assert (new.evidence.text, new.in_form) == ("2022年，", False)
    assert new.context is not None
    assert new.context.text.startswith("2022年，我镇")


def test_parts_follow_what_now_stands_for_their_whole() -> None:
    part = stated(town(), "proactive.total", channel="website")
    assert part.parent == stated(town(), "proactive.total").id
    done = apply(town(), correction(town(), "310条", action="confirm", reading=reading(value=310)))
    assert by_id(done)[part.id].parent == stated(done, "proactive.total").id
    gone = apply(town(), correction(town(), "310条", action="remove"))
    assert by_id(gone)[part.id].parent is None


def test_checks_are_made_anew_with_the_reviewed_cell() -> None:
    """A cell of the form that a person changes still stands in its sums."""
    cell = stated(district(), "requests.new", applicant="natural_person")
    assert cell.value is not None
    told = f"{cell.value}"
    assert all(one.status == "pass" for one in district().checks if one.id == "requests.applicants")
    row = correction(district(), cell.evidence.text, at=cell.evidence.start, reading=reading(
        "requests.new", int(told[:1]), by={"applicant": "natural_person"}))
    done = apply(district(), row)
    new = stated(done, "requests.new", applicant="natural_person")
    assert new.in_form
    assert new.evidence == cell.evidence
    failed = [one for one in done.checks if one.status == "fail" and new.id in (*one.left.facts, *one.right.facts)]
    assert {one.id for one in failed} >= {"requests.applicants", "requests.balance"}
    assert all(one.fault == "source" for one in failed if one.id == "requests.applicants")
    assert done.checks == check(done.facts, done.meta, done.sections, done.source.text)


def test_a_cell_added_between_cells_is_one_of_the_form() -> None:
    cell = stated(district(), "requests.new", applicant="natural_person")
    without = replace(district(), facts=tuple(fact for fact in district().facts if fact.id != cell.id))
    done = apply(without, correction(without, cell.evidence.text, at=cell.evidence.start, action="add", reading=reading(
        "requests.new", cell.value, by={"applicant": "natural_person"})))
    assert stated(done, "requests.new", applicant="natural_person").in_form


def test_another_copy_is_corrected_by_its_text_and_the_same_bytes_by_theirs() -> None:
    row = correction(town(), "310条", reading=reading("proactive.all_channels", 310))
    copy = replace(town(), source=replace(town().source, sha256="0" * 64, name="mirror.txt"))
    assert stated(apply(copy, row), "proactive.all_channels")
    by_bytes = replace(row, text_sha256=None, sha256="1" * 64)
    same = replace(town(), source=replace(town().source, sha256="1" * 64))
    assert stated(apply(same, by_bytes), "proactive.all_channels")
    done = corrected(copy, corrections(by_bytes))
    assert done.report is copy
    assert done.account.met == frozenset()


def test_the_same_holds_over_another_reading_of_the_same_text() -> None:
    """Rules alone read these words as something else, or not at all."""
    rows = [correction(town(), "310条", reading=reading("proactive.all_channels", 310)),
            correction(town(), "30余人次", action="remove"),
            correction(town(), "12条", action="confirm", reading=reading(value=12, by={"channel": "website"}))]
    modes = [town(), extract(TEXT.encode(), name="b.txt"),
             replace(town(), facts=tuple(fact for fact in town().facts if fact.evidence.text != "310条"))]
    said = [{(fact.id, fact.indicator, fact.value, fact.evidence.start, fact.evidence.end) for fact in
             apply(report, *rows).facts if fact.method == "reviewed"} for report in modes]
    assert said[0] == said[1] == said[2]
    assert len(said[0]) == 2


@pytest.mark.parametrize(("words", "more", "reason"), [
    ("310篇", {}, "the words at 45-49 are “310条”, not “310篇”"),
    ("310?", {}, "? stands for characters that were lost in saving"),
    ("310条", {"reading": reading(value=31)}, "do not say 31"),
    ("310条", {"reading": reading(value=0)}, "do not say 0"),
    ("310条", {"end": 9_999}, "there is no place 45-9999"),
])
def test_what_the_words_do_not_bear_out_is_refused(words: str, more: dict[str, Any], reason: str) -> None:
    at = TEXT.index("310条")
    row = correction(town(), words, **{"at": at, "reading": reading(), **more})
    done = corrected(town(), corrections(row))
    assert done.report is town()
    refused, = done.account.refused
    assert refused.origin == "c.csv, row 2"
    assert reason in refused.reason


@pytest.mark.parametrize(("one", "other", "reason"), [
    ({"reading": reading("proactive.total", 310)}, {"reading": reading("proactive.total", 310, qualifier="about")},
     "says another value or place than"),
    ({"action": "remove", "reading": reading()}, {"action": "confirm", "reading": reading()}, "contradicts"),
    ({"reading": reading()}, {"start": TEXT.index("310条") - 2, "end": TEXT.index("310条") + 2, "words_": "信息31",
                              "reading": reading("documents.normative.issued", 31)}, "shares only a part"),
])
def test_corrections_that_contradict_each_other_are_both_refused(
    one: dict[str, Any], other: dict[str, Any], reason: str,
) -> None:
    words = str(other.get("words_", "310条"))
    other = {name: said for name, said in other.items() if name != "words_"}
    rows = [correction(town(), "310条", **one), correction(town(), words, **other)]
    refused = corrected(town(), corrections(*rows)).account.refused
    assert sorted(row.origin for row in refused) == ["c.csv, row 2", "c.csv, row 3"]
    assert all(reason in row.reason for row in refused)
    assert {row.reason.rpartition(" ")[2] for row in refused} == {"2", "3"}


def test_other_readings_of_the_same_words_must_be_decided_as_well() -> None:
    rows = [correction(town(), "5件", reading=reading("requests.new", 5)),
            correction(town(), "5件", action=None, was_stated=True)]
    refused, = corrected(town(), corrections(*rows)).account.refused
    assert refused.reason == "row 3 reads the same words and has no action: say confirm or remove there"


def test_two_files_that_differ_on_the_same_words_are_refused() -> None:
    rows = [replace(correction(town(), "310条", reading=reading(name, 310)), origin=f"{file}.csv, row 2")
            for file, name in (("a", "proactive.total"), ("b", "proactive.all_channels"))]
    refused = corrected(town(), Corrections.of(rows)).account.refused
    assert {row.reason for row in refused} == {f"{name}.csv says otherwise of these words" for name in "ab"}


def test_the_same_decision_twice_counts_once() -> None:
    row = correction(town(), "310条", reading=reading("proactive.all_channels", 310))
    done = corrected(town(), corrections(row, row))
    assert (done.account.refused, done.account.applied) == ((), 1)


def test_ambiguous_cells_that_were_settled_warn_no_more() -> None:
    cells = [fact for fact in district().facts if fact.method == "table" and fact.value][:1]
    facts = tuple(replace(fact, ambiguous=fact in cells) for fact in district().facts)
    report = replace(district(), facts=facts, warnings=())
    from infer.pipeline import doubts

    report = replace(report, warnings=tuple(doubts(facts)))
    assert [warning.code for warning in report.warnings] == ["ambiguous_cells"]
    fact = cells[0]
    row = correction(report, fact.evidence.text, at=fact.evidence.start, action="confirm", reading=reading(
        fact.indicator, fact.value, by=fact.by))
    assert apply(report, row).warnings == ()


def test_a_reviewed_report_is_written_and_read_back() -> None:
    done = apply(town(), correction(town(), "310条", reading=reading("proactive.all_channels", 310)))
    assert decode(encode(done)) == done


NAMES = ("proactive.total", "requests.new", "requests.granted", None)


@st.composite
def rows_of(draw: st.DrawFn, report: Report) -> Correction:
    """Any decision on words of the report: sound ones, ones that contradict each other, ones that are refused."""
    text = report.source.text
    places = sorted({(fact.evidence.start, fact.evidence.end) for fact in report.facts})
    start, end = draw(st.sampled_from(places))
    end = min(len(text), max(start, end + draw(st.sampled_from((0, 0, 0, 1, -1)))))
    there = [fact for fact in report.facts if fact.evidence.start == start]
    said = draw(st.sampled_from([fact.value for fact in there] + [None]))
    action = draw(st.sampled_from(("confirm", "change", "remove", "add", "label", None)))
    by = draw(st.sampled_from(({}, {"applicant": "enterprise"}, dict(there[0].by))))
    return correction(
        report, text[start:end], at=start, action=action, reading=reading(
            draw(st.sampled_from((*NAMES, there[0].indicator))), said, by=by),
        part_of=draw(st.sampled_from((None, places[0], places[-1]))), date=draw(st.sampled_from((None, "2026-01-02"))),
        place=draw(st.sampled_from((None, "form", "text"))))


@pytest.mark.parametrize("report", [town, district])
@given(data=st.data())
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_twice_is_as_good_as_once_in_any_order_and_no_evidence_is_bent(report: object, data: st.DataObject) -> None:
    base = report() if callable(report) else town()
    rows = data.draw(st.lists(rows_of(base), min_size=1, max_size=6))
    if data.draw(st.booleans()):
        rows.append(replace(correction(base, "", at=0, action="settle"), end=len(base.source.text), words=None))
    held = corrections(*rows)
    once = corrected(base, held)
    assert corrected(once.report, held).report == once.report
    shuffled = Corrections.of(data.draw(st.permutations(held.rows)))
    assert corrected(base, shuffled).report == once.report
    text, names = base.source.text, {fact.id for fact in once.report.facts}
    assert len(names) == len(once.report.facts)
    for fact in once.report.facts:
        assert text[fact.evidence.start:fact.evidence.end] == fact.evidence.text
        assert fact.context is None or text[fact.context.start:fact.context.end] == fact.context.text
        assert {fact.parent, fact.reading_of} <= {*names, None}
        assert fact.parent != fact.id
    assert {fact.id for fact in base.facts} <= names


def test_order_of_three_rows_of_one_place_does_not_matter() -> None:
    rows = [correction(town(), "5件", action="confirm", reading=reading("requests.new", 5)),
            correction(town(), "5件", action="change", reading=reading("requests.new", 5, by={"mode": "online"})),
            correction(town(), "5件", action="add", reading=reading("requests.new", 5, by={"mode": "fax"}))]
    first, *others = (apply(town(), *order) for order in permutations(rows))
    assert all(one == first for one in others)
