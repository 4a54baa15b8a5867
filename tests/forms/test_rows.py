"""Single rows: what decides a cut, and what leaves it open."""

import pytest

from infer.forms import FormCell, Hints, read_forms
from tests.forms.made import APPLICANTS, document

SECTION = (
    "第二十条第（一）项信息内容本年制发件数本年废止件数现行有效件数规章000行政规范性文件{row}"
    "第二十条第（五）项信息内容本年处理决定数量行政许可12"
)
SECTION_2019 = (
    "第二十条第（一）项信息内容本年新制作数量本年新公开数量对外公开总数量规章000规范性文件000"
    "第二十条第（五）项信息内容上一年项目数量本年增/减处理决定数量行政许可{row}其他对外管理服务事项000"
)
REQUESTS = (
    "一、本年新收政府信息公开申请数量{new}二、上年结转政府信息公开申请数量{carried}三、本年度办理结果（一）予以公开{granted}"
    "（二）部分公开0000000（三）不予公开1.属于国家秘密0000000（七）总计{total}四、结转下年度继续办理{out}"
)


def read(text: str, indicator: str, *, hints: Hints | None = None) -> list[FormCell]:
    return [cell for cell in read_forms(document(text), hints=hints).cells if cell.indicator.startswith(indicator)]


def values(text: str, indicator: str, *, hints: Hints | None = None) -> list[int | float | None]:
    return [cell.value for cell in read(text, indicator, hints=hints)]


def requests(**rows: str) -> str:
    zero = dict.fromkeys(("new", "carried", "granted", "total", "out"), "0000000")
    return REQUESTS.format_map(zero | rows)


def test_a_row_is_cut_where_the_applicants_add_up() -> None:
    assert values(requests(new="371000038", granted="371000038", total="371000038"), "requests.new") == [
        37,
        1,
        0,
        0,
        0,
        0,
        38,
    ]


def test_columns_decide_where_a_row_adds_up_in_two_ways() -> None:
    # 15|1|3|0|0|0|19 and 1|5|13|0|0|0|19
    text = requests(new="151300019", granted="15130 0 0 19", total="15 1 3 0 0 0 19")
    assert values(text, "requests.new") == [15, 1, 3, 0, 0, 0, 19]
    assert values(text, "requests.granted") == [15, 1, 3, 0, 0, 0, 19]


def test_cells_on_which_all_remaining_splits_agree_are_certain() -> None:
    cells = read(requests(new="151300019", granted="151300019", total="151300019"), "requests.new")
    assert [cell.value for cell in cells] == [None, None, None, 0, 0, 0, 19]
    assert [cell.ambiguous for cell in cells] == [True, True, True, False, False, False, False]
    assert {reading.value for reading in cells[0].alternatives} == {1, 15}


def test_the_evidence_of_a_cut_cell_is_exactly_its_digits() -> None:
    text = requests(new="371000038", granted="371000038", total="371000038")
    cells = read(text, "requests.new")
    assert [text[cell.start : cell.end] for cell in cells] == ["37", "1", "0", "0", "0", "0", "38"]
    assert [cell.by.get("applicant") for cell in cells] == [*APPLICANTS[:-1], None]


def test_a_list_number_is_no_digit_of_the_row_before_it() -> None:
    text = (
        "一、本年新收政府信息公开申请数量2000002二、上年结转政府信息公开申请数量0000000（一）予以公开0000000（二）部分公开0000000"
        "1.属于国家秘密20000022.其他法律行政法规禁止公开00000003、危及“三安全一稳定”0000000（七）总计2000002"
    )
    assert values(text, "requests.denied.state_secret") == [2, 0, 0, 0, 0, 0, 2]
    assert values(text, "requests.denied.prohibited_by_law") == [0] * 7


def test_dropped_blanks_are_not_filled_by_position() -> None:
    text = requests(new="\n5\n5\n0\n10\n", total="\n10\n10\n")
    cells = read(text, "requests.new")
    assert [cell.value for cell in cells] == [None] * 6 + [10]
    assert {cell.state for cell in cells[:6]} == {"unreadable"}


def test_a_row_that_does_not_add_up_is_not_cut_by_guessing() -> None:
    cells = read(requests(new="12150000099"), "requests.new")
    assert all(cell.value is None or cell.ambiguous or cell.value == 0 for cell in cells)
    assert any(cell.ambiguous for cell in cells)


def test_disputes_are_cut_by_their_sums() -> None:
    heads = "结果维持结果纠正其他结果尚未审结总计"
    text = (
        requests()
        + f"四、政府信息公开行政复议、行政诉讼情况行政复议行政诉讼{heads}未经复议直接起诉复议后起诉{heads}{heads}19203246100700000五、存在"
    )
    assert values(text, "reconsideration") == [19, 2, 0, 3, 24]
    assert values(text, "litigation.direct") == [6, 1, 0, 0, 7]
    assert values(text, "litigation.after") == [0] * 5


