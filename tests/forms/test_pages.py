"""Page numbers between and behind the cells of a row."""

import pytest

from infer.forms import FormCell, read_forms
from tests.forms.made import document
from tests.forms.test_blank_totals import LABELS

SECTION = """第二十条第（一）项
信息内容 本年制发件数 本年废止件数 现行有效件数
规章 {regulations}
行政规范性文件 {normative}
第二十条第（五）项
信息内容 本年处理决定数量
行政许可 {licensing}
第二十条第（六）项
信息内容 本年处理决定数量
行政处罚 {penalties}
行政强制 41
"""
FILLED = {"regulations": "0 0 0", "normative": "3 1 16", "licensing": "230", "penalties": "77"}


def read(text: str, indicator: str) -> list[FormCell]:
    return [cell for cell in read_forms(document(text)).cells if cell.indicator.startswith(indicator)]


def are_open(cells: list[FormCell]) -> bool:
    return bool(cells) and all(cell.value is None and cell.ambiguous for cell in cells)


@pytest.mark.parametrize("page", ["- 4 -", "— 4 —", "—4—", "第4页 共9页"])
@pytest.mark.parametrize(("row", "indicator"), [("regulations", "documents.regulations"), ("licensing", "licensing")])
def test_a_page_number_below_blank_cells_is_no_cell(page: str, row: str, indicator: str) -> None:
    cells = read(SECTION.format_map(FILLED | {row: f"\n\n{page}\n"}), indicator)
    assert {(cell.value, cell.state) for cell in cells} == {(None, "blank")}


def test_a_number_between_dashes_right_below_the_label_is_left_open() -> None:
    assert are_open(read(SECTION.format_map(FILLED | {"regulations": "\n- 4 -"}), "documents.regulations"))


@pytest.mark.parametrize("row", ["3 1 \n\n5\n", "3 1\n5\n", "3 \n\n5\n\n 16"])
def test_a_bare_page_number_in_the_place_of_a_blank_is_no_cell(row: str) -> None:
    assert are_open(read(SECTION.format_map(FILLED | {"normative": row}), "documents.normative"))


def test_a_bare_page_number_in_the_place_of_the_only_cell_is_no_cell() -> None:
    assert are_open(read(SECTION.format_map(FILLED | {"licensing": "\n\n5\n"}), "licensing"))
    assert [cell.value for cell in read(SECTION.format_map(FILLED), "licensing")] == [230]


def test_a_bare_page_number_is_no_total() -> None:
    zero = {name: "0 0 0 0 0 0 0" for _, name in LABELS}
    rows = zero | {"new": "0 4 0 0 0 0 4", "granted": "0 4 0 0 0 0 \n\n6\n", "total": "0 4 0 0 0 0 4"}
    text = "\n".join(f"{label} {rows[name]}" for label, name in LABELS)
    assert are_open(read(text, "requests.granted")[-1:])
    assert [cell.value for cell in read(text, "requests.new")] == [0, 4, 0, 0, 0, 0, 4]


def test_cells_on_lines_of_their_own_stay_cells() -> None:
    text = SECTION.replace(" {", "\n\n{").format_map(FILLED | {"normative": "3\n\n1\n\n16"})
    assert [cell.value for cell in read(text, "documents.normative")] == [3, 1, 16]
    assert [cell.value for cell in read(text, "licensing")] == [230]
