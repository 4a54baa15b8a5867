"""A labelled document made ready for its checks: folded once, cut into units, each span with the words around it."""
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from annotations.corpus.document import AnnotatedDocument, Annotation
from annotations.corpus.masking import Masked, Unit, compact, masked, names_of, pattern, units
from annotations.quality.findings import Finding, finding


@dataclass(frozen=True, slots=True)
class Around:
    """An annotation's words and those of its unit before and behind it, folded and without white space.

    `first` and `last` bound it in the unit's words.
    """

    unit: Unit
    first: int
    last: int
    inside: str

    @property
    def before(self) -> str:
        return self.unit.words[: self.first]

    @property
    def after(self) -> str:
        return self.unit.words[self.last :]


class Page:
    """A document under audit."""

    def __init__(self, doc: AnnotatedDocument) -> None:
        self.doc = doc
        self.units = units(doc)
        self._starts = [unit.start for unit in self.units]

    @cached_property
    def marks(self) -> tuple[Annotation, ...]:
        """The annotations that stand in the text, by place; the others have a finding of their own."""
        return tuple(sorted((mark for mark in self.doc.annotations if self.holds(mark.start, mark.end)),
                            key=lambda mark: (mark.start, mark.end)))

    @cached_property
    def masks(self) -> tuple[Masked, ...]:
        """The units, masked, in their order."""
        replaced = pattern(names_of(self.doc))
        return tuple(masked(unit, replaced, self.doc.provenance.year) for unit in self.units)

    @cached_property
    def surroundings(self) -> tuple[tuple[Annotation, Around], ...]:
        """The annotations of the running text with the words around them."""
        found = ((mark, self._around(mark)) for mark in self.marks)
        return tuple((mark, around) for mark, around in found if around is not None)

    def holds(self, start: int, end: int) -> bool:
        return 0 <= start < end <= len(self.doc.text)

    def unit_at(self, place: int) -> int | None:
        """Number of the unit that a place of the text stands in."""
        number = bisect_right(self._starts, place) - 1
        return number if number >= 0 and place < self.units[number].end else None

    def _around(self, mark: Annotation) -> Around | None:
        number = self.unit_at(mark.start)
        if number is None:
            return None
        unit = self.units[number]
        first, last = bisect_left(unit.places, mark.start), bisect_left(unit.places, mark.end)
        inside = unit.words[first:last] if mark.end <= unit.end else compact(self.doc.words(mark))
        return Around(unit, first, last, inside)

    def pairs(self) -> Iterator[tuple[Annotation, Annotation]]:
        return pairwise(self.marks)

    def found(self, rule: str, place: Annotation | tuple[int, int], message: str) -> Finding:
        """A finding at an annotation or a place; the message begins with the annotation's label."""
        if isinstance(place, Annotation):
            message = f"{place.label.tag}: {message}"
            place = (place.start, place.end)
        return finding(rule, self.doc.name, self.doc.text, place, message)
