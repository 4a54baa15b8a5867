"""From the pieces of a report to its source: prose with marks, forms in a layout, noise, text or HTML."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from random import Random
from typing import Final, cast

from annotations.corpus import AnnotatedDocument, Annotation, Passage, Provenance
from annotations.corpus.document import annotated
from annotations.scheme import Label
from annotations.synthetic.composing import Composed, Piece
from annotations.synthetic.draft import Draft, Mark
from annotations.synthetic.figures import By, Figures
from annotations.synthetic.filling import Filled
from annotations.synthetic.layouts import FormValues, Layout, Look, Part, draw_look, render
from annotations.synthetic.layouts.values import FormName, Nothing
from annotations.synthetic.spoiling import Spoiling
from report.forms import forms

_PARTS: Final[dict[str, Part]] = {
    "form": "statistics",
    "form.documents": "disclosure",
    "form.requests": "requests",
    "form.review": "disputes",
    "short": "statistics",
}
_INDENTS: Final = ("", "", "　　", "    ", "  ")
_TABLE_LAYOUTS: Final[tuple[tuple[Layout, int], ...]] = (
    ("grid", 25),
    ("pipes", 15),
    ("mixed", 15),
    ("lines", 18),
    ("run_together", 12),
    ("tabs", 6),
    ("spaces", 5),
    ("page_split", 4),
)
LAYOUT_NAMES: Final = ("text", *(name for name, _ in _TABLE_LAYOUTS))
_TRAPS_OF_LAYOUTS: Final[dict[Layout, tuple[int, ...]]] = {"run_together": (20,), "lines": (21,)}
"""Rows whose cells have run together; rows of one cell a line, where a blank one is easily lost."""
_ZEROS: Final[tuple[Nothing, ...]] = ("0", "0", "0", "0", "0", "0", "", "-", "/", "无", "&nbsp;")


@dataclass(frozen=True, slots=True)
class SpanTag:
    """A label in the prose; `number` is its own within the report, for links."""

    number: int
    label: Label


@dataclass(frozen=True, slots=True)
class PassageTag:
    """A sentence's pattern."""

    pattern: str


Tag = SpanTag | PassageTag
Prose = Draft[Tag]


@dataclass(frozen=True, slots=True)
class Form:
    """A form's part as it stands in the source; HTML where the layout is a grid."""

    words: str
    is_html: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntheticReport:
    """Runs of prose and forms in order; `links` are pairs of span numbers (quantity, name).

    A report without HTML has its text and labels at once (`document`); the text of one with HTML is what a reader
    makes of `source`.
    """

    name: str
    runs: tuple[Prose | Form, ...]
    links: tuple[tuple[int, int], ...]
    provenance: Provenance

    @property
    def is_html(self) -> bool:
        return self.provenance.layout == "grid"

    @property
    def source(self) -> str:
        """The report as a file: plain text, or a page of HTML."""
        if not self.is_html:
            return self.text
        body = "\n".join(run.words if isinstance(run, Form) else "\n".join(_paragraphs(run.text)) for run in self.runs)
        return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head>\n<body>\n{body}\n</body></html>\n'

    @property
    def text(self) -> str:
        return "".join(run.words if isinstance(run, Form) else run.text for run in self.runs)

    def document(self) -> AnnotatedDocument:
        """The labelled text of a report without HTML."""
        places: list[int] = []
        at = 0
        for run in self.runs:
            places.append(at)
            at += len(run.words) if isinstance(run, Form) else len(run.text)
        regions = tuple(
            (place, place + len(run.words))
            for place, run in zip(places, self.runs, strict=True)
            if isinstance(run, Form)
        )
        marks = [
            Mark(mark.start + place, mark.end + place, mark.payload)
            for place, run in zip(places, self.runs, strict=True)
            if not isinstance(run, Form)
            for mark in run.marks
        ]
        return self.labelled(self.text, marks, regions)

    def labelled(
        self, text: str, marks: Sequence[Mark[Tag]], regions: tuple[tuple[int, int], ...]
    ) -> AnnotatedDocument:
        """A document of this report with marks at these places of this text."""
        annotations: list[Annotation] = []
        numbers: dict[int, list[int]] = {}
        passages: list[Passage] = []
        for mark in marks:
            tag = mark.payload
            if isinstance(tag, PassageTag):
                passages.append(Passage(start=mark.start, end=mark.end, pattern=tag.pattern))
                continue
            numbers.setdefault(tag.number, []).append(len(annotations))
            annotations.append(
                Annotation(
                    start=mark.start,
                    end=mark.end,
                    type=tag.label.type,
                    indicator=tag.label.indicator,
                    scope=tag.label.scope,
                )
            )
        links = tuple(
            pair
            for one, other in self.links
            for pair in zip(numbers.get(one, ()), numbers.get(other, ()), strict=False)
        )
        return annotated(
            AnnotatedDocument(
                name=self.name,
                text=text,
                annotations=tuple(annotations),
                links=links,
                regions=regions,
                annotator="gongkai",
                provenance=self.provenance,
                passages=tuple(passages),
            )
        )


