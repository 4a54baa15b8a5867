"""Own office or whole area: 全市公开9600条 beside 我办公开120条."""
import re
from collections.abc import Sequence
from dataclasses import replace

from report import Document, Span, SpanType

_AREA = re.compile(r"(?:全[省市州盟县旗区镇]|全系统|各级各部门|[省市县区](?:政府)?各部门|[市县区]直各部门|全[市县区]行政机关)[^,;。]*$")
_ORGAN = re.compile(r"(?:本级|我[办局委厅院]|本[办局委厅院机]|局机关|机关本级|办公室本级|办本级)[^,;。]*$")
_OFFICE = re.compile(r"(?:办公室|办公厅|局|委员会|委|厅|办|院|中心|税务|海关)$")
_REACH = 60


def tell_areas_apart(doc: Document, spans: Sequence[Span], issuer: str | None) -> list[Span]:
    """Mark the area's figure as aggregate where an office's report states the same indicator for itself as well."""
    if issuer is None or not _OFFICE.search(issuer):
        return list(spans)
    markers = {span: _marker(doc, span) for span in spans if span.type is SpanType.COUNT and span.indicator}
    own = {span.indicator for span, marker in markers.items() if marker == "organ"}
    return [replace(span, scope="aggregate") if markers.get(span) == "area" and span.indicator in own else span for span in spans]


def _marker(doc: Document, span: Span) -> str | None:
    before = re.sub(r"\s", "", doc.text[max(0, span.start - _REACH):span.start])
    clause = re.split(r"[。；;\n]", before)[-1]
    if _ORGAN.search(clause):
        return "organ"
    return "area" if _AREA.search(clause) else None
