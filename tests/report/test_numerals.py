"""Numerals against a second implementation: numbers are written out here and read back."""
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.folding import fold
from report.numerals import parse_number, parse_year, qualifier, to_number

DIGITS = "零一二三四五六七八九"
FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def below_ten_thousand(number: int) -> str:
    """1..9999 with its inner zeros said once: 3005 三千零五."""
    words, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            words += ("零" if gap and words else "") + DIGITS[digit] + name
        gap = not digit
    return words


def chinese(number: int) -> str:
    """1..99,999,999 as it is read aloud."""
    high, low = divmod(number, 10_000)
    words = f"{below_ten_thousand(high)}万" if high else ""
    if low:
        words += ("零" if high and low < 1000 else "") + below_ten_thousand(low)
    return words.removeprefix("一") if words.startswith("一十") else words


@pytest.mark.parametrize(("number", "words"), [
    (7, "七"), (10, "十"), (15, "十五"), (20, "二十"), (110, "一百一十"), (305, "三百零五"), (3005, "三千零五"), (10000, "一万"),
    (10203, "一万零二百零三"), (100_000, "十万"), (120_000, "十二万"), (2_000_050, "二百万零五十"), (34_005_000, "三千四百万五千"),
])
def test_the_writer_of_these_tests_writes_chinese(number: int, words: str) -> None:
    assert chinese(number) == words


@given(st.integers(1, 99_999_999))
def test_chinese_numerals(number: int) -> None:
    assert parse_number(chinese(number)) == number


@given(st.integers(1, 99_999_999))
def test_formal_numerals(number: int) -> None:
    assert parse_number(chinese(number).translate(FORMAL)) == number


@given(st.integers(0, 999_999_999))
def test_arabic_numerals_with_and_without_commas(number: int) -> None:
    assert parse_number(str(number)) == number
    assert parse_number(f"{number:,}") == number
    assert parse_number(f" {number} ") == number


@given(st.decimals(min_value=0, max_value=99_999, places=4, allow_nan=False))
def test_decimals(number: Decimal) -> None:
    assert parse_number(f"{number:f}") == number


MULTIPLIERS = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}


@given(st.decimals(min_value=0, max_value=9999, places=2, allow_nan=False), st.sampled_from(sorted(MULTIPLIERS)),
       st.sampled_from(["", "余", "多"]), st.booleans())
def test_multipliers_and_loose_numbers(number: Decimal, multiplier: str, loose: str, inside: bool) -> None:
    words = f"{number:f}{loose}{multiplier}" if inside else f"{number:f}{multiplier}{loose}"
    assert parse_number(words) == number * MULTIPLIERS[multiplier]
    assert qualifier("", words, "条") == ("at_least" if loose else None)


@given(st.integers(1, 99_999_999))
def test_the_width_of_digits_does_not_matter(number: int) -> None:
    wide = str(number).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert parse_number(fold(wide).text) == number


@given(st.text(st.sampled_from("0123456789一二两三十百千万零〇余多几来壹拾,. "), max_size=10))
def test_a_numeral_is_a_number_or_nothing(words: str) -> None:
    value = parse_number(words)
    assert value is None or (value.is_finite() and value >= 0)


@pytest.mark.parametrize("words", ["", "几十", "几", "余", "多", "1.2.3", "条", "3几", "十几条"])
def test_what_is_no_definite_number(words: str) -> None:
    assert parse_number(words) is None


@pytest.mark.parametrize(("words", "value"), [
    ("百余", 100), ("十余", 10), ("两千", 2000), ("二〇二一", 2021), ("一二〇", 120), ("零", 0), ("〇", 0), ("0", 0), ("007", 7),
    ("20余万", 200_000), ("6万多", 60_000), ("三百二十余", 320), ("2.5万", 25_000), ("1 286", 1286), ("十万", 100_000), ("贰拾叁", 23),
    ("壹仟零伍", 1005), ("1.50", Decimal("1.5")),
])
def test_forms_of_the_field_guide(words: str, value: Decimal | int) -> None:
    assert parse_number(words) == value


@pytest.mark.parametrize(("before", "numeral", "after", "expected"), [
    ("共", "300", "条", None), ("约", "300", "条", "about"), ("近", "300", "条", "about"), ("", "300", "左右", "about"),
    ("超过", "300", "条", "at_least"), ("逾", "300", "条", "at_least"), ("", "300余", "条", "at_least"),
    ("", "300", "以上", "at_least"), ("不少于", "300", "条", "at_least"), ("不超过", "300", "条", "at_most"),
    ("", "300", "以内", "at_most"), ("至多", "300", "", "at_most"),
])
def test_approximation_words(before: str, numeral: str, after: str, expected: str | None) -> None:
    assert qualifier(before, numeral, after) == expected


@given(st.integers(1900, 2099))
def test_years_in_digits_and_characters(year: int) -> None:
    words = str(year).translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    assert parse_year(str(year)) == year
    assert parse_year(words) == year
    assert parse_year(words.replace("〇", "○")) == year


@pytest.mark.parametrize("words", ["", "21", "202", "20211", "1899", "2100", "二一", "二〇二"])
def test_what_is_no_year(words: str) -> None:
    assert parse_year(words) is None


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_are_int(number: int) -> None:
    result = to_number(Decimal(number) * Decimal("1.000"))
    assert isinstance(result, int)
    assert result == number


def test_other_numbers_are_float() -> None:
    assert to_number(Decimal("0.9998")) == 0.9998


@pytest.mark.parametrize("words", ["9" * 400, f"{'9' * 400}万3千", f"3亿{'9' * 400}百万"])
def test_more_digits_than_any_count_has_are_no_number(words: str) -> None:
    assert parse_number(words) is None
