"""统计表 of 2014 and the provincial editions: columns by their heads, measure words, sums."""

import pytest

from infer.forms import FormCell, Hints, read_forms
from report.document import Cell, Document, Table
from tests.forms.made import document

ROWS = (
    ("一、主动公开情况", "—", ""),
    ("（一）主动公开政府信息数（不同渠道和方式公开相同信息计1条）", "条", "431"),
    ("其中：主动公开规范性文件数", "条", "12"),
    ("制发规范性文件总数", "件", ""),
    ("（二）通过不同渠道和方式公开政府信息的情况", "—", "455"),
    ("1．政府公报公开政府信息数", "条", "0"),
    ("2．政府网站公开政府信息数", "条", "431"),
    ("3．政务微博公开政府信息数", "条", "-"),
    ("4．政务微信公开政府信息数", "条", "24"),
    ("5．其他方式公开政府信息数", "条", "/"),
    ("七、依申请公开信息收取的费用", "万元", "0.35"),
    ("（四）政府信息公开专项经费（不包括用于政府公报编辑管理及政府网站建设维护等方面的经费）", "万元", "2.5"),
)
EXPECTED = {
    "proactive.total": (431, "value"),
    "proactive.normative_documents": (12, "value"),
    "documents.normative.issued": (None, "blank"),
    "proactive.all_channels": (455, "value"),
    "proactive.total gazette": (0, "zero"),
    "proactive.total website": (431, "value"),
    "proactive.total weibo": (None, "dash"),
    "proactive.total wechat": (24, "value"),
    "proactive.total other": (None, "slash"),
    "fees.collected": (3500, "value"),
    "funds.special": (25000, "value"),
}
SHORT = (
    "岚溪县2016年主动公开政府信息3215条。指标名称计量单位2016年度历年累计主动公开文件数条321580771其中：1、政府网站公开数条321580771"
    "2、政府公报公开数条00受理依申请公开信息总数条2121其中：1、当面申请数条18182、网上申请数条003、信函、传真申请数条33对申请的答复总数条2121"
    "其中：1、同意公开答复数条17172、同意部分公开答复数条223、不予公开答复数条22政府信息公开收费减免金额元00行政复议数件00行政诉讼数件00附件下载"
)


def named(cells: tuple[FormCell, ...]) -> dict[str, tuple[int | float | None, str]]:
    return {" ".join([cell.indicator, *cell.by.values()]): (cell.value, cell.state) for cell in cells}


def grid(rows: list[tuple[str, ...]]) -> Document:
    text, cells = "附件\n政府信息公开情况统计表\n", []
    for number, row in enumerate(rows):
        for column, words in enumerate(row):
            cells.append(Cell(row=number, column=column, start=len(text), end=len(text) + len(words)))
            text += words + "\n"
    return document(text, (Table(id=0, start=cells[0].start, end=cells[-1].end, cells=tuple(cells)),))


@pytest.mark.parametrize("gap", ["\n", "\n\t", " ", "\n\n"])
def test_one_cell_a_line(gap: str) -> None:
    text = "统计表" + gap + gap.join(("统计指标", "单位", "统计数", *(words for row in ROWS for words in row))) + gap
    readings = read_forms(document(text))
    assert named(readings.cells) == EXPECTED
    assert readings.form == "2014"


def test_a_grid() -> None:
    doc = grid([("统计指标", "单位", "统计数"), *ROWS])
    cells = read_forms(doc).cells
    assert named(cells) == EXPECTED
    assert all(cell.table == 0 and cell.column == 2 for cell in cells)


def test_run_together() -> None:
    rows = [row for row in ROWS if row[2] not in ("-", "/")]
    text = "统计指标单位统计数" + "".join("".join(row) for row in rows)
    cells = named(read_forms(document(text)).cells)
    assert cells == {key: value for key, value in EXPECTED.items() if key in cells}
    assert len(cells) == len(rows) - 1


def test_columns_of_offices() -> None:
    doc = grid(
        [
            ("序号", "统计指标", "单位", "区政府", "区直单位", "合计"),
            *(
                (str(n), label, unit, "----" if unit == "—" else "1", "2", "3")
                for n, (label, unit, _) in enumerate(ROWS, 1)
                if unit != "—"
            ),
        ]
    )
    cells = [cell for cell in read_forms(doc).cells if cell.indicator == "proactive.normative_documents"]
    assert [(dict(cell.by), cell.value) for cell in cells] == [
        ({"subunit": "区政府"}, 1),
        ({"subunit": "区直单位"}, 2),
        ({}, 3),
    ]


def test_a_column_of_codes_is_none_of_numbers() -> None:
    doc = grid(
        [
            ("指标", "计量单位", "代码", "本期实际", "本年累计"),
            *((label, unit, f"{n:02}", "4", "5") for n, (label, unit, _) in enumerate(ROWS) if unit != "—"),
        ]
    )
    assert {
        (cell.value, tuple(cell.by))
        for cell in read_forms(doc).cells
        if cell.indicator == "proactive.normative_documents"
    } == {(5, ())}


def test_an_unfilled_form_is_blank() -> None:
    doc = grid([("统计指标", "单位", "统计数"), *((label, unit, "") for label, unit, _ in ROWS)])
    assert {cell.state for cell in read_forms(doc).cells} == {"blank"}


def test_the_provincial_edition_run_together() -> None:
    cells = named(read_forms(document(SHORT)).cells)
    assert cells["proactive.total"] == (3215, "value")
    assert cells["proactive.total cumulative"] == (80771, "value")
    assert cells["proactive.total website"] == (3215, "value")
    assert cells["requests.new in_person"] == (18, "value")
    assert cells["requests.granted cumulative"] == (17, "value")
    assert cells["litigation.total cumulative"] == (0, "zero")
    assert read_forms(document(SHORT)).form == "2014"


def test_without_the_text_the_first_row_stays_open() -> None:
    bare = SHORT.partition("。")[2]
    cells = {(cell.indicator, *cell.by.values()): cell for cell in read_forms(document(bare)).cells}
    assert cells["proactive.total",].value is None
    assert {reading.value for reading in cells["proactive.total",].alternatives} >= {321, 3215}
    hinted = read_forms(document(bare), hints=Hints({"proactive.total": (3215,)}))
    assert named(hinted.cells)["proactive.total cumulative"] == (80771, "value")


def test_separated_columns_need_no_identity() -> None:
    text = "指标名称 计量单位 2014年度 历年累计 主动公开信息数 条 20 6912106 其中：1.网站公开 条 3 4 受理依申请公开信息总数 条 9 8 行政复议数 件 1 - 行政诉讼数 件 0 2 "
    cells = named(read_forms(document(text)).cells)
    assert cells["proactive.total cumulative"] == (6912106, "value")
    assert cells["requests.new"] == (9, "value")
    assert cells["reconsideration.total cumulative"] == (None, "dash")
