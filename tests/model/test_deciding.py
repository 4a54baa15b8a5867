"""One set of facts out of two readings: who wins a place, what becomes of the others, what checks and parents do."""
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infer.model.deciding import Checker, check_results, decide, see, weigh
from infer.model.reliability import Shift, Weights, reliability
from report import Check, Fact
from report.checks import CheckStatus, Side
from tests.model.made import fact

WEIGHTS = Weights(
    intercept=0.0, take=0.0, checks=Shift(intercept=0.0, slope=1.0, held=2.0, failed=-2.0),
    features={"both.alike": 3.0, "rule.tier": 1.0, "model.kin.score": 1.0, "model.alone.score": 1.0,
              "model.other.score": 1.0, "model.by.score": 1.0, "model.open.score": 1.0})
"""who is surer is decided by the confidences that the labellers give: 0.8 of the rules is 0.5 of the model"""


def no_checks(facts: Sequence[Fact]) -> Sequence[Check]:
    return ()


def decided(
    rules: list[Fact], model: list[Fact], *, take: float = 0.0, checks: Checker = no_checks, weights: Weights = WEIGHTS
) -> dict[str, Fact]:
    found = decide(weigh(see(rules, model, []), weights), weights, take, checks)
    assert len({one.id for one in found}) == len(found)
    return {one.id: one for one in found}


def check(status: CheckStatus, left: str, *right: str) -> Check:
    return Check(id="made", subject="", formula="", left=Side(expression="", value=1, facts=(left,)),
                 right=Side(expression="", value=1, facts=right), status=status)


RULE = fact("r1", 12, 10, confidence=0.8)
KIN = fact("m1", 12, 10, indicator="proactive.website", confidence=0.5)


def test_what_both_read_is_one_fact_of_both() -> None:
    [one] = decided([RULE], [fact("m1", 12, 10, confidence=0.3)]).values()
    assert (one.method, one.status, one.reading_of, one.reason) == ("both", "stated", None, None)
    assert one.confidence == pytest.approx(0.9526)


@pytest.mark.parametrize(("sure", "winner", "loser", "why"), [
    (0.9, "m1", "r1", "the rules alone read it so; the model's reading was taken"),
    (0.1, "r1", "m1", "the model alone read it so; the rules' reading was taken"),
])
def test_the_surer_reading_is_stated_and_the_other_kept(sure: float, winner: str, loser: str, why: str) -> None:
    found = decided([RULE], [replace(KIN, confidence=sure)])
    assert (found[winner].status, found[winner].reason) == ("stated", None)
    assert (found[loser].status, found[loser].reason) == ("alternative", why)
    assert {one.reading_of for one in found.values()} == {winner}
    assert {one.id: one.method for one in found.values()} == {"r1": "rule", "m1": "model"}


def test_agreement_wins_over_a_surer_reading_of_one() -> None:
    found = decided([RULE], [fact("m1", 12, 10, confidence=0.1), replace(KIN, id="m2", confidence=0.99)],
                    weights=replace_features({"both.alike": -3.0, "model.more": 3.0}))
    assert found["r1"].status == "stated"
    assert found["r1"].method == "both"


def replace_features(features: dict[str, float]) -> Weights:
    return Weights(intercept=0.0, take=0.0, checks=WEIGHTS.checks, features=features)


def test_what_one_reads_beside_what_both_read_is_stated_too() -> None:
    letter = fact("r1letter", 12, 10, mode="letter", confidence=0.8)
    found = decided([RULE, letter], [fact("m1", 12, 10)])
    assert {name: (one.status, one.reading_of) for name, one in found.items()} == {
        "r1": ("stated", None), "r1letter": ("stated", None)}


def test_places_are_decided_apart() -> None:
    found = decided([RULE, fact("r2", 7, 50, confidence=0.8)],
                    [replace(KIN, confidence=0.9), fact("m2", 8, 50, confidence=0.1)])
    assert {name for name, one in found.items() if one.status == "stated"} == {"m1", "r2"}
    assert found["m2"].reading_of == "r2"


def test_an_indicator_goes_before_a_number_of_nothing() -> None:
    found = decided([replace(RULE, indicator=None, confidence=0.99)], [replace(KIN, confidence=0.05)])
    assert {name: one.status for name, one in found.items()} == {"m1": "stated", "r1": "alternative"}


@pytest.mark.parametrize("name", ["r1", "m1"])
def test_a_number_of_nothing_that_one_reads_alone_is_stated(name: str) -> None:
    """Whoever reads it, nobody was surer."""
    made = fact(name, 12, 10, indicator=None, confidence=0.05)
    found = decided([made], []) if name == "r1" else decided([], [made])
    assert (found[name].status, found[name].reason) == ("stated", None)


def test_below_the_threshold_a_fact_is_an_alternative_and_says_why() -> None:
    found = decided([], [replace(KIN, confidence=0.6), replace(KIN, id="m2", value=5, confidence=0.7,
                                                                evidence=fact("m2", 5, 40).evidence)], take=0.65)
    assert (found["m1"].status, found["m1"].reason) == ("alternative", "not sure enough: 0.60, 0.65 is asked for")
    assert (found["m2"].status, found["m2"].reason) == ("stated", None)
    assert found["m1"].reading_of == "m1"


