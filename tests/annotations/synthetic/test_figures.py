"""Numbers of a report: the identities of its form hold, and what the sentences need is there."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.synthetic.figures import Demand, Figures, draw_figures
from annotations.synthetic.patterns import LEVELS
from report import vocabulary
from report.forms import forms

APPLICANTS = [key for key in vocabulary().dimensions["applicant"] if key != "total"]
OTHER_OF_2021 = {"requests.other.correction_overdue", "requests.other.fee_overdue", "requests.other.other"}
SEEDS = st.integers(0, 10_000)


def column(figures: Figures, indicator: str, applicant: str | None) -> int:
    return figures.get(indicator, (("applicant", applicant),) if applicant else ())


@given(seed=SEEDS, form=st.sampled_from(["2019", "2021"]), level=st.sampled_from(LEVELS))
def test_requests_balance_for_every_applicant(seed: int, form: str, level: str) -> None:
    figures = draw_figures(Random(seed), form=form, level=level)
    parted = [name for name in forms().outcomes if name != "requests.other.total"]
    outcomes = parted if form == "2021" else [name for name in forms().outcomes if name not in OTHER_OF_2021]
    for applicant in (None, *APPLICANTS):
        taken = column(figures, "requests.new", applicant) + column(figures, "requests.carried_in", applicant)
        processed = column(figures, "requests.processed_total", applicant)
        assert taken == processed + column(figures, "requests.carried_out", applicant)
        assert processed == sum(column(figures, name, applicant) for name in outcomes)
    for indicator in ("requests.new", "requests.granted", "requests.carried_out"):
        assert figures.get(indicator) == sum(column(figures, indicator, applicant) for applicant in APPLICANTS)


@given(seed=SEEDS, level=st.sampled_from(LEVELS))
def test_the_form_of_2014_adds_up(seed: int, level: str) -> None:
    figures = draw_figures(Random(seed), form="2014", level=level)
    get = figures.get
    modes = [get("requests.new", (("mode", mode),)) for mode in vocabulary().dimensions["mode"]]
    assert get("requests.new") == sum(modes)
    assert get("requests.processed_total") == get("requests.completed_on_time") + get("requests.completed_extended")
    replies = [name for name in vocabulary().indicators if name.startswith("requests.reply.")]
    answered = [*replies, "requests.granted", "requests.partially_granted", "requests.denied.total"]
    assert get("requests.replied") == sum(get(name) for name in answered)
    assert get("staff.total") == get("staff.full_time") + get("staff.part_time")
    assert get("proactive.all_channels") >= get("proactive.total")
    for family in ("reconsideration", "litigation"):
        assert get(f"{family}.total") == sum(get(f"{family}.{result}") for result in ("upheld", "corrected", "other"))


@given(seed=SEEDS, form=st.sampled_from(["narrative", "2019", "2021"]))
def test_suits_add_up_over_both_ways_to_court(seed: int, form: str) -> None:
    get = draw_figures(Random(seed), form=form, level="county").get
    for branch in ("reconsideration", "litigation.direct", "litigation.after_reconsideration"):
        assert get(f"{branch}.total") == sum(
            get(f"{branch}.{one}") for one in ("upheld", "corrected", "other", "pending")
        )
    assert get("litigation.total") == get("litigation.direct.total") + get("litigation.after_reconsideration.total")


@pytest.mark.parametrize("form", ["narrative", "2014", "2019", "2021"])
def test_what_sentences_count_is_above_zero(form: str) -> None:
    held = [row.id for row in vocabulary().indicators.values() if form in row.forms]
    missing = set()
    for indicator in held:
        demand = Demand(frozenset({(indicator, ())}))
        if not all(
            draw_figures(Random(seed), form=form, level="county", demand=demand).get(indicator) for seed in range(12)
        ):
            missing.add(indicator)
    # what a table may leave at zero however often it is asked for: the sentence is then drawn anew
    assert missing <= {"requests.denied.total", "requests.completed_extended", "requests.other.total"}


@given(seed=SEEDS, form=st.sampled_from(["2014", "2019", "2021"]))
def test_what_sentences_deny_is_zero(seed: int, form: str) -> None:
    absent = frozenset(
        {"requests.new", "reconsideration.total", "litigation.total", "fees.collected", "meetings.total"}
    )
    figures = draw_figures(Random(seed), form=form, level="city", demand=Demand(frozenset(), absent))
    assert {name: figures.get(name) for name in absent} == dict.fromkeys(absent, 0)
    assert figures.get("requests.granted") == 0
    assert figures.get("reconsideration.upheld") == 0


def test_sentences_that_deny_one_another_do_not_meet() -> None:
    none = Demand(frozenset(), frozenset({"requests.new"}))
    assert not none.allows(frozenset({("requests.granted", ())}), frozenset())
    assert none.allows(frozenset({("requests.carried_in", ())}), frozenset({"litigation.total"}))
    some = Demand(frozenset({("litigation.direct.upheld", ())}))
    assert not some.allows(frozenset(), frozenset({"litigation.total"}))


def test_other_scopes_keep_their_value() -> None:
    figures = draw_figures(Random(1), form="narrative", level="county")
    since = figures.get("proactive.total", (), "cumulative")
    assert since > figures.get("proactive.total")
    assert figures.get("proactive.total", (), "cumulative") == since
