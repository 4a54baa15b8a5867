"""Checks of quantities by their words: number, measure word, what stands around them, and numbers left unmarked."""
import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Final

from annotations.corpus.document import Annotation
from annotations.quality.findings import Finding, any_of, expression, settings
from annotations.quality.page import Around, Page
from annotations.scheme import QUANTITIES
from report import SpanType

_COUNTED: Final = (SpanType.COUNT, SpanType.FEE, SpanType.RATE)
_DIGITS: Final = "0-9〇零○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟半"
_NUMBER: Final = re.compile(rf"[{_DIGITS}]")
_SHAPE: Final = re.compile(rf"[+-]?[上数几]?(?P<number>[{_DIGITS}][{_DIGITS},.余多几来]*)(?P<measure>.*)$")
_NUMBER_BEFORE: Final = re.compile(r"(?:\d|\d[.,]|[二三四五六七八九十百千两])$")
_NUMBER_AFTER: Final = re.compile(r"\d|\.\d(?!\d{3}年)|,\d{3}(?!\d)|[余万亿]|多(?![媒部种元次年项个方])")
_THOUSANDS: Final = re.compile(r"\d{3}(?!\d)")
_CHINESE: Final = re.compile(r"[〇零一二三四五六七八九十百千万亿]")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d\d$")


def check_numbers(page: Page) -> Iterator[Finding]:
    """What COUNT, FEE and RATE hold, and what was left outside of them."""
    for mark, around in page.surroundings:
        if mark.type not in _COUNTED:
            continue
        if not _NUMBER.search(around.inside):
            yield page.found("quantity.no_number", mark, "holds no number")
        elif _goes_on(page, mark, around):
            yield page.found("quantity.number_cut", mark, "the number goes on outside")
        else:
            yield from _check_unit(page, mark, around)


def _goes_on(page: Page, mark: Annotation, around: Around) -> bool:
    text, inside = page.doc.text, around.inside
    touches = mark.start > 0 and not text[mark.start - 1].isspace()
    before = around.before if touches else ""
    if _NUMBER_BEFORE.search(before) and not _YEAR.search(before) and _continues(before[-1], inside):
        return True
    follows = mark.end < len(text) and not text[mark.end].isspace()
    ends_open = re.search(rf"[{_DIGITS}余多]$", inside)
    return bool(follows and ends_open and _NUMBER_AFTER.match(around.after))


def _continues(before: str, inside: str) -> bool:
    if before == ",":
        return _THOUSANDS.match(inside) is not None
    first = inside[0]
    if (before.isdigit() and before.isascii()) or before in ".,":
        return (first.isascii() and first.isdigit()) or first in "万亿千百余"
    return _CHINESE.match(first) is not None


def _check_unit(page: Page, mark: Annotation, around: Around) -> Iterator[Finding]:
    if mark.type is SpanType.FEE:
        if not expression("quantities", "money").search(around.inside):
            yield page.found("quantity.fee_unit", mark, "no 元")
    elif mark.type is SpanType.RATE:
        if not expression("quantities", "rate").search(around.inside):
            yield page.found("quantity.rate_unit", mark, "no sign of percentage or share")
    else:
        yield from _check_count(page, mark, around)


def _check_count(page: Page, mark: Annotation, around: Around) -> Iterator[Finding]:
    words = around.inside
    if (mark.indicator or "").endswith("items_change"):
        words = words.removeprefix(_sign(words))
    shape = _SHAPE.match(words)
    if shape is None:
        yield page.found("quantity.extra_words", mark, "does not begin with its number")
        return
    measure = shape["measure"].strip("\"'")
    if _is_other_type(around.inside, measure):
        yield page.found("quantity.type", mark, "is money or a percentage")
    elif _is_not_counted(around):
        yield page.found("quantity.not_counted", mark, "is no quantity but a date, an ordinal or a number of something")
    elif _is_cut(measure, around.after):
        yield page.found("quantity.measure_cut", mark, f"its measure word goes on: {around.after[:4]}")
    elif measure and measure not in _measures():
        yield page.found("quantity.extra_words", mark, f"{measure} is no measure word")


def _sign(words: str) -> str:
    match = expression("quantities", "sign").match(words)
    return match[0] if match else ""


def _is_other_type(words: str, measure: str) -> bool:
    money = measure in ("元", "万元", "亿元", "千元", "百元", "万余元", "余元")
    return money or (expression("quantities", "rate").search(words) is not None and not measure.startswith("分"))


def _is_not_counted(around: Around) -> bool:
    return any(match.start() <= around.first and around.last <= match.end() and match[0]
               for match in any_of("not_counted").finditer(around.unit.words))


def _is_cut(measure: str, after: str) -> bool:
    if not measure:
        return expression("quantities", "core").match(after) is not None
    return any(word.startswith(measure) and word != measure and (measure + after).startswith(word)
               for word in settings()["quantities"]["longer"])


@cache
def _measures() -> frozenset[str]:
    return frozenset(settings()["quantities"]["measures"])


def check_unlabelled(page: Page) -> Iterator[Finding]:
    """Numbers with measure words that no span marks, if the document's quantities are labelled at all."""
    labelled = any(mark.type in QUANTITIES for mark in page.marks)
    if not labelled or page.doc.provenance.method == "distant":
        return
    starts = [mark.start for mark in page.marks]
    for unit in page.units:
        if not _NUMBER.search(unit.words):
            continue
        words = any_of("not_counted", "passed_over").sub(lambda match: "□" * len(match[0]), unit.words)
        for rule, key in (("quantity.unlabelled", "digits"), ("quantity.unlabelled_words", "words")):
            for match in expression("unlabelled", key).finditer(words):
                start, end = unit.places[match.start()], unit.places[match.end() - 1] + 1
                number = bisect_left(starts, end)
                if not any(mark.end > start for mark in page.marks[max(0, number - 2) : number]):
                    yield page.found(rule, (start, end), "nothing marks it")


