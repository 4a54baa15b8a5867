"""Texts that are large or strange in one way only: none may take longer than a second for each 200,000 characters."""
import time
from collections.abc import Callable
from typing import Final

import pytest

from infer import extract
from report.errors import UnreadableDocument
from report.facts import Report
from tests.conftest import ROOT
from tests.robustness.containers import packed
from tests.robustness.faults import faults

MILLION: Final = 1_000_000
MOST_SECONDS: Final = 20.0
FLAT_FORM: Final = (ROOT / "examples" / "08_songtao_district_2021.txt").read_text(encoding="utf-8").replace("\n", "")
ROW: Final = "<tr>" + "<td>5</td>" * 10 + "</tr>"


def times(words: str, size: int = MILLION) -> Callable[[], str]:
    return lambda: (words * (size // len(words) + 1))[:size]


EXTREMES: Final[dict[str, Callable[[], str]]] = {
    "digits": times("1234567890"),
    "zeros": times("0"),
    "digits and commas": times("1,"),
    "numerals": times("一二三四五六七八九十百千"),
    "tens": times("十"),
    "parts": times("其中"),
    "parts with numbers": times("其中网站公开3条，", 60_000),
    "open brackets": times("（"),
    "brackets inside each other": lambda: "（" * 500_000 + "）" * 500_000,
    "open quotes": times("《", 500_000),
    "quotes": times("“”《》\"'", 500_000),
    "empty lines": times("\n", 100_000),
    "lines of one word": times("公开\n", 300_000),
    "lines of one number": times("1\n", 100_000),
    "years": times("2021年", 500_000),
    "Chinese years": times("二〇二一年", 500_000),
    "dashes": times("-"),
    "pipes": times("|"),
    "Latin letters": times("a", 500_000),
    "mail addresses": times("a@b.", 500_000),
    "addresses of pages": times("http://www.", 500_000),
    "words without an end": times("公开信息工作情况"),
    "spaces": lambda: "公开" + " " * MILLION + "3条",
    "invisible characters": times("\u202e\u200b"),
    "pinyin never closed": lambda: "公(" + "a" * 500_000,
    "headings": times("一、概述\n", 100_000),
    "statements of none": times("没有发生行政复议、行政诉讼。", 100_000),
    "units": times("5件", 30_000),
    "one line of tables": times(FLAT_FORM, 300_000),
    "HTML table": lambda: f"<html><table>{ROW * 9_000}</table>",
    "HTML cells over everything": lambda: "<html><table>" + "<tr><td rowspan=65534 colspan=1000>5</td></tr>" * 1_000,
    "HTML tables inside each other": lambda: "<html>" + "<table><tr><td>公开3条" * 1_900,
    "HTML too deep": lambda: "<html>" + "<div>" * MILLION + "公开3条",
    "HTML comments never closed": times("<!--", 500_000),
    "tags never closed": times("<"),
    "entities": times("&amp;", 500_000),
    "a number of 4,500 digits": lambda: f"主动公开政府信息{'9' * 4_500}件，收到申请3件。",
    "a numeral that is none": times("公开一亿一件，", 10_000),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", EXTREMES)
def test_extreme_text_is_read_or_refused_in_time(name: str) -> None:
    data = EXTREMES[name]().encode()
    begin = time.process_time()
    report = read_or_refused(data, "a.txt")
    assert time.process_time() - begin < MOST_SECONDS
    assert report is None or faults(report) == []


def read_or_refused(data: bytes, name: str) -> Report | None:
    try:
        return extract(data, name=name)
    except UnreadableDocument:
        return None


@pytest.mark.parametrize("depth", [100, 5_000])
def test_word_tables_inside_each_other_are_read_or_refused(depth: int) -> None:
    opening = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>公开3条</w:t></w:r></w:p>"
    namespace = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = opening * depth + "</w:tc></w:tr></w:tbl>" * depth
    report = read_or_refused(packed(f"<w:document {namespace}><w:body>{body}</w:body></w:document>"), "a.docx")
    assert report is None or "公开3条" in report.source.text


@pytest.mark.slow
def test_time_grows_with_the_text_and_not_faster() -> None:
    short, long = (extraction_seconds(times(FLAT_FORM, size)()) for size in (25_000, 200_000))
    assert long < 8 * short * 2.5


def extraction_seconds(text: str) -> float:
    begin = time.process_time()
    extract(text.encode(), name="a.txt")
    return time.process_time() - begin
