"""Why a fact is as it is: its words, what each labeller read there and how sure, what moved the odds, its checks."""
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from infer.asked import Held, Missed
from infer.labelling import Labelling, stated
from infer.model.candidates import Key, Relation, key_of
from infer.model.deciding import Reading as Weighed
from infer.model.deciding import Seen, check_results, weigh
from infer.pipeline import prepare
from infer.results.finding import find_facts
from report import Check, Document, Fact, Report
from report.checks import Side

Note = Missed | Literal["reads_differently"]
_ID: Final = re.compile(r"[a-z]\d\w*(?:~\d+)?")

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """A feature of a reading, its measured weight, and what both together added to the log odds."""

    name: str
    value: float
    weight: float
    moved: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How a reading came by its confidence; `score` is the model's own and `tier` the rules', None: it is not theirs.

    `relation` is what the other labeller reads there (infer.model.candidates); `intercept` and what the movers added
    are the log odds behind `before_checks`; `held` and `failed`: whether a check of several figures held or failed.
    """

    relation: Relation
    score: float | None
    tier: float | None
    intercept: float
    movers: tuple[Mover, ...]
    before_checks: float
    held: bool
    failed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A reading of the place as the report keeps it; `measured` is None for form cells and without the source."""

    by: str
    fact: Fact
    measured: Measured | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Involved:
    """A check that names the fact. Not `kept`: tried with readings that were not taken, so not in the report."""

    check: Check
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """The words of a fact in their sentence."""

    before: str
    words: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One fact, every reading of its place (its own among them, the surest first), and the checks that name it.

    `behind` are the facts that the checks name; `take` is the confidence that was asked for, None where it is not
    known; `note` says why less is told than could be.
    """

    report: str
    fact: Fact
    sentence: Sentence
    readings: tuple[Told, ...]
    checks: tuple[Involved, ...]
    behind: tuple[Fact, ...]
    take: float | None
    note: Note | None = None


def explain(doc: Document, wanted: str, labels: Labelling) -> list[Explanation]:
    """The facts that `wanted` names: an id (f12), an indicator, or words or a value of the text. Raises NoSuchFact."""
    found = _Reread.of(doc, labels)
    return [found.explained(fact) for fact in find_facts(found.facts, doc.text, wanted)]


def explain_result(held: Held, wanted: str, labels: Labelling) -> list[Explanation]:
    """The same for a result that was written down: with scores where its source is there and still reads alike."""
    report, note = held.report, held.missed
    facts = find_facts(report.facts, report.source.text, wanted)
    if held.doc is None:
        return [_held(fact, report, note) for fact in facts]
    found = _Reread.of(held.doc, labels)
    known = {fact.id: fact for fact in found.facts}
    return [found.explained(fact) if known.get(fact.id) == fact else _held(fact, report, "reads_differently")
            for fact in facts]


def _held(fact: Fact, report: Report, note: Note) -> Explanation:
    """From what a result holds: no scores, no weights."""
    readings = [Told(by=one.method, fact=one) for one in _readings_of(fact, report.facts)]
    checks = _kept(fact, report.checks)
    return Explanation(
        report=report.source.name, fact=fact, sentence=_sentence(fact), readings=_surest(readings), checks=checks,
        behind=_behind(checks, report.facts), take=None,
        note=None if fact.in_form or fact.method == "reviewed" else note)


def _readings_of(fact: Fact, facts: Iterable[Fact]) -> list[Fact]:
    return [one for one in facts if one.id == fact.id or (fact.reading_of and one.reading_of == fact.reading_of)]


def _kept(fact: Fact, checks: Iterable[Check]) -> tuple[Involved, ...]:
    return tuple(Involved(check=one, kept=True) for one in checks if _is_about(one, fact.id))


def _is_about(one: Check, name: str) -> bool:
    return name in one.left.facts or name in one.right.facts


def _behind(checks: Iterable[Involved], facts: Iterable[Fact]) -> tuple[Fact, ...]:
    named = {name for one in checks for side in (one.check.left, one.check.right) for name in side.facts}
    return tuple(fact for fact in facts if fact.id in named)


def _surest(readings: Iterable[Told]) -> tuple[Told, ...]:
    return tuple(sorted(readings, key=lambda told: (told.fact.status != "stated", -told.fact.confidence)))


def _sentence(fact: Fact) -> Sentence:
    words, around = fact.evidence, fact.context
    if around is None or not around.start <= words.start <= words.end <= around.end:
        return Sentence(before="", words=words.text, after="")
    start, end = words.start - around.start, words.end - around.start
    return Sentence(before=around.text[:start], words=words.text, after=around.text[end:])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reread:
    """A report read again, with all that was weighed on the way to its facts; `names`: labellers' ids to report's."""

    doc: Document
    labels: Labelling
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    seen: Sequence[Seen]
    weighed: Sequence[Weighed]
    tried: Sequence[Check]
    shifts: Mapping[str, tuple[bool, bool]]
    names: Names

    @classmethod
    def of(cls, doc: Document, labels: Labelling) -> "_Reread":
        read = prepare(doc)
        seen = read.seen(labels)
        said = stated(seen, labels, read.checks_of_said)
        facts = read.facts(seen, labels)
        weighed = weigh(seen, labels.weights)
        won = [one.fact for one in weighed if one.won]
        names = _new_names([*read.cells, *said], facts)
        return cls(doc=doc, labels=labels, facts=facts, checks=read.checks(facts), seen=seen, weighed=weighed,
                   shifts=check_results(won, read.checks_of_said), names=names,
                   tried=[_renamed(one, names) for one in read.checks_of_said(won)])

    def explained(self, fact: Fact) -> Explanation:
        readings = self._readings(fact) or [Told(by=one.method, fact=one) for one in _readings_of(fact, self.facts)]
        checks = self._checks(fact)
        return Explanation(
            report=self.doc.source.name, fact=fact, sentence=_sentence(fact), readings=_surest(readings), checks=checks,
            behind=_behind(checks, self.facts), take=None if fact.in_form else self.labels.take)

    def _checks(self, fact: Fact) -> tuple[Involved, ...]:
        kept = _kept(fact, self.checks)
        held = {_outcome(one.check) for one in kept}
        tried = () if fact.in_form else self.tried
        return (*kept, *(Involved(check=one, kept=False) for one in tried
                         if _is_about(one, fact.id) and _outcome(one) not in held))

    def _readings(self, fact: Fact) -> list[Told]:
        """Of the running text: every candidate of the fact's place, with its measurement."""
        facts = {one.id: one for one in self.facts}
        named = [(self.names[seen.fact.id], seen, weighed)
                 for seen, weighed in zip(self.seen, self.weighed, strict=True)]
        place = next((seen.place for name, seen, _ in named if name == fact.id), None)
        return [Told(by=seen.candidate.by, fact=facts[name], measured=self._measured(seen, weighed))
                for name, seen, weighed in named if seen.place == place]

    def _measured(self, seen: Seen, weighed: Weighed) -> Measured:
        rule, model = seen.candidate.rule, seen.candidate.model
        held, failed = self.shifts.get(seen.fact.id, (False, False)) if weighed.won else (False, False)
        return Measured(
            relation=seen.candidate.relation, score=model.confidence if model else None,
            tier=rule.confidence if rule else None, intercept=self.labels.weights.intercept,
            movers=_movers(seen, self.labels), before_checks=weighed.confidence, held=held, failed=failed)


