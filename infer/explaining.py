"""Why a fact is as it is: its words, what each labeller read there and how sure, what moved the odds, its checks."""
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from infer.labelling import Labelling
from infer.model.deciding import Seen
from infer.pipeline import prepare
from report import Check, Document, Fact

_MOVERS: Final = 5
_SUGGESTED: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One reading of a place. `score`: of the model, `tier`: of the rule, both before calibration; None: not theirs.

    `movers` are the features that moved the log odds most, with what they added.
    """

    by: str
    indicator: str | None
    dimensions: dict[str, str]
    value: int | float | None
    score: float | None
    tier: float | None
    confidence: float
    movers: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """A fact with every reading of its place and the checks that name it; `before_checks` is None for form cells."""

    fact: Fact
    before_checks: float | None
    readings: tuple[Told, ...]
    others: tuple[Fact, ...]
    checks: tuple[Check, ...]


class NoSuchFact(ValueError):
    """One line: what was asked for, and what there is that looks like it."""


def explain(doc: Document, wanted: str, labels: Labelling) -> list[Explanation]:
    """The facts that `wanted` names: an id (f12), an indicator, or words or a value of the text. Raises NoSuchFact."""
    read = prepare(doc)
    seen = read.seen(labels)
    facts = read.facts(seen, labels)
    checks = read.checks(facts)
    return [_explained(fact, facts, seen, checks, labels) for fact in _chosen(facts, wanted)]


def _chosen(facts: Sequence[Fact], wanted: str) -> list[Fact]:
    found = [fact for fact in facts if fact.id == wanted] or [
        fact for fact in facts if fact.indicator == wanted and fact.status == "stated"] or [
        fact for fact in facts if wanted in (fact.evidence.text, str(fact.value)) and fact.status == "stated"] or [
        fact for fact in facts if wanted in fact.evidence.text]
    if found:
        return found
    names = dict.fromkeys([fact.indicator or "" for fact in facts] + [fact.evidence.text for fact in facts])
    like = get_close_matches(wanted, [name for name in names if name], n=_SUGGESTED, cutoff=0.5)
    raise NoSuchFact(f"no fact {wanted!r} in this report" + (f"; there is {', '.join(like)}" if like else ""))


def _explained(
    fact: Fact, facts: Sequence[Fact], seen: Sequence[Seen], checks: Sequence[Check], labels: Labelling
) -> Explanation:
    place = (fact.evidence.start, fact.evidence.end)
    here = [] if fact.method == "table" else [one for one in seen if _overlaps(one.fact, place)]
    own = next((one for one in here if _alike(one.fact, fact)), None)
    return Explanation(
        fact=fact, before_checks=labels.weights.probability(own.features) if own else None,
        readings=tuple(_told(one, labels) for one in here),
        others=tuple(other for other in facts
                     if other is not fact and fact.reading_of and other.reading_of == fact.reading_of),
        checks=tuple(one for one in checks if fact.id in (*one.left.facts, *one.right.facts)))


def _overlaps(fact: Fact, place: tuple[int, int]) -> bool:
    return fact.evidence.start < place[1] and place[0] < fact.evidence.end


def _alike(one: Fact, other: Fact) -> bool:
    return (one.indicator, one.by, one.value, one.scope) == (other.indicator, other.by, other.value, other.scope)


def _told(seen: Seen, labels: Labelling) -> Told:
    weights, fact = labels.weights, seen.fact
    moved = {name: weights.features.get(name, 0.0) * held for name, held in seen.features.items()}
    movers = sorted(moved.items(), key=lambda one: -abs(one[1]))[:_MOVERS]
    rule, model = seen.candidate.rule, seen.candidate.model
    return Told(
        by=seen.candidate.by, indicator=fact.indicator, dimensions=dict(fact.by), value=fact.value,
        score=model.confidence if model else None, tier=rule.confidence if rule else None,
        confidence=weights.probability(seen.features),
        movers=tuple((name, round(value, 2)) for name, value in movers if value))
