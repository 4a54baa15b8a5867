"""The official tables: printed words belong to the forms' rows, and every fact of a form has its place."""
from dataclasses import replace

import pytest

from infer.viewing import Prepared, prepare
from infer.viewing.layouts import bare, drawn_forms
from infer.viewing.shown import Shown, ShownTable
from report.facts import Evidence, Fact, Meta, Report
from report.forms import forms
from report.vocabulary import vocabulary
from tests.viewing.made import examples, report


def shown(one: Report) -> Shown:
    prepared = prepare(one)
    assert isinstance(prepared, Prepared), prepared
    return prepared.shown


def placed(tables: tuple[ShownTable, ...]) -> list[int]:
    return [number for table in tables for line in table.lines for cell in line.cells for number in cell]


@pytest.mark.parametrize(("printed", "word"), [
    ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "部分公开区分处理的只计这一情形不计其他情形"),
    ("其中：主要负责同志参加新闻发布会次数", "主要负责同志参加新闻发布会次数"), ("3．危及“三安全一稳定”", "危及三安全一稳定"),
    ("一、主动公开情况", "主动公开情况")])
def test_printed_words_without_number_and_punctuation_are_those_of_the_forms(printed: str, word: str) -> None:
    assert bare(printed) == word


def test_every_table_of_the_forms_is_drawn_with_all_its_cells() -> None:
    drawn = {one.layout.id: one for one in drawn_forms()}
    assert set(drawn) == {table.id for table in forms().tables} - {"disputes_by_row"}
    assert len(drawn["requests"].keys) == 26 * 7
    for table in forms().tables:
        if table.layout in ("columns", "groups") and table.id in drawn:
            assert list(drawn[table.id].keys) == [key for element in table.elements for key in element.cells]


def test_lines_and_heads_are_as_wide_as_each_other() -> None:
    for one in drawn_forms():
        if one.layout.spread or not one.layout.heads:
            continue
        across = sum(head.columns for head in one.layout.heads[0])
        leading = 1 if one.layout.id == "requests" else 0
        assert {across} == {len(line.cells) + leading for line in one.layout.lines if line.cells}


@pytest.mark.parametrize("number", range(len(examples())))
def test_every_stated_cell_of_an_example_stands_in_a_table_or_among_the_loose(number: int) -> None:
    one = shown(examples()[number])
    cells = {at for at, fact in enumerate(one.facts) if fact.form and fact.stated}
    found = placed(one.tables)
    assert cells <= {*found, *one.loose}
    assert not {*found} & {*one.loose}
    assert len(one.loose) == 0


@pytest.mark.parametrize("number", [3, 6, 10, 12])
def test_a_cell_shows_the_fact_of_its_row_and_column(number: int) -> None:
    one = shown(examples()[number - 1])
    drawn = {form.layout.id: form for form in drawn_forms()}
    for table in one.tables:
        form, width = drawn[table.layout], max(len(table.columns), 1)
        for line in table.lines:
            numbers = form.layout.lines[line.line].cells
            for at, cell in enumerate(line.cells):
                key = form.keys[numbers[at // width]]
                for fact in (one.facts[found] for found in cell):
                    assert fact.indicator == key.indicator
                    assert dict(key.by).items() <= dict(fact.by).items() or dict(key.by) == {"applicant": "total"}


def test_columns_of_a_report_are_those_of_its_offices() -> None:
    one = shown(examples()[3])
    assert [zh for zh, _ in one.tables[0].columns] == ["区政府", "区直单位", "乡镇街道"]
    short = shown(examples()[4])
    assert [pair for table in short.tables for pair in table.columns] == [
        ("统计数", "Figure"), ("历年累计", "since the beginning")]


def test_rows_that_state_the_same_share_their_facts() -> None:
    text = "信函、传真申请数 3 申诉数 4 诉讼举报数 5"
    facts = [replace(cell(text, "3"), id="f1", indicator="requests.new", by={"mode": "letter"},
                     reason="信函、传真申请数 is one figure for letter and fax"),
             replace(cell(text, "4"), id="f2", indicator="complaints.total"),
             replace(cell(text, "5"), id="f3", indicator="complaints.total")]
    one = shown(report(text, facts, meta=Meta(form="2014")))
    layout = next(drawn.layout for drawn in drawn_forms() if drawn.layout.id == one.tables[0].layout)
    found = {layout.lines[line.line].words[0]: [one.facts[at].id for at in line.cells[0]]
             for line in one.tables[0].lines}
    assert found == {"信函、传真申请数": ["f1"], "接受行政诉讼、举报数": ["f2"], "行政申诉数": ["f3"]}


def cell(text: str, quote: str) -> Fact:
    start = text.index(quote)
    return Fact(id=quote, indicator=None, value=int(quote), unit="件", state="value", method="table", confidence=1.0,
                evidence=Evidence(start=start, end=start + 1, text=quote))


def test_other_handling_is_a_row_in_one_edition_and_a_head_in_the_other() -> None:
    old, new = (next(table for table in shown(examples()[at]).tables if table.layout == "requests") for at in (6, 7))
    assert len(new.lines) == len(old.lines) + 3
    assert sum(not line.cells for line in new.lines) == sum(not line.cells for line in old.lines) + 1


def test_a_cell_of_no_official_table_is_loose() -> None:
    text = "无名之格 7"
    odd = Fact(id="f1", indicator="visits.total", value=7, unit="人次", state="value", method="table", confidence=1.0,
               evidence=replace(examples()[0].facts[0].evidence, start=5, end=6, text="7"))
    one = shown(report(text, [odd], meta=Meta(form="2021")))
    assert one.tables == ()
    assert one.loose == (0,)


def test_both_readings_of_a_cell_stand_in_it_the_stated_one_first() -> None:
    text = "新收 12 自然人"
    taken = Fact(id="f1", indicator="requests.carried_in", by={"applicant": "total"}, value=None, unit="件",
                 state="unreadable", method="table", confidence=0.3, ambiguous=True, reading_of="f1",
                 evidence=replace(examples()[0].facts[0].evidence, start=3, end=5, text="12"))
    lost = replace(taken, id="f2", value=12, state="value", status="alternative", ambiguous=False)
    one = shown(report(text, [lost, taken], meta=Meta(form="2021")))
    cell = next(cell for line in one.tables[0].lines for cell in line.cells if cell)
    assert [one.facts[at].id for at in cell] == ["f1", "f2"]
    assert "requests.carried_in" in vocabulary()
