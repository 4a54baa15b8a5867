"""Comparability and codebook say what vocabulary and forms say."""
import pytest

from infer.panel.codebook import codebook_rows
from infer.panel.columns import TABLES, table
from infer.panel.comparability import Comparison, comparisons, grade_of
from infer.panel.data import data
from infer.panel.labels import domains
from report.facts import Fact, FormId, Kind, State, Status
from report.spans import Method, Qualifier, Scope
from report.vocabulary import vocabulary
from tests.panel.made import made_fact

WHOLES: dict[tuple[str, str], Comparison] = {
    (one.indicator, one.form): one for one in comparisons() if one.dimension is None}


def test_every_indicator_has_a_grade_and_a_sentence_in_every_form() -> None:
    assert WHOLES.keys() == {(indicator, form) for indicator in vocabulary().indicators
                             for form in ("2014", "2019", "2021", "short", "prose")}
    assert all(one.why.endswith(".") and "{}" not in one.why and "None" not in one.why for one in comparisons())


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_absent_is_what_the_vocabulary_does_not_list(form: str) -> None:
    for indicator in vocabulary().indicators.values():
        assert (WHOLES[indicator.id, form].grade == "absent") is (form not in indicator.forms)


def test_the_newest_form_is_the_reference_and_comparable_with_itself() -> None:
    for indicator in vocabulary().indicators.values():
        if indicator.forms:
            own = WHOLES[indicator.id, indicator.forms[-1]]
            assert (own.grade, own.reference) == ("comparable", indicator.forms[-1])


@pytest.mark.parametrize("grade", ["changed", "absent"])
def test_the_data_file_names_only_what_is_so(grade: str) -> None:
    for entry in data("comparability")[grade]:
        for form in entry["form"].split():
            for indicator in entry["indicators"]:
                assert WHOLES[indicator, form].grade == grade, (indicator, form)
                assert WHOLES[indicator, form].why in {entry["why"], WHOLES[indicator, form].why}
        assert all(indicator in vocabulary() for indicator in entry.get("see", ()))


def test_no_sentence_of_the_data_file_is_hidden_by_another() -> None:
    said = [(form, indicator) for grade in ("changed", "absent") for entry in data("comparability")[grade]
            for form in entry["form"].split() for indicator in entry["indicators"]]
    assert len(said) == len(set(said))


def split(indicator: str, dimension: str, form: str) -> Comparison:
    return next(one for one in comparisons()
                if (one.indicator, one.dimension, one.form) == (indicator, dimension, form))


def test_applicants_are_of_2019_and_2021_and_modes_of_2014() -> None:
    assert [split("requests.new", "applicant", form).grade for form in ("2014", "2019", "2021")] == [
        "absent", "comparable", "comparable"]
    assert [split("requests.new", "mode", form).grade for form in ("2014", "2019", "2021")] == [
        "comparable", "absent", "absent"]
    assert split("requests.other.total", "applicant", "2021").grade == "absent"
    assert split("requests.other.fee_overdue", "applicant", "2019").grade == "absent"
    assert split("proactive.total", "channel", "2014").grade == "comparable"


@pytest.mark.parametrize(("indicator", "form", "grade"), [
    ("requests.granted", "2014", "changed"), ("requests.granted", "2019", "comparable"),
    ("requests.not_processed.petition", "2019", "comparable"), ("requests.not_processed.petition", "2014", "absent"),
    ("documents.normative.issued", "2014", "changed"), ("documents.normative.issued", "2019", "absent"),
    ("requests.denied.privacy", "2021", "absent"), ("reconsideration.total", "2014", "changed"),
    ("litigation.total", "2021", "absent"), ("licensing.decisions", "2019", "comparable"),
    ("fees.collected", "2021", "absent"), ("consultations.total", "2014", "absent"),
])
def test_known_cases(indicator: str, form: str, grade: str) -> None:
    assert WHOLES[indicator, form].grade == grade


@pytest.mark.parametrize(("fact", "form", "grade"), [
    (made_fact(1), "2021", "comparable"), (made_fact(1, method="both"), "2021", "changed"),
    (made_fact(1, "requests.granted"), "2014", "changed"),
    (made_fact(1, by={"applicant": "natural_person"}), "2021", "comparable"),
    (made_fact(1, "fees.waived"), "2014", "changed"),
    (made_fact(1, "proactive.full_text_electronic"), "2014", "changed"),
    (made_fact(1, "requests.other.total"), "2021", "comparable"), (made_fact(1, "staff.total"), "2021", "comparable"),
    (made_fact(1, None), "2021", None), (made_fact(1, "requests.sideways"), "2021", None),
])
def test_grade_of_a_fact_is_by_where_its_words_stand(fact: Fact, form: str, grade: str | None) -> None:
    assert grade_of(fact, form) == grade


def test_every_key_is_labelled_in_both_languages_and_coded_once() -> None:
    listed = {"indicator": list(vocabulary().indicators), **{
        name: list(vocabulary().dimensions[name]) for name in ("applicant", "channel", "mode")}}
    for name, domain in domains().items():
        codes = [key.code for key in domain.values()]
        assert len(codes) == len(set(codes)), name
        assert all(key.zh and key.en for key in domain.values()), name
        assert list(domain) == listed.get(name, list(domain)), name


@pytest.mark.parametrize(("domain", "keys"), [
    ("state", State), ("status", Status), ("kind", Kind), ("form", FormId), ("scope", Scope), ("method", Method),
    ("qualifier", Qualifier),
])
def test_domains_hold_every_key_of_the_schema(domain: str, keys: object) -> None:
    assert set(keys.__args__) <= set(domains()[domain])  # type: ignore[attr-defined]


def test_codes_of_indicators_never_change() -> None:
    codes = {key.key: key.code for key in domains()["indicator"].values()}
    assert (codes["proactive.total"], codes["requests.new"], codes["fees.collected"]) == (1, 43, 102)
    assert codes["proposals.completion_rate"] == 126


def test_codebook_has_every_column_and_every_key_once() -> None:
    rows = list(codebook_rows())
    columns = [(row["table_name"], row["name"]) for row in rows if row["entry"] == "column"]
    assert columns == [(name, column.name) for name in TABLES for column in table(name).columns]
    indicators = {row["name"]: row for row in rows if row["entry"] == "key" and row["domain"] == "indicator"}
    assert list(indicators) == list(vocabulary().indicators)
    for indicator in vocabulary().indicators.values():
        row = indicators[indicator.id]
        assert indicator.zh.split("；")[0] in row["zh"]
        assert (row["unit"], row["forms"]) == (indicator.unit, " ".join(indicator.forms) or None)


def test_column_names_and_labels_are_unique() -> None:
    for name in TABLES:
        for words in (table(name).names, [column.zh for column in table(name).columns]):
            assert len(words) == len(set(words))
