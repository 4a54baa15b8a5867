"""Numbers in words state the value they say, as the reader's own numerals read them."""
import re
from decimal import Decimal
from random import Random
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.synthetic.numbers import write
from annotations.synthetic.template import Quantity, Style
from report.numerals import parse_number

COUNT = Quantity(kind="count", indicator=None, measures=("件",))
STYLES: list[Style] = ["any", "zh", "approx", "wan", "plain"]


@given(value=st.integers(0, 3_000_000), style=st.sampled_from(STYLES), seed=st.integers(0, 999))
def test_counts_read_back(value: int, style: Style, seed: int) -> None:
    quantity = Quantity(kind="count", indicator=None, measures=("件",), style=style)
    written = write(quantity, value, Random(seed), exact=False)
    assert written.words.endswith("件")
    assert parse_number(written.words.removesuffix("件")) == written.value
    assert abs(written.value - value) <= value * Decimal("0.5") + 50


@given(value=st.integers(0, 100_000), seed=st.integers(0, 999))
def test_exact_counts_are_not_rounded(value: int, seed: int) -> None:
    assert write(COUNT, value, Random(seed), exact=True).value == value


@given(value=st.integers(1, 9_000_000), unit=st.sampled_from(["元", "万元"]), seed=st.integers(0, 999))
def test_money_reads_back(value: int, unit: str, seed: int) -> None:
    written = write(Quantity(kind="money", indicator=None, measures=(unit,)), value, Random(seed), exact=True)
    number = parse_number(written.words.removesuffix(unit))
    assert number is not None
    assert number * (10_000 if unit == "万元" else 1) == written.value
    assert abs(written.value - value) < 1


@given(value=st.integers(1, 100), seed=st.integers(0, 999))
def test_rates_stay_between_nothing_and_all(value: int, seed: int) -> None:
    written = write(Quantity(kind="rate", indicator=None, measures=("%",)), value, Random(seed), exact=True)
    assert 0 < written.value <= 100
    assert re.fullmatch(r"\d+(\.\d{1,2})?%|百分之百", written.words)


@pytest.mark.parametrize(("value", "style", "expected"), [
    (2, "zh", {"两件"}), (12, "zh", {"十二件"}), (0, "zh", {"零件"}), (68, "approx", {"60余件", "60多件"}),
])
def test_words_of_a_style(value: int, style: Literal["zh", "approx"], expected: set[str]) -> None:
    quantity = Quantity(kind="count", indicator=None, measures=("件",), style=style)
    assert {write(quantity, value, Random(seed), exact=True).words for seed in range(20)} <= expected


def test_a_lost_unit_leaves_the_number() -> None:
    lost = Quantity(kind="money", indicator="funds.special", measures=("",))
    assert write(lost, 500, Random(3), exact=True).words.replace(".", "").isdigit()
