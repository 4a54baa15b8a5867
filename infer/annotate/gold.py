"""Spans from facts that people wrote down by hand: a report with its gold file becomes a labelled document."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from annotations.corpus import AnnotatedDocument, Provenance, from_spans
from infer.annotate.borders import by_guidelines
from infer.annotate.reading import ReadReport
from report import Fact, Span, SpanType, vocabulary
from report.spans import Scope

_KINDS: Final = {"count": SpanType.COUNT, "money": SpanType.FEE, "rate": SpanType.RATE}
_META: Final = {
    "issuer": SpanType.ISSUER,
    "index_number": SpanType.INDEX_NUMBER,
    "document_number": SpanType.DOCUMENT_NUMBER,
    "published_on": SpanType.DATE,
}
_YEAR = re.compile(r"20\s?\d\s?\d\s?年")
_QUANTITIES: Final = frozenset(_KINDS.values())
_ENDING = re.compile(r"(类信息|信息|类|情况)$")
_CELL = re.compile(r"[\d０-９.,，．\s+\-－—/]*(万?元|件|条|项)?")
_FREE: Final = frozenset({"category", "subunit"})

Key = tuple[str, tuple[tuple[str, str], ...], float]


@dataclass(frozen=True, slots=True)
class GoldFact:
    """A fact of the running text as the gold file has it (gold/README.md)."""

    key: Key
    quote: str
    optional: bool = False
    """a debatable reading, which need not be marked"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gold:
    """The gold facts of one report: `facts` of the running text, `cells` of its form; what both say stands in one.

    `quantities` are all numbers of the running text as written.
    """

    facts: tuple[GoldFact, ...]
    cells: tuple[GoldFact, ...]
    quantities: tuple[str, ...]
    meta: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """The labelled document, and the gold facts whose words were not found."""

    document: AnnotatedDocument
    unplaced: tuple[GoldFact, ...]


def read_gold(path: Path) -> Gold:
    """Read a gold file."""
    data = json.loads(path.read_text(encoding="utf-8"))
    facts = [
        GoldFact(_key(row["indicator"], row.get("by") or {}, row["value"]), row["quote"], row.get("optional", False))
        for row in data["facts"]
        if row["value"] is not None
    ]
    cells = tuple(fact for fact in facts if _CELL.fullmatch(fact.quote))
    told = tuple(fact for fact in facts if not _CELL.fullmatch(fact.quote))
    return Gold(facts=told, cells=cells, quantities=tuple(data.get("quantities", ())), meta=data["meta"])


def key_of(fact: Fact) -> Key | None:
    """The fact as gold compares it; None for open facts and cells without a value."""
    if fact.indicator is None or fact.value is None:
        return None
    return _key(fact.indicator, fact.by, fact.value)


def _key(indicator: str, by: Mapping[str, Any], value: float) -> Key:
    kept = {
        name: _ENDING.sub("", re.sub(r"\s+", "", str(word))) if name in _FREE else str(word)
        for name, word in by.items()
        if word is not None and (name, word) != ("applicant", "total")
    }
    return indicator, tuple(sorted(kept.items())), round(float(value), 6)


def annotate_from_gold(read: ReadReport, gold: Gold, *, name: str) -> Converted:
    """Labels of a report's running text: the rules' spans as far as gold agrees, mended where it does not."""
    wanted = {fact.key for fact in (*gold.facts, *gold.cells)}
    spans = [span for span in (_agreed(span, read, wanted) for span in read.spans) if span is not None]
    placed = {key for span in spans for key in _keys(read, span)}
    missing = [fact for fact in gold.facts if fact.key not in placed and not fact.optional]
    found = {fact: place for fact in missing if (place := _place(read, fact, spans)) is not None}
    spans = _with_found(spans, found)
    spans = [*_only_quantities(read, spans, gold.quantities), *_identity(read, gold.meta)]
    annotations, links = from_spans([*by_guidelines(_named(spans), read.text)])
    document = AnnotatedDocument(
        name=name,
        text=read.text,
        annotations=annotations,
        links=links,
        regions=tuple(read.regions),
        provenance=Provenance(method="gold", issuer=read.meta.issuer, year=read.meta.report_year, form=read.meta.form),
    )
    unplaced = tuple(fact for fact in missing if fact not in found and not _in_form(read, fact))
    return Converted(document=document, unplaced=unplaced)


def _keys(read: ReadReport, span: Span) -> list[Key]:
    facts = read.facts_at.get((span.start, span.end), ())
    return [key for fact in facts if (key := key_of(fact)) is not None]


