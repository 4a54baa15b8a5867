"""What the page is given: exact places, both languages for everything, nothing that quotes what is not there."""
import re
from dataclasses import replace
from typing import Any, get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import infer.results.wording as chinese
import report.facts as facts_module
from infer.batch import Failure
from infer.results.check_rows import check_label
from infer.viewing import Prepared, prepare
from infer.viewing.clean import clean
from infer.viewing.facts import is_low
from infer.viewing.offsets import Utf16
from infer.viewing.wording import dictionary, english, interface
from infer.viewing.writing import SCRIPTS, embedded
from report.facts import Evidence
from report.identities.rules import rules
from report.spans import Method
from report.vocabulary import vocabulary
from tests.conftest import ROOT
from tests.viewing.made import examples, fact, hostile, report


def utf16(text: str, start: int, end: int) -> str:
    """What JavaScript's slice gives."""
    return text.encode("utf-16-le")[start * 2:end * 2].decode("utf-16-le")


@given(st.text(), st.integers(0, 20), st.integers(0, 20))
def test_places_in_utf16_cut_the_same_words(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    places = Utf16(text)
    assert utf16(text, places.at(start), places.at(end)) == text[start:end]


@pytest.mark.parametrize("number", range(len(examples())))
def test_every_fact_s_place_holds_its_words(number: int) -> None:
    one = examples()[number]
    prepared = prepare(one)
    assert isinstance(prepared, Prepared)
    evidence = {fact.id: fact.evidence.text for fact in one.facts}
    assert {fact.id: utf16(one.source.text, fact.start, fact.end) for fact in prepared.shown.facts} == evidence
    assert prepared.entry.failed == sum(check.status == "fail" for check in one.checks)


@pytest.mark.parametrize("moved", [
    {"start": 1}, {"end": 2}, {"text": "别的"}, {"start": -3, "end": -1, "text": "7件"},
    {"start": 2, "end": 1, "text": ""}])
def test_a_report_that_quotes_what_its_text_does_not_have_is_refused(moved: dict[str, Any]) -> None:
    text = "收到申请7件。"
    good = fact(text, "f1", "7件")
    assert isinstance(prepare(report(text, [good])), Prepared)
    wrong = replace(good, evidence=replace(good.evidence, **moved))
    found = prepare(report(text, [wrong]))
    assert isinstance(found, Failure)
    assert found.reason == "fact f1: the evidence is not what the text has there"
    assert found.name == "云溪镇.html"


def test_other_quotes_are_held_to_the_text_too() -> None:
    text = "收到申请7件。"
    beside = Evidence(start=0, end=2, text="公开")
    assert isinstance(prepare(report(text, [fact(text, "f1", "7件", context=beside)])), Failure)
    assert isinstance(prepare(report(text, meta_evidence={"title": beside})), Failure)


def test_every_name_is_given_in_both_languages() -> None:
    own = english()
    assert set(own.indicators) == set(vocabulary().indicators)
    assert {name: set(keys) for name, keys in own.dimensions.items()} == {
        name: set(keys) for name, keys in vocabulary().dimensions.items()}
    assert {one.unit for one in vocabulary().indicators.values()} <= {*own.units, "1"}
    words = chinese.wording()
    for section in ("states", "qualifiers", "scopes", "forms", "kinds", "faults", "checks", "subjects"):
        assert set(getattr(own, section)) >= set(getattr(words, section)), section
    assert set(own.groups) == {*(group.zh for group in words.groups), chinese.OTHER_GROUP}
    assert {*get_args(Method), "reviewed"} <= set(dictionary()["methods"])
    assert set(get_args(facts_module.State)) <= {key.removeprefix("cell_") for key in interface()}


def test_every_formula_has_its_english() -> None:
    said = {check.formula for one in examples() for check in one.checks}
    assert said | {row["zh"] for row in rules()["identity"]} <= set(english().formulas)


def test_the_script_asks_for_no_words_that_are_not_there() -> None:
    script = "".join((ROOT / "infer/viewing/page" / name).read_text(encoding="utf-8") for name in SCRIPTS)
    asked = set(re.findall(r'say\("(\w+)"', script)) | set(re.findall(r'"(key_\w+)"', script))
    stems = set(re.findall(r"`([a-z_]+_)\$\{", script))
    assert len(asked) > 80
    assert asked <= set(interface())
    assert {"cell_", "filter_", "meta_", "order_"} <= stems
    unused = {key for key in interface() if f'"{key}"' not in script and not key.startswith((*stems, "side_"))}
    assert unused <= {"figure", "nothing"}, "those two are said by infer.viewing itself"


def test_titles_of_checks_are_those_of_the_readable_view() -> None:
    for one in examples():
        prepared = prepare(one)
        assert isinstance(prepared, Prepared)
        facts = {fact.id: fact for fact in one.facts}
        assert sorted(check.title[0] for check in prepared.shown.checks) == sorted(
            clean(check_label(check, facts)) for check in one.checks)


def test_a_check_of_headings_knows_where_they_stand() -> None:
    prepared = prepare(hostile())
    assert isinstance(prepared, Prepared)
    (start, end), = prepared.shown.checks[1].places
    assert utf16(hostile().source.text, start, end) == "一、总体情况"


def test_failed_checks_come_first_and_low_counts_only_indicators() -> None:
    prepared = prepare(examples()[12])
    assert isinstance(prepared, Prepared)
    statuses = [check.status for check in prepared.shown.checks]
    assert statuses == sorted(statuses, key=["fail", "unknown", "pass"].index)
    assert prepared.entry.low == sum(is_low(fact) for fact in examples()[12].facts if fact.status == "stated")
    assert not any(fact.low for fact in prepared.shown.facts if fact.indicator is None)


@given(st.text())
def test_embedded_json_reads_back_and_ends_no_element(text: str) -> None:
    data = embedded({"text": f"</script><!--{text}"})
    assert b"<" not in data
    assert "\u2028" not in data.decode()
    assert msgspec.json.decode(data) == {"text": f"</script><!--{text}"}


def test_labels_lose_what_hides_or_turns_and_keep_the_rest() -> None:
    assert clean("a\u202eb\u2066\u200b\x00\n c\ufeff") == "ab c"
    assert clean("𠮷祥👩\u200d👧") == "𠮷祥👩\u200d👧"
