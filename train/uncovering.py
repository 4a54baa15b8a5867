"""Labelled reports whose labels are hidden, and uncovered sentence by sentence or report by report."""
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from annotations.corpus import AnnotatedDocument, Annotation
from infer.annotate.sentences import Bounds, Sentence
from models.windows import pieces

_BLANKS: Final = re.compile(r"\s*")


@dataclass(slots=True)
class Pool:
    """Reports whose labels are hidden, and which parts of them have been annotated."""

    reports: Mapping[str, AnnotatedDocument]
    sentences: Mapping[str, Sequence[Sentence]]
    known: dict[str, set[Bounds]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)

    def effort_of(self, sentence: Sentence) -> int:
        return 1 + _labels_in(self.reports[sentence.report], sentence.start, sentence.end)

    @property
    def effort(self) -> int:
        return sum(self.effort_of(one) for one in self.annotated())

    @property
    def every(self) -> list[Sentence]:
        return [one for rows in self.sentences.values() for one in rows]

    def __contains__(self, sentence: Sentence) -> bool:
        return any((one.start, one.end) == (sentence.start, sentence.end) for one in self.sentences[sentence.report])

    def is_known(self, sentence: Sentence) -> bool:
        return (sentence.start, sentence.end) in self.known.get(sentence.report, ())

    def annotated(self) -> list[Sentence]:
        return [one for one in self.every if self.is_known(one)]

    def hidden(self) -> list[Sentence]:
        return [one for one in self.every if not self.is_known(one)]

    def add(self, sentence: Sentence) -> int:
        """Uncover the labels of a sentence; what that took."""
        held = self.known.setdefault(sentence.report, set())
        if (sentence.start, sentence.end) in held:
            return 0
        held.add((sentence.start, sentence.end))
        return self.effort_of(sentence)

    def add_report(self, name: str) -> int:
        self.whole.add(name)
        return sum([self.add(one) for one in self.sentences[name]])

    def documents(self) -> tuple[AnnotatedDocument, ...]:
        """What there is to train on: whole reports, and of the others the annotated sentences alone."""
        return tuple(self.reports[name] if name in self.whole else uncovered(self.reports[name], sorted(held))
                     for name, held in self.known.items())


def uncovered(doc: AnnotatedDocument, parts: Sequence[Bounds]) -> AnnotatedDocument:
    """The document with nothing but these parts to learn from; a label that leaves its part takes the part along."""
    joined = _joined(doc, parts)
    kept = [n for n, mark in enumerate(doc.annotations)
            if any(start <= mark.start and mark.end <= end for start, end in joined)]
    place = {number: n for n, number in enumerate(kept)}
    return replace(
        doc, annotations=tuple(doc.annotations[n] for n in kept), passages=(),
        links=tuple((place[one], place[other]) for one, other in doc.links if one in place and other in place),
        regions=tuple(pieces(len(doc.text), joined)))


def _joined(doc: AnnotatedDocument, parts: Sequence[Bounds]) -> list[Bounds]:
    """The parts as wide as their labels, those that blanks alone part in one."""
    wide = sorted((min([start, *(mark.start for mark in _marks(doc, start, end))]),
                   max([end, *(mark.end for mark in _marks(doc, start, end))])) for start, end in parts)
    found: list[Bounds] = []
    for start, end in wide:
        if found and _BLANKS.fullmatch(doc.text[found[-1][1] : max(start, found[-1][1])]):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _marks(doc: AnnotatedDocument, start: int, end: int) -> list[Annotation]:
    return [mark for mark in doc.annotations if mark.start < end and start < mark.end]


def _labels_in(doc: AnnotatedDocument, start: int, end: int) -> int:
    return sum(start <= mark.start < end for mark in doc.annotations)
