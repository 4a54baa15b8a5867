"""What the reliability of a reading is measured by."""
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infer.model.candidates import places
from infer.model.features import Features, Surroundings, features_of, logit
from report import Fact
from tests.model.made import fact


def features(rules: list[Fact], model: list[Fact], cells: list[Fact] | None = None) -> dict[str, Features]:
    held = places(rules, model)
    around = Surroundings.of(held, cells or [])
    return {one.fact.id: features_of(one, around) for place in held for one in place.candidates}


def test_what_both_read() -> None:
    found = features([fact("r1", 12, 10, confidence=0.9)], [fact("m1", 12, 10, confidence=0.5)])
    assert found == {"r1": {"both.alike": 1.0, "both.tier": pytest.approx(1.0), "both.alike.score": 0.0,
                            "both.of.proactive": 1.0}}


def test_what_one_reads_is_told_apart_by_what_the_other_reads() -> None:
    found = features([fact("r1", 12, 10)], [fact("m1", 12, 10, indicator="proactive.website", confidence=0.5)])
    assert found["r1"].keys() == {"rule.kin", "rule.tier", "rule.kin.against", "rule.of.proactive"}
    assert found["m1"].keys() == {"model.kin", "model.kin.score", "model.of.proactive"}


@pytest.mark.parametrize(("made", "name"), [
    (fact("m1", 12, 10, category="通知"), "part"), (fact("m1", 12, 10, channel="website"), "part"),
    (fact("m1", 12, 10, subunit="大石村"), "part"), (fact("m1", 12, 10, mode="letter"), "dimension"),
    (fact("m1", 12, 10, applicant="enterprise"), "dimension"), (fact("m1", 12, 10, period="cumulative"), "period"),
    (fact("m1", 1, 10), "small"), (fact("m1", 0, 10), "zero"), (fact("m1", 0, 10, reason="statement of none"), "none"),
    (fact("m1", 5, 20, before="12个村各确定"), "each"), (fact("m1", 5, 20, before="每个村公开"), "each"),
])
def test_kinds(made: Fact, name: str) -> None:
    found = features([], [made])["m1"]
    kinds = {"model.part", "model.dimension", "model.period", "model.small", "model.zero", "model.none", "model.each"}
    assert found.keys() & kinds == {f"model.{name}"}
    assert (f"model.alone.{name}" in found) == (name in ("part", "none"))


def test_each_is_asked_of_the_number_itself() -> None:
    """每村公开5条，共公开5条: the second is what all have."""
    first = fact("m1", 5, 20, before="每村公开")
    second = fact("m2", 5, 30, before="每村公开5条，共公开")
    found = features([], [first, second])
    assert ("model.each" in found["m1"], "model.each" in found["m2"]) == (True, False)


def test_a_number_without_its_clause_is_no_error() -> None:
    assert features([], [Fact(id="m1", indicator=None, value=3, unit="条", state="value", method="model", confidence=0.5,
                              evidence=fact("m1", 3, 10).evidence)])["m1"] == {
        "model.alone": 1.0, "model.alone.score": 0.0}


def test_an_echo_and_a_rival_elsewhere() -> None:
    found = features([], [fact("m1", 12, 10), fact("m2", 12, 50), fact("m3", 13, 90)])
    assert all("model.rival" in one for one in found.values())
    assert {name for name, one in found.items() if "model.echo" in one} == {"m1", "m2"}


@pytest.mark.parametrize(("cell", "name"), [
    (fact("c1", 12, 500), "cell.same"), (fact("c1", 13, 500), "cell.other"),
    (fact("c1", 12, 500, applicant="total"), "cell.same"), (fact("c1", 12, 500, applicant="enterprise"), None),
    (fact("c1", None, 500), None), (fact("c1", 12, 500, indicator="requests.new"), None),
])
def test_the_form_says_the_same_or_another(cell: Fact, name: str | None) -> None:
    found = features([], [fact("m1", 12, 10)], [cell])["m1"]
    assert {one for one in found if one.startswith("cell.")} == ({name} if name else set())


@given(st.floats(0, 1), st.floats(0, 1))
def test_log_odds_keep_the_order_and_their_bounds(one: float, other: float) -> None:
    assert all(-5.0 <= logit(share) <= 5.0 and math.isfinite(logit(share)) for share in (one, other))
    assert (logit(one) <= logit(other)) or one > other
    assert logit(0.5) == 0.0


@pytest.mark.parametrize(("before", "name", "shape"), [
    ("公开财政预算信息", "财政预算", []), ("公开财政类", "财政类", []), ("公开征地公告、补偿", "补偿", ["listed", "short"]),
    ("公开征地补偿的办理结果", "征地补偿", ["apart"]), ("全年公开", "惠民政策", ["far"]),
    ("公开“双随机抽查结果", "“双随机抽查结果", ["odd"]), ("内容主要有草原补奖", "内容主要有草原补奖", ["leading"]),
    ("公开保障性住房建设分配和退出信息", "保障性住房建设分配和退出信息", ["long"]),
])
def test_names_are_weighed_by_their_borders(before: str, name: str, shape: list[str]) -> None:
    found = features([], [fact("m1", 12, 60, category=name, before=before)])["m1"]
    assert [key.removeprefix("model.name.") for key in found if key.startswith("model.name.")] == shape
