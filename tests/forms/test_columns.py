"""Columns beside the numbers: sequence numbers, codes, remarks, years, offices, and columns that are not there."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infer.forms import FormCell, read_forms
from tests.forms.made import AFTER, BEFORE, REQUEST_HEADS, Form, document, make_form, seeded

LABELS = (
    ("主动公开政府信息数", "条"),
    ("制发规范性文件总数", "件"),
    ("政府网站公开政府信息数", "条"),
    ("政务微信公开政府信息数", "条"),
    ("收到申请数", "件"),
    ("当面申请数", "件"),
    ("申请办结数", "件"),
    ("行政复议数量", "件"),
    ("行政诉讼数量", "件"),
    ("专职人员数", "人"),
    ("兼职人员数", "人"),
    ("举办各类培训班数", "次"),
)
KEYS = (
    "proactive.total",
    "documents.normative.issued",
    "proactive.total website",
    "proactive.total wechat",
    "requests.new",
    "requests.new in_person",
    "requests.processed_total",
    "reconsideration.total",
    "litigation.total",
    "staff.full_time",
    "staff.part_time",
    "trainings.total",
)
VALUES = (641, 12, 588, 53, 9, 4, 8, 1, 2, 3, 15, 6)
NUMBERS = ("1", "1.1", "2", "2.1", "3", "3.1", "3.2", "4", "5", "6", "6.1", "7")
GAPS = ["\n", " ", "\t", " | ", "\n\n"]
seeds = st.integers(0, 10**6)


def table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], gap: str) -> str:
    lines = [gap.join(row) for row in (heads, *rows)]
    return (
        "附表\n"
        + ("\n".join(f"|{line}|" for line in lines) if "|" in gap else ("\n" if gap else "").join(lines))
        + "\n五、下一步打算"
    )


def named(text: str) -> dict[str, int | float | None]:
    cells: tuple[FormCell, ...] = read_forms(document(text)).cells
    return {
        " ".join([cell.indicator, *(value for name, value in sorted(cell.by.items()) if value != "own")]): cell.value
        for cell in cells
    }


EXPECTED = dict(zip(KEYS, VALUES, strict=True))


@pytest.mark.parametrize("gap", [*GAPS, ""])
@pytest.mark.parametrize("numbers", [NUMBERS, tuple(map(str, range(1, 13)))])
def test_sequence_numbers_before_the_labels_are_no_values(gap: str, numbers: tuple[str, ...]) -> None:
    rows = [
        (number, label, unit, str(value)) for number, (label, unit), value in zip(numbers, LABELS, VALUES, strict=True)
    ]
    assert named(table(("序号", "统计指标", "单位", "统计数"), rows, gap)) == EXPECTED


@pytest.mark.parametrize("gap", GAPS)
def test_a_missing_sequence_number_takes_no_value(gap: str) -> None:
    rows = [
        (*(() if n in (2, 5) else (number,)), label, unit, str(value))
        for n, (number, (label, unit), value) in enumerate(zip(NUMBERS, LABELS, VALUES, strict=True))
    ]
    assert named(table(("序号", "统计指标", "单位", "统计数"), rows, gap)) == EXPECTED


@pytest.mark.parametrize("gap", GAPS)
def test_offices_with_sequence_numbers(gap: str) -> None:
    rows = [
        (number, label, unit, str(value), "0", str(value + 1))
        for number, (label, unit), value in zip(NUMBERS, LABELS, VALUES, strict=True)
    ]
    found = named(table(("序号", "统计指标", "单位", "区政府", "区直单位", "乡镇街道"), rows, gap))
    assert found["proactive.total 区政府"] == 641
    assert found["proactive.total wechat 乡镇街道"] == 54
    assert found["requests.processed_total 区直单位"] == 0
    assert len(found) == 3 * len(LABELS)


def test_offices_run_together_are_cut_or_left_open() -> None:
    rows = [
        (number, label, unit, str(value), "0", str(value + 1))
        for number, (label, unit), value in zip(NUMBERS, LABELS, VALUES, strict=True)
    ]
    truth = {
        f"{key} {office}": number
        for key, value in EXPECTED.items()
        for office, number in (("区政府", value), ("区直单位", 0), ("乡镇街道", value + 1))
    }
    for cell in read_forms(
        document(table(("序号", "统计指标", "单位", "区政府", "区直单位", "乡镇街道"), rows, ""))
    ).cells:
        by = dict(cell.by)
        office = by.pop("subunit")
        key = " ".join([cell.indicator, *by.values(), office])
        assert cell.ambiguous or cell.value in (None, truth[key]), key


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize("code", ["{:02}", "{}", "A{:02}", "{:03}"])
def test_codes_are_no_values(gap: str, code: str) -> None:
    pairs = list(enumerate(zip(LABELS, VALUES, strict=True), 1))
    behind = [(label, unit, code.format(n), "7", str(value)) for n, ((label, unit), value) in pairs]
    before = [(label, code.format(n), unit, str(value)) for n, ((label, unit), value) in pairs]
    assert named(table(("指标", "计量单位", "代码", "本期实际", "本年累计"), behind, gap)) == EXPECTED
    assert named(table(("指标", "代码", "计量单位", "数量"), before, gap)) == EXPECTED


def test_codes_run_into_the_values_leave_them_open() -> None:
    rows = [
        (label, unit, f"{n:02}", str(value))
        for n, ((label, unit), value) in enumerate(zip(LABELS, VALUES, strict=True), 1)
    ]
    assert set(named(table(("指标", "计量单位", "代码", "数量"), rows, "")).values()) == {None}


@pytest.mark.parametrize("gap", GAPS)
@pytest.mark.parametrize(
    "head", ["年末数", "本年数", "本期数", "数量", "合计", "年报数", "统计数（个）", "填报情况", "2016年度"]
)
def test_one_column_of_any_head_is_the_reports_own(gap: str, head: str) -> None:
    rows = [(label, unit, str(value)) for (label, unit), value in zip(LABELS, VALUES, strict=True)]
    assert named(table(("统计指标", "单位", head), rows, gap)) == EXPECTED


@pytest.mark.parametrize(
    ("heads", "column"),
    [
        (("2015年", "2016年"), "period"),
        (("上年数", "本年数"), "period"),
        (("本年数", "上年同期"), "period"),
        (("说法甲", "说法乙"), None),
    ],
)
def test_the_latest_year_is_the_reports_own(heads: tuple[str, str], column: str | None) -> None:
    own_first = heads[0] == "本年数"
    rows = [
        (label, unit, *((str(value), "77") if own_first else ("77", str(value))))
        for (label, unit), value in zip(LABELS, VALUES, strict=True)
    ]
    found = named(table(("统计指标", "单位", *heads), rows, "\n"))
    assert {key: value for key, value in found.items() if "previous_year" not in key} == (EXPECTED if column else {})
    assert {value for key, value in found.items() if "previous_year" in key} == ({77} if column else set())


@pytest.mark.parametrize("gap", GAPS)
def test_a_column_of_remarks_may_be_empty(gap: str) -> None:
    rows = [(label, unit, str(value)) for (label, unit), value in zip(LABELS, VALUES, strict=True)]
    assert named(table(("统计指标", "单位", "统计数", "备注"), rows, gap)) == EXPECTED


def test_one_number_for_two_columns_is_said_to_be_doubtful() -> None:
    text = "指标名称 单位 2017年 历年累计 主动公开文件数 条 143 其中：1.政府网站公开数 条 140 2.政府公报公开数 条 0 受理申请总数 条 2 对申请的答复总数 条 2"
    cells = read_forms(document(text)).cells
    own = [cell for cell in cells if not cell.by.get("period")]
    assert [cell.value for cell in own] == [143, 140, 0, 2, 2]
    assert all(cell.ambiguous and cell.confidence < 0.5 for cell in own)
    assert {cell.value for cell in cells if cell.by.get("period")} == {None}


def test_cumulative_numbers_that_stand_apart_need_not_agree_with_the_others() -> None:
    text = "指标名称 单位 2017年 历年累计 主动公开文件数 条 43 201 其中：1.政府网站公开数 条 60 12 受理申请总数 条 5 2 其中：1.当面申请数 条 9 9 行政复议数 件 1 0"
    found = named(text)
    assert [
        found[key]
        for key in (
            "proactive.total cumulative",
            "proactive.total website",
            "proactive.total website cumulative",
            "requests.new cumulative",
            "requests.new in_person",
        )
    ] == [201, 60, 12, 2, 9]


def without(form: Form, name: str, gap: str) -> str:
    """The requests table without one of its columns."""
    column = REQUEST_COLUMNS.index(name)
    heads = gap.join(head for head in REQUEST_HEADS if head != name)
    rows = [row for row in form.rows if row.keys[0][0].startswith("requests.")]
    return (
        BEFORE
        + heads
        + "\n"
        + "\n".join(gap.join((row.label, *(c for n, c in enumerate(row.cells) if n != column))) for row in rows)
        + AFTER
    )


REQUEST_COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")


@pytest.mark.parametrize("name", REQUEST_COLUMNS)
@settings(max_examples=8)
@given(seed=seeds, gap=st.sampled_from([" ", "\n", "\t"]))
def test_six_columns_are_read_by_their_heads(name: str, seed: int, gap: str) -> None:
    form = make_form(seeded(seed))
    cells = read_forms(document(without(form, name, gap))).cells
    for cell in cells:
        assert cell.value in (None, form.truth[cell.indicator, cell.by.get("applicant", "")])
    granted = [cell for cell in cells if cell.indicator == "requests.processed_total"]
    if any(value for (indicator, _), value in form.truth.items() if indicator.startswith("requests.")):
        assert len(granted) == 6
        assert all(cell.value is not None for cell in granted)


@settings(max_examples=15)
@given(seed=seeds, dropped=st.integers(0, 6))
def test_six_numbers_under_seven_heads_are_not_assigned(seed: int, dropped: int) -> None:
    form = make_form(seeded(seed))
    text = without(form, REQUEST_COLUMNS[dropped], " ").replace(REQUEST_HEADS[0], " ".join(REQUEST_HEADS), 1)
    for cell in read_forms(document(text)).cells:
        assert cell.value in (None, form.truth[cell.indicator, cell.by.get("applicant", "")])


PROVINCIAL = (
    "指标名称计量单位2015年度历年累计主动公开文件数条{documents}其中：1、政府网站公开数条{documents}2、政府公报公开数条00"
    "受理依申请公开信息总数条{requests}其中：1、当面申请数条{requests}2、网上申请数条003、信函、传真申请数条00"
    "对申请的答复总数条{requests}其中：1、同意公开答复数条{requests}"
)


@pytest.mark.parametrize(
    ("words", "own", "since"),
    [("2,41831,067", 2418, 31067), ("2,4189,067", 2418, 9067), ("418,0261,067,500", 418026, 1067500)],
)
def test_commas_show_where_numbers_run_together_end(words: str, own: int, since: int) -> None:
    found = named(PROVINCIAL.format(documents=words, requests="00"))
    assert (found["proactive.total"], found["proactive.total website"]) == (own, own)
    assert (found["proactive.total cumulative"], found["proactive.total website cumulative"]) == (since, since)
    assert found["requests.new cumulative"] == 0


def test_two_columns_run_together_are_not_read_as_one() -> None:
    cells = read_forms(document(PROVINCIAL.format(documents="2,41831,067", requests="3131"))).cells
    assert {cell.value for cell in cells if cell.indicator == "requests.new" and not cell.ambiguous} <= {31, 0}


@pytest.mark.parametrize("words", ["80331,067", "12131,327", "2,41831"])
def test_commas_that_leave_the_first_number_open(words: str) -> None:
    cells = read_forms(document(PROVINCIAL.format(documents=words, requests="00"))).cells
    totals = {(cell.value, cell.ambiguous) for cell in cells if cell.indicator == "proactive.total"}
    assert totals == {(None, True), (0, False)}


MARKED = ("一、", "（一）", "（二）", "1．", "2．", "（一）", "1．", "（二）", "三、", "1．", "2．", "其中：")


def marked_rows(numbers: Sequence[str]) -> list[tuple[str, ...]]:
    pairs = zip(numbers, MARKED, LABELS, VALUES, strict=True)
    return [(number, mark + label, unit, str(value)) for number, mark, (label, unit), value in pairs]


def test_sequence_numbers_run_into_values_and_list_numbers() -> None:
    rows = marked_rows([str(n) for n in range(1, 13)])
    assert named(table(("序号", "统计指标", "单位", "统计数"), rows, "")) == EXPECTED


def test_sequence_numbers_that_do_not_count_leave_the_values_open() -> None:
    rows = marked_rows([str(7 * n % 13) for n in range(1, 13)])
    cells = read_forms(document(table(("序号", "统计指标", "单位", "统计数"), rows, ""))).cells
    assert all(cell.value is None for cell in cells[:-1])
