"""Strict scores of spans: right are those whose words and whole label agree."""
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from annotations.corpus import AnnotatedDocument
from annotations.corpus.bio import Granularity
from annotations.scheme import Label
from report import Span

Mark = tuple[int, int, str]
"""half-open bounds and the label's tag"""
View = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Score:
    """Spans that are right, that were found and that should be; rates are None where there was nothing."""

    right: int
    found: int
    known: int

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.found + other.found, self.known + other.known)

    @property
    def precision(self) -> float | None:
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        return self.right / self.known if self.known else None

    @property
    def f1(self) -> float | None:
        return 2 * self.right / (self.found + self.known) if self.found + self.known else None


NOTHING = Score(0, 0, 0)


def whole(tag: str) -> str:
    """The view in which the whole label counts."""
    return tag


def type_alone(tag: str) -> str:
    """The view in which only the type counts."""
    return tag.partition(":")[0]


def without_scope(tag: str) -> str:
    """The view in which type and indicator count."""
    return tag.partition("@")[0]


def view_of(granularity: Granularity) -> View:
    """What a model of this granularity can get right."""
    return {Granularity.TYPE: type_alone, Granularity.INDICATOR: without_scope, Granularity.SCOPE: whole}[granularity]


def known_marks(doc: AnnotatedDocument) -> list[Mark]:
    return [(mark.start, mark.end, mark.label.tag) for mark in doc.annotations]


def found_marks(spans: Iterable[Span]) -> list[Mark]:
    """Each place and label once: a name that several quantities share is one mark."""
    return sorted({(span.start, span.end, Label(span.type, span.indicator, span.scope).tag) for span in spans})


def score(known: Sequence[Mark], found: Sequence[Mark], view: View = whole) -> Score:
    """One document's score."""
    return sum(by_label(known, found, view).values(), NOTHING)


def by_label(known: Sequence[Mark], found: Sequence[Mark], view: View = whole) -> Mapping[str, Score]:
    """One document's score for each label, as the view names it."""
    wanted = Counter((start, end, view(tag)) for start, end, tag in known)
    given = Counter((start, end, view(tag)) for start, end, tag in found)
    right = Counter(tag for (_, _, tag) in (wanted & given).elements())
    names = sorted({tag for _, _, tag in (*wanted, *given)})
    all_known = Counter(tag for _, _, tag in wanted.elements())
    all_found = Counter(tag for _, _, tag in given.elements())
    return {name: Score(right[name], all_found[name], all_known[name]) for name in names}


def total(pairs: Iterable[tuple[Sequence[Mark], Sequence[Mark]]], view: View = whole) -> Score:
    """The score over all documents."""
    return sum((score(known, found, view) for known, found in pairs), NOTHING)