def test_the_threshold_is_not_asked_of_numbers_of_nothing() -> None:
    assert decided([], [fact("m1", 12, 10, indicator=None, confidence=0.01)], take=0.9)["m1"].status == "stated"


def test_a_reason_of_the_fact_itself_stays_where_it_is_stated() -> None:
    none = fact("r1", 0, 10, reason="statement of none", confidence=0.8)
    assert decided([none], [fact("m1", 0, 10, reason="statement of none")])["r1"].reason == "statement of none"
    assert decided([none], [], take=0.99)["r1"].reason == "not sure enough: 0.50, 0.99 is asked for"


OTHER = fact("m2", 30, 50, indicator="requests.new", confidence=0.6)


@pytest.mark.parametrize(("statuses", "wanted"), [
    (["pass"], 0.9173), (["fail"], 0.1687), (["unknown"], 0.6), (["pass", "fail"], 0.6), ([], 0.6),
])
def test_checks_shift_what_they_add_up(statuses: list[CheckStatus], wanted: float) -> None:
    found = decided([], [replace(KIN, confidence=0.6), OTHER],
                    checks=lambda facts: [check(status, "m1", "m2") for status in statuses])
    assert [one.confidence for one in found.values()] == pytest.approx([wanted, wanted], abs=1e-4)


def test_a_check_of_one_figure_with_itself_says_nothing() -> None:
    assert check_results([KIN], lambda facts: [check("fail", "m1", "m1"), check("pass", "m1")]) == {}


def test_checks_see_what_won_alone_and_shift_nothing_else() -> None:
    seen: list[str] = []

    def checks(facts: Sequence[Fact]) -> Sequence[Check]:
        seen.extend(one.id for one in facts)
        return [check("pass", "m1", "m2"), check("fail", "r1", "m2")]

    found = decided([RULE], [replace(KIN, confidence=0.6), OTHER], checks=checks)
    assert seen == ["m1", "m2"]
    assert found["r1"].confidence == 0.5


def test_a_check_that_fails_can_cost_a_fact_its_place_among_the_stated() -> None:
    pair = [replace(KIN, confidence=0.6), OTHER]
    found = decided([], pair, take=0.5, checks=lambda facts: [check("fail", "m1", "m2")])
    assert {one.status for one in found.values()} == {"alternative"}


PART = fact("r2", 5, 50, parent="r1", confidence=0.8)


def test_a_part_keeps_its_whole() -> None:
    assert decided([RULE, PART], [])["r2"].parent == "r1"


def test_the_whole_that_both_read_is_that_of_the_models_part_too() -> None:
    found = decided([RULE], [fact("m1", 12, 10), fact("m2", 5, 50, parent="m1")])
    assert found["m2"].parent == "r1"


@pytest.mark.parametrize("model", [
    [replace(KIN, confidence=0.9)], [replace(KIN, confidence=0.9), fact("m2", 5, 50, parent="m1")],
])
def test_the_whole_is_the_reading_that_won_its_place(model: list[Fact]) -> None:
    found = decided([RULE, PART], model)
    assert found["r1"].status == "alternative"
    assert found["r2"].parent == "m1"


def test_a_whole_that_nobody_read_is_forgotten() -> None:
    assert decided([replace(PART, parent="r9")], [])["r2"].parent is None


def test_nothing_is_its_own_part() -> None:
    """Both see the whole at the place of the other's part."""
    found = decided([fact("r1", 12, 10), fact("r2", 5, 10, parent="r1")], [])
    assert all(one.parent != one.id for one in found.values())


INDICATORS = [None, "proactive.total", "requests.new"]
MADE = st.tuples(
    st.sampled_from("rm"), st.integers(0, 3), st.integers(0, 30), st.sampled_from(INDICATORS),
    st.floats(0.01, 0.99), st.integers(0, 9))


@given(st.lists(MADE, max_size=10), st.floats(0, 1), st.sampled_from([WEIGHTS, reliability().modes["both"]]))
def test_nothing_is_lost_and_what_is_stated_is_sure(
    made: list[tuple[str, int, int, str | None, float, int]], take: float, weights: Weights
) -> None:
    facts = [fact(f"{who}{n}", value, start, indicator=indicator, confidence=sure, parent=f"{who}{parent}")
             for n, (who, value, start, indicator, sure, parent) in enumerate(made)]
    rules, model = ([one for one in facts if one.id[0] == who] for who in "rm")
    readings = weigh(see(rules, model, []), weights)
    found = decide(readings, weights, take, no_checks)
    by_id = {one.id: one for one in found}
    assert by_id.keys() == {one.fact.id for one in readings}
    assert len(by_id) == len(found)
    assert {one.place for one in readings} == {one.place for one in readings if one.won}
    for one in found:
        assert one.confidence >= take or one.status == "alternative" or one.indicator is None
        assert one.status == "stated" or one.reason
        assert one.parent is None or (one.parent in by_id and one.parent != one.id)
        lead = by_id.get(one.reading_of or "")
        assert (one.reading_of is None) == (lead is None)
        assert lead is None or (lead.reading_of == lead.id and lead.evidence.start <= one.evidence.end)
