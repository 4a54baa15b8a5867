"""The identities of the official forms."""

from dataclasses import replace

import pytest

from report.facts import Fact, FormId
from tests.checks.made import APPLICANTS, cell, cells, empty_table, run, small_table

DISPUTES = ("reconsideration", "litigation.direct", "litigation.after_reconsideration")


def test_a_table_that_balances_passes_every_identity() -> None:
    found = run(cells(small_table()))
    assert {one.status for one in found.values()} == {"pass"}
    assert sum(name == "requests.balance" for name, _ in found) == 7
    assert sum(name == "requests.outcomes" for name, _ in found) == 7
    assert sum(name == "requests.applicants" for name, _ in found) == 25


def test_both_sides_are_shown_with_their_facts() -> None:
    balance = run(cells(small_table()))["requests.balance", "applicant=natural_person"]
    assert balance.left.expression == "本年新收政府信息公开申请数量 9 + 上年结转政府信息公开申请数量 1"
    assert (balance.left.value, balance.right.value) == (10, 10)
    assert balance.left.facts == ("requests.new/natural_person", "requests.carried_in/natural_person")


def test_one_wrong_column_fails_its_own_balance_only() -> None:
    table = small_table()
    table["requests.carried_out", "enterprise"] = 4
    failed = {key for key, one in run(cells(table)).items() if one.status == "fail"}
    assert failed == {("requests.balance", "applicant=enterprise"), ("requests.applicants", "row=requests.carried_out")}


def test_blank_cells_of_a_filled_form_count_as_zero_and_are_named() -> None:
    table = {key: value or None for key, value in small_table().items()}
    found = run(cells(table))
    assert {one.status for one in found.values()} == {"pass"}
    assert found["requests.balance", "applicant=enterprise"].note == "blank, counted as 0: 上年结转政府信息公开申请数量"
    assert ("requests.balance", "applicant=legal_service") not in found


def test_an_unfilled_form_is_not_checked() -> None:
    assert run(cells(dict.fromkeys(small_table()))) == {}


def test_totals_left_out_of_filled_rows_are_no_zeros() -> None:
    kept = ("requests.new", "requests.carried_in", "requests.processed_total", "requests.carried_out")
    table = {
        (row, column): None if column == "total" and row not in kept else value
        for (row, column), value in small_table().items()
    }
    found = run(cells(table))
    assert {one.status for one in found.values()} == {"pass"}
    assert ("requests.outcomes", "applicant=total") not in found
    assert ("requests.applicants", "row=requests.granted") not in found


def test_a_missing_row_is_not_taken_for_zero() -> None:
    table = {key: value for key, value in small_table().items() if key[0] != "requests.unavailable.not_held"}
    outcomes = run(cells(table))["requests.outcomes", "applicant=natural_person"]
    assert (outcomes.status, outcomes.left.value) == ("unknown", None)
    assert outcomes.note is not None
    assert "not in the table: 本机关不掌握相关政府信息" in outcomes.note


def test_an_unreadable_cell_makes_its_sums_unknown() -> None:
    facts = [
        cell(row, None, state="unreadable", applicant=column)
        if (row, column) == ("requests.new", "enterprise")
        else cell(row, value, applicant=column)
        for (row, column), value in small_table().items()
    ]
    unknown = {key for key, one in run(facts).items() if one.status == "unknown"}
    assert unknown == {("requests.balance", "applicant=enterprise"), ("requests.applicants", "row=requests.new")}


def test_two_tables_that_differ_are_not_judged_by_either() -> None:
    found = run([*cells(small_table()), cell("requests.new", 70, fact_id="other", applicant="natural_person")])
    assert found["requests.balance", "applicant=natural_person"].status == "unknown"
    assert found["requests.balance", "applicant=enterprise"].status == "pass"


@pytest.mark.parametrize(
    ("doubt", "fault"), [({}, "source"), ({"ambiguous": True}, "reading"), ({"confidence": 0.8}, "reading")]
)
def test_fault_is_the_readings_where_a_cell_is_in_doubt(doubt: dict[str, bool], fault: str) -> None:
    total = cell("staff.total", 9, **doubt)  # type: ignore[arg-type]
    facts = [cell("staff.full_time", 3), cell("staff.part_time", 5), total]
    found = run(facts, form="2014")["staff.parts", "report"]
    assert (found.status, found.fault) == ("fail", fault)


def test_other_scopes_years_and_readings_are_left_out() -> None:
    stray = cell("requests.new", 99, fact_id="stray", applicant="natural_person")
    strays = [
        replace(stray, scope="aggregate"),
        replace(stray, status="alternative"),
        replace(stray, by={**stray.by, "period": "previous_year"}),
    ]
    assert {one.status for one in run([*cells(small_table()), *strays]).values()} == {"pass"}


