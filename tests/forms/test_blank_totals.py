"""Totals of rows that an office left blank, and what stands there instead."""

from infer.forms import FormCell, read_forms
from tests.forms.made import document

LABELS = (
    ("一、本年新收政府信息公开申请数量", "new"),
    ("二、上年结转政府信息公开申请数量", "carried"),
    ("三、本年度办理结果（一）予以公开", "granted"),
    ("（二）部分公开", "partial"),
    ("（三）不予公开1.属于国家秘密", "secret"),
    ("（七）总计", "total"),
    ("四、结转下年度继续办理", "out"),
)


def run(**rows: str) -> str:
    return "".join(label + rows.get(name, "0000000") for label, name in LABELS)


def read(text: str, indicator: str) -> list[FormCell]:
    return [cell for cell in read_forms(document(text)).cells if cell.indicator == indicator]


def test_a_blank_total_is_told_by_the_columns() -> None:
    cells = read(run(new="580000058", granted="5800000", total="580000058"), "requests.granted")
    assert [cell.value for cell in cells] == [58, 0, 0, 0, 0, 0, None]
    assert cells[-1].state == "blank"
    assert not any(cell.ambiguous for cell in cells)


def test_a_row_that_adds_up_in_no_way_keeps_its_readings() -> None:
    first, *others, total = read(run(new="640000064", granted="5800000", total="640000064"), "requests.granted")
    assert (first.value, first.ambiguous) == (None, True)
    assert {5, 58} <= {reading.value for reading in first.alternatives}
    assert [cell.value for cell in others[1:]] == [0, 0, 0, 0]
    assert total.ambiguous


def test_a_total_that_is_wrong_is_kept_as_it_stands_where_words_are_apart() -> None:
    cells = read(run(new="640000064", granted=" 5 8 0 0 0 0 0 ", total="640000064"), "requests.granted")
    assert [(cell.value, cell.ambiguous) for cell in cells] == [(n, False) for n in (5, 8, 0, 0, 0, 0, 0)]
