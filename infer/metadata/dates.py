"""Dates as reports write them, in Arabic and Chinese digits, valid ones only."""
import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

_ARABIC = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<mark>[-/.年])(?P<month>1[0-2]|0?[1-9])(?:[-/.月])(?P<day>3[01]|[12]\d|0?[1-9])"
    r"(?:日|号|(?=\d\d:)|(?!\d))"
)
_COMPACT = re.compile(r"(?<![\d/-])(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_CHINESE = re.compile(
    r"(?P<year>二[〇○零Oo0][〇○零Oo0一二三][〇○零Oo0一二三四五六七八九])年(?P<month>十[一二]?|[一二三四五六七八九])月"
    r"(?P<day>三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九])[日号]"
)
_DIGITS = {sign: str(value) for value, sign in enumerate("〇一二三四五六七八九")} | dict.fromkeys("○零Oo0", "0")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and the range of the text that says it."""

    iso: str
    start: int
    end: int


def chinese_year(text: str) -> int:
    """The number of a year in Chinese digits, 二〇二一."""
    return int("".join(_DIGITS[sign] for sign in text))


def chinese_number(text: str) -> int:
    """The number of a month or day, up to 三十一."""
    tens, ten, ones = text.rpartition("十")
    value = int(_DIGITS.get(ones, "0")) if ones else 0
    return value + (10 * int(_DIGITS.get(tens, "1")) if ten else 0)


def iso_date(year: int, month: int, day: int) -> str | None:
    """An ISO date, None for one that no calendar has."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def find_dates(text: str, start: int, end: int, *, compact: bool = False) -> Iterator[Dated]:
    """Full dates of a range in order; `compact` takes 20210122 too."""
    found = [*_ARABIC.finditer(text, start, end), *(_COMPACT.finditer(text, start, end) if compact else ())]
    dates = [(match, int(match["year"]), int(match["month"]), int(match["day"])) for match in found]
    for match in _CHINESE.finditer(text, start, end):
        dates.append((match, chinese_year(match["year"]), chinese_number(match["month"]), chinese_number(match["day"])))
    for match, year, month, day in sorted(dates, key=lambda dated: dated[0].start()):
        iso = iso_date(year, month, day)
        if iso:
            yield Dated(iso, match.start(), match.end())