def _movers(seen: Seen, labels: Labelling) -> tuple[Mover, ...]:
    """All features of a reading, those that moved the odds most first."""
    weights = labels.weights.features
    found = [Mover(name=name, value=value, weight=weights.get(name, 0.0), moved=weights.get(name, 0.0) * value)
             for name, value in seen.features.items()]
    return tuple(sorted(found, key=lambda mover: -abs(mover.moved)))


def _new_names(before: Iterable[Fact], after: Iterable[Fact]) -> dict[str, str]:
    """What numbering made of the labellers' ids."""
    names = {_identity(fact): fact.id for fact in after}
    return {fact.id: names[_identity(fact)] for fact in before}


def _identity(fact: Fact) -> tuple[int, int, Key, str]:
    return fact.evidence.start, fact.evidence.end, key_of(fact), fact.method


def _renamed(one: Check, names: Names) -> Check:
    return replace(one, left=_side(one.left, names), right=_side(one.right, names), subject=_words(one.subject, names),
                   repair=_words(one.repair, names) if one.repair else None)


def _side(side: Side, names: Names) -> Side:
    return replace(side, facts=tuple(names.get(name, name) for name in side.facts))


def _words(words: str, names: Names) -> str:
    return _ID.sub(lambda match: names.get(match[0], match[0]), words)


def _outcome(one: Check) -> tuple[str, str, str]:
    return one.id, one.subject, one.status
