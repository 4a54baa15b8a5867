"""What a rule sees of a quantity: the words around it, what the sentence is about, its section."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from infer.rules.patterns import lexicon, pattern
from infer.rules.prose import Prose, Sentence
from infer.rules.quantities import MASK, MEASURED, Quantity
from report import Section

_BRACKETS = re.compile(r"\([^()#]*\)")
_ISSUES = frozenset({"期", "期次", "次", "场"})
_NEAR = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Words around one quantity in the masked view.

    `left`: from the previous quantity (or the sentence's start) to this one, from view offset `left_start`;
    `label`: the same without brackets; `head`: from the sentence's start, quantities as #; `right`: to the next
    quantity or the sentence's end; `lone`: no second number has lost its measure word; `near`: from a little before
    the sentence to its end; `frames`: what the sentence is about, nearest first.
    """

    quantity: Quantity
    sentence: Sentence
    left: str
    left_start: int
    label: str
    head: str
    right: str
    near: str
    first: bool
    lone: bool
    frames: tuple[str, ...]
    topic: str | None
    year: int | None


@dataclass(frozen=True, slots=True)
class Reading:
    """The view with distractors masked and quantities found: what every rule reads from.

    `cut`: there were more quantities than any report has, and the rest were left out.
    """

    prose: Prose
    masked: str
    marked: str
    quantities: tuple[Quantity, ...]
    cut: bool = False


def mark(masked: str, quantities: Sequence[Quantity]) -> str:
    """The masked text with every quantity written as # of the same length."""
    pieces: list[str] = []
    position = 0
    for quantity in quantities:
        pieces += masked[position : quantity.start], MEASURED * (quantity.end - quantity.start)
        position = quantity.end
    return "".join([*pieces, masked[position:]])


class TopicMap:
    """Section topics by view offset."""

    def __init__(self, prose: Prose, sections: Sequence[Section]) -> None:
        self._sections = sorted(sections, key=lambda section: (section.start, section.level))
        self._starts = [section.start for section in self._sections]
        self._prose = prose

    def at(self, view_offset: int) -> str | None:
        """Topic of the innermost section with a topic that holds the place."""
        offset = self._prose.to_document(view_offset, view_offset + 1)[0]
        for section in reversed(self._sections[: bisect_right(self._starts, offset)]):
            if section.topic is not None and section.start <= offset < section.end:
                return section.topic
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What is known around a quantity before its own words are read."""

    sentence: Sentence
    previous: Quantity | None
    previous_context: Context | None
    consumed: int
    following: Quantity | None
    frames: tuple[str, ...]
    topic: str | None
    year: int | None


def context_of(reading: Reading, quantity: Quantity, around: Surroundings) -> Context:
    """Gather what the rules need for one quantity."""
    sentence = around.sentence
    left_start = max(around.previous.end, around.consumed) if around.previous else sentence.start
    if _continues_feed(reading, quantity, around):
        left_start = around.previous_context.left_start if around.previous_context else left_start
    left = reading.marked[left_start : quantity.start].replace(MEASURED, MASK)
    right_end = around.following.start if around.following else sentence.end
    return Context(
        quantity=quantity,
        sentence=sentence,
        left=left,
        left_start=left_start,
        label=_BRACKETS.sub("", left),
        head=re.sub("#+", "#", reading.marked[sentence.start : quantity.start]),
        right=reading.marked[quantity.end : right_end],
        near=reading.marked[max(0, sentence.start - _NEAR) : sentence.end],
        first=around.previous is None,
        lone=_lone(reading, sentence),
        frames=_frames(reading, around, left),
        topic=around.topic,
        year=around.year,
    )


def _continues_feed(reading: Reading, quantity: Quantity, around: Surroundings) -> bool:
    """推送208期448条, 出12期45条: the second number counts the same feed in another measure."""
    if around.previous is None or around.previous.measure not in _ISSUES or quantity.measure in _ISSUES:
        return False
    return pattern("context.nothing").match(reading.marked, around.previous.end, quantity.start) is not None and bool(
        pattern("context.nothing").fullmatch(reading.marked[around.previous.end : quantity.start])
    )


def _lone(reading: Reading, sentence: Sentence) -> bool:
    """Whether at most one number of the sentence has lost its measure word: then it is of no list."""
    first = bisect_left(reading.quantities, sentence.start, key=lambda quantity: quantity.start)
    last = bisect_left(reading.quantities, sentence.end, key=lambda quantity: quantity.start)
    return sum(quantity.kind == "bare" for quantity in reading.quantities[first:last]) < 2


def _frames(reading: Reading, around: Surroundings, left: str) -> tuple[str, ...]:
    earlier = subject_of(reading.marked[around.sentence.start : around.previous.start]) if around.previous else None
    frames = [name for name in (subject_of(left), *around.frames, earlier) if name]
    if around.topic == "requests" or pattern("context.requests").search(
        reading.marked, around.sentence.start, around.sentence.end
    ):
        frames.append("requests")
    return tuple(dict.fromkeys(frames))


def subject_of(words: str) -> str | None:
    """What the last subject words in a stretch of text are about ([subject] of lexicon.toml)."""
    best: tuple[int, int, str] | None = None
    for name, subject in _subjects():
        for match in subject.finditer(words):
            if best is None or (match.end(), match.end() - match.start()) > best[:2]:
                best = (match.end(), match.end() - match.start(), name)
    return best[2] if best else None


@cache
def _subjects() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name.removeprefix("subject."), words) for name, words in lexicon().words.items() if name.startswith("subject.")
    )
