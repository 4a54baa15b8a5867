"""The rules' labels of a report, for people to correct."""
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from annotations.corpus import AnnotatedDocument, Provenance, from_spans
from annotations.scheme import Label
from infer.annotate.borders import by_guidelines
from infer.annotate.reading import ReadReport
from infer.rules import rules_digest
from report import Span, SpanType

METHOD: Final = "rules"
_META: Final = {
    "issuer": SpanType.ISSUER,
    "report_year": SpanType.YEAR,
    "published_on": SpanType.DATE,
    "index_number": SpanType.INDEX_NUMBER,
    "document_number": SpanType.DOCUMENT_NUMBER,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Prelabelled:
    """A report with the labels that the rules give it, and how sure they are of each (in their order)."""

    doc: AnnotatedDocument
    scores: tuple[float, ...]


def model_version() -> str:
    """Which rules: they change with their files."""
    return f"{METHOD}-{rules_digest()}"


def prelabel(read: ReadReport, *, name: str) -> Prelabelled:
    """Running text and identity are labelled; the official forms are read by their own step and stand as regions."""
    spans = (*by_guidelines(read.spans, read.text), *_meta_spans(read))
    marks, links = from_spans(spans)
    origin = Provenance(
        method=METHOD, issuer=read.meta.issuer, year=read.meta.report_year, form=read.meta.form,
        source=read.doc.source.name,
    )
    labelled = AnnotatedDocument(
        name=name, text=read.text, annotations=marks, links=links, regions=read.regions, provenance=origin,
    )
    sure: dict[tuple[int, int, Label], float] = {}
    for span in spans:
        key = span.start, span.end, Label(span.type, span.indicator, span.scope)
        sure[key] = max(sure.get(key, 0.0), span.confidence)
    return Prelabelled(doc=labelled, scores=tuple(sure[mark.start, mark.end, mark.label] for mark in marks))


def _meta_spans(read: ReadReport) -> Iterator[Span]:
    for name, kind in _META.items():
        start, end = read.meta_places.get(name, (0, 0))
        if start < end:
            yield Span(start=start, end=end, type=kind)
