"""Facts read beside facts known: right, wrong and missed ones, in running text and form alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from infer.annotate.gold import Gold, Key, key_of
from report.facts import Fact

_NAMES: Final = frozenset({"category", "subunit"})
"""their words change with the script of a copy; that there is one is compared"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Facts counted; `faulty`: the wrong ones, in words."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    stated: int = 0
    refused: int = 0
    faulty: tuple[str, ...] = ()

    def __add__(self, other: "Score") -> "Score":
        return Score(
            right=self.right + other.right,
            wrong=self.wrong + other.wrong,
            missed=self.missed + other.missed,
            stated=self.stated + other.stated,
            refused=self.refused + other.refused,
            faulty=self.faulty + other.faulty,
        )

    @property
    def f1(self) -> float:
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else 1.0

    @property
    def wrong_in_100(self) -> float:
        return 100 * self.wrong / self.stated if self.stated else 0.0


def refused(gold: Gold) -> Score:
    """A document that gave no report: nothing wrong, all missed."""
    return Score(missed=len(_needed(gold)), refused=1)


def scored(facts: Iterable[Fact], gold: Gold, name: str = "") -> Score:
    """What is stated of a report; a zero of a form's cell that gold does not list is none, as score.py has it."""
    stated: dict[Key, Fact] = {}
    for fact in facts:
        key = key_of(fact) if fact.status == "stated" else None
        if key is not None:
            stated.setdefault(_bare(key), fact)
    needed = _needed(gold)
    allowed = needed | {_bare(fact.key) for fact in (*gold.facts, *gold.cells)}
    wrong = [fact for key, fact in stated.items() if key not in allowed and not (fact.in_form and fact.value == 0)]
    right = len(needed & set(stated))
    return Score(
        right=right,
        wrong=len(wrong),
        missed=len(needed) - right,
        stated=len(stated),
        faulty=tuple(_told(name, fact) for fact in wrong),
    )


def _needed(gold: Gold) -> set[Key]:
    return {_bare(fact.key) for fact in (*gold.facts, *gold.cells) if not fact.optional}


def _bare(key: Key) -> Key:
    indicator, by, value = key
    return indicator, tuple((name, "" if name in _NAMES else word) for name, word in by), value


def _told(name: str, fact: Fact) -> str:
    context = fact.context.text if fact.context else ""
    return f"{name}: {fact.indicator} {dict(fact.by)} {fact.value} {fact.method} {fact.evidence.text!r} in {context!r}"
