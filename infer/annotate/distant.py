"""Labels for free: a report's running text labelled from its own form.

A number of the text is taken where it equals a cell of the form and its words name that cell: because the rules read
the same indicator (two independent readings), or because no other cell has this value and the clause holds the cell's
cue words. Sentences with a number that nothing vouches for are set aside and never trained on.
After Mintz et al. 2009, "Distant supervision for relation extraction without labeled data".
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Final

from annotations.corpus import AnnotatedDocument, Provenance, from_spans
from infer.annotate.borders import by_guidelines
from infer.annotate.gold import Gold, key_of
from infer.annotate.reading import ReadReport
from report import Fact, Span, SpanType
from report.folding import fold

By = tuple[tuple[str, str], ...]
_QUANTITIES: Final = frozenset({SpanType.COUNT, SpanType.FEE, SpanType.RATE})
_NAMES: Final = frozenset({SpanType.CATEGORY, SpanType.CHANNEL})
_SMALLEST: Final = 3
"""Below it, equal values are chance."""
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]?")
_CLAUSE = re.compile(r"[,，;；。:：\n]")
_BEHIND: Final = 8


@dataclass(frozen=True, slots=True)
class Cue:
    """The patterns that name a cell in a clause."""

    indicator: str
    needs: tuple[re.Pattern[str], ...]
    never: tuple[re.Pattern[str], ...] = ()

    def names(self, clause: str) -> bool:
        return all(one.search(clause) for one in self.needs) and not any(one.search(clause) for one in self.never)


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How many of the labels are gold's; `wrong` are the facts that gold does not have."""

    labels: int
    right: int
    wrong: tuple[Fact, ...]


@dataclass(slots=True)
class Tally:
    """What a run over many reports has come to."""

    reports: int = 0
    unread: int = 0
    labelled: int = 0
    spans: int = 0
    compared: int = 0
    right: int = 0
    wrong: list[tuple[str, Fact]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    @property
    def precision(self) -> float | None:
        """None where there was nothing to measure."""
        return self.right / self.compared if self.compared else None

    def add(self, document: AnnotatedDocument | None) -> None:
        self.reports += 1
        if document is not None:
            self.labelled += 1
            self.spans += len(document.annotations)

    def named(self, document: AnnotatedDocument) -> AnnotatedDocument:
        """The document under a name that no other text of the run has: pages of many folders are called index."""
        name = document.name
        if self.names.setdefault(name, document.digest) != document.digest:
            name = f"{name}-{document.digest[:8]}"
            self.names[name] = document.digest
        return replace(document, name=name)

    def compare(self, precision: Precision, name: str) -> None:
        self.compared += precision.labels
        self.right += precision.right
        self.wrong += [(name, fact) for fact in precision.wrong]


Cells = Mapping[tuple[str, By], set[float]]


@cache
def _cues() -> Mapping[str, Cue]:
    rows = tomllib.loads(files("infer").joinpath("annotate", "distant.toml").read_text(encoding="utf-8"))["cue"]
    return {
        row["indicator"]: Cue(row["indicator"], *(_patterns(row, name) for name in ("needs", "never"))) for row in rows
    }


def _patterns(row: Mapping[str, Sequence[str]], name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(words) for words in row.get(name, ()))


def annotate_from_form(read: ReadReport, *, name: str) -> AnnotatedDocument | None:
    """The labels that the report's own form vouches for; None where it has no form or no number agrees."""
    cells = _cells(read)
    taken = [span for span in (_vouched(span, read, cells) for span in read.spans) if span is not None]
    if not taken:
        return None
    kept = by_guidelines([*taken, *_names(read, taken)], read.text)
    annotations, links = from_spans(sorted(kept, key=lambda span: (span.start, span.end)))
    regions = sorted([*read.regions, *_unvouched(read, taken)])
    return AnnotatedDocument(
        name=name,
        text=read.text,
        annotations=annotations,
        links=links,
        regions=tuple(regions),
        provenance=Provenance(
            method="distant", issuer=read.meta.issuer, year=read.meta.report_year, form=read.meta.form
        ),
    )


def _cells(read: ReadReport) -> Cells:
    """Values of the report's own year by indicator and dimensions, as far as the form reads without doubt."""
    found: dict[tuple[str, By], set[float]] = {}
    for cell in read.forms.cells:
        if cell.value is not None and not cell.ambiguous and "period" not in cell.by:
            found.setdefault((cell.indicator, _by(cell.by)), set()).add(float(cell.value))
    return found


def _by(dimensions: Mapping[str, str]) -> By:
    return tuple(sorted(item for item in dimensions.items() if item != ("applicant", "total")))


def _vouched(span: Span, read: ReadReport, cells: Cells) -> Span | None:
    facts = read.facts_at.get((span.start, span.end), ())
    if span.scope != "own" or not facts:
        return None
    if span.indicator is not None:
        return span if all(_agrees(fact, cells) for fact in facts) else None
    if span.type is not SpanType.COUNT:
        return None
    value = facts[0].value
    indicator = _named_cell(value, _clause(read.text, span), cells) if value is not None else None
    return replace(span, indicator=indicator, confidence=0.9) if indicator else None


def _agrees(fact: Fact, cells: Cells) -> bool:
    """The form has the fact's value for the same indicator and dimensions."""
    return fact.value is not None and float(fact.value) in cells.get((fact.indicator or "", _by(fact.by)), ())


def _named_cell(value: int | float, clause: str, cells: Cells) -> str | None:
    """The only cell of this value, if the clause names it."""
    if value < _SMALLEST:
        return None
    equal = [indicator for (indicator, by), values in cells.items() if not by and float(value) in values]
    named = [indicator for indicator in equal if indicator in _cues() and _cues()[indicator].names(clause)]
    return named[0] if len(named) == 1 else None


def _clause(text: str, span: Span) -> str:
    """The words of the clause up to the number, and a few behind it."""
    line = text.rfind("\n", 0, span.start) + 1
    before = _CLAUSE.split(text[line : span.start])[-1]
    after = _CLAUSE.split(text[span.end : span.end + _BEHIND])[0]
    return re.sub(r"\s+", "", fold(before + after).text)


def _names(read: ReadReport, taken: Sequence[Span]) -> Iterator[Span]:
    groups = {span.group for span in taken if span.group is not None}
    for span in read.spans:
        if span.type in _NAMES and span.group in groups:
            yield span


def _unvouched(read: ReadReport, taken: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Sentences with a number or a statement of none that is not taken."""
    places = {(span.start, span.end) for span in taken}
    doubtful = [span.start for span in read.spans if span.type not in _NAMES and (span.start, span.end) not in places]
    for match in _SENTENCE.finditer(read.text):
        start, end = match.span()
        if start < end and any(start <= place < end for place in doubtful):
            yield start, end


def measure(read: ReadReport, document: AnnotatedDocument, gold: Gold) -> Precision:
    """Compare the labels with the gold facts of the same report; what gold calls debatable is not counted."""
    facts = (*gold.facts, *gold.cells)
    required = {fact.key for fact in facts if not fact.optional}
    debatable = {fact.key for fact in facts if fact.optional} - required
    labels, wrong = 0, []
    for mark in document.annotations:
        if mark.indicator is None:
            continue
        for fact in read.facts_at.get((mark.start, mark.end), ()):
            key = key_of(replace(fact, indicator=mark.indicator))
            if key is None or key in debatable:
                continue
            labels += 1
            if key not in required:
                wrong.append(fact)
    return Precision(labels=labels, right=labels - len(wrong), wrong=tuple(wrong))
