"""A report made ready for the page, or the reason why it cannot be shown."""
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from infer.batch import Failure
from infer.results.notes import warning_label
from infer.results.wording import wording
from infer.viewing.checks import Checks, heading
from infer.viewing.clean import clean
from infer.viewing.facts import is_low, numbered, show_facts
from infer.viewing.offsets import Utf16
from infer.viewing.shown import Entry, Shown, ShownMeta, ShownSection, ShownWarning
from infer.viewing.tables import fill
from infer.viewing.wording import Pair, dictionary
from report.facts import Evidence, Meta, Report, Warning

_SLACK: Final = 4
"""characters that may stand around a heading on its line"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A report as the page holds it, and its line in the list of reports, which the page gives its key."""

    shown: Shown
    entry: Entry


def prepare(report: Report) -> Prepared | Failure:
    """The report for the page; a Failure where it quotes what its text does not have: no evidence is better than a
    wrong one."""
    if wrong := next(_misquoted(report), None):
        return Failure(name=report.source.name, reason=f"{wrong}: the evidence is not what the text has there")
    try:
        report.source.text.encode()
    except UnicodeEncodeError:
        return Failure(name=report.source.name, reason="the text holds half characters (lone surrogates)")
    return Prepared(shown=_show(report), entry=_entry(report))


def _misquoted(report: Report) -> Iterator[str]:
    for name, words in _quoted(report):
        if not 0 <= words.start <= words.end or report.source.text[words.start:words.end] != words.text:
            yield name


def _quoted(report: Report) -> Iterator[tuple[str, Evidence]]:
    """Everything that claims to stand in the text, by the name of what claims it."""
    for fact in report.facts:
        yield f"fact {clean(fact.id)}", fact.evidence
        if fact.context:
            yield f"fact {clean(fact.id)}", fact.context
    for field, words in report.meta_evidence.items():
        yield clean(field), words
    for warning in report.warnings:
        if warning.evidence:
            yield f"warning {clean(warning.code)}", warning.evidence


def _show(report: Report) -> Shown:
    source, facts, places = report.source, numbered(report), Utf16(report.source.text)
    tables, loose = fill(report, facts)
    return Shown(
        name=clean(source.name), media=source.media, encoding=source.encoding, sha256=clean(source.sha256),
        size=source.size, pages=source.pages, producer=_producer(report), text=source.text,
        meta=tuple(_meta(report, places)), sections=tuple(_sections(report, places)),
        facts=show_facts(facts, places), checks=Checks(report, facts, places).show(),
        warnings=tuple(_warning(one, report.meta, places) for one in report.warnings), tables=tables, loose=loose)


def _producer(report: Report) -> str:
    made = report.producer
    return clean(f"gongkai {made.gongkai} · vocabulary {made.vocabulary} · forms {made.forms} · rules {made.rules}"
                 f" · model {made.model or 'none'}")


def _meta(report: Report, places: Utf16) -> Iterator[ShownMeta]:
    for field, value in _identity(report.meta):
        words = report.meta_evidence.get(field)
        yield ShownMeta(field=field, value=value, page=words.page if words else None,
                        place=(places.at(words.start), places.at(words.end)) if words else None)


def _identity(meta: Meta) -> Iterator[tuple[str, Pair]]:
    """The fields that say something, in the order in which people look for them."""
    for field in ("issuer", "report_year", "title", "period_start", "period_end", "published_on", "document_number",
                  "index_number"):
        value = getattr(meta, field)
        if value is not None:
            yield field, (clean(str(value)), clean(str(value)))
    yield "form", dictionary()["forms"][meta.form]


def _sections(report: Report, places: Utf16) -> Iterator[ShownSection]:
    """Headings that stand on a line of their own; others are the beginning of a paragraph."""
    text = report.source.text
    for section in report.sections:
        start, end = heading(section, text)
        line_start, line_end = text.rfind("\n", 0, start) + 1, text.find("\n", start)
        line = text[line_start:line_end if line_end >= 0 else len(text)]
        if end > start and len(line.strip()) <= end - start + _SLACK:
            yield ShownSection(level=section.level, words=clean(line), start=places.at(line_start))


def _warning(warning: Warning, meta: Meta, places: Utf16) -> ShownWarning:
    zh = wording().kinds[meta.kind] if warning.code == f"kind_{meta.kind}" else warning_label(warning)
    words = warning.evidence
    return ShownWarning(words=(clean(zh), clean(warning.message)),
                        place=(places.at(words.start), places.at(words.end)) if words else None)


def _entry(report: Report) -> Entry:
    meta, statuses = report.meta, [check.status for check in report.checks]
    stated = [fact for fact in report.facts if fact.status == "stated"]
    return Entry(
        key="", title=clean(meta.title or report.source.name), issuer=clean(meta.issuer or ""), year=meta.report_year,
        form=meta.form, kind=None if meta.kind == "report" else meta.kind, published=clean(meta.published_on or ""),
        name=clean(report.source.name), facts=len(stated), failed=statuses.count("fail"),
        unknown=statuses.count("unknown"), low=sum(map(is_low, stated)))
