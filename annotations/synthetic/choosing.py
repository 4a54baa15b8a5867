"""Which sentences a report is made of: patterns that suit its year and level and do not deny one another."""
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Final

from annotations.synthetic.expanding import Sentence, expand
from annotations.synthetic.figures import Demand
from annotations.synthetic.patterns import Grammar, Pattern

_TRIES: Final = 8
_NEW_RULES: Final = ("requests.denied.", "requests.unavailable.", "requests.not_processed.", "requests.other.",
                     "litigation.direct.", "litigation.after_reconsideration.")
_AMENDED: Final = 2019
_OLD_REASONS: Final = ("trade_secret", "privacy", "not_government_information", "other_legal_grounds", "total",
                       "state_secret", "security_stability")
"""Outcomes that only the forms after the 条例's amendment of 2019 tell apart."""


@dataclass(slots=True)
class Chooser:
    """Draws sentences; `used` counts patterns over many reports, so that rare ones get their turn.

    `weights` make the patterns named more likely than the others (weight 1).
    """

    grammar: Grammar
    rng: Random
    year: int
    level: str
    allowed: Collection[str] | None = None
    used: dict[str, int] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    demand: Demand = field(default_factory=Demand)
    taken: set[str] = field(default_factory=set)

    def draw(self, section: str) -> Sentence | None:
        """A sentence of the section that fits what was drawn before; None where there is none."""
        classes = self._classes(section)
        for _ in range(_TRIES if classes else 0):
            pattern = self._pattern(classes)
            sentence = expand(pattern, self.grammar, self.rng)
            wanted, absent = sentence.wanted(), sentence.absent()
            if pattern.id in self.taken or not self._timely(wanted) or not self.demand.allows(wanted, absent):
                continue
            self.demand = self.demand.plus(wanted, absent)
            self.taken.add(pattern.id)
            self.used[pattern.id] = self.used.get(pattern.id, 0) + 1
            return sentence
        return None

    def draws(self, section: str, least: int, most: int) -> Iterator[Sentence]:
        """Between `least` and `most` sentences."""
        for _ in range(self.rng.randint(least, most)):
            sentence = self.draw(section)
            if sentence is not None:
                yield sentence

    def _pattern(self, classes: list[list[Pattern]]) -> Pattern:
        """Least used of three, from a class drawn by its size."""
        if self.weights:
            rows = [pattern for kind in classes for pattern in kind]
            few = self.rng.choices(rows, [self.weights.get(pattern.id, 1) for pattern in rows], k=2)
        else:
            kind = self.rng.choices(classes, [len(one) ** 0.8 for one in classes])[0]
            few = [self.rng.choice(kind) for _ in range(3)]
        return min(few, key=lambda pattern: self.used.get(pattern.id, 0))

    def _classes(self, section: str) -> list[list[Pattern]]:
        classes = self.grammar.classes(section, self.year, self.level)
        if self.allowed is None:
            return classes
        kept = [[pattern for pattern in kind if pattern.id in self.allowed] for kind in classes]
        return [kind for kind in kept if kind]

    def _timely(self, wanted: Collection[tuple[str, object]]) -> bool:
        if self.year >= _AMENDED:
            return True
        return not any(
            name.startswith(_NEW_RULES) and name.rpartition(".")[2] not in _OLD_REASONS for name, _ in wanted
        )
