"""Rendered forms: every cell where it is said to be, and read back as what it says."""
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.errors import AnnotationError
from annotations.synthetic.layouts import LAYOUTS, CellFact, FormValues, Layout, Look, Rendered, draw_look, render
from annotations.synthetic.layouts.values import By, FormName, Nothing, Number
from annotations.synthetic.layouts.wording import wordings
from infer.forms import FormCell, read_forms
from infer.read import read
from report.document import Document
from report.forms import forms
from tests.annotations.synthetic.filled import filled, seeded
from tests.conftest import Golden

GOLDENS = Path(__file__).parent / "goldens"
FORMS: tuple[FormName, ...] = get_args(FormName)
APART: tuple[Layout, ...] = ("grid", "pipes", "mixed", "lines", "tabs", "spaces")
NOTHING: tuple[Nothing, ...] = ("0", "-", "/", "无", "不适用", "", "&nbsp;")
MARKED_NOTHING: tuple[Nothing, ...] = ("0", "-", "/", "无")
BEFORE = "岚溪县人民政府政府信息公开工作年度报告。全年主动公开各类信息，办理情况如下。"
AFTER = "五、存在的主要问题及改进情况\n下一步将抓好落实。"
Key = tuple[str, By]
seeds = st.integers(0, 10**6)


def page(made: Rendered) -> Document:
    """The form between sentences, as read from a file."""
    if made.is_html:
        html = f"<html><meta charset=utf-8><body><p>{BEFORE}</p>{made.text}<p>{AFTER}</p></body></html>"
        return read(html.encode(), name="report.html")
    return read(f"{BEFORE}\n{made.text}\n{AFTER}".encode(), name="report.txt")


def cells_of(doc: Document) -> dict[Key, list[FormCell]]:
    found: dict[Key, list[FormCell]] = {}
    for cell in read_forms(doc).cells:
        found.setdefault((cell.indicator, tuple(sorted(cell.by.items()))), []).append(cell)
    return found


