"""Own office or whole area: 全市公开9600条 beside 我办公开120条."""

import re
from collections.abc import Sequence
from dataclasses import replace

from infer.rules.patterns import pattern
from report import Document, Span, SpanType

_REACH = 60


def tell_areas_apart(doc: Document, spans: Sequence[Span], issuer: str | None) -> list[Span]:
    """Mark the area's figure as aggregate where an office's report states the same indicator for itself as well."""
    if issuer is None or not pattern("areas.office").search(issuer):
        return list(spans)
    markers = {span: _marker(doc, span) for span in spans if span.type is SpanType.COUNT and span.indicator}
    own = {span.indicator for span, marker in markers.items() if marker == "organ"}
    return [
        replace(span, scope="aggregate") if markers.get(span) == "area" and span.indicator in own else span
        for span in spans
    ]


def _marker(doc: Document, span: Span) -> str | None:
    before = re.sub(r"\s", "", doc.text[max(0, span.start - _REACH) : span.start])
    clause = re.split(r"[。；;\n]", before)[-1]
    if pattern("areas.organ").search(clause):
        return "organ"
    return "area" if pattern("areas.area").search(clause) else None
