"""Two results of the same documents, set side by side field by field."""
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Final, Literal

from report.facts import Fact, Meta, Report

Kind = Literal["gained", "lost", "changed"]
Compared = dict[str, tuple[Any, Any]]

CONFIDENCE: Final = "confidence"
FIELDS: Final = ("indicator", "by", "scope", "counted", "value", "unit", "state", "qualifier", "status", "ambiguous",
                 "method")
"""of a fact, beside its evidence and its confidence; ids, reasons and links between ids follow from these"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact that only one has, or that they have differently: `fields` names what, each as in A and in B."""

    kind: Kind
    a: Fact | None
    b: Fact | None
    fields: Compared


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What two results of one document differ in; all empty where they are the same."""

    name: str
    meta: Compared
    source: Compared
    facts: tuple[Change, ...]
    checks: Compared
    warnings: Compared

    def __bool__(self) -> bool:
        return bool(self.meta or self.source or self.facts or self.checks or self.warnings)

    def count(self, kind: Kind) -> int:
        return sum(change.kind == kind for change in self.facts)


def compare(a: Report, b: Report, *, confidence: float = 0.0) -> Difference:
    """What differs between two readings; confidences that are no further apart than `confidence` do not."""
    return Difference(
        name=a.source.name,
        meta=_unequal({one.name: (getattr(a.meta, one.name), getattr(b.meta, one.name)) for one in fields(Meta)}),
        source=_source(a, b),
        facts=tuple(_changes(a.facts, b.facts, confidence)),
        checks=_unequal(_by_key(a, b, _checks)),
        warnings=_unequal(_by_key(a, b, _warnings)),
    )


def _source(a: Report, b: Report) -> Compared:
    """The file's own hash, and its text, of which the lengths are told."""
    found = _unequal({"sha256": (a.source.sha256, b.source.sha256)})
    if a.source.text != b.source.text:
        found["characters"] = len(a.source.text), len(b.source.text)
    return found


def _unequal(pairs: Compared) -> Compared:
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def _by_key(a: Report, b: Report, keyed: Callable[[Report], dict[str, Any]]) -> Compared:
    ours, theirs = keyed(a), keyed(b)
    return {key: (ours.get(key), theirs.get(key)) for key in sorted({*ours, *theirs})}


def _checks(report: Report) -> dict[str, Any]:
    return {f"{check.id} {check.subject}".rstrip(): check.status for check in report.checks}


def _warnings(report: Report) -> dict[str, Any]:
    return {warning.code: warning.message for warning in report.warnings}


def _changes(a: Sequence[Fact], b: Sequence[Fact], confidence: float) -> Iterator[Change]:
    """Facts are the same by what they count and where they stand, else by what they count, else by where."""
    ours, theirs = list(a), list(b)
    for key in (_whole, _counting, _standing):
        pairs, ours, theirs = _paired(ours, theirs, key)
        for one, other in pairs:
            if found := _differences(one, other, confidence):
                yield Change(kind="changed", a=one, b=other, fields=found)
    yield from (Change(kind="lost", a=one, b=None, fields={}) for one in ours)
    yield from (Change(kind="gained", a=None, b=one, fields={}) for one in theirs)


def _paired(
    a: Sequence[Fact], b: Sequence[Fact], key: Callable[[Fact], Hashable]
) -> tuple[list[tuple[Fact, Fact]], list[Fact], list[Fact]]:
    """Pairs of one key in the order of the document, and those on either side that found none."""
    waiting: dict[Hashable, list[Fact]] = defaultdict(list)
    for fact in sorted(b, key=_order, reverse=True):
        waiting[key(fact)].append(fact)
    pairs, alone = [], []
    for fact in sorted(a, key=_order):
        if others := waiting[key(fact)]:
            pairs.append((fact, others.pop()))
        else:
            alone.append(fact)
    left = sorted((fact for others in waiting.values() for fact in others), key=_order)
    return pairs, alone, left


def _order(fact: Fact) -> tuple[int, int, str]:
    return fact.evidence.start, fact.evidence.end, fact.status


def _counting(fact: Fact) -> Hashable:
    return fact.indicator, fact.counted, tuple(sorted(fact.by.items())), fact.scope, fact.status


def _standing(fact: Fact) -> Hashable:
    return fact.evidence.start, fact.evidence.end, fact.status


def _whole(fact: Fact) -> Hashable:
    return _counting(fact), _standing(fact)


def _differences(a: Fact, b: Fact, confidence: float) -> Compared:
    found = _unequal({name: (getattr(a, name), getattr(b, name)) for name in FIELDS})
    found |= _unequal({"evidence": ((a.evidence.start, a.evidence.end, a.evidence.text),
                                    (b.evidence.start, b.evidence.end, b.evidence.text))})
    if abs(a.confidence - b.confidence) > confidence:
        found[CONFIDENCE] = (a.confidence, b.confidence)
    return found
