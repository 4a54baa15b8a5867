"""What the two labellers read at each place of the running text, side by side."""
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from report import Fact
from report.folding import fold

Relation = Literal["alike", "alone", "more", "inside", "around", "by", "kin", "other", "open", "aggregate", "upward"]
_FREE: Final = ("category", "subunit")
_EDGES: Final = re.compile('^(?:"|主动公开|公开|发布)+(?=..)|(?:的|信息|类|情况|栏目|专栏|")+$')

Key = tuple[str | None, str, tuple[tuple[str, str], ...], float | int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One reading of some words: by the rules, by the model, or by both alike.

    `relation` says what the other labeller reads there: alike; alone: nothing; more: other facts that stand beside
    this one; open: a number of nothing that it knows; aggregate, upward: a number of that scope; inside, around: the
    same indicator with a name that this one's is part of, or that is part of this one's; by: the same indicator with
    other dimensions; kin: another indicator of the family; other: anything else. `against` is the confidence of its
    surest reading.
    """

    rule: Fact | None
    model: Fact | None
    relation: Relation
    against: float

    @property
    def by(self) -> Literal["both", "rule", "model"]:
        return "both" if self.rule and self.model else "rule" if self.rule else "model"

    @property
    def fact(self) -> Fact:
        """The rules' fact where both read alike: its words are those of the number, exactly."""
        found = self.rule or self.model
        if found is None:
            raise ValueError("a candidate of nobody")
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Words that one or both labellers read something from; half-open offsets."""

    start: int
    end: int
    candidates: tuple[Candidate, ...]


def key_of(fact: Fact) -> Key:
    """What must be equal for two readings to be alike; names are without quotes, verbs before and 信息, 类 behind."""
    return fact.indicator, fact.scope, tuple(sorted(bare(fact.by))), fact.value


def bare(by: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Dimensions, names without the words that are part of them now here and now there."""
    return ((name, _EDGES.sub("", fold(words).text) if name in _FREE else words) for name, words in by.items())


def places(rules: Sequence[Fact], model: Sequence[Fact]) -> list[Place]:
    """The facts of both in groups that share characters, in document order."""
    held = [*(("rule", fact) for fact in rules), *(("model", fact) for fact in model)]
    held.sort(key=lambda one: (one[1].evidence.start, one[1].evidence.end))
    return [_place(group) for group in _groups(held)]


def _groups(held: Sequence[tuple[str, Fact]]) -> Iterator[list[tuple[str, Fact]]]:
    group: list[tuple[str, Fact]] = []
    reach = 0
    for one in held:
        if group and one[1].evidence.start >= reach:
            yield group
            group = []
        group.append(one)
        reach = max(reach, one[1].evidence.end) if len(group) > 1 else one[1].evidence.end
    if group:
        yield group


def _place(group: Sequence[tuple[str, Fact]]) -> Place:
    rules = {key_of(fact): fact for who, fact in group if who == "rule"}
    model = {key_of(fact): fact for who, fact in group if who == "model"}
    found = [_candidate(key, rules, model) for key in dict.fromkeys([*rules, *model])]
    facts = [fact for _, fact in group]
    return Place(start=min(fact.evidence.start for fact in facts), end=max(fact.evidence.end for fact in facts),
                 candidates=tuple(found))


def _candidate(key: Key, rules: Mapping[Key, Fact], model: Mapping[Key, Fact]) -> Candidate:
    relation, against = _standing(key, rules, model)
    return Candidate(rule=rules.get(key), model=model.get(key), relation=relation, against=against)


def _standing(key: Key, rules: Mapping[Key, Fact], model: Mapping[Key, Fact]) -> tuple[Relation, float]:
    if key in rules and key in model:
        return "alike", 0.0
    others = model if key in rules else rules
    if not others:
        return "alone", 0.0
    own = rules if key in rules else model
    rivals = [fact for other, fact in others.items() if other not in own]
    if not rivals:
        return "more", max(fact.confidence for fact in others.values())
    fact = own[key]
    best = min(rivals, key=lambda rival: (_ORDER.index(_relation(fact, rival)), -rival.confidence))
    return _relation(fact, best), max(rival.confidence for rival in rivals)


_ORDER: Final[tuple[Relation, ...]] = ("inside", "around", "by", "kin", "other", "open", "aggregate", "upward")


def _relation(fact: Fact, other: Fact) -> Relation:
    if other.indicator is None:
        return "aggregate" if other.scope == "aggregate" else "upward" if other.scope == "upward" else "open"
    if fact.indicator is None:
        return "other"
    if other.indicator == fact.indicator:
        return _names(fact.by, other.by)
    return "kin" if other.indicator.split(".")[0] == fact.indicator.split(".")[0] else "other"


def _names(mine: Mapping[str, str], other: Mapping[str, str]) -> Relation:
    """How two readings of one indicator differ in the name of what is counted."""
    own, others = "".join(mine.get(name, "") for name in _FREE), "".join(other.get(name, "") for name in _FREE)
    if not own or not others or own == others:
        return "by"
    return "inside" if own in others else "around" if others in own else "by"
