"""One set of facts out of two readings of the running text: the surest of each place is stated, the other kept."""
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from infer.model.candidates import Candidate, places
from infer.model.features import Features, Surroundings, features_of
from infer.model.reliability import Weights
from report import Check, Fact

Checker = Callable[[Sequence[Fact]], Sequence[Check]]
_LOST: Final = {"rule": "the rules alone read it so; the model's reading was taken",
                "model": "the model alone read it so; the rules' reading was taken"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A candidate of one place, and what its reliability is measured by."""

    place: int
    candidate: Candidate
    features: Features

    @property
    def fact(self) -> Fact:
        return self.candidate.fact


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was seen, how sure it is, and whether it won its place."""

    place: int
    candidate: Candidate
    confidence: float
    won: bool

    @property
    def fact(self) -> Fact:
        return self.candidate.fact


def see(rules: Sequence[Fact], model: Sequence[Fact], cells: Iterable[Fact]) -> list[Seen]:
    """Everything that one or both read from the running text."""
    held = places(rules, model)
    around = Surroundings.of(held, cells)
    return [Seen(place=number, candidate=candidate, features=features_of(candidate, around))
            for number, place in enumerate(held) for candidate in place.candidates]


def weigh(seen: Sequence[Seen], weights: Weights) -> list[Reading]:
    """With confidences; what both read alike wins its place, else the labeller who is surer on average."""
    found: list[Reading] = []
    for _, group in groupby(seen, key=lambda one: one.place):
        held = list(group)
        sure = [weights.probability(one.features) for one in held]
        winner = _winner([one.candidate for one in held], sure)
        found += [
            Reading(place=one.place, candidate=one.candidate, confidence=share,
                    won=one.candidate.relation in ("alike", "more") or one.candidate.by == winner)
            for one, share in zip(held, sure, strict=True)
        ]
    return found


def _winner(candidates: Sequence[Candidate], sure: Sequence[float]) -> str:
    """The labeller whose readings that the other does not share are surer; one that names an indicator before none."""
    found: dict[str, list[float]] = {"rule": [], "model": []}
    for candidate, share in zip(candidates, sure, strict=True):
        if candidate.relation not in ("alike", "more") and candidate.fact.indicator:
            found[candidate.by].append(share)
    means = {name: sum(held) / len(held) if held else -1.0 for name, held in found.items()}
    if not any(candidate.rule for candidate in candidates):
        return "model"
    return "rule" if means["rule"] >= means["model"] else "model"


def decide(readings: Sequence[Reading], weights: Weights, take: float, checks: Checker) -> list[Fact]:
    """Facts, not yet numbered: stated where the confidence is at least `take`, else and where lost `alternative`."""
    shifts = check_results([reading.fact for reading in readings if reading.won], checks)
    several = {one.place for one in readings if not one.won}
    leads: dict[int, str] = {}
    facts: list[Fact] = []
    for reading in sorted(readings, key=lambda one: (one.place, not one.won)):
        sure = reading.confidence
        if reading.won:
            held, failed = shifts.get(reading.fact.id, (False, False))
            sure = weights.shifted(sure, held=held, failed=failed)
        lead = leads.setdefault(reading.place, reading.fact.id) if reading.place in several else None
        facts.append(_fact(reading, sure, take, lead))
    return _with_parents(facts, readings)


def _fact(reading: Reading, sure: float, take: float, lead: str | None) -> Fact:
    fact, by = reading.fact, reading.candidate.by
    stated = reading.won and (sure >= take or fact.indicator is None)
    reason = fact.reason
    if not reading.won:
        reason = _LOST[by]
    elif not stated:
        reason = f"not sure enough: {sure:.2f}, {take:.2f} is asked for"
    return replace(
        fact, method="both" if by == "both" else fact.method, confidence=sure, reason=reason,
        reading_of=lead or (None if stated else fact.id),
        status="stated" if stated else "alternative")


def check_results(facts: Sequence[Fact], checks: Checker) -> dict[str, tuple[bool, bool]]:
    """By fact, whether a check of more than one figure holds, and whether one fails."""
    found: dict[str, tuple[bool, bool]] = {}
    for check in checks(facts):
        behind = {*check.left.facts, *check.right.facts}
        if len(behind) < 2 or check.status == "unknown":
            continue
        for name in behind:
            held, failed = found.get(name, (False, False))
            found[name] = (held or check.status == "pass", failed or check.status == "fail")
    return found


def _with_parents(facts: Sequence[Fact], readings: Sequence[Reading]) -> list[Fact]:
    """A part's whole is the fact that won the place where its own labeller saw the whole."""
    place_of = {fact.id: one.place for one in readings for fact in (one.candidate.rule, one.candidate.model) if fact}
    won = {one.place: one.fact.id for one in reversed(readings) if one.won}
    winners = {one.fact.id for one in readings if one.won}
    found = []
    for fact in facts:
        parent = fact.parent if fact.parent in winners else won.get(place_of.get(fact.parent or "", -1))
        found.append(replace(fact, parent=None if parent == fact.id else parent))
    return found
