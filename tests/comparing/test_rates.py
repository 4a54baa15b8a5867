"""Rates: exact where the figures are there, a range that holds the truth where they are not."""
import random
from dataclasses import replace
from itertools import chain
from typing import Final

import pytest

from infer.comparing.rates import Rate, data, rates
from infer.comparing.readings import Held, Kept
from infer.comparing.telling import formula_text, rate_text, sources
from report.forms import forms
from report.identities.formulas import Key
from tests.comparing.test_links import form, kept, reading

OUTCOMES: Final = tuple(
    cell.indicator for table in forms().tables if table.id == "requests" for element in table.elements
    for cell in element.cells if cell.indicator and cell.indicator.split(".")[1] in (
        "granted", "partially_granted", "denied", "unavailable", "not_processed", "other") and
    cell.indicator != "requests.other.total")


def rate(report: Kept, name: str) -> Rate:
    return next(one for one in rates(report) if one.id == name)


def near(low: float, high: float) -> tuple[object, object]:
    return pytest.approx(low), pytest.approx(high)


def table(figures: dict[str, int | None]) -> Kept:
    """Totals of the form of 2021; None is blank."""
    return kept({(name, ()): Held(states=("blank",)) if value is None else form(value)
                 for name, value in figures.items()})


def whole(**changes: int | None) -> dict[str, int | None]:
    made: dict[str, int | None] = dict.fromkeys(OUTCOMES, 0)
    made |= {"requests.granted": 5, "requests.partially_granted": 2, "requests.denied.internal_affairs": 1,
             "requests.unavailable.not_held": 4, "requests.processed_total": 12, "requests.new": 11,
             "requests.carried_in": 2, "requests.carried_out": 1, "reconsideration.total": 3,
             "reconsideration.upheld": 1, "reconsideration.corrected": 1, "reconsideration.other": 0,
             "reconsideration.pending": 1}
    return made | {name.replace("__", "."): value for name, value in changes.items()}


@pytest.mark.parametrize(("name", "value"), [
    ("disclosure", 7 / 12), ("refusal", 1 / 12), ("unavailable", 4 / 12), ("not_processed", 0), ("carried", 1 / 13),
    ("reviews", 300 / 11), ("reviews_corrected", 1 / 2)])
def test_stated_figures_give_an_exact_rate(name: str, value: float) -> None:
    made = rate(table(whole()), name)
    assert (made.state, made.sure, made.notes) == ("exact", True, ())
    assert made.low == made.high == pytest.approx(value)


def test_a_missing_total_bounds_the_rate_by_the_balance() -> None:
    made = rate(table(whole(requests__processed_total=None)), "disclosure")
    assert (made.state, made.below, made.notes) == ("exact", (12, 12), ("blanks",))
    blank = whole(requests__processed_total=None, requests__carried_out=None, requests__denied__state_secret=None)
    made = rate(table(blank), "disclosure")
    assert made.state == "bounded"
    assert [made.low, made.high] == [*near(7 / 13, 7 / 12)]


def test_a_blank_is_no_zero_where_the_sums_leave_room() -> None:
    made = rate(table(whole(requests__denied__state_secret=None, requests__not_processed__petition=None,
                            requests__processed_total=14, requests__new=13)), "refusal")
    assert made.state == "bounded"
    assert [made.low, made.high] == [*near(1 / 14, 3 / 14)]
    exact = rate(table(whole(requests__denied__state_secret=None)), "refusal")
    assert exact.state == "exact"
    assert exact.low == pytest.approx(1 / 12)


def test_nothing_to_divide_by_is_none_and_nothing_stated_is_unknown() -> None:
    empty = table(dict.fromkeys(whole(), 0))
    assert (rate(empty, "disclosure").state, rate(empty, "disclosure").low) == ("none", None)
    assert rate(kept({}), "disclosure").state == "unknown"
    assert rate(table(whole()), "full_time").notes == ("unstated",)
    old = replace(table(whole()), form="2014")
    assert rate(old, "unavailable").notes == ("absent",)


