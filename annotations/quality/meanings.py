"""Checks of what spans are said to mean against the words around them: scope, statements of none, names, identity."""
import re
from collections.abc import Iterator, Sequence
from typing import Final

from annotations.corpus.document import Annotation
from annotations.corpus.masking import HAN, Unit, compact
from annotations.quality.findings import Finding, expression, settings
from annotations.quality.page import Around, Page
from annotations.scheme import NAMES
from report import SpanType
from report.numerals import parse_year

_IDENTITY: Final = frozenset(
    {SpanType.ISSUER, SpanType.YEAR, SpanType.DATE, SpanType.INDEX_NUMBER, SpanType.DOCUMENT_NUMBER})
_CLAUSE: Final = re.compile(r"[^,;。:]*$")
_QUANTITY: Final = re.compile(r"\d[\d,.]*[余多]?[万亿]?余?(?:人次|条|件|篇|份|次|期|个|项|宗|起|万?元|%)")
_AT_END: Final = re.compile(_QUANTITY.pattern + r"$")
_LEAD: Final = 80
"""Characters in which a statement of none says that it is one, lines aside."""
_TITLE: Final = re.compile("年度?报|工作报告|工作总结|公开情况")
_SIGNATURE: Final = 32
"""Characters; as long as a body's name with a date and a few words may be."""
_DATE: Final = re.compile(r"[\dOo〇零○一二三四五六七八九十]{2}.*")


def check_scopes(page: Page) -> Iterator[Finding]:
    """Figures of the report's own year that the words before them give to another year, or to no disclosure."""
    for mark, around in page.surroundings:
        if mark.scope != "own" or mark.type not in (SpanType.COUNT, SpanType.FEE, SpanType.RATE):
            continue
        if _is_of_last_year(mark, around.before):
            yield page.found("scope.previous_year", mark, "the words before it speak of the year before")
        if _is_cumulative(around.before, page.doc.provenance.year):
            yield page.found("scope.cumulative", mark, "the words before it speak of many years")
        if mark.indicator == "proactive.total" and expression("scope", "upward").search(around.before):
            yield page.found("scope.upward", mark, "was sent upward, not disclosed")


def _is_of_last_year(mark: Annotation, before: str) -> bool:
    if not expression("scope", "previous_year").search(before):
        return False
    clause = _CLAUSE.search(before)
    exempt = (mark.indicator or "").endswith(tuple(settings()["scope"]["previous_year_indicators"]))
    return clause is not None and not exempt and not expression("scope", "previous_year_unless").search(clause[0])


def _is_cumulative(before: str, year: int | None) -> bool:
    if expression("scope", "cumulative").search(before):
        return True
    since = expression("scope", "since").search(before)
    return since is not None and year is not None and int(since[1]) < year


def check_nones(page: Page) -> Iterator[Finding]:
    """Statements of none without a word that denies, or with a number that should be a COUNT."""
    denial = expression("identity", "denial")
    for mark, around in page.surroundings:
        if mark.type is not SpanType.NONE:
            continue
        if _QUANTITY.search(around.inside):
            yield page.found("none.number", mark, "holds a quantity")
        if not any(denial.search(unit.words) for unit in _stating(page, mark)):
            yield page.found("none.no_denial", mark, "nothing near it says that there is none")


def _stating(page: Page, mark: Annotation) -> Sequence[Unit]:
    """The unit of a statement; of one without an end also the two behind it, and a line that it goes on from."""
    number = page.unit_at(mark.start) or 0
    first = number
    while first and not _ends(page.units[first - 1]) and mark.start - page.units[first - 1].start < _LEAD:
        first -= 1
    return page.units[first : number + 1 if _ends(page.units[number]) else number + 3]


def _ends(unit: Unit) -> bool:
    """Whether a sentence ends here; a question mark may be what a character was garbled to."""
    return unit.is_sentence and not unit.words.endswith("?")


def check_names(page: Page) -> Iterator[Finding]:
    """Categories and channels that end in a quantity."""
    for mark, around in page.surroundings:
        if mark.type in NAMES and _AT_END.search(around.inside):
            yield page.found("name.quantity", mark, "ends in a quantity")


def check_identity(page: Page) -> Iterator[Finding]:
    """Issuer, years, dates and numbers of the report: their form, their place, and whether they agree."""
    for mark, around in page.surroundings:
        if mark.type not in _IDENTITY:
            continue
        if not _has_shape(mark.type, around.inside):
            yield page.found("identity.shape", mark, f"the words can be no {mark.type}")
        if _is_in_prose(page, around):
            yield page.found("identity.place", mark, "stands in a sentence")
    yield from _check_issuers(page)
    yield from _check_years(page)


def _has_shape(kind: SpanType, words: str) -> bool:
    if kind is SpanType.ISSUER:
        return len(HAN.findall(words)) > 1 and not expression("identity", "issuer_never").search(words)
    if kind is SpanType.YEAR:
        return parse_year(words.rstrip("年度")) is not None
    if kind is SpanType.DATE:
        return _DATE.match(words) is not None
    return re.search(r"[\dA-Za-z]", words) is not None and not re.match(r"索引号|文号|发文字号|.*:", words)


def _is_in_prose(page: Page, around: Around) -> bool:
    """Whether it stands in a long sentence that names no report; a title may have run into the first one."""
    words = around.unit.words
    if not around.unit.is_sentence or len(words) <= _SIGNATURE or _TITLE.search(words):
        return False
    first = next(unit for unit in page.units if unit.is_sentence)
    return around.unit is not first


def _check_issuers(page: Page) -> Iterator[Finding]:
    seen: list[str] = []
    for mark in page.marks:
        if mark.type is not SpanType.ISSUER:
            continue
        name = expression("identity", "office_end").sub("", compact(page.doc.words(mark)))
        if any(name not in other and other not in name for other in seen):
            yield page.found("identity.conflict", mark, f"another issuer is {seen[0]}")
        seen.append(name)


def _check_years(page: Page) -> Iterator[Finding]:
    found = [(mark, parse_year(compact(page.doc.words(mark)).rstrip("年度"))) for mark in page.marks
             if mark.type is SpanType.YEAR]
    years = [year for _, year in found if year is not None]
    for mark, year in found:
        if year is not None and year != years[0]:
            yield page.found("identity.conflict", mark, f"another report year is {years[0]}")
