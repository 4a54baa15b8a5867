"""What is no form, and what must not take for ever."""

from time import perf_counter

import pytest

from infer.forms import read_forms
from tests.forms.made import AFTER, BEFORE, document, make_form, seeded

PROSE = (
    "三、收到和处理政府信息公开申请情况\n全年新收申请84件，上年结转2件；予以公开31件，部分公开4件，不予公开9件，其中属于国家秘密1件，"
    "属于三类内部事务信息3件，属于四类过程性信息5件。无法提供20件，本机关不掌握相关政府信息18件。总计64件，结转下年度继续办理22件。\n"
    "作出行政许可120件、行政处罚30件、行政强制2件，行政事业性收费0元，规章0件，行政规范性文件5件。\n"
    "主动公开政府信息数300条，主动公开规范性文件数12条。收到申请数为4件，当面申请数1件，申请答复数4件。\n"
    "二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题\n"
)


def test_prose_with_the_words_of_the_forms_is_no_form() -> None:
    readings = read_forms(document(PROSE))
    assert readings.cells == ()
    assert (readings.detected, readings.form) == (None, "narrative")


@pytest.mark.parametrize(
    "words",
    [
        *("1" * 3000, "1." * 2000, "-" * 3000, "1 " * 2000, "1,000" * 900, "无/" * 2000, "10" * 9, "－1" * 500),
        *("1\n\n" * 900, "1. " * 2000, "?1?\n" * 900, "?" * 3000, "1,00013," * 900, "不适用" * 900, "另行制作" * 900),
    ],
)
def test_hostile_cells_end_in_time_and_without_a_value(words: str) -> None:
    form = make_form(seeded(1))
    text = BEFORE + "".join("".join((*row.heads, row.label, words)) for row in form.rows) + AFTER
    begin = perf_counter()
    readings = read_forms(document(text))
    assert perf_counter() - begin < 5
    many = [cell for cell in readings.cells if cell.indicator.startswith("requests.")]
    assert all(cell.value is None or cell.ambiguous for cell in many)


def test_thousands_of_labels_end_in_time() -> None:
    begin = perf_counter()
    read_forms(document("其他总计规章行政许可重复申请" * 5000))
    assert perf_counter() - begin < 5


def test_an_empty_document() -> None:
    assert read_forms(document("")).cells == ()