def test_figures_that_contradict_one_another_give_a_range_over_both() -> None:
    made = rate(table(whole(requests__processed_total=10, requests__new=9)), "disclosure")
    assert (made.notes, made.sure, made.below) == (("contradicted",), False, (10, 12))
    assert [made.low, made.high] == [*near(7 / 12, 7 / 10)]


def test_a_figure_that_may_be_read_in_two_ways_gives_a_range() -> None:
    cells = dict(table(whole()).cells)
    cells["requests.granted", ()] = Held(form=(reading(5, sure=False), reading(55, sure=False)))
    cells["requests.processed_total", ()] = Held(states=("blank",))
    cells["requests.new", ()] = Held(states=("blank",))
    made = rate(kept(cells), "disclosure")
    assert (made.state, made.sure) == ("bounded", False)
    assert [made.low, made.high] == [*near(7 / 12, 57 / 62)]


def test_the_truth_is_within_the_range_whatever_is_blanked() -> None:
    """Complete tables that add up, with random cells blanked: the rate of the whole table is never left out."""
    draw = random.Random(6)
    bounded = 0
    for _ in range(400):
        figures = {name: draw.choice((0, 0, 1, 3, 20)) for name in OUTCOMES}
        processed = sum(figures.values())
        carried_out = draw.randint(0, 4)
        carried_in = draw.randint(0, min(4, processed + carried_out))
        full: dict[str, int | None] = {
            **figures, "requests.processed_total": processed, "requests.carried_in": carried_in,
            "requests.carried_out": carried_out, "requests.new": processed + carried_out - carried_in}
        held = {name: None if draw.random() < 0.25 else value for name, value in full.items()}
        for truth, seen in zip(rates(table(full)), rates(table(held)), strict=True):
            bounded += seen.state == "bounded"
            if truth.state == "exact" and seen.state in ("exact", "bounded"):
                assert truth.low is not None
                assert seen.low is not None
                assert seen.low <= truth.low + 1e-9
                assert seen.high is None or truth.low <= seen.high + 1e-9
            assert not (truth.state == "exact" and seen.state == "none")
            assert not (truth.state == "none" and seen.state == "exact")
    assert bounded > 100


def test_rows_without_totals_bound_by_their_applicants() -> None:
    cells: dict[Key, Held] = {**table(whole()).cells}
    cells["requests.granted", ()] = Held(states=("blank",))
    cells["requests.processed_total", ()] = Held(states=("blank",))
    cells["requests.new", ()] = Held(states=("blank",))
    cells["requests.granted", (("applicant", "natural_person"),)] = form(5)
    made = rate(kept(cells), "disclosure")
    assert (made.state, made.above[0]) == ("bounded", 7)
    assert made.low == pytest.approx(7 / 12)


def test_every_indicator_has_a_formula_and_a_source_that_is_known() -> None:
    held = data()
    assert len({row["id"] for row in held["rate"]}) == len(held["rate"]) >= 14
    for row in held["rate"]:
        assert set(row["sources"]) <= set(held["sources"])
        assert all("{}" not in words for words in chain(formula_text(row), sources(row)))
        assert row["about"]["zh"]
        assert row["about"]["en"]


@pytest.mark.parametrize(("low", "high", "state", "sure", "shown"), [
    (0.48, 0.48, "exact", True, "48.0%"), (0.481, 0.619, "bounded", True, "48.1–61.9%"),
    (0.481, 0.619, "bounded", False, "48.1–61.9%?"), (0.0004, 0.0004, "exact", True, "<0.1%"),
    (0.9999, 0.9999, "exact", True, ">99.9%"), (None, None, "none", True, "—"), (None, None, "unknown", False, "")])
def test_a_rate_is_put_so_that_nobody_takes_a_range_for_a_figure(
        low: float | None, high: float | None, state: str, sure: bool, shown: str) -> None:
    made = rate(table(whole()), "disclosure")
    made = replace(made, low=low, high=high, state=state, sure=sure)  # type: ignore[arg-type]
    assert rate_text(data()["rate"][0], made) == shown
