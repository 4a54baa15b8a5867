"""Sheets as spreadsheets write them."""
import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infer.reviewing import BadCorrections
from infer.reviewing.cells import BadCell
from infer.reviewing.rows import cells_of, correction_of
from infer.reviewing.sheet import guarded, read_sheet, unguarded, write_sheet
from tests.reviewing.made import correction, reading, town

HEAD = "action,start,end,words,text_sha256"
HASH = "ab" * 32


@given(st.text())
def test_a_guarded_cell_is_harmless_and_comes_back(cell: str) -> None:
    assert not guarded(cell).startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    assert unguarded(guarded(cell)) == cell


@given(st.lists(st.fixed_dictionaries({name: st.text(st.characters(codec="utf-8"))
                                       for name in ("note", "words", "dimensions", "document")}), max_size=4))
def test_any_cells_come_back(rows: list[dict[str, str]]) -> None:
    held = [{**row, "action": "add"} for row in rows]
    sheet = read_sheet(b"".join(write_sheet(held)))
    assert [{name: cells[name] for name in held[0]} for _, cells in sheet.rows if cells] == held
    assert [number for number, _ in sheet.rows] == list(range(2, len(held) + 2))


def test_it_opens_in_a_spreadsheet_as_utf8_and_no_cell_is_a_formula() -> None:
    data = b"".join(write_sheet([{"words": "=cmd|'/c calc'!A1", "note": "@x", "value": "-5", "dimensions": "+1"}]))
    assert data.startswith(b"\xef\xbb\xbf")
    assert b"\r\n" in data
    for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
        assert not [cell for cell in row if cell[:1] in set("=+-@")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_every_encoding_and_separator_of_spreadsheets_is_read(encoding: str, separator: str, end: str) -> None:
    lines = (HEAD, f"删除,1,3,数量,{HASH}")
    sheet = read_sheet((end.join(lines) + end).replace(",", separator).encode(encoding))
    (number, cells), = sheet.rows
    assert number == 2
    assert cells == {"action": "删除", "start": "1", "end": "3", "words": "数量", "text_sha256": HASH}


def test_chinese_heads_do_as_well_and_unknown_ones_are_named() -> None:
    sheet = read_sheet(f"操作,起,止,原文,SHA256,页码\n改,1,3,数量,{HASH},7\n,,,,,\n".encode())
    assert sheet.unknown == ("页码",)
    assert sheet.rows[0][1] == {"action": "改", "start": "1", "end": "3", "words": "数量", "sha256": HASH}
    assert len(sheet.rows) == 1


@pytest.mark.parametrize(("data", "reason"), [
    (b"", "empty"), (b"PK\x03\x04rest", "workbook"), (b"\xff\xfe\x00", "encoding"), (b"\x81", "encoding"),
    (b"a,b\n1,2\n", "no column action and no start"), (f"{HEAD},action\n".encode(), "action stands twice"),
    (b"action,start,end,words\n", "no column sha256 or text_sha256"), (f'{HEAD}\nadd,"1'.encode(), "no CSV"),
])
def test_what_is_no_sheet_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BadCorrections, match=reason):
        read_sheet(data)


def test_a_row_with_too_many_cells_is_none() -> None:
    assert read_sheet(f"{HEAD}\nadd,1,2,a,{HASH},oops\n".encode()).rows == ((2, None),)


def row(**changed: str) -> dict[str, str]:
    """A sound row, changed."""
    made = correction(town(), "310条", reading=reading(), sha256="cd" * 32)
    return {**cells_of(made), **changed}


@pytest.mark.parametrize(("changed", "value"), [
    ({"value": "310"}, 310), ({"value": "３１０"}, 310), ({"value": "1,310"}, 1310), ({"value": " 310.0 "}, 310),
    ({"value": "1.2万"}, 12_000), ({"value": "0", "state": ""}, 0), ({"value": "", "state": "空白"}, None),
    ({"indicator": "fees.collected", "value": "2.5", "unit": "万元", "state": ""}, 25_000),
    ({"indicator": "fees.collected", "value": "2.5", "unit": "", "state": ""}, 2.5),
    ({"indicator": "", "counted": "按时办结率", "value": "99.98%", "unit": "1"}, 0.9998),
    ({"indicator": "", "counted": "按时办结率", "value": "99.98", "unit": "%"}, 0.9998),
])
def test_numbers_are_read_as_people_write_them(changed: dict[str, str], value: float | None) -> None:
    found = correction_of(row(**changed), "r")
    assert found is not None
    assert found.reading is not None
    assert found.reading.value == pytest.approx(value)


