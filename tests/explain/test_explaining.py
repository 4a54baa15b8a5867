"""What an explanation holds is what the facts were made of."""
import math

import pytest

from infer.asked import Held
from infer.explaining import Explanation, explain, explain_result
from infer.labelling import labelling
from infer.model.features import logit
from infer.pipeline import extract_document
from infer.read import Limits, read
from infer.results.finding import NoSuchFact
from report import Report
from tests.conftest import ROOT
from tests.explain.made import SHIFT, document, labels

FEATURES = {"both.alike": 2.0, "both.alike.score": 0.5, "both.tier": 0.25, "both.of.proactive": -1.0, "rule.kin": 1.0,
            "model.kin": -3.0, "rule.by": 1.0, "model.by": -3.0}


def one(wanted: str, **options: float) -> Explanation:
    [found] = explain(document(), wanted, labels(FEATURES, **options))
    return found


def of_result(report: Report, wanted: str = "310条", *, with_source: bool) -> Explanation:
    held = Held(report=report, doc=document() if with_source else None)
    [found] = explain_result(held, wanted, labels(FEATURES))
    return found


def test_the_arithmetic_gives_the_confidence() -> None:
    found = one("310条")
    [told] = found.readings
    assert told.measured is not None
    assert {mover.name: mover.moved for mover in told.measured.movers if mover.moved} == pytest.approx({
        "both.alike": 2.0, "both.alike.score": 0.5 * logit(0.9), "both.of.proactive": -1.0,
        "both.tier": 0.25 * (told.measured.tier or 0) / 0.1 - 0.25 * 8})
    odds = told.measured.intercept + sum(mover.moved for mover in told.measured.movers)
    before = 1 / (1 + math.exp(-odds))
    assert told.measured.before_checks == pytest.approx(before, abs=1e-4)
    after = 1 / (1 + math.exp(-(logit(told.measured.before_checks) + SHIFT.held)))
    assert (told.measured.held, told.measured.failed) == (True, False)
    assert found.fact.confidence == pytest.approx(after, abs=1e-4)


def test_raw_scores_of_both_are_told() -> None:
    [told] = one("310条").readings
    assert told.measured is not None
    assert (told.by, told.measured.relation, told.measured.score) == ("both", "alike", 0.9)
    assert told.measured.tier in (0.5, 0.6, 0.7, 0.8, 0.85, 0.9)


def test_movers_begin_with_the_one_that_moved_most() -> None:
    [told] = one("310条").readings
    assert told.measured is not None
    moved = [abs(mover.moved) for mover in told.measured.movers]
    assert moved == sorted(moved, reverse=True)


def test_words_stand_in_their_sentence() -> None:
    said = one("310条").sentence
    assert (said.before, said.words, said.after) == (
        "2022年，我镇主动公开政府信息", "310条", "，其中网站公开200条、公开栏110条。")


def test_checks_that_name_the_fact_come_with_the_facts_behind_them() -> None:
    found = one("310条")
    [involved] = found.checks
    assert (involved.check.id, involved.check.status, involved.kept) == ("parts_of_whole.proactive.total", "pass", True)
    assert {involved.check.left.value, involved.check.right.value} == {310}
    assert {fact.evidence.text for fact in found.behind} == {"310条", "200条", "110条"}


def test_both_sides_of_a_disagreement_are_told_the_taken_one_first() -> None:
    found = one("5件")
    assert [told.by for told in found.readings] == ["rule", "model"]
    taken, lost = found.readings
    assert taken.fact.status == "stated"
    assert (lost.fact.status, lost.fact.indicator) == ("alternative", "requests.new")
    assert found.fact == taken.fact
    assert taken.measured is not None
    assert lost.measured is not None
    assert (taken.measured.score, lost.measured.tier) == (None, None)
    assert lost.measured.score == 0.6


def test_a_check_that_was_only_tried_is_told_apart() -> None:
    found = one("310条", take=1.0)
    assert (found.fact.status, found.take) == ("alternative", 1.0)
    [involved] = found.checks
    assert not involved.kept
    assert {fact.id for fact in found.behind} == {*involved.check.left.facts, *involved.check.right.facts}
    assert f"whole={found.fact.id} " in f"{involved.check.subject} "


@pytest.mark.parametrize("name", ["03_antang_county_2016.html", "07_beixiu_district_2020.txt",
                                  "11_linsha_town_2024.txt"])
def test_every_fact_of_a_report_is_explained_by_what_was_weighed(name: str) -> None:
    pytest.importorskip("onnxruntime")
    use = labelling()
    doc = read((ROOT / "examples" / name).read_bytes(), name=name, limits=Limits())
    report = extract_document(doc, use)
    prose = [fact for fact in report.facts if fact.method != "table"]
    assert {fact.method for fact in prose} == {"both", "rule", "model"}
    for fact in prose:
        [found] = explain(doc, fact.id, use)
        own = next(told for told in found.readings if told.fact.id == fact.id)
        assert found.fact == own.fact == fact
        assert own.by == fact.method
        assert own.measured is not None
        shifted = use.weights.shifted(own.measured.before_checks, held=own.measured.held, failed=own.measured.failed)
        assert fact.confidence in (own.measured.before_checks, shifted)
        together = {other.id for other in report.facts if fact.reading_of and other.reading_of == fact.reading_of}
        assert together <= {told.fact.id for told in found.readings}
        assert [involved.check for involved in found.checks if involved.kept] == [
            check for check in report.checks if fact.id in (*check.left.facts, *check.right.facts)]


def test_a_form_cell_has_its_place_and_checks_and_no_scores() -> None:
    doc = read((ROOT / "examples" / "07_beixiu_district_2020.txt").read_bytes(), name="a.txt", limits=Limits())
    found = next(one for one in explain(doc, "requests.carried_in", labels({})) if one.fact.method == "table")
    assert found.fact.evidence.row is not None
    assert [(told.by, told.measured) for told in found.readings] == [("table", None)]
    assert "requests.balance" in {involved.check.id for involved in found.checks}
    assert found.note is None


def test_a_result_with_its_source_tells_the_scores() -> None:
    report = extract_document(document(), labels(FEATURES))
    assert of_result(report, with_source=True) == one("310条")


def test_a_result_without_its_source_tells_what_it_holds() -> None:
    report = extract_document(document(), labels(FEATURES))
    found = of_result(report, "5件", with_source=False)
    assert found.note == "no_source"
    assert [(told.fact.status, told.measured) for told in found.readings] == [("stated", None), ("alternative", None)]
    assert found.readings[1].fact.reason
    assert of_result(report, with_source=False).checks == one("310条").checks


def test_a_result_of_other_weights_is_not_explained_by_these() -> None:
    report = extract_document(document(), labels({"both.alike": 1.0}))
    found = of_result(report, with_source=True)
    assert found.note == "reads_differently"
    assert found.fact in report.facts
    assert all(told.measured is None for told in found.readings)


def test_nothing_found_names_what_is_near() -> None:
    with pytest.raises(NoSuchFact, match=r"near it: .*4次"):
        explain(document(), "召开座谈会", labels(FEATURES))
