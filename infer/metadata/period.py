"""The period that the report's figures cover, through every way its digits get lost."""
import calendar
import re
from dataclasses import dataclass

from infer.metadata.dates import iso_date
from infer.metadata.view import View

HEAD = 12000
_NOUN = re.compile(r"统计期|统计时|统计书记|期限|时限|时间范围|时间段|数据|涵盖|期间|截[止至]|所列|时间为")
_NOUN_REACH = 28
_YEAR = r"(?:(?P<{0}year>20[0-3]\d)年?度?)"
_DAY = r"(?P<{0}month>1[0-2]|0?[1-9])(?:月|[-/.])(?P<{0}day>3[01]|[12]\d|0?[1-9])?(?:[日号]|(?!\d))"
_TO = r"(?:起|以来)?,?[至到止~-]+"
_FULL = re.compile(
    rf"(?<!\d){_YEAR.format('')}?[-/.]?{_DAY.format('')}{_TO}{_YEAR.format('last_')}?[-/.]?{_DAY.format('last_')}")
_MONTHS = re.compile(r"(?<!\d)(?P<year>20[0-3]\d)年0?(?P<month>[1-9]|1[0-2])月" + _TO
                     + r"(?:(?P<last_year>20[0-3]\d)年)?(?P<last_month>1[0-2]|0?[1-9])月(?!\d)")
_RUN = re.compile(r"(?<!\d)20[0-3]\d[\d年月日号起自至到止~ -]{3,32}")
# 20231月1日, 2025111231日, 20101120101231日: all that is left of 1 January to 31 December.
_WHOLE_YEAR = re.compile(r"(20[0-3]\d)0?10?1(20[0-3]\d)?12(3[01])")
_UNTIL = re.compile(rf"截[止至](?:到|至|于)?{_YEAR.format('')}{_DAY.format('')}")
_TO_NOW = re.compile(r"(?<!\d)(?P<year>20[0-3]\d)年0?(?P<month>[1-9])月(?:0?(?P<day>\d{1,2})日)?(?:起)?至今")


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day as ISO dates, None for the one that is not said, and the words that say so."""

    first: str | None
    last: str | None
    start: int
    end: int

    @property
    def year(self) -> int | None:
        day = self.last or self.first
        return int(day[:4]) if day else None


def find_period(view: View, title_year: int | None) -> Period | None:
    """The first period that is announced as one or is a whole year."""
    for match in _starts(view.text):
        period = _read(match, title_year)
        if period and (_announced(view, period) or _whole_year(period)):
            return period
    until = _UNTIL.search(view.text, 0, HEAD)
    if until and "数据" in view.text[max(0, until.start() - 8):until.start()]:
        return Period(None, _iso(until["year"], until["month"], until["day"] or "31"), until.start(), until.end())
    return _to_now(view)


def _starts(text: str) -> list[re.Match[str]]:
    found = [match for shape in (_FULL, _MONTHS, _RUN) for match in shape.finditer(text, 0, HEAD)]
    return sorted(found, key=lambda match: match.start())


def _read(match: re.Match[str], title_year: int | None) -> Period | None:
    if match.re is _RUN:
        return _from_digits(match)
    year = match["year"] or match["last_year"] or (str(title_year) if title_year else None)
    if year is None:
        return None
    if match.re is _MONTHS:
        last = _iso(match["last_year"] or year, match["last_month"], "31")
        return Period(_iso(year, match["month"], "1"), last, match.start(), match.end())
    if not match["last_day"] or not (match["day"] or int(match["month"]) == 1):
        return _from_digits(match)
    first = _iso(year, match["month"], match["day"] or "1")
    last = _iso(match["last_year"] or year, match["last_month"], match["last_day"])
    return Period(first, last, match.start(), match.end()) if first and last and first <= last else None


def _from_digits(match: re.Match[str]) -> Period | None:
    digits = re.sub(r"\D", "", match.group())
    whole = _WHOLE_YEAR.match(digits)
    if not whole:
        return None
    end = match.start() + len(match.group().rstrip(" -~"))
    return Period(f"{whole[1]}-01-01", f"{whole[2] or whole[1]}-12-{whole[3]}", match.start(), end)


def _iso(year: str, month: str, day: str) -> str | None:
    """A date, its day held inside the month."""
    last = calendar.monthrange(int(year), int(month))[1]
    return iso_date(int(year), int(month), min(int(day), last))


def _announced(view: View, period: Period) -> bool:
    return bool(_NOUN.search(view.text, max(0, period.start - _NOUN_REACH), period.end + 4))


def _whole_year(period: Period) -> bool:
    return bool(period.first and period.last and period.first.endswith("-01-01") and period.last[5:] >= "12-25")


def _to_now(view: View) -> Period | None:
    match = _TO_NOW.search(view.text, 0, HEAD)
    if not match or not _announced(view, Period(None, None, match.start(), match.end())):
        return None
    return Period(_iso(match["year"], match["month"], match["day"] or "1"), None, match.start(), match.end())