@pytest.mark.parametrize(("changed", "reason"), [
    ({"value": "1.5E+11"}, "value: the spreadsheet shortened it to 1.5E+11"),
    ({"value": "3月5日"}, "value: the spreadsheet made a date of it"),
    ({"value": "5-Mar"}, "value: the spreadsheet made a date of it"),
    ({"value": "2026/3/5"}, "value: the spreadsheet made a date of it"),
    ({"value": "#####"}, "value: the spreadsheet wrote ##### in its place"),
    ({"value": "1,13"}, "value: '1,13' is no number"), ({"value": "1.130"}, "is a count, and 1.13 is not whole"),
    ({"value": "三百"}, "is no number"), ({"value": "310", "unit": "件"}, "unit: it is counted in 条, not in 件"),
    ({"value": "1" * 16}, "is no number"), ({"value": "310%"}, "counted in 条, not in %"),
    ({"value": "310", "state": "blank"}, "state: blank and value 310 contradict"),
    ({"value": "0", "state": "value"}, "state: value and value 0 contradict"),
    ({"value": "", "state": "value"}, "state: value and no value contradict"),
    ({"value": "", "state": ""}, "value and state are both empty"),
    ({"value": "", "state": "blank", "qualifier": "about"}, "qualifier: about without a value"),
    ({"sha256": "1.2E+15"}, "sha256: the spreadsheet shortened it"), ({"sha256": "abc"}, "not 64 hexadecimal"),
    ({"sha256": "", "text_sha256": ""}, "it is not said which document"),
    ({"start": "1E+3"}, "start: the spreadsheet shortened it"), ({"start": ""}, "start is empty"),
    ({"start": "99", "end": "98"}, "end: 98 comes before start, 99"),
    ({"end": "9-Mar"}, "end: the spreadsheet made a date"),
    ({"indicator": "proactive.sum"}, "indicator: no proactive.sum in the vocabulary"),
    ({"dimensions": "applicant=enterprise"}, "proactive.total is not split by applicant"),
    ({"dimensions": "channel=radio"}, "channel=radio is none of"), ({"dimensions": "website"}, "is no NAME=KEY"),
    ({"dimensions": "period=always"}, "period=always is none of"),
    ({"dimensions": "channel=website; channel=weibo"}, "channel stands twice"),
    ({"scope": "aggregate"}, "figures of scope aggregate are no indicator's"),
    ({"scope": "cumulative"}, "the dimensions do not say period=cumulative"), ({"scope": "mine"}, "'mine' is none of"),
    ({"action": "keep"}, "action: 'keep' is none of confirm, change"), ({"date": "3/5/26"}, "date: '3/5/26' is no day"),
    ({"date": "2026-02-30"}, "is no day"), ({"place": "cell"}, "place: 'cell' is none of"),
    ({"part_of": "12"}, "part_of: '12' is no START-END"),
])
def test_what_cannot_stand_is_refused_by_its_column(changed: dict[str, str], reason: str) -> None:
    with pytest.raises(BadCell, match=re.escape(reason)):
        correction_of(row(**changed), "r")


def test_offsets_hashes_and_days_survive_a_spreadsheet() -> None:
    found = correction_of(row(start="1,045", end="１０４９", sha256="CD" * 32, date="2026年3月5日"), "r")
    assert found is not None
    assert (found.start, found.end, found.sha256, found.date) == (1045, 1049, "cd" * 32, "2026-03-05")


def test_names_of_the_vocabulary_may_be_chinese() -> None:
    found = correction_of(row(action="补充", indicator="主动公开政府信息数", dimensions="channel＝政府网站", state="数"), "r")
    assert found is not None
    assert found.reading is not None
    assert (found.action, found.reading.indicator, found.reading.by) == (
        "add", "proactive.total", (("channel", "website"),))


def test_names_of_parts_keep_their_commas() -> None:
    found = correction_of(row(dimensions="category=政策、规划；计划; subunit=甲村,乙村"), "r")
    assert found is not None
    assert found.reading is not None
    assert found.reading.by == (("category", "政策、规划；计划"), ("subunit", "甲村,乙村"))


def test_a_row_says_change_exactly_where_it_was_changed() -> None:
    made = correction(town(), "310条", reading=reading())
    read = f"{made.start}-{made.end} {made.reading}"
    assert correction_of(row(action="confirm", read=read), "r") is not None
    assert correction_of(row(action="change", value="31", read=read), "r") is not None
    with pytest.raises(BadCell, match="confirm, but the row was changed"):
        correction_of(row(action="confirm", value="31", read=read), "r")
    with pytest.raises(BadCell, match="change, but nothing is changed"):
        correction_of(row(action="change", read=read), "r")


def test_every_correction_comes_back_from_its_row() -> None:
    made = correction(
        town(), "310条", action="label", sha256="cd" * 32, place="text", part_of=(3, 9), note="-5", document="=a.txt",
        reading=reading(by={"category": "甲; 乙", "channel": "website"}, qualifier="about"))
    data = b"".join(write_sheet([cells_of(made)]))
    cells = read_sheet(data).rows[0][1]
    assert cells is not None
    assert correction_of(cells, made.origin) == made
