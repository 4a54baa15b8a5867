"""A labelled text while it is being changed: every mark keeps its characters, whatever happens around them."""
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Generic, TypeVar

P = TypeVar("P")
Edit = tuple[int, int, str]
"""text[start:end] gives way to these words; start == end inserts."""


@dataclass(frozen=True, slots=True)
class Mark(Generic[P]):
    """Half-open offsets and what they mean to the caller.

    A `frame` (a sentence, a form) is only carried along: noise may change the words in it, those of other marks not.
    """

    start: int
    end: int
    payload: P
    frame: bool = False


@dataclass(frozen=True, slots=True)
class Draft(Generic[P]):
    """A text and its marks, in any order, nested or not."""

    text: str
    marks: tuple[Mark[P], ...] = ()

    def words(self, mark: Mark[P]) -> str:
        return self.text[mark.start : mark.end]

    def edit(self, edits: Iterable[Edit]) -> "Draft[P]":
        """Apply replacements that do not overlap, in any order; insertions at one place keep their order.

        What replaces characters of a mark alone belongs to the mark, and so does what is inserted between two of them;
        what is inserted at its border or replaces characters on both sides of it does not. A mark of which nothing
        is left is left out. Raises ValueError where edits overlap or leave the text.
        """
        ordered = sorted(edits, key=_place)
        if not ordered:
            return self
        text = _replaced(self.text, ordered)
        moves, first = _Moves(ordered), ordered[0][0]
        kept: list[Mark[P]] = []
        for mark in self.marks:
            if mark.end <= first:
                kept.append(mark)
            elif bounds := moves.bounds(mark.start, mark.end):
                kept.append(Mark(bounds[0], bounds[1], mark.payload, mark.frame))
        return Draft(text, tuple(kept))

    def recast(self, text: str) -> "Draft[P]":
        """Another text of the same length, character for character. Raises ValueError for another length."""
        if len(text) != len(self.text):
            raise ValueError(f"{len(text)} characters instead of {len(self.text)}")
        return replace(self, text=text)

    def repeat(self, start: int, end: int, at: int) -> "Draft[P]":
        """A copy of text[start:end] inserted at a place that is not inside it; marks wholly inside are copied too."""
        if start < at < end:
            raise ValueError(f"{at} lies inside {start}:{end}")
        copies = [
            Mark(mark.start - start + at, mark.end - start + at, mark.payload, mark.frame)
            for mark in self.marks
            if start <= mark.start < mark.end <= end
        ]
        longer = self.edit([(at, at, self.text[start:end])])
        return replace(longer, marks=(*longer.marks, *copies))


def _place(edit: Edit) -> tuple[int, int]:
    return edit[0], edit[1]


def _replaced(text: str, edits: Sequence[Edit]) -> str:
    parts: list[str] = []
    place = 0
    for start, end, words in edits:
        if not place <= start <= end <= len(text):
            raise ValueError(f"edit {start}:{end} overlaps another or leaves the text")
        parts += (text[place:start], words)
        place = end
    parts.append(text[place:])
    return "".join(parts)


class _Moves:
    """Where places of the old text stand in the new one."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.starts = [start for start, _, _ in edits]
        self.ends = [end for _, end, _ in edits]
        grown = accumulate((len(words) - (end - start) for start, end, words in edits), initial=0)
        self.shifts = list(grown)

    def bounds(self, start: int, end: int) -> tuple[int, int] | None:
        """The new bounds of a mark, None where nothing is left of it."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end) - 1
        if start == end:
            return self._empty(start, first)
        crosses_start = first < len(self.starts) and self.starts[first] < start
        crosses_end = last >= 0 and self.ends[last] > end
        if crosses_end and self.starts[last] <= start:
            return None
        new_start = self.ends[first] + self.shifts[first + 1] if crosses_start else start + self.shifts[first]
        new_end = self.starts[last] + self.shifts[last] if crosses_end else end + self.shifts[last + 1]
        return (new_start, new_end) if new_start < new_end else None

    def _empty(self, place: int, first: int) -> tuple[int, int] | None:
        """A mark without characters stands before what is inserted at its place, and goes with what is around it."""
        if first < len(self.starts) and self.starts[first] < place:
            return None
        moved = place + self.shifts[bisect_left(self.starts, place)]
        return moved, moved
