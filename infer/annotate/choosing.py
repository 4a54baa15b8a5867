"""What to annotate next: the most doubtful sentences, each wording once, or the reports that hold most of them."""
import heapq
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from math import inf, log10
from typing import Final, Literal

from annotations.corpus.masking import compact
from infer.annotate.sentences import Sentence

Unit = Literal["report", "sentence"]
OPENING: Final = 10
"""what it takes to open a report, in labels"""
_DOUBTFUL: Final = 0.2
"""worth from which a sentence of a report is told to be doubtful"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What to annotate next, and why; of a report that is chosen whole, the sentence is the most doubtful one."""

    report: str
    start: int
    end: int
    sentence: str
    worth: float
    reasons: tuple[str, ...]


def _is_new(sentence: Sentence, known: Collection[str]) -> bool:
    return sentence.mask not in known and compact(sentence.words) not in known


def choose(sentences: Iterable[Sentence], known: Collection[str] = ()) -> Iterator[Sentence]:
    """The sentences in the order in which to annotate them; of one wording the most doubtful alone, none that is known.

    Greedy: doubt by effort, more where many reports say it so, less the more it resembles one that was chosen before.
    """
    held = [one for one in sentences if _is_new(one, known)]
    said = Counter(mask for _, mask in {(one.report, one.mask) for one in held})
    best: dict[str, Sentence] = {}
    for one in sorted(held, key=lambda one: -one.worth / one.effort):
        best.setdefault(one.mask, one)
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
    """Reports, each as its sentences of new wording, by what they would still teach for the work they make."""
    held: dict[str, list[Sentence]] = defaultdict(list)
    for one in sentences:
        held[one.report].append(one)
    seen = set(known)
    queue = [(-inf, name) for name in sorted(held)]
    while queue:
        promised, name = heapq.heappop(queue)
        new = list({one.mask: one for one in held[name] if _is_new(one, seen)}.values())
        gain = sum(one.worth for one in new) / (OPENING + sum(one.effort for one in held[name]))
        if -promised > gain > 0:
            heapq.heappush(queue, (-gain, name))
        elif gain > 0:
            yield tuple(new)
            seen |= {one.mask for one in new}


def choices(sentences: Sequence[Sentence], unit: Unit, count: int, known: Collection[str] = ()) -> list[Choice]:
    """The first `count` sentences or reports, as they are told to people."""
    if unit == "sentence":
        return [Choice(report=one.report, start=one.start, end=one.end, sentence=one.words, worth=one.worth,
                       reasons=one.reasons) for one in islice(choose(sentences, known), count)]
    many = Counter(one.report for one in sentences)
    return [_report_choice(new, many[new[0].report]) for new in islice(choose_reports(sentences, known), count)]


def _report_choice(new: Sequence[Sentence], many: int) -> Choice:
    first = max(new, key=lambda one: one.worth)
    doubtful = sum(one.worth >= _DOUBTFUL for one in new)
    return Choice(report=first.report, start=first.start, end=first.end, sentence=first.words,
                  worth=round(sum(one.worth for one in new), 4),
                  reasons=(f"{doubtful} of {many} sentences are doubtful", *first.reasons))
