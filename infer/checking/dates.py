"""The year of the report, its period, dates that do not exist, sentences of another year, and the time limit."""
import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from infer.checking.findings import Finding
from infer.checking.lexicon import lexicon
from infer.checking.places import Draft
from infer.checking.wording import FIRST_YEAR_OF_2019, found, wording
from report.checks import Check
from report.facts import Evidence
from report.folding import fold
from report.identities.rules import rules
from report.numerals import parse_year

_KINDS: Final[Mapping[str, str]] = {
    "title": "year.title", "period_start": "year.period", "period_end": "year.period", "text": "year.text"}
_DATE: Final = re.compile(r"(?<!\d)(20\d\d)年\s*(\d{1,2})月(?:\s*(\d{1,2})日)?")
_LONG_YEAR: Final = re.compile(r"(?<!\d)20\d{3}年(?!\s*\d+\s*月)")
_MIXED_YEAR: Final = re.compile(r"(?<![A-Za-z\d])(?:2[0oO]{1}\d[oO]|2[oO]\d\d|20[lI]\d|20\d[oOlI])年")
_MONTHS: Final = 12
_YEARS_BACK: Final = 5
_IN_FORCE: Final = "2008-05-01"
"""the Regulations came into force, and the first reports begin"""


def check_dates(draft: Draft) -> Iterator[Finding]:
    year = draft.year
    if draft.report.meta.kind != "report":
        return
    if year is None:
        yield found("year.none", draft)
    elif _names(draft, year):
        yield from _years(draft, year)
        yield from _stale(draft, year)
        yield from _published(draft, year)
        yield from _period(draft, year)
    yield from _impossible(draft)


def _names(draft: Draft, year: int) -> bool:
    """The second reading of the year: the title, where it has one, has this one in its own digits."""
    title = fold(draft.report.meta.title or "").text
    years = {parse_year(words) for words in re.findall(rules()["dates"]["year"], title)}
    return not years or year in years


def _years(draft: Draft, year: int) -> Iterator[Finding]:
    """The failed dates.year, the words of one place once."""
    told: list[tuple[int, int]] = []
    failed = [check for check in draft.report.checks if check.status == "fail" and check.id == "dates.year"]
    for check in sorted(failed, key=lambda check: check.subject == "text"):
        spots = list(_spots(check, draft))
        if spots and all(any(start < stop and begin < end for begin, stop in told) for start, end in spots):
            continue
        told += spots
        slip = wording().slips["last_year"] if check.right.value == year - 1 else None
        yield found(_kind(check), draft, places=[draft.of_words(*spot) for spot in spots], slip=slip,
                    found=check.right.value, year=year)


def _kind(check: Check) -> str:
    if check.subject == "text" and not re.search(lexicon().dates["announcing"], check.right.expression):
        return "year.stale"
    return _KINDS[check.subject]


def _spots(check: Check, draft: Draft) -> Iterator[tuple[int, int]]:
    evidence = draft.report.meta_evidence.get(check.subject)
    if evidence:
        yield evidence.start, evidence.end
    elif (start := draft.text.find(check.right.expression)) >= 0:
        yield start, start + len(check.right.expression)


def _stale(draft: Draft, year: int) -> Iterator[Finding]:
    """A sentence that gives a figure under the number of a year gone and never names this year or compares."""
    words = lexicon().dates
    told = [check.right.expression for check in draft.report.checks if check.id == "dates.year"]
    for match in re.finditer(words["stale"], draft.text):
        start, end = draft.sentence(match.start(), match.end())
        sentence = draft.text[start:end]
        gone = year - int(match["year"])
        if not 0 < gone <= _YEARS_BACK or str(year) in sentence or "\t" in sentence:
            continue
        if not (re.search(words["compares"], sentence) or any(one in sentence for one in told)):
            yield found("year.stale", draft, places=[draft.of_words(*match.span())], year=year, found=match["year"],
                        slip=wording().slips["last_year"] if gone == 1 else None)


def _published(draft: Draft, year: int) -> Iterator[Finding]:
    published = draft.report.meta.published_on
    if published is None:
        return
    evidence = draft.report.meta_evidence.get("published_on")
    if evidence is None or not _is_its_own(evidence, draft):
        return
    places = [draft.of_evidence(evidence)]
    if any(check.id == "dates.published" and check.status == "fail" for check in draft.report.checks):
        yield found("date.early", draft, places=places, date=published, year=year)
        return
    limit = _limit(draft, year)
    if limit and published > limit[0]:
        finding = found("date.late", draft, places=places, date=published, limit=limit[0])
        yield replace(finding, asks=limit[1], source=wording().sources["article_49"])


def _is_its_own(evidence: Evidence, draft: Draft) -> bool:
    """Said to be the day of publication, or alone on its line; a page lists dates of other reports too."""
    begin, end = draft.sentence(evidence.start, evidence.end)
    before, after = draft.text[begin:evidence.start], draft.text[evidence.end:end]
    return bool(re.search(lexicon().dates["published"], before)) or not re.search(r"\w", before + after)


def _limit(draft: Draft, year: int) -> tuple[str, str] | None:
    """The day that article 49 sets for such an office, and its words; a town or street has none in it."""
    issuer = draft.report.meta.issuer or ""
    if year < FIRST_YEAR_OF_2019:
        return None
    for row in lexicon().offices:
        if re.search(row["words"], issuer):
            return (f"{year + 1}-{row['day']}", row["asks"]) if "day" in row else None
    return None


def _period(draft: Draft, year: int) -> Iterator[Finding]:
    """Within the year, but not all of it; a school year is not of one year."""
    meta = draft.report.meta
    start, end = meta.period_start, meta.period_end
    if not start or not end or (start, end) == (f"{year}-01-01", f"{year}-12-31"):
        return
    if start[:4] == end[:4] == str(year) and start != _IN_FORCE:
        places = [draft.of_evidence(words) for name in ("period_start", "period_end")
                  if (words := draft.report.meta_evidence.get(name))]
        yield found("period.short", draft, places=places[:1], start=start, end=end)


def _impossible(draft: Draft) -> Iterator[Finding]:
    for pattern in (_LONG_YEAR, _MIXED_YEAR):
        for match in pattern.finditer(draft.text):
            yield found("date.impossible", draft, places=[draft.of_words(*match.span())], words=match[0])
    for match in _DATE.finditer(draft.text):
        year, month, day = int(match[1]), int(match[2]), int(match[3] or 1)
        if not (1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1]):
            yield found("date.impossible", draft, places=[draft.of_words(*match.span())], words=match[0])
