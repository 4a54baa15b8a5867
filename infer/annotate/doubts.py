"""What is doubtful in a sentence: readings that differ or are unsure, refuted ones, and numbers that nobody read."""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from report import Check, Fact

_DIFFER: Final = 0.3
"""least doubt of words that are read in two ways: confidences were measured with one model, this may be another"""
_REFUTED: Final = 0.3
"""doubt that a failed check adds, where not the report itself is likely to be at fault"""
_UNREAD: Final = 0.2
"""share of the numbers that nobody read, or rules alone and as nothing they know, that are facts"""
_SURE: Final = 0.05
"""doubts below this are not told"""


@dataclass(frozen=True, slots=True)
class Doubt:
    """How likely a place is read wrong, and why one thinks so; the reason is empty where it is sure."""

    worth: float
    reason: str


def refuted_by(checks: Iterable[Check]) -> Mapping[str, str]:
    """By fact, the failed check that it stands in."""
    return {name: check.id for check in checks if check.status == "fail" and check.fault != "source"
            for name in (*check.left.facts, *check.right.facts)}


def doubts_of(
    text: str, facts: Sequence[Fact], numbers: Iterable[tuple[int, int]], refuted: Mapping[str, str],
) -> list[Doubt]:
    """One for each place of a sentence that somebody read, and for each of its numbers that nobody did."""
    places: dict[str, list[Fact]] = {}
    for fact in facts:
        places.setdefault(fact.reading_of or fact.id, []).append(fact)
    read = [_doubt(readings, refuted) for readings in places.values()]
    return [*read, *_unread(text, numbers, facts)]


def _doubt(readings: Sequence[Fact], refuted: Mapping[str, str]) -> Doubt:
    if any(fact.review for fact in readings):
        return Doubt(0.0, "")
    stated = [fact for fact in readings if fact.status == "stated"]
    best = max(stated or readings, key=lambda fact: fact.confidence)
    words = best.evidence.text
    if best.indicator is None and len(readings) == 1 and best.method == "rule":
        return Doubt(_UNREAD, f"nothing known is read from {words}")
    worth = 1 - best.confidence if stated else best.confidence
    reason = f"unsure of {words} as {_named(best)} ({best.confidence:.2f})" if worth >= _SURE else ""
    if len({_named(fact) for fact in readings}) > 1 and not _both(readings):
        worth = max(worth, _DIFFER)
        reason = f"{words} is read as " + ", ".join(f"{_named(fact)} ({fact.method})" for fact in readings)
    if broken := next((refuted[fact.id] for fact in readings if fact.id in refuted), None):
        worth = 1 - (1 - worth) * (1 - _REFUTED)
        reason = "; ".join(filter(None, (reason, f"check {broken} fails with {words}")))
    return Doubt(worth, reason)


def _both(readings: Sequence[Fact]) -> bool:
    """Whether all that stands there was read by both: one number may state two facts."""
    return all(fact.method == "both" for fact in readings)


def _named(fact: Fact) -> str:
    parts = [fact.indicator or "no known indicator", *fact.by.values()]
    return " ".join(parts if fact.scope in ("own", *fact.by.values()) else [*parts, fact.scope])


def _unread(text: str, numbers: Iterable[tuple[int, int]], read: Sequence[Fact]) -> Iterator[Doubt]:
    for start, end in numbers:
        if not any(fact.evidence.start < end and start < fact.evidence.end for fact in read):
            yield Doubt(_UNREAD, f"nothing is read from {text[start:end]}")
