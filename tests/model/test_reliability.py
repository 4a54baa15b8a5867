"""The measured weights that ship with gongkai."""
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from infer.model.features import logit
from infer.model.reliability import FILE, Mode, Reliability, Weights, reliability
from infer.rules import rules_digest
from models.record import read_record
from models.session import RELEASED
from report.vocabulary import vocabulary
from tests.conftest import ROOT

MODES: list[Mode] = list(reliability().modes)
USUAL = ("both.alike", "model.alone", "model.kin", "model.other", "model.open")
"""the cases that are not rare: a surer model must make for a surer fact"""
RELATIONS = {"alike", "alone", "more", "inside", "around", "by", "kin", "other", "open", "aggregate", "upward"}
KINDS = {"each", "none", "part", "dimension", "period", "small", "zero", "tier", "echo", "rival", "of", "name"}
SHAPES = {"far", "listed", "apart", "odd", "leading", "short", "long"}


def test_the_file_is_what_the_code_reads() -> None:
    data = (ROOT / "infer" / "model" / FILE).read_bytes()
    assert msgspec.json.decode(data, type=Reliability) == reliability()
    assert set(MODES) == {"both", "rules", "model"}
    for change in (b'{"extra": 1,', b'{"version": 2,'):
        with pytest.raises(msgspec.ValidationError):
            msgspec.json.decode(data.replace(b"{", change, 1).replace(b'"version": 1,', b""), type=Reliability)


def test_it_was_measured_with_the_model_and_the_rules_that_ship() -> None:
    assert reliability().model == read_record(RELEASED).files["model.int8.onnx"]
    assert reliability().rules == rules_digest()


@pytest.mark.parametrize("mode", MODES)
def test_every_weight_is_of_a_feature_that_exists(mode: Mode) -> None:
    weights = reliability().modes[mode]
    families = {one.split(".")[0] for one in vocabulary().indicators}
    for name, weight in weights.features.items():
        assert abs(weight) < 20, name
        who, second, *rest = name.split(".")
        assert who in ("both", "rule", "model", "cell")
        assert second in RELATIONS | KINDS | {"same", "other"}, name
        if second == "of":
            assert rest[0] in families
        if "name" in (second, *rest):
            assert rest[-1] in SHAPES, name
    assert 0 <= weights.take <= 1


@pytest.mark.parametrize("mode", MODES)
def test_a_mode_knows_only_the_readers_that_it_has(mode: Mode) -> None:
    readers = {name.split(".")[0] for name in reliability().modes[mode].features} - {"cell"}
    assert readers == {"both": {"both", "rule", "model"}, "rules": {"rule"}, "model": {"model"}}[mode]


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_surer_model_makes_for_a_surer_fact(one: float, other: float) -> None:
    lower, higher = sorted((one, other))
    for weights in (reliability().modes["both"], reliability().modes["model"]):
        for case in USUAL:
            if case in weights.features:
                found = [weights.probability({case: 1.0, f"{case}.score": logit(share)}) for share in (lower, higher)]
                assert found[0] <= found[1], case


@pytest.mark.parametrize("mode", MODES)
@given(sure=st.floats(0, 1))
def test_a_check_that_holds_helps_and_one_that_fails_harms(mode: Mode, sure: float) -> None:
    weights = reliability().modes[mode]
    plain = weights.shifted(sure, held=False, failed=False)
    assert weights.shifted(sure, held=False, failed=True) <= plain <= weights.shifted(sure, held=True, failed=False)


@pytest.mark.parametrize("mode", MODES)
@given(shares=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_checks_keep_the_order(mode: Mode, shares: tuple[float, float]) -> None:
    weights = reliability().modes[mode]
    lower, higher = (weights.shifted(share, held=False, failed=False) for share in sorted(shares))
    assert lower <= higher


def test_what_both_read_is_surer_than_what_one_reads_alone() -> None:
    weights = reliability().modes["both"]
    score = logit(0.9)
    both = weights.probability({"both.alike": 1.0, "both.alike.score": score})
    assert both > weights.probability({"model.alone": 1.0, "model.alone.score": score})
    assert both > weights.probability({"rule.alone": 1.0})


@pytest.mark.parametrize("mode", MODES)
def test_features_without_a_weight_change_nothing(mode: Mode) -> None:
    weights = reliability().modes[mode]
    assert weights.probability({"model.of.nothing": 9.0, "unheard": -9.0}) == weights.probability({})


def test_no_odds_are_too_large() -> None:
    weights = Weights(intercept=0.0, features={"x": 1.0}, checks=reliability().modes["both"].checks, take=0.5)
    assert [weights.probability({"x": odds}) for odds in (-1e6, -800.0, 0.0, 800.0, 1e6)] == [0.0, 0.0, 0.5, 1.0, 1.0]
