"""How alike two readers read: their spans and the facts that these give, report by report."""
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from report import Report, Span, SpanType

_IDENTITY: Final = frozenset({SpanType.ISSUER, SpanType.YEAR, SpanType.DATE, SpanType.INDEX_NUMBER,
                              SpanType.DOCUMENT_NUMBER})
"""what the header is read for by other means"""

Row = tuple[Any, ...]
Record = Mapping[str, Mapping[str, Sequence[Row]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """F1 of the first reader's spans and stated facts of the prose against the second's, over all reports."""

    reports: int
    span_f1: float
    fact_f1: float
    same_spans: int
    same_facts: int

    def as_data(self) -> dict[str, Any]:
        return asdict(self)


def record(reports: Iterable[Report], spans: Mapping[str, Sequence[Span]]) -> dict[str, dict[str, list[Row]]]:
    """What a reader found in each report, as JSON can hold it; `spans` by the text of the report."""
    return {report.source.sha256: {"spans": [_span(span) for span in spans.get(report.source.text, ())
                                             if span.type not in _IDENTITY],
                                   "facts": _facts(report)} for report in reports}


def _span(span: Span) -> Row:
    return span.start, span.end, span.type.value, span.indicator, span.scope


def _facts(report: Report) -> list[Row]:
    return [(fact.evidence.start, fact.evidence.end, fact.indicator, fact.scope, fact.state, fact.value,
             *(word for pair in sorted(fact.by.items()) for word in pair))
            for fact in report.facts if fact.status == "stated" and fact.indicator and not fact.in_form]


def write_record(folder: Path, name: str, found: Record) -> None:
    (folder / f"{name}.record.json").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def read_record(folder: Path, name: str) -> Record:
    data: Record = json.loads((folder / f"{name}.record.json").read_text(encoding="utf-8"))
    return data


def agreement(first: Record, second: Record) -> Agreement:
    """Both records are of the same reports."""
    if first.keys() != second.keys():
        raise ValueError("the records are of different reports")
    pairs = [(first[key], second[key]) for key in first]
    spans = [(_counted(one["spans"]), _counted(other["spans"])) for one, other in pairs]
    facts = [(_counted(one["facts"]), _counted(other["facts"])) for one, other in pairs]
    return Agreement(reports=len(pairs), span_f1=_f1(spans), fact_f1=_f1(facts),
                     same_spans=sum(one == other for one, other in spans),
                     same_facts=sum(one == other for one, other in facts))


def _counted(rows: Iterable[Row]) -> Counter[Row]:
    return Counter(tuple(row) for row in rows)


def _f1(pairs: Iterable[tuple[Counter[Row], Counter[Row]]]) -> float:
    """1.0 where neither found anything."""
    both = sums = 0
    for one, other in pairs:
        both += (one & other).total()
        sums += one.total() + other.total()
    return 2 * both / sums if sums else 1.0
