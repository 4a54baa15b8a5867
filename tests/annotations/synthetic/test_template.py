"""The notation of sentence patterns, and the patterns that ship."""

import re

import pytest

from annotations.errors import AnnotationError
from annotations.synthetic.patterns import LEVELS, grammar, merge, parse_file, walk
from annotations.synthetic.template import (
    Choice,
    Fragment,
    Meta,
    Name,
    Nothing,
    Plain,
    Quantity,
    Repeat,
    Text,
    parse,
)
from report import vocabulary


def test_words_choices_and_fragments() -> None:
    assert parse("全年[共|]收到<what>。") == (
        Text("全年"),
        Choice(((Text("共"),), ())),
        Text("收到"),
        Fragment("what"),
        Text("。"),
    )


def test_choices_nest_and_characters_can_be_escaped() -> None:
    assert parse(r"[a[b|c]|\[\|\{]") == (Choice(((Text("a"), Choice(((Text("b"),), (Text("c"),)))), (Text("[|{"),))),)


@pytest.mark.parametrize(
    ("slot", "node"),
    [
        ("{requests.new 件/份}", Quantity(kind="count", indicator="requests.new", measures=("件", "份"))),
        (
            "{proactive.total@cumulative 条 wan #1}",
            Quantity(
                kind="count", indicator="proactive.total", scope="cumulative", measures=("条",), style="wan", tie="1"
            ),
        ),
        (
            "{requests.new 件 part mode=online}",
            Quantity(kind="count", indicator="requests.new", measures=("件",), part="part", by=(("mode", "online"),)),
        ),
        ("{other 场 1-12}", Quantity(kind="count", indicator=None, measures=("场",), low=1, high=12)),
        ("{fees.copying 元}", Quantity(kind="money", indicator="fees.copying", measures=("元",))),
        ("{share}", Quantity(kind="rate", indicator=None, measures=("%",), share=True)),
        ("{proposals.completion_rate}", Quantity(kind="rate", indicator="proposals.completion_rate", measures=("%",))),
        ("{none requests.new:公开申请}", Nothing(indicator="requests.new", scope="own", words=(Text("公开申请"),))),
        ("{cat}", Name(type="CATEGORY", kind="topic", words=None)),
        ("{chan wechat #2:公众号}", Name(type="CHANNEL", kind="wechat", words=(Text("公众号"),), tie="2")),
        ("{year-1}", Plain("year-1")),
        ("{n 2-9}", Plain("n", 2, 9)),
        ("{ISSUER}", Meta("ISSUER")),
        ("{*3-8 、|，: {cat}}", Repeat(3, 8, ("、", "，"), (Name(type="CATEGORY", kind="topic", words=None),))),
    ],
)
def test_slots(slot: str, node: object) -> None:
    assert parse(slot) == (node,)


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("收到{requests.nwe 件}", "no indicator"),
        ("{proactive.total@recent 条}", "no scope"),
        ("[a|b", "] expected"),
        ("a]b", "unexpected ]"),
        ("{chan radio}", "no kind"),
        ("{fees.copying 件}", "money needs"),
        ("{other 场 9-2}", "no range"),
        ("{requests.new 件 loud}", "unknown flag"),
        ("{requests.new 件 mode=phone}", "no dimension"),
        ("{none requests.new}", "needs words"),
        ("{self:我镇}", "takes no words"),
        ("<what", "> expected"),
    ],
)
def test_a_fault_is_named_with_its_place(pattern: str, why: str) -> None:
    with pytest.raises(AnnotationError, match=re.escape(why)) as error:
        parse(pattern)
    assert "character" in str(error.value)


def test_files_are_refused_with_their_name() -> None:
    good = "[[class]]\nid = 'a'\nsection = 'fees'\npatterns = ['未收费。']\n"
    for text, why in [
        ("[[class]]\nid = 'a'\nsection = 'fee'\n", "no section"),
        (good.replace("patterns", "pattern"), "unknown keys"),
        (good + "levels = ['village']", "unknown levels"),
        ("[[", "x.toml"),
    ]:
        with pytest.raises(AnnotationError, match=re.escape(why)):
            parse_file(text, name="x.toml")
    with pytest.raises(AnnotationError, match="stands twice"):
        merge([parse_file(good, name="x.toml"), parse_file(good, name="y.toml")])
    with pytest.raises(AnnotationError, match="no fragment"):
        merge([parse_file(good.replace("未收费", "<gone>"), name="x.toml")])


def test_every_indicator_has_patterns_of_its_own() -> None:
    counted: dict[str, int] = dict.fromkeys(vocabulary().indicators, 0)
    for pattern in grammar().patterns:
        named = {node.indicator for node in walk(pattern.nodes, grammar().fragments) if isinstance(node, Quantity)}
        for indicator in named - {None}:
            counted[indicator or ""] += 1
    assert {indicator: count for indicator, count in counted.items() if count < 6} == {}


def test_every_trap_of_prose_has_patterns() -> None:
    known = {trap for pattern in grammar().patterns for trap in pattern.traps}
    assert known >= set(range(1, 26)) - {20, 21}  # those two are faults of tables


def test_patterns_differ_and_fit_some_report() -> None:
    patterns = grammar().patterns
    assert len({pattern.source for pattern in patterns}) >= 1500
    assert len({pattern.id for pattern in patterns}) == len(patterns)
    assert all(pattern.years[0] <= pattern.years[1] and set(pattern.levels) <= set(LEVELS) for pattern in patterns)