def test_other_processing_is_one_row_in_2019() -> None:
    table = empty_table("2019")
    for row in ("requests.new", "requests.processed_total", "requests.other.total"):
        table[row, "natural_person"] = table[row, "total"] = 6
    assert {one.status for one in run(cells(table), form="2019").values()} == {"pass"}
    table["requests.other.total", "natural_person"] = 5
    failed = run(cells(table), form="2019")["requests.outcomes", "applicant=natural_person"]
    assert (failed.status, failed.left.value, failed.right.value) == ("fail", 5, 6)


@pytest.mark.parametrize("row", DISPUTES)
def test_the_four_results_of_a_dispute_add_up(row: str) -> None:
    results = {"upheld": 4, "corrected": 1, "other": 2, "pending": 3, "total": 10}
    facts = [cell(f"{row}.{name}", value) for name, value in results.items()]
    assert run(facts)[f"{row}.parts", "report"].status == "pass"
    facts[-1] = cell(f"{row}.total", 11)
    assert run(facts)[f"{row}.parts", "report"].status == "fail"


FORM_2014 = {
    "proactive.channels": (
        {
            "proactive.total channel=website": 80,
            "proactive.total channel=gazette": 4,
            "proactive.total channel=weibo": 10,
            "proactive.total channel=wechat": 20,
            "proactive.total channel=other": 6,
        },
        "proactive.all_channels",
        120,
    ),
    "requests.modes": (
        {
            "requests.new mode=in_person": 2,
            "requests.new mode=fax": 0,
            "requests.new mode=online": 5,
            "requests.new mode=letter": 1,
        },
        "requests.new",
        8,
    ),
    "requests.completion": (
        {"requests.completed_on_time": 7, "requests.completed_extended": 1},
        "requests.processed_total",
        8,
    ),
    "requests.replies": (
        {
            "requests.reply.already_disclosed": 1,
            "requests.granted": 2,
            "requests.partially_granted": 1,
            "requests.denied.total": 1,
            "requests.reply.other_agency": 1,
            "requests.reply.nonexistent": 1,
            "requests.reply.amend": 1,
            "requests.reply.redirected": 0,
        },
        "requests.replied",
        8,
    ),
    "requests.denied.parts": (
        {
            "requests.denied.state_secret": 1,
            "requests.denied.trade_secret": 0,
            "requests.denied.privacy": 2,
            "requests.denied.security_stability": 0,
            "requests.denied.not_government_information": 0,
            "requests.denied.other_legal_grounds": 1,
        },
        "requests.denied.total",
        4,
    ),
    "reconsideration.parts": (
        {"reconsideration.upheld": 2, "reconsideration.corrected": 0, "reconsideration.other": 1},
        "reconsideration.total",
        3,
    ),
    "litigation.parts": (
        {"litigation.upheld": 2, "litigation.corrected": 1, "litigation.other": 1},
        "litigation.total",
        4,
    ),
    "staff.parts": ({"staff.full_time": 2, "staff.part_time": 3}, "staff.total", 5),
}


@pytest.mark.parametrize("name", FORM_2014)
@pytest.mark.parametrize(("more", "status"), [(0, "pass"), (1, "fail"), (-1, "fail")])
def test_sums_of_the_2014_form(name: str, more: int, status: str) -> None:
    parts, whole, value = FORM_2014[name]
    facts = [*(_cell_of(term, number) for term, number in parts.items()), cell(whole, value + more)]
    assert run(facts, form="2014")[name, "report"].status == status


def _cell_of(term: str, value: int) -> Fact:
    indicator, *by = term.split()
    return replace(cell(indicator, value, fact_id=term), by=dict(part.split("=") for part in by))


@pytest.mark.parametrize(("website", "status"), [(60, "pass"), (90, "fail"), (40, "unknown")])
def test_a_provincial_form_may_lack_rows(website: int, status: str) -> None:
    facts = [
        cell("requests.new", website, mode="online"),
        cell("requests.new", 0, mode="letter"),
        cell("requests.new", 60),
    ]
    assert run(facts, form="2014")["requests.modes", "report"].status == status


@pytest.mark.parametrize(("channels", "status"), [((70, 40), "pass"), ((60, 40), "pass"), ((60, 30), "fail")])
def test_channels_reach_at_least_the_total(channels: tuple[int, int], status: str) -> None:
    none = [cell("proactive.total", 0, channel=channel) for channel in ("gazette", "weibo", "other")]
    facts = [
        *none,
        cell("proactive.total", channels[0], channel="website"),
        cell("proactive.total", channels[1], channel="wechat"),
        cell("proactive.total", 100),
    ]
    assert run(facts, form="2014")["proactive.all_channels", "report"].status == status


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_rows_of_one_form_are_not_asked_of_another(form: FormId) -> None:
    facts = [cell("staff.full_time", 3), cell("staff.part_time", 5), cell("staff.total", 9)]
    assert run(facts, form=form) == {}
    assert len(APPLICANTS) == 6
