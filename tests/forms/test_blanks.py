"""Blank cells of which the words leave no trace: digits are not cut to fill the row."""

import pytest

from infer.forms import FormCell, read_forms
from tests.forms.made import document
from tests.forms.test_blank_totals import LABELS

SECTION = (
    "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章{regulations}\n行政规范性文件{normative}\n"
    "第二十条第（五）项信息内容本年处理决定数量行政许可12\n"
)
SECTION_2019 = (
    "第二十条第（一）项信息内容本年新制作数量本年新公开数量对外公开总数量规章{regulations}规范性文件{normative}"
    "第二十条第（五）项信息内容上一年项目数量本年增/减处理决定数量行政许可{licensing}其他对外管理服务事项000"
)


def read(text: str, indicator: str) -> list[FormCell]:
    return [cell for cell in read_forms(document(text)).cells if cell.indicator.startswith(indicator)]


def are_open(cells: list[FormCell]) -> bool:
    return bool(cells) and all(cell.value is None and cell.ambiguous for cell in cells)


@pytest.mark.parametrize("row", [" 38  38", " 38 38", "38   38 ", "1  6 \t"])
def test_a_row_with_gaps_is_not_cut_because_another_is_run_together(row: str) -> None:
    text = SECTION.format(regulations="000", normative=row)
    assert are_open(read(text, "documents.normative"))
    assert [cell.value for cell in read(text, "documents.regulations")] == [0, 0, 0]


@pytest.mark.parametrize("row", ["241  5    246", " 241 5 246", " 1200     1200"])
def test_applicants_with_gaps_keep_their_total(row: str) -> None:
    text = "".join(f"{label}{row if name in ('new', 'total') else '0000000'}\n" for label, name in LABELS)
    *parts, total = read(text, "requests.new")
    assert are_open(parts)
    assert total.value == int(row.split()[-1])


def test_a_row_too_short_for_its_cells_shows_that_others_may_be() -> None:
    text = SECTION_2019.format(regulations="000", normative="000", licensing="52")
    assert are_open(read(text, "licensing"))
    short = SECTION_2019.format(regulations="000", normative="617", licensing="52")
    assert are_open(read(short, "documents.normative"))
    assert [cell.value for cell in read(short, "documents.regulations")] == [0, 0, 0]
    full = SECTION_2019.format(regulations="000", normative="617", licensing="5290")
    assert [cell.value for cell in read(full, "documents.normative")] == [6, 1, 7]


PURCHASES = "第二十条第（九）项信息内容采购项目数量采购总金额政府集中采购{procurement}三、收到和处理政府信息公开申请情况"


@pytest.mark.parametrize("absent", ["无", "不适用", "不涉及", "无此项"])
def test_words_of_absence_run_into_numbers_are_cells(absent: str) -> None:
    text = SECTION_2019.format(regulations=absent * 3, normative="000", licensing=f"316{absent}{absent}")
    text += PURCHASES.format(procurement=f"84{absent}")
    states = {(None, "not_applicable")}
    assert {(cell.value, cell.state) for cell in read(text, "documents.regulations")} == states
    for indicator, value in (("licensing", 316), ("procurement", 84)):
        first, *others = read(text, indicator)
        assert (first.value, first.ambiguous) == (value, False)
        assert {(cell.value, cell.state) for cell in others} == states


@pytest.mark.parametrize("words", ["84暂无", "84无法统计", "84未统计"])
def test_a_number_before_words_that_are_not_understood_is_not_cut(words: str) -> None:
    text = SECTION_2019.format(regulations="000", normative="000", licensing="5290")
    assert are_open(read(text + PURCHASES.format(procurement=words), "procurement"))


@pytest.mark.parametrize("absent", ["不适用", "不涉及", "无此项", "无"])
@pytest.mark.parametrize("gap", ["\n", " ", ""])
def test_rows_of_nothing_but_words_of_absence_are_rows(absent: str, gap: str) -> None:
    text = "\n".join(f"{label}{gap}{gap.join([absent] * 7)}" for label, _ in (*LABELS[:5], ("3.其他", ""), *LABELS[5:]))
    cells = read(text, "requests.")
    assert {(cell.value, cell.state) for cell in cells} == {(None, "not_applicable")}
    assert len(cells) == 7 * (len(LABELS) + 1)


def test_applicants_too_short_for_their_cells_show_that_others_may_be() -> None:
    # 42|61|||53|11|167 adds up as 4|2|6|153|1|1|167 alone; beside a row that is 66||||||66 no cut is certain.
    heads = "结果维持结果纠正其他结果尚未审结总计"
    disputes = f"四、政府信息公开行政复议、行政诉讼情况行政复议行政诉讼{heads}未经复议直接起诉复议后起诉{heads}{heads}301010617174490五、存在"
    rows = {"new": "42615311167", "granted": "6666", "total": "42615311167", "out": "0000000"}
    text = "".join(label + rows.get(name, "0000000") for label, name in LABELS) + disputes
    assert are_open(read(text, "requests.new"))
    assert are_open(read(text, "litigation"))
    assert [cell.value for cell in read(text, "requests.carried_in")] == [0] * 7


@pytest.mark.parametrize("gap", ["\n", " "])
def test_an_entity_that_was_not_decoded_is_a_blank(gap: str) -> None:
    rows = {"new": ["5", "1", *["&nbsp;"] * 4, "6"], "out": ["&nbsp;"] * 7}
    text = "\n".join(f"{label}{gap}{gap.join(rows.get(name, ['0'] * 7))}" for label, name in LABELS)
    assert {cell.state for cell in read(text, "requests.carried_out")} == {"blank"}
    assert read(text, "requests.new")[-1].value == 6
