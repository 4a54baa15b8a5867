"""The guidelines: every label and trap has its row, every example can stand, and the page shows what the rows say."""
import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus import AnnotatedDocument
from annotations.errors import AnnotationError
from annotations.guidelines import BREAK, guidelines, parse_example, tables
from annotations.quality import audit
from annotations.scheme import OTHER, QUANTITIES, Label, scheme
from docs.pages import with_generated
from report import SpanType, vocabulary
from tests.annotations.made import labels
from tests.conftest import ROOT, Golden

PAGE = ROOT / "annotations" / "guidelines.md"
TRAPS = 25


def examples() -> Iterator[tuple[str, str]]:
    """Where each right example stands, and the example."""
    found = guidelines()
    yield from ((str(kind), row.example) for kind, row in found.types.items())
    yield from ((scope, row.example) for scope, row in found.scopes.items())
    yield from ((row.zh, row.right) for row in found.borders)
    yield from ((name, row.example) for name, row in found.indicators.items())
    yield from ((f"trap {row.number}", example) for row in found.traps for example in row.examples)
    page = PAGE.read_text(encoding="utf-8").partition("<!-- generated")[0]
    yield from (("page", line) for line in re.findall(r"`([^`]*⟦[^`]*)`", page))


def test_page_is_current(golden: Golden) -> None:
    golden(PAGE, with_generated(PAGE.read_text(encoding="utf-8"), tables()))


def test_every_indicator_has_its_row_and_its_own_example() -> None:
    rows = guidelines().indicators
    assert set(rows) == set(vocabulary().indicators)
    strangers = [name for name, row in rows.items()
                 if name not in {mark.indicator for mark in parse_example(row.example).annotations}]
    assert strangers == []


def test_every_type_and_scope_is_shown_in_its_own_example() -> None:
    found = guidelines()
    assert set(found.types) == set(SpanType)
    assert set(found.scopes) == set(scheme().scopes)
    shown = [(key, {*_types(row.example), *_scopes(row.example)})
             for key, row in (*found.types.items(), *found.scopes.items())]
    assert [key for key, labels_shown in shown if key not in labels_shown] == []


def _types(example: str) -> set[str]:
    return {mark.type for mark in parse_example(example).annotations}


def _scopes(example: str) -> set[str]:
    return {mark.scope for mark in parse_example(example).annotations}


def test_every_trap_is_shown_once() -> None:
    traps = guidelines().traps
    assert [trap.number for trap in traps] == list(range(1, TRAPS + 1))
    assert all(trap.examples for trap in traps)


@pytest.mark.parametrize(("place", "example"), list(examples()))
def test_audit_finds_no_error_in_an_example(place: str, example: str) -> None:
    found = audit([parse_example(example)], rare=0)
    assert [(one.rule, one.message) for one in found if one.severity == "error"] == []


def test_wrong_borders_differ_from_right_ones_in_spans_alone() -> None:
    for row in guidelines().borders:
        right, wrong = parse_example(row.right), parse_example(row.wrong)
        assert right.text == wrong.text
        assert right.annotations != wrong.annotations


def test_labels_named_on_the_page_exist() -> None:
    page = PAGE.read_text(encoding="utf-8")
    named = re.findall(r"`(COUNT|FEE|RATE|NONE) ([a-z_.]+)`", page)
    assert named
    assert [name for kind, name in named if name != OTHER and scheme().faults(Label(SpanType(kind), name))] == []


@given(label=labels(), words=st.text(alphabet="公开12条 ,", min_size=1).filter(str.strip), around=st.text(alphabet="共，。"))
def test_an_example_gives_back_its_words_and_label(label: Label, words: str, around: str) -> None:
    detail = f" {label.indicator or OTHER} {label.scope}" if label.type in QUANTITIES else ""
    doc = parse_example(f"{around}{BREAK}⟦{words} {label.type}{detail}⟧{around}")
    assert doc.text == f"{around}\n{words}{around}"
    assert [(doc.words(mark), mark.label) for mark in doc.annotations] == [(words, label)]


def test_a_number_links_quantity_and_name_whatever_their_order() -> None:
    doc = parse_example("⟦网站 CHANNEL #1⟧⟦3条 COUNT proactive.total #1⟧，⟦2条 COUNT proactive.total #2⟧为⟦公告 CATEGORY #2⟧")
    assert _linked(doc) == [("3条", "网站"), ("2条", "公告")]


def _linked(doc: AnnotatedDocument) -> list[tuple[str, str]]:
    return [(doc.words(doc.annotations[one]), doc.words(doc.annotations[other])) for one, other in doc.links]


@pytest.mark.parametrize(("line", "fault"), [
    ("⟦3条 COUNT proactive.totl⟧", "no indicator"),
    ("⟦3条 COUNT⟧", "needs an indicator"),
    ("⟦3条 COUNT fees.search⟧", "cannot be"),
    ("⟦申请 NONE other⟧", "needs an indicator"),
    ("⟦3条 COUNT proactive.total sometimes⟧", "no scope"),
    ("⟦3条 PERSON⟧", "PERSON"),
    ("⟦3条 COUNT proactive.total", "bracket"),
    ("⟦3条 COUNT proactive.total #1⟧", "link"),
])
def test_an_example_that_cannot_stand_is_refused(line: str, fault: str) -> None:
    with pytest.raises(AnnotationError, match=fault):
        parse_example(line)
