"""What was found wrong, mark by mark: another label, other borders, missed, invented."""
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from annotations.corpus import AnnotatedDocument
from train.evaluating.cases import Case, View
from train.scoring import Mark, whole

Kind = Literal["label", "border", "missed", "invented"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
NOTHING: Final = "nothing"
BORDER: Final = "border"
_WHOLE: Final = View(whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A known mark that was not found so, a mark that was found and is not known, or such a pair.

    `confidence` is that of the mark found; None where nothing was.
    """

    kind: Kind
    doc: AnnotatedDocument
    known: Mark | None = None
    found: Mark | None = None
    confidence: float | None = None

    @property
    def given(self) -> str:
        """What the confusion calls it: the label given, border, or nothing."""
        if self.found is None:
            return NOTHING
        return BORDER if self.kind == "border" else self.found[2]

    @property
    def place(self) -> tuple[int, int]:
        """Half-open bounds of all its words."""
        marks = [mark for mark in (self.known, self.found) if mark is not None]
        return min(start for start, _, _ in marks), max(end for _, end, _ in marks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confused:
    """How often `given` was found where `known` stands; either may be nothing, `given` also border."""

    known: str
    given: str
    count: int


def faults(case: Case, view: View = _WHOLE) -> list[Fault]:
    """Every fault once, by place.

    Marks that overlap are pairs: those of the same place first, then those of the same label, then those that share
    most characters. A pair whose labels differ is of the kind label, whatever its borders.
    """
    known, found = view.of(case.known), view.of(case.found)
    right = Counter(known) & Counter(found)
    left, given = _without(known, right), _without(found, right)
    pairs = list(_pairs(left, given))
    sure = {mark: case.sure[old] for mark, old in zip(found, _seen(view, case.found), strict=True)}
    listed = [Fault(kind="border" if one[2] == other[2] else "label", doc=case.doc, known=one, found=other,
                    confidence=sure[other]) for one, other in pairs]
    listed += [Fault(kind="missed", doc=case.doc, known=one)
               for one in _without(left, Counter(one for one, _ in pairs))]
    listed += [Fault(kind="invented", doc=case.doc, found=other, confidence=sure[other])
               for other in _without(given, Counter(other for _, other in pairs))]
    return sorted(listed, key=lambda fault: fault.place)


def _seen(view: View, marks: Sequence[Mark]) -> list[Mark]:
    return [mark for mark in marks if view.of([mark])]


def _without(marks: Sequence[Mark], taken: Mapping[Mark, int]) -> list[Mark]:
    """The marks, less so many of each."""
    return sorted((Counter(marks) - Counter(taken)).elements())


def _pairs(known: Sequence[Mark], found: Sequence[Mark]) -> Iterator[tuple[Mark, Mark]]:
    near = [(one, other) for one in known for other in found if one[0] < other[1] and other[0] < one[1]]
    taken: set[Mark] = set()
    for one, other in sorted(near, key=_likeness):
        if one not in taken and other not in taken:
            taken |= {one, other}
            yield one, other


def _likeness(pair: tuple[Mark, Mark]) -> tuple[bool, bool, int, Mark, Mark]:
    """Least for the pair that belongs together most."""
    one, other = pair
    shared = min(one[1], other[1]) - max(one[0], other[0])
    return one[:2] != other[:2], one[2] != other[2], -shared, one, other


def confusion(found: Iterable[Fault]) -> tuple[Confused, ...]:
    """Which label was given for which, most often first."""
    counts = Counter((fault.known[2] if fault.known else NOTHING, fault.given) for fault in found)
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    return tuple(Confused(known=known, given=given, count=count) for (known, given), count in rows)


def worst_first(found: Sequence[Fault]) -> list[Fault]:
    """The surest first; missed ones, which have no confidence, by how often their label is missed or mistaken."""
    often = Counter(fault.known[2] for fault in found if fault.known)
    return sorted(found, key=lambda fault: (
        -(fault.confidence or 0.0), -often[fault.known[2]] if fault.known else 0, fault.doc.name, fault.place))
