"""Reviewed reports as labelled documents: sentences in which people have decided on every number."""
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from annotations.corpus import AnnotatedDocument, Provenance, from_spans, to_spans
from infer.annotate.borders import by_guidelines
from infer.annotate.reading import prepared_of
from infer.annotate.sentences import bare
from infer.assemble import text_facts
from infer.assemble.dimensions import channel_of
from infer.assemble.words import read_amount
from infer.model.candidates import bare as named_alike
from infer.pipeline import Prepared
from infer.reviewing.corrections import overlap
from infer.reviewing.labels import REVIEWED
from infer.rules.channels import named_accounts
from report import Fact, Report, Span, SpanType, vocabulary
from report.folding import fold

_KINDS: Final = {"money": SpanType.FEE, "rate": SpanType.RATE, "count": SpanType.COUNT}
_UNITS: Final = {"元": SpanType.FEE, "1": SpanType.RATE}
_SENTENCE: Final = re.compile(r"[^。！？!?\n]*[。！？!?\n]?")
_FREE: Final = ("category", "subunit")
_NAMES: Final = frozenset({SpanType.CATEGORY, SpanType.CHANNEL})

Bounds = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A document, how many of its sentences are labelled, and a line for all that could not be."""

    doc: AnnotatedDocument
    sentences: int
    left: tuple[str, ...]


def labelled(report: Report) -> Labelled | None:
    """None where nobody has decided anything of the report."""
    reviewed = [fact for fact in report.facts if fact.review is not None]
    if not reviewed:
        return None
    base = bare(report)
    read = prepared_of(base)
    stated = [fact for fact in reviewed if fact.method == "reviewed" and fact.status == "stated" and not fact.in_form]
    sentences = [match.span() for match in _SENTENCE.finditer(report.source.text) if match[0].strip()]
    kept, regions, left = _sorted_out(report, read, sentences, stated)
    marks, links = from_spans([span for one in kept for span in one])
    doc = replace(
        base, annotations=marks, links=links, regions=tuple(sorted([*base.regions, *regions])),
        annotator=_reviewers(reviewed), provenance=Provenance(
            method=REVIEWED, issuer=report.meta.issuer, year=report.meta.report_year, form=report.meta.form,
            source=report.source.name))
    cells = sum(fact.in_form and fact.method == "reviewed" for fact in reviewed)
    if cells:
        left.append(f"{report.source.name}: {cells} decisions on cells of its form; forms carry no labels")
    return Labelled(doc=doc, sentences=len(kept), left=tuple(left))


def _reviewers(reviewed: Iterable[Fact]) -> str:
    names = dict.fromkeys(fact.review.reviewer for fact in reviewed if fact.review and fact.review.reviewer)
    return ", ".join(filter(None, names)) or "unknown"


def _sorted_out(
    report: Report, read: Prepared, sentences: Sequence[Bounds], stated: Sequence[Fact],
) -> tuple[list[list[Span]], list[Bounds], list[str]]:
    """The spans of each sentence that can be labelled, the sentences that nobody may learn from, and why."""
    kept: list[list[Span]] = []
    regions: list[Bounds] = []
    left: list[str] = []
    unseen = 0
    for bounds in sentences:
        own = [fact for fact in stated if _inside(fact, bounds)]
        if _open_places(report, read, bounds):
            unseen += bool(own)
            regions.append(bounds)
            continue
        if not own:
            continue
        spans = spans_of(own, read, bounds)
        if wrong := _not_held(own, spans, read, report):
            left.append(f"{report.source.name}, [{bounds[0]}:{bounds[1]}]: no label can say that {wrong}")
            regions.append(bounds)
        else:
            kept.append(spans)
    if unseen:
        left.append(f"{report.source.name}: {unseen} sentences with decisions also hold numbers that nobody decided on")
    return kept, regions, left


def _inside(fact: Fact, bounds: Bounds) -> bool:
    return bounds[0] <= fact.evidence.start < bounds[1]


def _open_places(report: Report, read: Prepared, bounds: Bounds) -> bool:
    """Whether the sentence has a number, or a reading of the running text, that nobody has decided on."""
    decided = [(fact.evidence.start, fact.evidence.end) for fact in report.facts
               if fact.review is not None and _inside(fact, bounds)]
    if any(fact.review is None and not fact.in_form and _inside(fact, bounds) for fact in report.facts):
        return True
    numbers = (read.text.prose.to_document(one.start, one.end) for one in read.text.quantities)
    spans = ((span.start, span.end) for span in read.spans if span.type not in _NAMES)
    return any(bounds[0] <= place[0] < bounds[1] and not any(overlap(place, one) for one in decided)
               for place in (*numbers, *spans))


def spans_of(facts: Sequence[Fact], read: Prepared, bounds: Bounds) -> list[Span]:
    """The labels that say these facts, with the names that they are divided by."""
    found: dict[Bounds, Span] = {}
    names: list[Span] = []
    for fact in facts:
        place = fact.evidence.start, fact.evidence.end
        group = place[0]
        if place in found:
            continue
        own = list(_names(fact, read, bounds, group))
        names += own
        found[place] = Span(start=place[0], end=place[1], type=_type(fact), indicator=fact.indicator,
                            scope=fact.scope, method=REVIEWED, group=group if own else None)
    return sorted(by_guidelines([*found.values(), *names], read.doc.text), key=lambda span: (span.start, span.end))


def _type(fact: Fact) -> SpanType:
    if fact.state == "zero" and read_amount(fact.evidence.text) is None:
        return SpanType.NONE
    if fact.indicator is None:
        return _UNITS.get(fact.unit, SpanType.COUNT)
    return _KINDS[vocabulary()[fact.indicator].kind]


def _names(fact: Fact, read: Prepared, bounds: Bounds, group: int) -> Iterator[Span]:
    """Where the sentence names the part: the place nearest to the number."""
    for dimension, key in fact.by.items():
        kind = SpanType.CATEGORY if dimension in _FREE else SpanType.CHANNEL if dimension == "channel" else None
        if kind is None:
            continue
        places = _category(read.doc.text, key, bounds) if kind is SpanType.CATEGORY else _channel(read, key, bounds)
        nearest = min(places, default=None, key=lambda place: (
            place[1] > fact.evidence.start, abs(fact.evidence.start - place[1])))
        if nearest:
            yield Span(start=nearest[0], end=nearest[1], type=kind, method=REVIEWED, group=group)


def _category(text: str, name: str, bounds: Bounds) -> list[Bounds]:
    pattern = r"\s*".join(map(re.escape, re.sub(r"\s", "", name)))
    return [match.span() for match in re.compile(pattern).finditer(text, *bounds)]


def _channel(read: Prepared, key: str, bounds: Bounds) -> list[Bounds]:
    accounts = named_accounts(read.text.prose.text)
    return [(span.start, span.end) for span in read.spans
            if span.type is SpanType.CHANNEL and bounds[0] <= span.start < bounds[1]
            and channel_of(read.doc.text[span.start:span.end], accounts) == key]


def _not_held(facts: Sequence[Fact], spans: Sequence[Span], read: Prepared, report: Report) -> str | None:
    """What the labels, read back, would not say or say besides."""
    marks, links = from_spans(spans)
    back = to_spans(replace(bare(report), annotations=marks, links=links), method=REVIEWED)
    again = {_said(fact): fact for fact in text_facts(read.doc, back, read.text)}
    wanted = {_said(fact): fact for fact in facts}
    lost = [fact for said, fact in wanted.items() if said not in again]
    odd = next(iter([*lost, *(fact for said, fact in again.items() if said not in wanted)]), None)
    if odd is None:
        return None
    words = "".join(odd.evidence.text.split())
    parts = " ".join([odd.indicator or odd.counted or "a number", *(f"{name}={key}" for name, key in odd.by.items())])
    return f"{fold(words).text} is {parts} {odd.value}"


def _said(fact: Fact) -> tuple[object, ...]:
    return (fact.evidence.start, fact.evidence.end, fact.indicator, fact.scope, fact.value,
            tuple(sorted(named_alike(fact.by))))
