"""Tables whose heads are lost, doubled, cut or beside other columns: read where the numbers prove it, else left."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infer.forms import FormCell, read_forms
from tests.forms.made import AFTER, BEFORE, Form, document, make_form, seeded

HEADING = "四、政府信息公开行政复议、行政诉讼情况"
COLUMNS = "结果维持 结果纠正 其他结果 尚未审结 总计"
FIFTEEN = ("4", "1", "0", "2", "7", "9", "0", "1", "0", "10", "0", "0", "3", "0", "3")
seeds = st.integers(0, 10**6)
ROWS_2019: dict[str, tuple[int | str, ...]] = {
    "规章": (0, 0, 0),
    "规范性文件": (6, 5, 44),
    "行政许可": (31, -2, 907),
    "其他对外管理服务事项": (8, 0, 76),
    "行政处罚": (120, 4, 38),
    "行政强制": (15, 0, 2),
    "行政事业性收费": (3, -1),
    "政府集中采购": (5, "86.42万元"),
}


def cells_of(text: str, indicator: str) -> list[FormCell]:
    return [cell for cell in read_forms(document(text)).cells if cell.indicator.startswith(indicator)]


def numbers(text: str, indicator: str) -> list[int | float | None]:
    return [cell.value for cell in cells_of(text, indicator)]


def disputes(text: str) -> list[int | float | None]:
    return numbers(text, "reconsideration") + numbers(text, "litigation")


@pytest.mark.parametrize(
    "heading",
    [
        HEADING,
        HEADING + "：",
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "四、行政复议和行政诉讼情况",
        "四、复议、诉讼情况（单位：件）",
        HEADING + "\n" + COLUMNS,
        COLUMNS,
        "|" + COLUMNS.replace(" ", "|") + "|",
        HEADING + COLUMNS.replace(" ", ""),
        HEADING + "\n行政复议\n行政诉讼\n" + COLUMNS,
    ],
)
@pytest.mark.parametrize("gap", [" ", "\n", "\t", "|", "，", ",", "、", ""])
def test_fifteen_numbers_under_the_heading_are_the_disputes(heading: str, gap: str) -> None:
    row = gap.join(FIFTEEN)
    text = f"五件事。\n{heading}\n{'|' + row + '|' if gap == '|' else row}\n五、存在的主要问题及改进情况\n"
    assert disputes(text) == [int(words) for words in FIFTEEN]
    assert all(not cell.ambiguous and cell.confidence > 0.9 for cell in cells_of(text, "reconsideration"))


@pytest.mark.parametrize(
    "row",
    [
        "0 " * 14,
        "0 " * 16,
        "0" * 14,
        "0" * 16,
        "无",
        "12 3 4",
        "本年度未发生行政复议和行政诉讼案件 0 0",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
        "321000000000000",
        "2011 12 13",
    ],
)
def test_other_numbers_under_the_heading_are_not(row: str) -> None:
    assert disputes(f"{HEADING}\n{row}\n五、存在的主要问题及改进情况") == []


def test_numbers_apart_that_do_not_add_up_stand_but_less_certain() -> None:
    row = "4 1 0 2 9 0 0 0 0 0 0 0 0 0 0"
    cells = cells_of(f"{HEADING}\n{row}\n五、存在的主要问题", "reconsideration")
    assert [cell.value for cell in cells] == [4, 1, 0, 2, 9]
    assert all(cell.confidence < 0.7 for cell in cells)


def test_the_heading_in_a_list_of_contents_is_no_table() -> None:
    text = f"目录\n{HEADING} 15\n五、存在的主要问题 16\n" + HEADING + "\n未发生。"
    assert disputes(text) == []


def section_two(rows: dict[str, tuple[int | str, ...]], gap: str, between: str) -> str:
    return between.join(gap.join((label, *map(str, values))) for label, values in rows.items())


@pytest.mark.parametrize(("gap", "between"), [(" ", "\n"), ("\n", "\n"), ("\t", "\n"), (" ", " "), ("\n\n", "\n\n")])
def test_rows_of_section_two_without_heads_are_told_by_their_counts(gap: str, between: str) -> None:
    newer: dict[str, tuple[int | str, ...]] = {
        "规章": (0, 0, 0),
        "行政规范性文件": (2, 1, 37),
        "行政许可": (118,),
        "行政处罚": (9,),
        "行政强制": (0,),
        "行政事业性收费": ("3.75",),
    }
    text = "二、主动公开政府信息情况\n{}\n三、收到和处理政府信息公开申请情况\n"
    assert numbers(text.format(section_two(newer, gap, between)), "documents.normative") == [2, 1, 37]
    assert numbers(text.format(section_two(newer, gap, between)), "administrative_fees") == [37500]
    older = text.format(section_two(ROWS_2019, gap, between))
    assert numbers(older, "licensing") == [31, -2, 907]
    assert numbers(older, "procurement") == [5, 864200]
    assert read_forms(document(older)).detected == "2019"


def test_rows_run_together_keep_what_is_certain() -> None:
    text = "二、主动公开政府信息情况\n规章000行政规范性文件3118行政许可77行政处罚4行政强制0行政事业性收费2.5\n三、收到和处理"
    assert numbers(text, "documents.regulations") == [0, 0, 0]
    assert numbers(text, "licensing") == [77]
    assert [(cell.value, cell.ambiguous) for cell in cells_of(text, "documents.normative")] == [
        (3, False),
        (None, True),
        (None, True),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "二、主动公开政府信息情况\n规章 0 件\n行政规范性文件 3 件\n三、",
        "全年行政许可 43、行政处罚 2、行政强制 0、规章 0。",
        "二、主动公开政府信息情况\n行政许可 4，行政处罚 2，行政强制 1。\n三、",
        "规章 0 0 0 行政规范性文件 1 2 3",
    ],
)
def test_lists_in_sentences_are_no_rows(text: str) -> None:
    assert read_forms(document(text)).cells == ()


@pytest.mark.parametrize("extra", ["其他主动公开文件 7 8 9", "其他主动公开文件\n7\n8\n9"])
def test_a_local_row_is_passed_over(extra: str) -> None:
    heads = "第二十条第（一）项\n信息内容 本年新制作数量 本年新公开数量 对外公开总数量\n"
    gap = "\n" if "\n" in extra else " "
    text = (
        heads
        + gap.join(("规章", "0", "0", "0"))
        + f"\n{extra}\n"
        + gap.join(("规范性文件", "6", "5", "44"))
        + "\n三、收到和处理"
    )
    assert numbers(text, "documents.regulations") == [0, 0, 0]
    assert numbers(text, "documents.normative") == [6, 5, 44]


@settings(max_examples=15)
@given(seed=seeds, gap=st.sampled_from([" ", "\n", "\t", "|", ",", ""]))
def test_tables_without_heads_give_nothing_wrong(seed: int, gap: str) -> None:
    form = make_form(seeded(seed), large=seed % 2 == 0)
    doc = document(BEFORE + bare(form, gap) + AFTER)
    for cell in read_forms(doc).cells:
        truth = form.truth[cell.indicator, cell.by.get("applicant", "")]
        assert cell.value in (None, truth) or cell.ambiguous, doc.text[cell.label_start : cell.end + 9]


def bare(form: Form, gap: str) -> str:
    """Labels and cells only, the headings of the sections between them."""
    lines = []
    for row in form.rows:
        if row.keys[0][0] == "requests.new":
            lines.append("三、收到和处理政府信息公开申请情况")
        lines += [row.label + gap + gap.join(row.cells)] if row.label else [HEADING, gap.join(row.cells)]
    return "\n".join(lines)
