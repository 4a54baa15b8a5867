"""Whether title, period, text and publication date agree with the report year."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from report.checks import Check, Side
from report.facts import Meta
from report.identities.rules import rules
from report.numerals import parse_year

YEAR_FORMULA = "标题、统计期限、正文与报告年度一致"
PUBLISHED_FORMULA = "发布日期不早于报告年度12月"


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Words that name the year reported on."""

    subject: str
    year: int
    words: str


def check_dates(meta: Meta, text: str) -> list[Check]:
    """dates.year for the title, the period and each year that the text reports on; dates.published."""
    witnesses = [*_of_title(meta), *_of_period(meta), *_of_text(text)]
    year, named_by = _reference(meta, witnesses)
    if year is None:
        return []
    found = [witness for witness in witnesses if witness.subject != named_by]
    found += _stale(text, year)
    checks = [_year_check(witness, year, named_by) for witness in dict.fromkeys(found)]
    return checks + ([_published_check(meta.published_on, year)] if meta.published_on else [])


def _reference(meta: Meta, witnesses: list[Witness]) -> tuple[int | None, str]:
    if meta.report_year is not None:
        return meta.report_year, "report_year"
    return (witnesses[0].year, witnesses[0].subject) if witnesses else (None, "")


def _of_title(meta: Meta) -> Iterator[Witness]:
    years = {parse_year(words) for words in re.findall(rules()["dates"]["year"], meta.title or "")} - {None}
    if len(years) == 1:
        yield from (Witness(subject="title", year=year, words=meta.title or "") for year in years if year)


def _of_period(meta: Meta) -> Iterator[Witness]:
    """Only of calendar years: a school year begins in the year before."""
    for subject, day, month in (
        ("period_start", meta.period_start, "-01-01"),
        ("period_end", meta.period_end, "-12-31"),
    ):
        if day and day.endswith(month):
            yield Witness(subject=subject, year=int(day[:4]), words=day)


def _of_text(text: str) -> Iterator[Witness]:
    for pattern in rules()["dates"]["statements"]:
        for match in re.finditer(pattern, text):
            yield _witness(match)


def _stale(text: str, year: int) -> Iterator[Witness]:
    """A figure of the year before or after, unless its sentence names the report year too and so compares."""
    for match in re.finditer(rules()["dates"]["stale"], text):
        if abs(int(match[1]) - year) == 1 and str(year) not in _sentence(text, match):
            yield _witness(match)


def _sentence(text: str, match: re.Match[str]) -> str:
    start = max(text.rfind(mark, 0, match.start()) for mark in "。\n") + 1
    ends = [end for mark in "。\n" if (end := text.find(mark, match.end())) >= 0]
    return text[start : min(ends, default=len(text))]


def _witness(match: re.Match[str]) -> Witness:
    return Witness(subject="text", year=int(match[1]), words=match[0])


def _year_check(witness: Witness, year: int, named_by: str) -> Check:
    agrees = witness.year == year
    return Check(
        id="dates.year",
        subject=witness.subject,
        formula=YEAR_FORMULA,
        left=Side(expression=named_by, value=year),
        right=Side(expression=witness.words, value=witness.year),
        status="pass" if agrees else "fail",
        fault=None if agrees else "source",
    )


def _published_check(published_on: str, year: int) -> Check:
    agrees = published_on >= f"{year}-12"
    return Check(
        id="dates.published",
        subject="published_on",
        formula=PUBLISHED_FORMULA,
        left=Side(expression="published_on", value=published_on),
        right=Side(expression="report_year", value=year),
        status="pass" if agrees else "fail",
        fault=None if agrees else "source",
    )
