"""Quantities as spans of the document."""

from infer.rules.context import Context, Reading
from infer.rules.disclosure import Disclosure
from infer.rules.patterns import pattern
from report import Span, SpanType
from report.spans import Scope

_TYPES = {"money": SpanType.FEE, "rate": SpanType.RATE}


DIRECT, FRAMED, OPEN = 0.9, 0.8, 0.5


def open_span(reading: Reading, context: Context, scope: Scope = "own") -> list[Span]:
    """An open fact; a bare number is kept only where a rule knows it."""
    return [count_span(reading, context, None, scope, OPEN)] if context.quantity.kind != "bare" else []


def disclosed_spans(
    reading: Reading, context: Context, disclosure: Disclosure, scope: str, group: int
) -> tuple[Span, ...]:
    spans = [count_span(reading, context, "proactive.total", as_scope(scope), disclosure.confidence, group)]
    for place, kind in ((disclosure.category, SpanType.CATEGORY), (disclosure.channel, SpanType.CHANNEL)):
        if place is not None and place[0] < place[1]:
            start, end = reading.prose.to_document(*place)
            spans.append(Span(start=start, end=end, type=kind, confidence=disclosure.confidence, group=group))
    return tuple(spans)


def as_scope(scope: str) -> Scope:
    return "cumulative" if scope == "cumulative" else "previous_year" if scope == "previous_year" else "own"


def count_span(
    reading: Reading, context: Context, indicator: str | None, scope: Scope, confidence: float, group: int | None = None
) -> Span:
    quantity = context.quantity
    begin = quantity.start
    if indicator and indicator.endswith("items_change"):
        sign = pattern("labeller.sign").search(context.left)
        begin -= len(sign[0]) if sign else 0
    start, end = reading.prose.to_document(begin, quantity.end)
    kind = _TYPES.get(quantity.kind, SpanType.COUNT)
    return Span(start=start, end=end, type=kind, indicator=indicator, scope=scope, confidence=confidence, group=group)
