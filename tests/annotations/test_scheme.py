"""The labels: every indicator has one place in the tree, and a tag says the whole label."""
from collections import Counter

import pytest
from hypothesis import given

from annotations.scheme import QUANTITIES, Label, scheme
from report import SpanType, vocabulary
from tests.annotations.made import labels


def test_every_indicator_stands_in_one_group() -> None:
    placed = Counter(indicator for group in scheme().groups for indicator in group.indicators)
    assert placed == Counter(list(vocabulary().indicators))


def test_every_type_and_scope_has_its_wording() -> None:
    assert set(scheme().types) == set(SpanType)
    assert all(words.zh and words.definition_zh and words.color for words in scheme().types.values())
    assert len({words.color for words in scheme().types.values()}) == len(SpanType)


@given(labels())
def test_tag_and_parse_are_inverse_and_allowed_labels_have_no_fault(label: Label) -> None:
    assert Label.parse(label.tag) == label
    assert scheme().faults(label) == []


@pytest.mark.parametrize("tag", ["PERSON", "COUNT:requests.new@sometimes", ""])
def test_what_is_no_label_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match=r"PERSON|sometimes|''"):
        Label.parse(tag)


@pytest.mark.parametrize(("label", "fault"), [
    (Label(SpanType.FEE, "requests.new"), "cannot be"),
    (Label(SpanType.COUNT, "requests.nwe"), "no indicator"),
    (Label(SpanType.NONE), "needs an indicator"),
    (Label(SpanType.CATEGORY, None, "cumulative"), "no scope"),
])
def test_faults_say_why(label: Label, fault: str) -> None:
    assert [fault in words for words in scheme().faults(label)] == [True]


def test_money_and_counts_share_no_indicator() -> None:
    kinds = [set(scheme().indicators_of(kind)) for kind in (SpanType.COUNT, SpanType.FEE, SpanType.RATE)]
    assert sum(map(len, kinds)) == len(set().union(*kinds)) == len(vocabulary().indicators)
    assert set(scheme().indicators_of(SpanType.NONE)) == set(vocabulary().indicators)
    assert all(scheme().indicators_of(kind) == () for kind in set(SpanType) - QUANTITIES)
