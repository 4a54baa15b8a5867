"""A document beside what was found in it."""
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from annotations.corpus import AnnotatedDocument
from annotations.scheme import NAMES, QUANTITIES, Label
from report import Span, SpanType
from train.scoring import NOTHING, Mark, Score, known_marks, score, type_alone, whole, without_scope


@dataclass(frozen=True, slots=True)
class Case:
    """`sure` holds the marks that were found, and how sure of each the finder is."""

    doc: AnnotatedDocument
    sure: Mapping[Mark, float]

    @property
    def known(self) -> list[Mark]:
        return known_marks(self.doc)

    @property
    def found(self) -> list[Mark]:
        return sorted(self.sure)


@dataclass(frozen=True, slots=True)
class View:
    """What of a label must be right, and of which types; None: of all."""

    says: Callable[[str], str]
    types: frozenset[SpanType] | None = None

    def of(self, marks: Iterable[Mark]) -> list[Mark]:
        """The marks that it looks at, under the names that it gives them."""
        return [(start, end, self.says(tag)) for start, end, tag in marks
                if self.types is None or type_alone(tag) in self.types]


PROSE: Final = QUANTITIES | NAMES
"""what is said in sentences; the other types stand in titles, header blocks and signatures"""
VIEWS: Final[Mapping[str, View]] = {
    "label": View(whole), "indicator": View(without_scope), "type": View(type_alone),
    "prose_label": View(whole, PROSE), "prose_type": View(type_alone, PROSE),
}


def surest(spans: Iterable[Span]) -> dict[Mark, float]:
    """Each place and label once, as sure as its surest span."""
    sure: dict[Mark, float] = {}
    for span in spans:
        mark = span.start, span.end, Label(span.type, span.indicator, span.scope).tag
        sure[mark] = max(sure.get(mark, 0.0), span.confidence)
    return sure


def scores(cases: Iterable[Case], view: View) -> list[Score]:
    """Each document's score."""
    return [score(view.of(case.known), view.of(case.found)) for case in cases]


def together(parts: Sequence[Score]) -> Score:
    return sum(parts, NOTHING)
