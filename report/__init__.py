"""The domain: what a report on government information disclosure says, and how it is written down."""
from report.checks import Check, Side
from report.document import Cell, Document, LineBox, Source, Table
from report.errors import GongkaiError, UnreadableDocument
from report.facts import Evidence, Fact, Meta, Report, Review, Section, Warning
from report.spans import Span, SpanType
from report.vocabulary import Indicator, Vocabulary, vocabulary

__all__ = [
    "Cell", "Check", "Document", "Evidence", "Fact", "GongkaiError", "Indicator", "LineBox", "Meta", "Report",
    "Review", "Section", "Side", "Source", "Span", "SpanType", "Table", "UnreadableDocument", "Vocabulary", "Warning",
    "vocabulary",
]
