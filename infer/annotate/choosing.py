"""What is worth annotating: sentences whose readings are doubtful, each wording once, and the reports that hold most."""
import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from math import log10
from typing import Final, Literal

from annotations.corpus import AnnotatedDocument, Provenance
from annotations.corpus.masking import compact, masked, names_of, pattern, units
from infer.annotate.doubts import Doubt, doubts_at
from report import Check, Fact, Report

Unit = Literal["report", "sentence"]
Bounds = tuple[int, int]
OPENING: Final = 10
"""what it takes to open a report, in labels"""
_WIDEST_GAP: Final = 300
"""characters between two cells of one form"""
_NAMED: Final = ("category", "subunit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An extraction, as far as choosing needs it; `passages` are the stretches that can hold a fact."""

    name: str
    text: str
    issuer: str | None
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    regions: tuple[Bounds, ...]
    passages: tuple[Bounds, ...]

    @property
    def bare(self) -> AnnotatedDocument:
        """The text as a document that nobody has labelled."""
        return AnnotatedDocument(name=self.name, text=self.text, regions=self.regions,
                                 provenance=Provenance(method="extract", issuer=self.issuer))


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """text[start:end] of a report. `worth`: how many of its readings are likely to be wrong or missing.

    `mask` is its wording without names and numbers; `places` how many quantities stand in it.
    """

    report: str
    start: int
    end: int
    words: str
    mask: str
    places: int
    worth: float
    reasons: tuple[str, ...]

    @property
    def effort(self) -> int:
        """A look, and a label for each quantity."""
        return 1 + self.places


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to annotate next, and why; a report is chosen whole, `sentence` is then its most doubtful one."""

    report: str
    start: int
    end: int
    sentence: str
    worth: float
    reasons: tuple[str, ...]


def read_of(report: Report) -> Read:
    """The extraction of one report; the official forms are where their cells were read."""
    from infer.annotate.reading import passages_of

    read = Read(name=report.source.name, text=report.source.text, issuer=report.meta.issuer, facts=report.facts,
                checks=report.checks, regions=_forms(report.facts), passages=())
    return replace(read, passages=tuple((one.start, one.end) for one in passages_of(read.bare)))


def _forms(facts: Iterable[Fact]) -> tuple[Bounds, ...]:
    cells = sorted((fact.evidence.start, fact.evidence.end) for fact in facts if fact.method == "table")
    breaks = [n for n, (one, other) in enumerate(pairwise(cells), start=1) if other[0] - one[1] > _WIDEST_GAP]
    edges = [0, *breaks, len(cells)]
    return tuple((cells[first][0], cells[last - 1][1]) for first, last in pairwise(edges) if first < last)


def sentences_of(read: Read) -> list[Sentence]:
    """Every sentence of the running text that can hold a fact, with what it is worth."""
    doc = read.bare
    named = {compact(fact.by[name]) for fact in read.facts for name in _NAMED if name in fact.by}
    replaced = pattern(names_of(doc) | {name for name in named if len(name) > 1})
    held = _by_place([fact for fact in read.facts if fact.method != "table"])
    found = []
    for unit in units(doc):
        facts = [fact for start, fact in held if unit.start <= start < unit.end]
        if facts or any(start < unit.end and unit.start < end for start, end in read.passages):
            doubts = doubts_at(read.text, unit, facts, read.checks)
            found.append(_sentence(read, (unit.start, unit.end), masked(unit, replaced).text, doubts))
    return found


def _by_place(facts: Iterable[Fact]) -> list[tuple[int, Fact]]:
    return sorted(((fact.evidence.start, fact) for fact in facts), key=lambda one: one[0])


def _sentence(read: Read, bounds: Bounds, mask: str, doubts: Sequence[Doubt]) -> Sentence:
    start, end = bounds
    surest = sorted(doubts, key=lambda doubt: -doubt.worth)
    return Sentence(report=read.name, start=start, end=end, words=read.text[start:end], mask=mask, places=len(doubts),
                    worth=round(sum(doubt.worth for doubt in doubts), 4),
                    reasons=tuple(doubt.reason for doubt in surest if doubt.reason))


def choose(sentences: Iterable[Sentence], known: Collection[str] = ()) -> Iterator[Sentence]:
    """The sentences in the order in which to annotate them; of one wording the most doubtful alone, none that is known.

    Greedy: doubt by effort, more where many reports say it so, less the more it resembles one that was chosen before.
    """
    held = [one for one in sentences if one.mask not in known]
    said = Counter(mask for _, mask in {(one.report, one.mask) for one in held})
    best = {one.mask: one for one in sorted(held, key=lambda one: one.worth / one.effort)}
    rows = [one for one in best.values() if one.worth]
    values = [one.worth / one.effort * (1 + log10(said[one.mask])) for one in rows]
    for number in _apart([_pairs(one.mask) for one in rows], values):
        yield _often(rows[number], said[rows[number].mask])


def _apart(pairs: Sequence[frozenset[str]], values: Sequence[float]) -> Iterator[int]:
    """Numbers by value times unlikeness to those before; likeness only grows, so most values are never worked out."""
    queue = [(-value, number) for number, value in enumerate(values)]
    heapq.heapify(queue)
    alike = [0.0] * len(values)
    looked = [0] * len(values)
    chosen: list[int] = []
    while queue:
        _, number = heapq.heappop(queue)
        if looked[number] < len(chosen):
            near = max(_likeness(pairs[number], pairs[other]) for other in chosen[looked[number] :])
            alike[number], looked[number] = max(alike[number], near), len(chosen)
            heapq.heappush(queue, (-values[number] * (1 - alike[number]), number))
            continue
        chosen.append(number)
        yield number


def _pairs(mask: str) -> frozenset[str]:
    return frozenset(one + other for one, other in pairwise(f" {mask} "))


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared)


def _often(sentence: Sentence, reports: int) -> Sentence:
    if reports == 1:
        return sentence
    return replace(sentence, reasons=(*sentence.reasons, f"{reports} reports say it in these words"))


def choose_reports(sentences: Iterable[Sentence], known: Collection[str] = ()) -> Iterator[tuple[Sentence, ...]]:
    """Reports, each as its sentences, by what they would still teach: a wording counts in the first report alone."""
    held: dict[str, list[Sentence]] = defaultdict(list)
    for one in sentences:
        held[one.report].append(one)
    seen = set(known)
    queue = [(-_gain(rows, seen), name) for name, rows in sorted(held.items())]
    heapq.heapify(queue)
    while queue:
        promised, name = heapq.heappop(queue)
        gain = _gain(held[name], seen)
        if not gain:
            continue
        if -promised > gain:
            heapq.heappush(queue, (-gain, name))
            continue
        yield tuple(held[name])
        seen |= {one.mask for one in held[name]}


def _gain(rows: Sequence[Sentence], seen: Collection[str]) -> float:
    new = {one.mask: one.worth for one in rows if one.mask not in seen}
    return sum(new.values()) / (OPENING + sum(one.effort for one in rows))


def choices(sentences: Sequence[Sentence], unit: Unit, count: int, known: Collection[str] = (),
            lengths: Mapping[str, int] | None = None) -> list[Choice]:
    """The first `count` sentences or reports, as they are told to people; `lengths` of the reports' texts."""
    if unit == "sentence":
        return [Choice(report=one.report, start=one.start, end=one.end, sentence=one.words, worth=one.worth,
                       reasons=one.reasons) for one in islice(choose(sentences, known), count)]
    return [_report_choice(rows, (lengths or {}).get(rows[0].report, rows[-1].end), known)
            for rows in islice(choose_reports(sentences, known), count)]


def _report_choice(rows: Sequence[Sentence], length: int, known: Collection[str]) -> Choice:
    new = [one for one in rows if one.mask not in known and one.worth]
    first = max(new, key=lambda one: one.worth)
    return Choice(report=first.report, start=0, end=length, sentence=first.words,
                  worth=round(sum(one.worth for one in new), 4),
                  reasons=(f"{len(new)} of {len(rows)} sentences are doubtful", *first.reasons))