def number(value: float | Decimal | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def misread(facts: tuple[CellFact, ...], doc: Document) -> list[tuple[CellFact, list[FormCell]]]:
    """Facts of which no cell that was read has value and state."""
    found = cells_of(doc)
    return [
        (fact, found.get((fact.indicator, fact.by), []))
        for fact in facts
        if not any(
            number(cell.value) == number(fact.value) and cell.state == fact.state
            for cell in found.get((fact.indicator, fact.by), [])
        )
    ]


def wrong(facts: tuple[CellFact, ...], doc: Document) -> list[tuple[CellFact, list[FormCell]]]:
    """Facts that were read as another number, and with certainty."""
    return [
        (fact, cells)
        for fact, cells in misread(facts, doc)
        if any(cell.value is not None and not cell.ambiguous for cell in cells)
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_golden(layout: Layout, form: FormName, golden: Golden) -> None:
    made = render(filled(form, seeded(7)), layout, seeded(7))
    golden(GOLDENS / f"{form}_{layout}.{'html' if made.is_html else 'txt'}", made.text)


@given(seed=seeds, form=st.sampled_from(FORMS), layout=st.sampled_from(LAYOUTS[1:]))
def test_every_cell_stands_where_it_is_said_to_stand(seed: int, form: FormName, layout: Layout) -> None:
    random = seeded(seed)
    zero = random.choice(NOTHING)
    made = render(filled(form, random, zero=zero), layout, random, look=draw_look(random, form))
    places = [(fact.start, fact.end) for fact in made.cells if fact.start is not None and fact.end is not None]
    assert len(places) == len(made.cells)
    assert [made.text[start:end] for start, end in places] == [fact.words for fact in made.cells]
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    assert all((start == end) == (fact.state == "blank") for (start, end), fact in zip(places, made.cells, strict=True))


@settings(max_examples=60)
@given(seed=seeds, form=st.sampled_from(FORMS))
def test_a_grid_is_read_back_whatever_it_looks_like(seed: int, form: FormName) -> None:
    random = seeded(seed)
    values = filled(form, random, zero=random.choice((*MARKED_NOTHING, "", "&nbsp;")))
    made = render(values, "grid", random, look=draw_look(random, form))
    assert misread(made.cells, page(made)) == []


@settings(max_examples=120)
@given(seed=seeds, form=st.sampled_from(FORMS), layout=st.sampled_from(APART))
def test_cells_that_stand_apart_are_read_back(seed: int, form: FormName, layout: Layout) -> None:
    random = seeded(seed)
    look = replace(draw_look(random, form), totals=True, numbered="none", split_words=0.0)
    made = render(filled(form, random, zero=random.choice(MARKED_NOTHING)), layout, random, look=look)
    assert misread(made.cells, page(made)) == []


@settings(max_examples=120)
@given(seed=seeds, form=st.sampled_from(FORMS), layout=st.sampled_from(("run_together", "page_split")))
def test_what_is_read_with_certainty_is_right(seed: int, form: FormName, layout: Layout) -> None:
    random = seeded(seed)
    look = replace(draw_look(random, form), totals=True, numbered="none", commas=False)
    made = render(filled(form, random), layout, random, look=look)
    assert wrong(made.cells, page(made)) == []


def test_the_words_that_the_reader_takes_are_those_of_the_cell() -> None:
    made = render(filled("2021", seeded(3)), "lines", seeded(3))
    doc = page(made)
    shift = len(BEFORE) + 1
    places = {key: (cells[0].start - shift, cells[0].end - shift) for key, cells in cells_of(doc).items()}
    assert all(places[fact.indicator, fact.by] == (fact.start, fact.end) for fact in made.cells)


def test_wordings_are_those_of_the_forms() -> None:
    known = {words for table in forms().tables for element in table.elements for words in element.words}
    notes = "|".join(note.replace("#", r"\d+") for note in forms().notes)
    for words, printed in wordings().words.items():
        letters = re.sub(notes, "", "".join(letter for letter in printed if letter.isalnum()))
        assert words in known
        assert letters == words
    firsts = {table.id: {element.words[0] for element in table.elements} for table in forms().tables}
    for table, wording in wordings().tables.items():
        assert set(wording.prefix) | set(wording.usual) <= firsts[table]
        assert set(wording.usual.values()) <= known
    rows = [row for _, edition in wordings().editions for row in edition]
    assert {row.official for row in rows} <= firsts["statistics_short"]
    assert {row.words for row in rows} <= known


@pytest.mark.parametrize(
    ("zero", "state"),
    [("0", "zero"), ("", "blank"), ("&nbsp;", "blank"), ("-", "dash"), ("/", "slash"), ("无", "not_applicable")],
)
def test_how_an_office_prints_nothing_is_the_state_of_its_cells(zero: Nothing, state: str) -> None:
    values = filled("2021", seeded(1), zero=zero)
    nothing = {key for key, value in values.cells.items() if value == 0}
    facts = {(fact.indicator, fact.by): fact for fact in render(values, "lines", seeded(1)).cells}
    assert {facts[key].state for key in nothing} == {state}
    assert {facts[key].value for key in nothing} == {0 if state == "zero" else None}


@pytest.mark.parametrize(
    ("look", "words"),
    [
        (Look(), "采购总金额\n\n政府集中采购\n\n4\n\n86500元"),
        (Look(money="cell_wan"), "采购总金额\n\n政府集中采购\n\n4\n\n8.65万元"),
        (Look(money="head", places=4), "采购总金额（单位：万元）\n\n政府集中采购\n\n4\n\n8.6500"),
        (Look(money="bare"), "采购总金额\n\n政府集中采购\n\n4\n\n86500"),
    ],
)
def test_where_the_unit_of_money_stands(look: Look, words: str) -> None:
    cells: Mapping[tuple[str, By], Number] = {("procurement.items", ()): 4, ("procurement.amount", ()): 86500}
    values = FormValues(form="2019", year=2020, cells=cells)
    text = render(values, "lines", seeded(3), look=look, parts=("disclosure",)).text
    assert words in re.sub(r"\n+", "\n\n", text)


def test_a_column_for_each_office() -> None:
    offices: tuple[tuple[str, By], ...] = (
        ("区政府", (("subunit", "区政府"),)), ("乡镇街道", (("subunit", "乡镇街道"),)), ("合计", ()),
    )
    cells = {("complaints.total", by): value for (_, by), value in zip(offices, (2, 5, 7), strict=True)}
    values = FormValues(form="2014", year=2016, cells=cells, columns=offices)
    made = render(values, "grid", seeded(1), look=Look(numbered="sequence"))
    found = cells_of(page(made))
    assert [found["complaints.total", by][0].value for _, by in offices] == [2, 5, 7]


@pytest.mark.parametrize(
    ("look", "heads", "row"),
    [
        (Look(), "| 统计指标 | 单位 | 统计数 |", "| 六、举报投诉数量 | 件 | 7 |"),
        (Look(drift=1.0), " | 计量单位 | 数量 |", "| 六、举报投诉数 | 件 | 7 |"),
        (Look(numbered="sequence"), "| 序号 | 统计指标 | 单位 | 统计数 |", "| 53 | 六、举报投诉数量 | 件 | 7 |"),
        (
            Look(numbered="codes"), "| 统计指标 | 单位 | 代码 | 本期实际 | 本年累计 |",
            "| 六、举报投诉数量 | 件 | 53 | 7 | 7 |",
        ),
    ],
)
def test_the_heads_of_the_national_table(look: Look, heads: str, row: str) -> None:
    values = FormValues(form="2014", year=2016, cells={("complaints.total", ()): 7})
    made = render(values, "pipes", seeded(1), look=look)
    assert heads in made.text
    assert row in made.text
    assert misread(made.cells, page(made)) == []
    assert len([fact for fact in made.cells if fact.value == 7]) == 1


def test_the_provincial_edition_is_that_of_the_year() -> None:
    def text(year: int) -> str:
        return render(filled("short", seeded(1), year=year), "pipes", seeded(1)).text

    assert "| 其中：1、网站公开数 | 条 |" in text(2010)
    assert "| 2012年度 | 历年累计 |" in text(2012)
    assert "| 3、信函、传真申请数 | 条 |" in text(2016)
    assert "电子邮件" not in text(2016)


def test_one_part_of_a_form_without_its_heading() -> None:
    made = render(filled("2021", seeded(1)), "tabs", seeded(1), look=Look(headings=False), parts=("disputes",))
    assert made.text.startswith("行政复议\t行政诉讼\n")
    assert len(made.cells) == 15
    with pytest.raises(AnnotationError, match="no part disputes"):
        render(filled("2014", seeded(1)), "tabs", seeded(1), parts=("disputes",))