def test_disputes_by_row() -> None:
    text = (
        requests()
        + "\n\n结果维持\n结果纠正\n其他结果\n尚未审结\n总计\n行政复议\n3\n1\n0\n2\n6\n未经复议直接起诉\n4\n0\n0\n1\n5\n复议后起诉\n0\n0\n0\n0\n0\n"
    )
    assert values(text, "reconsideration") == [3, 1, 0, 2, 6]
    assert values(text, "litigation.direct") == [4, 0, 0, 1, 5]


def test_section_two_without_separators_is_left_open() -> None:
    cells = read(SECTION.format(row="5845546"), "documents.normative")
    assert [(cell.value, cell.state, cell.ambiguous) for cell in cells] == [(None, "unreadable", True)] * 3
    assert {58, 5} <= {reading.value for reading in cells[0].alternatives}
    assert values(SECTION.format(row="5845546"), "documents.regulations") == [0, 0, 0]


def test_what_is_issued_is_in_force() -> None:
    assert values(SECTION.format(row="904"), "documents.normative") == [9, 0, 4]
    assert values(SECTION.format(row="9040"), "documents.normative") == [9, 0, 40]


@pytest.mark.parametrize(("row", "other"), [("0560340", 340), ("0610480", 480)])
def test_an_order_of_size_that_makes_numbers_far_fetched_decides_nothing(row: str, other: int) -> None:
    # An office may state 560 new ones and 340 in all: that is likelier than 6 new ones and 340 thousand.
    text = SECTION_2019.format(row="0 0 0").replace("规范性文件000", f"规范性文件{row}")
    first, _, total = read(text, "documents.normative")
    assert (first.value, first.ambiguous) == (0, False)
    assert total.ambiguous
    assert total.value is None
    assert other in {reading.value for reading in total.alternatives}


def test_the_text_decides_and_says_so() -> None:
    text = "全年清理后现行有效的行政规范性文件546件，本年制发行政规范性文件58件。" + SECTION.format(row="5845546")
    cells = read(text, "documents.normative")
    assert [cell.value for cell in cells] == [58, 45, 546]
    assert all(not cell.ambiguous and cell.confidence < 0.9 and cell.note for cell in cells)


def test_hints_of_the_indicator_decide() -> None:
    hints = Hints({"documents.normative.in_force": (546,), "documents.normative.issued": (58,)})
    assert values(SECTION.format(row="5845546"), "documents.normative", hints=hints) == [58, 45, 546]


def test_a_number_that_is_only_near_to_the_text_stays_ambiguous() -> None:
    hints = Hints({"documents.normative.in_force": (393,), "documents.normative.issued": (77,)})
    issued, repealed, in_force = read(SECTION.format(row="77132470"), "documents.normative", hints=hints)
    assert (issued.value, issued.ambiguous) == (77, False)
    assert (in_force.value, in_force.ambiguous) == (470, True)
    assert repealed.ambiguous
    assert in_force.confidence < 0.5


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("40-3412", [40, None, None]),
        ("40 -3 412", [40, -3, 412]),
        ("40\n+3\n412\n", [40, 3, 412]),
        ("---", [None, None, None]),
    ],
)
def test_signs_of_the_change_column(row: str, expected: list[int | None]) -> None:
    assert values(SECTION_2019.format(row=row), "licensing") == expected


@pytest.mark.parametrize(
    ("head", "cell", "expected"),
    [
        ("采购总金额（单位：万元）", "8.65", 86500),
        ("采购总金额", "86500元", 86500),
        ("采购总金额", "8.65万元", 86500),
        ("采购总金额", "18.8710", 188710),
        ("采购总金额", "0", 0),
        ("采购总金额", "45000", None),
    ],
)
def test_money_in_yuan(head: str, cell: str, expected: int | None) -> None:
    text = (
        SECTION_2019.format(row="0 0 0")
        + f"\n第二十条第（九）项\n信息内容\n采购项目数量\n{head}\n政府集中采购\n4\n{cell}\n"
    )
    cells = read(text, "procurement")
    assert [cell.value for cell in cells] == [4, expected]
    assert cells[1].unit == "元"


def test_the_fee_of_2021_is_in_wan_and_exact() -> None:
    text = (
        SECTION.format(row="3 0 9")
        + "第二十条第（八）项信息内容本年收费金额（单位：万元）行政事业性收费4166.241619三、收到和处理"
    )
    (cell,) = read(text, "administrative_fees")
    assert (cell.value, text[cell.start : cell.end]) == (41662416.19, "4166.241619")


