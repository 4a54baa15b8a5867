"""The report's identity: everything about a report that is not a quantity."""
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import cast

from infer.metadata.dates import Dated, find_dates
from infer.metadata.header import HEAD, first_date, first_value, read_entries
from infer.metadata.issuer import find_issuer, signatures
from infer.metadata.kind import read_kind
from infer.metadata.period import Period, find_period
from infer.metadata.title import Title, best_title, find_titles
from infer.metadata.view import View, squeeze
from infer.metadata.words import value_pattern
from infer.metadata.year import Year, find_year, year_warnings
from report.document import Document
from report.facts import Evidence, FormId, Meta, Section, Warning

PARTS_2019 = ("overview", "proactive", "requests", "disputes", "problems", "other")
FIRST_YEAR_OF_2021_FORM = 2021
FIRST_YEAR_OF_2019_FORM = 2019
SHORTEST_HEAD = 30
DATE_AFTER_TITLE = 40
_TOLD_BY_TABLES = frozenset({"overview", "proactive", "requests", "disputes", "problems"})
_FORMS = ("narrative", "2014", "2019", "2021")


@dataclass(frozen=True, slots=True, kw_only=True)
class MetaReading:
    """The identity, the exact words behind each field of it, and what a reader should know."""

    meta: Meta
    evidence: dict[str, Evidence] = field(default_factory=dict)
    warnings: tuple[Warning, ...] = ()


def read_meta(doc: Document, sections: Sequence[Section], *, form: str | None) -> MetaReading:
    """Read title, issuer, year, period, numbers and date; `form` is the official form recognised, if any."""
    view = squeeze(doc.text)
    entries = read_entries(view, _head_end(view, sections))
    titles = find_titles(view, entries)
    title = best_title(titles)
    period = find_period(view, title.year if title else None)
    published = first_date(view, entries) or _signed(view) or _below(view, title)
    year = find_year(view, title, titles, period, published.iso if published else None)
    kind = read_kind(view, title, titles, sections, has_period=period is not None)
    found = {
        "title": (title.start, title.end) if title else None,
        "issuer": find_issuer(view, title, titles, entries),
        "index_number": first_value(view, entries, "index_number"),
        "document_number": first_value(view, entries, "document_number") or _numbered_line(view, sections),
    }
    written = {name: view.written(*place) if place else None for name, place in found.items()}
    meta = Meta(
        kind=kind.kind, report_year=year.value if year else None, form=_form(form, sections, year),
        period_start=period.first if period else None, period_end=period.last if period else None,
        published_on=published.iso if published else None, **written,
    )
    places = found | _dated_places(year, period, published)
    return MetaReading(
        meta=meta, evidence={name: view.evidence(*place) for name, place in places.items() if place},
        warnings=(*kind.warnings(), *year_warnings(view, year, titles, period)),
    )


def _dated_places(
    year: Year | None, period: Period | None, published: Dated | None,
) -> dict[str, tuple[int, int] | None]:
    said = (period.start, period.end) if period else None
    return {
        "report_year": (year.start, year.end) if year else None,
        "period_start": said if period and period.first else None,
        "period_end": said if period and period.last else None,
        "published_on": (published.start, published.end) if published else None,
    }


def _head_end(view: View, sections: Sequence[Section]) -> int:
    """The page's head ends where the report's first part begins."""
    first = next((view.position(section.start) for section in sections if section.level == 1), HEAD)
    return min(HEAD, first) if first >= SHORTEST_HEAD else HEAD


def _signed(view: View) -> Dated | None:
    return next((dated for _, dated in signatures(view)), None)


def _below(view: View, title: Title | None) -> Dated | None:
    """A date that stands alone under the title, where a site leaves out the key."""
    if title is None:
        return None
    for dated in find_dates(view.text, title.end, title.end + DATE_AFTER_TITLE):
        opened = view.gaps[dated.start] or view.text[dated.start - 1] == "("
        closed = view.gaps[dated.end] or view.text[dated.end:dated.end + 1] in (")", " ")
        if opened and closed and view.text[dated.start - 1] not in "自至到从":
            return dated
    return None


def _numbered_line(view: View, sections: Sequence[Section]) -> tuple[int, int] | None:
    """A document number that has a line of the head to itself."""
    shape = value_pattern("document_number")
    position = 0
    head_end = _head_end(view, sections)
    while 0 <= position < min(head_end, len(view.text)):
        end = view.line_end(position)
        match = shape.fullmatch(view.text, position, end) if end - position <= DATE_AFTER_TITLE else None
        if match and "〔" in match.group():
            return match.span()
        position = end
    return None


def _form(form: str | None, sections: Sequence[Section], year: Year | None) -> FormId:
    """The form given; without one the layout of 2019 and 2021 by its parts, told apart by the year."""
    if form in _FORMS:
        return cast(FormId, form)
    parts = tuple(section.topic for section in sections if section.level == 1)
    alike = parts == PARTS_2019 or (year is not None and set(parts) >= _TOLD_BY_TABLES)
    if not alike or (year and year.value < FIRST_YEAR_OF_2019_FORM):
        return "narrative"
    return "2021" if year is None or year.value >= FIRST_YEAR_OF_2021_FORM else "2019"
