"""What must hold of every result, whatever the document: the faults of a report, none if it is sound."""
import math
from collections.abc import Iterator

from infer.results import decode, encode
from report.facts import Evidence, Fact, Report


def faults(report: Report) -> list[str]:
    """One line for each promise that the result breaks."""
    return [*_evidence_faults(report), *_reading_faults(report), *_value_faults(report), *_reference_faults(report),
            *_round_trip_faults(report)]


def _evidence_faults(report: Report) -> Iterator[str]:
    text = report.source.text
    named: list[tuple[str, Evidence | None]] = [(fact.id, fact.evidence) for fact in report.facts]
    named += [(f"{fact.id} context", fact.context) for fact in report.facts]
    named += [(f"meta {name}", evidence) for name, evidence in report.meta_evidence.items()]
    named += [(f"warning {warning.code}", warning.evidence) for warning in report.warnings]
    for name, evidence in named:
        if evidence and not (0 <= evidence.start <= evidence.end <= len(text)
                             and text[evidence.start:evidence.end] == evidence.text):
            yield f"{name}: evidence is not what stands at {evidence.start}:{evidence.end}"
    for section in report.sections:
        if not 0 <= section.start < section.end <= len(text):
            yield f"section {section.number}: no place in the text"


def _reading_faults(report: Report) -> Iterator[str]:
    """Every reading but one of the same words is an alternative, and says of what and why."""
    stated: dict[tuple[object, ...], Fact] = {}
    by_id = {fact.id: fact for fact in report.facts}
    for fact in report.facts:
        if fact.status == "alternative":
            taken = by_id.get(fact.reading_of or "")
            unsure = taken is not None and (taken.reason or "").startswith("not sure enough")
            if taken is None or not (taken.status == "stated" or unsure) or not fact.reason:
                yield f"{fact.id}: an alternative that does not say of what, or why"
            continue
        words = (fact.evidence.start, fact.evidence.end, fact.indicator, *sorted(fact.by.items()))
        other = stated.setdefault(words, fact)
        if fact.indicator and fact.evidence.text and other.value != fact.value:
            yield f"{other.id} and {fact.id}: two readings of the same words, both stated"
        if fact.ambiguous and not fact.reason:
            yield f"{fact.id}: ambiguous without a reason"


def _value_faults(report: Report) -> Iterator[str]:
    for fact in report.facts:
        valued = fact.state in ("value", "zero")
        if valued != (fact.value is not None) or (fact.state == "zero") != (fact.value == 0):
            yield f"{fact.id}: state {fact.state} with value {fact.value}"
        if fact.value is not None and not math.isfinite(fact.value):
            yield f"{fact.id}: {fact.value} is no number"
        if not 0 <= fact.confidence <= 1:
            yield f"{fact.id}: confidence {fact.confidence}"


def _reference_faults(report: Report) -> Iterator[str]:
    ids = [fact.id for fact in report.facts]
    known = set(ids)
    if len(known) != len(ids):
        yield "two facts share an id"
    yield from (f"{fact.id}: parent {fact.parent} is no fact" for fact in report.facts
                if fact.parent is not None and fact.parent not in known)
    yield from (f"check {check.id}: rests on what is no fact" for check in report.checks
                if not known.issuperset((*check.left.facts, *check.right.facts)))


def _round_trip_faults(report: Report) -> Iterator[str]:
    line = encode(report)
    if decode(line) != report:
        yield "reading the result back gives another report"
    if b"\n" in line:
        yield "the result is more than one line"
