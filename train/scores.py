"""Extraction scored against what is true: right, wrong and missed facts of the running text, and their confidences."""
from collections.abc import Iterable
from dataclasses import dataclass, replace

from infer.labelling import Labelling
from report import Fact
from train.calibrating import Held
from train.judging import Case, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A stated fact of the running text: its confidence, whether it is right (None: debatable)."""

    confidence: float
    right: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Facts of the running text, each once a report."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    whole: int = 0
    reports: int = 0
    told: tuple[Told, ...] = ()

    @property
    def f1(self) -> float:
        total = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / total if total else 1.0

    @property
    def wrong_in_100(self) -> float:
        """Wrong numbers in a hundred stated facts."""
        return 100 * self.wrong / max(1, self.right + self.wrong)

    def __add__(self, other: "Score") -> "Score":
        return Score(right=self.right + other.right, wrong=self.wrong + other.wrong, missed=self.missed + other.missed,
                     whole=self.whole + other.whole, reports=self.reports + other.reports,
                     told=(*self.told, *other.told))


def score_held(held: Iterable[Held], labels: Labelling) -> Score:
    """Each case with the weights of folds that it is not in; mode and threshold are those of `labels`."""
    total = Score()
    for one in held:
        own = replace(labels, weights=one.left)
        total += score_facts(one.case, one.case.read.facts(one.seen, own))
    return total


def score_facts(case: Case, facts: Iterable[Fact]) -> Score:
    """Gold's rules (gold/README.md): a fact counts once a report, debatable ones are neither wrong nor missed."""
    stated = [fact for fact in facts if fact.status == "stated" and fact.indicator and fact.value is not None]
    said = [fact for fact in stated if not fact.in_form]
    found = {plain(fact): fact for fact in reversed(said)}
    known = found.keys() | {plain(fact) for fact in stated}
    wrong = sum(case.right(fact) is False for fact in found.values())
    missed = len(case.needed - known)
    return Score(
        right=len(case.needed & known), wrong=wrong, missed=missed, whole=int(not wrong and not missed), reports=1,
        told=tuple(Told(confidence=fact.confidence, right=case.right(fact)) for fact in found.values()))