@pytest.mark.parametrize("cell", ["3175. 06", "3175 .06", "3175 . 06", "3175.06"])
@pytest.mark.parametrize("end", ["\n三、收到和处理", "\n行政强制\n", ""])
def test_a_space_beside_the_point_ends_no_number(cell: str, end: str) -> None:
    (fee,) = read(SECTION.format(row="3 0 9") + f"\n信息内容\n收费金额\n行政事业性收费\n{cell}{end}", "administrative_fees")
    assert (fee.value, fee.ambiguous) == (31750600, False)


@pytest.mark.parametrize("cell", ["3175.\n06", "3175,06", "3175, 062", "21713,060"])
def test_a_number_that_goes_on_in_no_known_way_is_left_open(cell: str) -> None:
    (fee,) = read(SECTION.format(row="3 0 9") + f"\n信息内容\n收费金额\n行政事业性收费\n{cell}\n", "administrative_fees")
    assert (fee.value, fee.ambiguous) == (None, True)


LINES = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n{}\n{}\n{}\n行政规范性文件\n4\n0\n19\n"


@pytest.mark.parametrize("mark", ["?{}?", "{}?", "?{}"])
def test_marks_lost_around_a_number_are_no_part_of_it(mark: str) -> None:
    text = LINES.format(*(mark.format(number) for number in (2, 0, 31)))
    assert values(text, "documents.regulations") == [2, 0, 31]
    assert values(text, "documents.normative") == [4, 0, 19]


@pytest.mark.parametrize("cells", [("?", "0", "31"), ("2?1", "0", "31"), ("2", "??", "31")])
def test_a_mark_in_the_place_of_digits_leaves_the_row_open(cells: tuple[str, str, str]) -> None:
    found = read(LINES.format(*cells), "documents.regulations")
    assert all(cell.value is None and (cell.ambiguous or cell.state == "unreadable") for cell in found)


@pytest.mark.parametrize("note", ["（ 不同渠道和方式公开相同信息计1条）", "（不同渠道和方式公开 相同信息计 1 条 ）"])
@pytest.mark.parametrize("gap", ["\n", " ", ""])
def test_a_note_with_spaces_in_it_is_no_value(note: str, gap: str) -> None:
    rows = [("统计指标", "单位", "统计数"), (f"（一）主动公开政府信息数{note}", "条", "512")]
    labels = ("制发规范性文件总数", "政府公报公开政府信息数", "政府网站公开政府信息数", "政务微博公开政府信息数", "收到申请数")
    rows += [(label, "件", "6") for label in labels]
    text = (gap or "").join(gap.join(row) for row in rows)
    assert values(text, "proactive.total")[0] == 512


def requests_with(row: str, gap: str) -> str:
    zero = f"{gap}0" * 7
    return (
        f"一、本年新收政府信息公开申请数量{gap}3 0 0 0 0 0 3\n二、上年结转政府信息公开申请数量{zero}\n（一）予以公开{zero}\n"
        f"（四）无法提供\n1.本机关不掌握相关政府信息{zero}\n2.{row}\n3.补正后申请内容仍不明确{zero}\n（七）总计{zero}\n"
        f"四、结转下年度继续办理{zero}\n"
    )


@pytest.mark.parametrize("label", ["没有现成信息?棁?另行制作", "没有现成信息棁棁棁另行制作", "没有现成信息，需要另行??作"])
@pytest.mark.parametrize("gap", [" ", "\n"])
def test_a_damaged_label_takes_no_value_away(label: str, gap: str) -> None:
    cells = read(requests_with(label + f"{gap}3 0 0 0 0 0 3", gap), "requests.unavailable.needs_creation")
    assert {cell.state for cell in cells}.isdisjoint({"blank"})
    assert [cell.value for cell in cells] in ([3, 0, 0, 0, 0, 0, 3], [], [None] * 7)


@pytest.mark.parametrize("row", ["没有现成信息棁棁棁棁", "没有现成信息棁棁棁 3 0 0 0 0 0 3", "没有现成信息见附件"])
def test_a_row_with_words_that_are_not_understood_is_not_blank(row: str) -> None:
    cells = read(requests_with(row, " "), "requests.unavailable.needs_creation")
    assert {(cell.value, cell.ambiguous) for cell in cells} == {(None, True)}


def test_an_empty_form_is_blank() -> None:
    text = requests(new="", carried="", granted="", total="", out="").replace("0", "")
    cells = read(text, "requests.")
    assert {(cell.state, cell.value) for cell in cells} == {("blank", None)}
    assert {cell.indicator for cell in cells} >= {"requests.new", "requests.carried_out"}


def test_one_row_for_other_handling_is_the_form_of_2019() -> None:
    text = requests().replace("（七）总计", "（六）其他处理3000003（七）总计")
    readings = read_forms(document(text))
    assert readings.detected == "2019"
    assert [cell.value for cell in readings.cells if cell.indicator == "requests.other.total"] == [3, 0, 0, 0, 0, 0, 3]
