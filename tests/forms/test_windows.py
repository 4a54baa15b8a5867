"""Grid rows that are wider than the form: blank cells that are the form's, and blank cells that fill the grid."""

from collections.abc import Callable

import pytest

from infer.forms import FormCell, read_forms
from tests.forms.made import document
from tests.forms.test_blank_totals import LABELS

WIDE = (
    ("第二十条第（五）项", "", "", ""),
    ("信息内容", "上一年项目数量", "本年增/减", "处理决定数量"),
    ("行政许可", "31", "2", "405"),
    ("第二十条第（八）项", "", "", ""),
    ("信息内容", "上一年项目数量", "本年增/减", ""),
    ("行政事业性收费", "", "16", ""),
    ("第二十条第（九）项", "", "", ""),
    ("信息内容", "采购项目数量", "采购总金额（单位：万元）", ""),
    ("政府集中采购", "", "8.25", ""),
)


def pipes(rows: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) + "\n"


def tabs(rows: tuple[tuple[str, ...], ...]) -> str:
    return "\n".join("\t".join(row) for row in rows) + "\n"


def read(text: str, indicator: str) -> list[FormCell]:
    return [cell for cell in read_forms(document(text)).cells if cell.indicator.startswith(indicator)]


@pytest.mark.parametrize("draw", [pipes, tabs])
def test_a_blank_first_cell_is_the_forms(draw: Callable[[tuple[tuple[str, ...], ...]], str]) -> None:
    fees, procurement = (read(draw(WIDE), name) for name in ("administrative_fees", "procurement"))
    assert [(cell.value, cell.state) for cell in fees] == [(None, "blank"), (16, "value")]
    assert [(cell.value, cell.state) for cell in procurement] == [(None, "blank"), (82500, "value")]


def test_where_no_row_shows_the_first_column_the_row_is_left_open() -> None:
    rows = (*WIDE[:2], ("行政许可", "", "", ""), *WIDE[3:6], *WIDE[6:8], ("政府集中采购", "", "9", ""))
    cells = read(pipes(rows), "administrative_fees")
    assert [(cell.value, cell.ambiguous) for cell in cells] == [(None, True)] * 2
    assert {cell.state for cell in read(pipes(rows), "licensing")} == {"blank"}


def test_a_blank_cell_beside_the_label_fills_the_grid() -> None:
    values = {"new": "0 6 0 0 0 0 6", "granted": "0 6 0 0 0 0 ", "total": "0 6 0 0 0 0 6"}
    rows = tuple((label, "", *values.get(name, "0 0 0 0 0 0 0").split(" ")) for label, name in LABELS)
    cells = read(pipes(rows), "requests.granted")
    assert [cell.value for cell in cells] == [0, 6, 0, 0, 0, 0, None]
    assert cells[-1].state == "blank"
