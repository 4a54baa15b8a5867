"""What two labellers read at one place, and how the readings stand to each other."""
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infer.model.candidates import Candidate, key_of, places
from report import Fact
from tests.model.made import fact

RULE, MODEL = fact("r1", 12, 10), fact("m1", 12, 10)


def relations(rules: list[Fact], model: list[Fact]) -> dict[str, str]:
    """Relation by fact id; a reading of both has the id of the rules' fact."""
    return {one.fact.id: one.relation for place in places(rules, model) for one in place.candidates}


def test_the_same_of_the_same_words_is_read_alike() -> None:
    [place] = places([RULE], [MODEL])
    assert place.candidates == (Candidate(rule=RULE, model=MODEL, relation="alike", against=0.0),)
    assert place.candidates[0].fact is RULE


@pytest.mark.parametrize(("one", "other"), [
    ("政策文件", "政策文件类"), ("政策文件", "政策文件类信息"), ("政策文件", "政策文件情况"), ("政策文件", "政策文件的"), ("政务", "政務"),
    ("政策文件", "“政策文件”栏目"), ("基础", "发布基础信息"),
])
def test_names_are_alike_without_what_ends_them(one: str, other: str) -> None:
    assert key_of(fact("r1", 12, 10, category=one)) == key_of(fact("m1", 12, 10, category=other))


def test_words_of_fixed_dimensions_are_compared_as_they_are() -> None:
    assert key_of(fact("r1", 1, 0, mode="其他类")) != key_of(fact("r1", 1, 0, mode="其他"))


def test_a_name_of_nothing_but_endings_is_no_error() -> None:
    assert key_of(fact("r1", 12, 10, category="信息类"))[2] == (("category", ""),)


@pytest.mark.parametrize(("rule", "model", "wanted"), [
    pytest.param(fact("r1", 12, 10), fact("m1", 12, 30), ("alone", "alone"), id="other words"),
    pytest.param(fact("r1", 12, 10), fact("m1", 12, 10, indicator="proactive.website"), ("kin", "kin"), id="family"),
    pytest.param(fact("r1", 12, 10), fact("m1", 12, 10, indicator="requests.new"), ("other", "other"), id="unlike"),
    pytest.param(fact("r1", 12, 10), fact("m1", 12, 10, indicator=None), ("open", "other"), id="a number of nothing"),
    pytest.param(fact("r1", 12, 10), fact("m1", 12, 10, indicator=None, scope="aggregate"), ("aggregate", "other"),
                 id="of all offices"),
    pytest.param(fact("r1", 12, 10), fact("m1", 12, 10, indicator=None, scope="upward"), ("upward", "other"),
                 id="reported up"),
    pytest.param(fact("r1", 12, 10), fact("m1", 12, 10, period="cumulative"), ("by", "by"), id="another period"),
    pytest.param(fact("r1", 12, 10), fact("m1", 12, 10, category="通知"), ("by", "by"), id="one has no name"),
    pytest.param(fact("r1", 12, 10, category="通知"), fact("m1", 12, 10, category="通知公告"), ("inside", "around"),
                 id="a name in a name"),
    pytest.param(fact("r1", 12, 10, category="通知"), fact("m1", 12, 10, category="公告"), ("by", "by"), id="another name"),
    pytest.param(fact("r1", 12, 10), fact("m1", 2, 11), ("by", "by"), id="another value of words that touch"),
])
def test_relations(rule: Fact, model: Fact, wanted: tuple[str, str]) -> None:
    found = relations([rule], [model])
    assert (found["r1"], found["m1"]) == wanted


def test_what_one_reads_beside_what_both_read_is_more() -> None:
    letter = fact("r1letter", 12, 10, mode="letter", confidence=0.7)
    assert relations([RULE, letter], [MODEL]) == {"r1": "alike", "r1letter": "more"}


def test_a_reading_is_measured_against_the_surest_of_its_rivals() -> None:
    rivals = [fact("m1", 12, 10, indicator="requests.new", confidence=0.4),
              fact("m2", 12, 10, indicator="proactive.website", confidence=0.3)]
    [place] = places([RULE], rivals)
    assert {one.fact.id: (one.relation, one.against) for one in place.candidates} == {
        "r1": ("kin", 0.4), "m1": ("other", 0.9), "m2": ("kin", 0.9)}


def test_words_that_only_touch_are_two_places() -> None:
    one, other = fact("r1", 12, 10), fact("m1", 12, 13)
    assert one.evidence.end == other.evidence.start
    assert [(place.start, place.end) for place in places([one], [other])] == [(10, 13), (13, 16)]


@st.composite
def readings(draw: st.DrawFn) -> list[Fact]:
    """Facts of both labellers, many of the same words."""
    made = []
    for n in range(draw(st.integers(0, 12))):
        one = fact(f"{draw(st.sampled_from('rm'))}{n}", draw(st.integers(0, 3)), draw(st.integers(0, 40)),
                   indicator=draw(st.sampled_from([None, "proactive.total", "requests.new"])))
        name = draw(st.sampled_from(["", "通知", "通知公告"]))
        made.append(replace(one, by={"category": name} if name else {}))
    return made


@given(readings())
def test_every_reading_has_one_place_and_places_do_not_touch(facts: list[Fact]) -> None:
    found = places([one for one in facts if one.id[0] == "r"], [one for one in facts if one.id[0] == "m"])
    assert all(one.end <= other.start for one, other in pairwise(found))
    for place in found:
        inside = [one for one in facts if place.start <= one.evidence.start < place.end]
        assert all(one.evidence.end <= place.end for one in inside)
        assert {key_of(one.fact) for one in place.candidates} == {key_of(one) for one in inside}
        assert len(place.candidates) == len({key_of(one) for one in inside})
        for one in place.candidates:
            assert (one.relation == "alike") == (one.rule is not None and one.model is not None)
            assert one.rule is None or one.model is None or key_of(one.rule) == key_of(one.model)
    held = [one for place in found for one in facts if place.start <= one.evidence.start < place.end]
    assert len(held) == len(facts)