def _agreed(span: Span, read: ReadReport, wanted: set[Key]) -> Span | None:
    """The span where gold has its fact, else without its indicator; None for a wrong statement of none."""
    if span.type in (SpanType.CATEGORY, SpanType.CHANNEL) or span.scope in ("aggregate", "upward"):
        return span
    if span.type not in _QUANTITIES and span.type is not SpanType.NONE:
        return span
    if span.indicator is None or any(key in wanted for key in _keys(read, span)):
        return span
    if span.type is SpanType.NONE:
        return None
    return replace(span, indicator=None, scope="own", group=None)


def _place(read: ReadReport, fact: GoldFact, spans: Sequence[Span]) -> Span | None:
    """The open span inside the fact's quote whose number it is."""
    start, end = _find(read, fact.quote)
    for span in spans:
        if span.indicator is None and span.type in _QUANTITIES and start <= span.start and span.end <= end:
            amounts = {
                round(float(one.value), 6)
                for one in read.facts_at.get((span.start, span.end), ())
                if one.value is not None
            }
            if fact.key[2] in amounts:
                period = dict(fact.key[1]).get("period", "")
                scope: Scope = (
                    "cumulative"
                    if period == "cumulative"
                    else ("previous_year" if period == "previous_year" else "own")
                )
                return replace(span, indicator=fact.key[0], scope=scope, type=_KINDS[vocabulary()[fact.key[0]].kind])
    return None


def _in_form(read: ReadReport, fact: GoldFact) -> bool:
    start, _ = _find(read, fact.quote)
    return any(first <= start < last for first, last in read.regions)


def _find(read: ReadReport, quote: str) -> tuple[int, int]:
    """Where the quote stands, white space aside; an empty range where it does not."""
    pattern = r"\s*".join(re.escape(character) for character in re.sub(r"\s+", "", quote))
    match = re.search(pattern, read.text)
    return match.span() if match else (0, 0)


def _with_found(spans: Sequence[Span], found: Mapping[GoldFact, Span]) -> list[Span]:
    named = {(span.start, span.end): span for span in found.values()}
    return [named.get((span.start, span.end), span) if span.type in _QUANTITIES else span for span in spans]


def _only_quantities(read: ReadReport, spans: Sequence[Span], quantities: Sequence[str]) -> list[Span]:
    """Open spans only of what gold counts as a quantity, and those of its quantities that nothing marks yet."""
    listed = Counter(_squeeze(words) for words in quantities)
    kept = [
        span
        for span in spans
        if span.indicator is not None
        or span.type not in _QUANTITIES
        or _squeeze(read.text[span.start : span.end]) in listed
    ]
    marked = {_squeeze(read.text[span.start : span.end]) for span in kept}
    return kept + [span for words in listed if words not in marked for span in _occurrences(read, words, kept)]


def _occurrences(read: ReadReport, words: str, spans: Sequence[Span]) -> Iterator[Span]:
    pattern = r"\s*".join(re.escape(character) for character in words)
    kind = SpanType.RATE if words.endswith("%") else SpanType.FEE if words.endswith("元") else SpanType.COUNT
    for match in re.finditer(rf"(?<![\d.]){pattern}", read.text):
        taken = any(start < match.end() and match.start() < end for start, end in read.regions)
        taken = taken or any(span.start < match.end() and match.start() < span.end for span in spans)
        if not taken:
            yield Span(start=match.start(), end=match.end(), type=kind)


def _identity(read: ReadReport, meta: Mapping[str, Any]) -> Iterator[Span]:
    """Issuer, date and numbers where the reader found what gold has; the year in the title."""
    found = {
        "issuer": read.meta.issuer,
        "index_number": read.meta.index_number,
        "document_number": read.meta.document_number,
        "published_on": read.meta.published_on,
    }
    for field, kind in _META.items():
        place = read.meta_places.get(field)
        if place and place[0] < place[1] and meta.get(field) is not None and found[field] == meta[field]:
            yield Span(start=place[0], end=place[1], type=kind)
    start, end = read.meta_places.get("title", (0, 0))
    year = _YEAR.search(read.text, start, end)
    if year:
        yield Span(start=year.start(), end=year.end(), type=SpanType.YEAR)


def _squeeze(words: str) -> str:
    return re.sub(r"\s+", "", words)


def _named(spans: Sequence[Span]) -> list[Span]:
    """Without names whose count is no longer theirs."""
    groups = {span.group for span in spans if span.type in _QUANTITIES and span.indicator is not None}
    return [
        span
        for span in spans
        if span.type not in (SpanType.CATEGORY, SpanType.CHANNEL) or span.group is None or span.group in groups
    ]