def assemble(
    composed: Composed, *, name: str, method: str = "synthetic", spoiling: Spoiling | None = None
) -> SyntheticReport:
    """Lay the report out. `spoiling`: how its text is damaged; None leaves it as it was written."""
    rng = Random(f"layout {composed.plan.seed}")
    spoiling = spoiling or Spoiling()
    layout = rng.choices([one for one, _ in _TABLE_LAYOUTS], [weight for _, weight in _TABLE_LAYOUTS])[0]
    held = any(piece.kind == "form" for piece in composed.pieces)
    runs, links = _Runs(composed, layout, rng, spoiling).build()
    return SyntheticReport(
        name=name,
        runs=runs,
        links=links,
        provenance=Provenance(
            method=method,
            issuer=composed.names.issuer,
            level=composed.plan.level,
            year=composed.plan.year,
            form=composed.plan.form,
            layout=layout if held else "text",
            script=spoiling.script,
            noise=spoiling.channels,
            traps=tuple(sorted({*_traps(composed), *(_TRAPS_OF_LAYOUTS.get(layout, ()) if held else ())})),
            contradicts=tuple(sorted({one for filled in _filled(composed) for one in filled.contradicts})),
            source=f"seed {composed.plan.seed}",
        ),
    )


def _traps(composed: Composed) -> Iterator[int]:
    for filled in _filled(composed):
        yield from filled.sentence.pattern.traps


def _filled(composed: Composed) -> Iterator[Filled]:
    for piece in composed.pieces:
        yield from piece.sentences


class _Runs:
    """Prose drafts and forms, in the order of the pieces."""

    def __init__(self, composed: Composed, layout: Layout, rng: Random, spoiling: Spoiling) -> None:
        self.composed = composed
        self.layout = layout
        self.rng = rng
        self.spoiling = spoiling
        self.indent = rng.choice(_INDENTS)
        self.gap = rng.choice(("\n", "\n", "\n\n"))
        self.zero = rng.choice(_ZEROS)
        self.look = draw_look(rng, cast(FormName, composed.plan.form)) if composed.plan.form != "narrative" else Look()
        self.words: list[str] = []
        self.length = 0
        self.marks: list[Mark[Tag]] = []
        self.links: list[tuple[int, int]] = []
        self.number = 0

    def build(self) -> tuple[tuple[Prose | Form, ...], tuple[tuple[int, int], ...]]:
        runs: list[Prose | Form] = []
        for piece in self.composed.pieces:
            if piece.kind != "form":
                self._add(piece)
                continue
            runs += self._end_prose()
            runs.append(self._form(piece.part))
        runs += self._end_prose()
        return tuple(runs), tuple(self.links)

    def _end_prose(self) -> list[Prose]:
        if not self.words:
            return []
        draft: Prose = Draft("".join(self.words), tuple(self.marks))
        self.words, self.length, self.marks = [], 0, []
        spoiled = self.spoiling.prose(draft, self.rng)
        # at the head of a file it would be a byte order mark, which no reader gives back
        return [spoiled.edit([(0, 1, "")]) if spoiled.text.startswith("\ufeff") else spoiled]

    def _put(self, words: str) -> None:
        self.words.append(words)
        self.length += len(words)

    def _add(self, piece: Piece) -> None:
        self._put(self.indent if piece.kind == "paragraph" else "")
        self._put(piece.words)
        for filled in piece.sentences:
            start = self.length
            for mark in filled.marks:
                tag = SpanTag(self.number + len(self.marks), mark.label)
                self.marks.append(Mark(start + mark.start, start + mark.end, tag))
            first = len(self.marks) - len(filled.marks)
            numbers = [mark.payload.number for mark in self.marks[first:] if isinstance(mark.payload, SpanTag)]
            self.links += [(numbers[one], numbers[other]) for one, other in filled.links]
            self._put(filled.text)
            self.marks.append(Mark(start, self.length, PassageTag(filled.sentence.pattern.id), frame=True))
        self.number += 1000
        self._put(self.gap if piece.kind == "paragraph" else "\n")

    def _form(self, part: str) -> Form:
        short = part == "short"
        values = _short_values(self.composed.figures) if short else _values(self.composed, self.zero)
        look = Look() if short else self.look
        rendered = render(values, self.layout, self.rng, look=look, parts=(_PARTS[part],))
        words = rendered.text if rendered.text.endswith("\n") else rendered.text + "\n"
        return Form(self.spoiling.form(words, self.rng), rendered.is_html)


def _values(composed: Composed, zero: Nothing) -> FormValues:
    form = cast(FormName, composed.plan.form)
    cells = {
        (cell.indicator, cell.by)
        for table in forms().tables
        if table.form == form
        for element in table.elements
        for cell in element.cells
        if cell.indicator
    }
    figures = composed.figures
    known: dict[tuple[str, By], int | None] = dict(figures.values)
    for indicator, by in sorted(cells):
        known.setdefault((indicator, by), figures.get(indicator, by))
    return FormValues(form=form, year=composed.plan.year, cells=known, zero=zero)


def _short_values(figures: Figures) -> FormValues:
    """The provincial short form of 2008 to 2018: this year's numbers beside those since the beginning."""
    cells: dict[tuple[str, By], int | None] = {}
    for table in forms().tables:
        for cell in (cell for element in table.elements for cell in element.cells if table.form == "short"):
            if cell.indicator is None:
                continue
            by = tuple(item for item in cell.by if item[0] != "period")
            own = figures.get(cell.indicator, by)
            cells[cell.indicator, by] = own
            since = tuple(sorted((*by, ("period", "cumulative"))))
            cells[cell.indicator, since] = max(own, figures.get(cell.indicator, by, "cumulative"))
    return FormValues(form="short", year=0, cells=cells)


def _paragraphs(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.strip():
            yield f"<p>{escape(line, quote=False)}</p>"
