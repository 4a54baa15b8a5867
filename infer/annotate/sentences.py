"""Sentences of extracted reports, each with what annotating it is worth and its wording without names and numbers."""
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from annotations.corpus import AnnotatedDocument, Provenance
from annotations.corpus.masking import Unit, compact, masked, names_of, pattern
from infer.annotate.doubts import Doubt, doubts_of, refuted_by
from infer.annotate.reading import running_text_of
from infer.model.passages import passages
from infer.rules.context import Reading as RunningText
from infer.rules.prose import sentences as split
from report import Check, Fact, Report
from report.folding import fold

Bounds = tuple[int, int]
_WIDEST_GAP: Final = 300
"""characters between two cells of one form"""
_NAMED: Final = ("category", "subunit")
_SHORTEST_NAME: Final = 2
_BARE: Final = "bare"
"""the kind of a number without a measure word that the rules know"""
_COUNTS: Final = re.compile(r"\s?(?![时点分号年月日楼室路至])[\u4e00-\u9fff]")
"""what may be a measure word that they do not know: no hour, no house number"""
_STOP: Final = re.compile(r"[。！？!?.]+[”’」』\"')\]]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """An extraction, as far as choosing needs it; `names` are masked where they stand in its sentences."""

    name: str
    text: str
    facts: tuple[Fact, ...]
    checks: tuple[Check, ...]
    names: frozenset[str]
    prose: RunningText


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


def read_of(report: Report) -> Read:
    """The extraction of one report; the official forms are where their cells were read."""
    doc = bare(report)
    return Read(name=doc.name, text=doc.text, facts=report.facts, checks=report.checks,
                names=names_of(doc) | names_in(report.facts), prose=running_text_of(doc))


def bare(report: Report) -> AnnotatedDocument:
    """The report as a document that nobody has labelled."""
    return AnnotatedDocument(name=report.source.name, text=report.source.text, regions=_forms(report.facts),
                             provenance=Provenance(method="extract", issuer=report.meta.issuer))


def read_labelled(doc: AnnotatedDocument) -> Read:
    """A labelled document, for its wordings alone."""
    return Read(name=doc.name, text=doc.text, facts=(), checks=(), names=names_of(doc),
                prose=running_text_of(doc))


def names_in(facts: Iterable[Fact]) -> frozenset[str]:
    """Names that the facts divide by, as masking wants them."""
    found = {compact(fact.by[name]) for fact in facts for name in _NAMED if name in fact.by}
    return frozenset(name for name in found if len(name) >= _SHORTEST_NAME)


def _forms(facts: Iterable[Fact]) -> tuple[Bounds, ...]:
    cells = sorted((fact.evidence.start, fact.evidence.end) for fact in facts if fact.in_form)
    breaks = [n for n, (one, other) in enumerate(pairwise(cells), start=1) if other[0] - one[1] > _WIDEST_GAP]
    edges = [0, *breaks, len(cells)]
    return tuple((cells[first][0], cells[last - 1][1]) for first, last in pairwise(edges) if first < last)


def sentences_of(read: Read) -> list[Sentence]:
    """Every sentence of the running text that can hold a fact, with what it is worth."""
    held = [fact for fact in read.facts if not fact.in_form]
    numbers = list(_numbers(read))
    able = passages(read.prose, read.text)
    refuted, replaced = refuted_by(read.checks), pattern(read.names)
    found = []
    for start, end in _bounds(read):
        facts = [fact for fact in held if start <= fact.evidence.start < end]
        if facts or any(one.start < end and start < one.end for one in able):
            inside = [one for one in numbers if start <= one[0] < end]
            doubts = doubts_of(read.text, facts, inside, refuted)
            found.append(_sentence(read, (start, end), masked(_unit(read.text, start, end), replaced).text, doubts))
    return found


def _numbers(read: Read) -> Iterator[Bounds]:
    """Numbers of the running text that may count something."""
    for one in read.prose.quantities:
        start, end = read.prose.prose.to_document(one.start, one.end)
        if one.kind != _BARE or _COUNTS.match(read.text, end):
            yield start, end


def _bounds(read: Read) -> Iterator[Bounds]:
    """Each sentence with the stop at its end, lines that were wrapped as one."""
    for one in split(read.prose.masked):
        start, end = read.prose.prose.to_document(one.start, one.end)
        stop = _STOP.match(read.text, end)
        yield start, stop.end() if stop else end


def _unit(text: str, start: int, end: int) -> Unit:
    folded = fold(text[start:end])
    kept = [n for n, character in enumerate(folded.text) if not character.isspace()]
    words = "".join(folded.text[n] for n in kept)
    return Unit(start, end, words, tuple(start + folded.starts[n] for n in kept))


def _sentence(read: Read, bounds: Bounds, mask: str, doubts: Sequence[Doubt]) -> Sentence:
    start, end = bounds
    surest = sorted(doubts, key=lambda doubt: -doubt.worth)
    return Sentence(report=read.name, start=start, end=end, words=read.text[start:end], mask=mask, places=len(doubts),
                    worth=round(sum(doubt.worth for doubt in doubts), 4),
                    reasons=tuple(doubt.reason for doubt in surest if doubt.reason))


def wordings(docs: Iterable[AnnotatedDocument]) -> frozenset[str]:
    """How the sentences of labelled documents are worded, with and without their names and numbers."""
    rows = [one for doc in docs for one in sentences_of(read_labelled(doc))]
    return frozenset(words for one in rows for words in (one.mask, compact(one.words)))
