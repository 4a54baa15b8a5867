"""Labelled documents written inline, [[words|LABEL]], and made at random."""
import re
from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from annotations.corpus import AnnotatedDocument, Annotation, Provenance
from annotations.corpus.document import annotated
from annotations.scheme import NAMES, QUANTITIES, SCOPES, Label, scheme
from report import SpanType

_MARKED = re.compile(r"\[\[(?P<words>[^|]*?)\|(?P<tag>[^\]]*)\]\]", re.DOTALL)


def labelled(
    marked: str, *, name: str = "a", issuer: str | None = "青禾县水务局", year: int | None = 2022,
    links: tuple[tuple[int, int], ...] = (), annotator: str | None = None,
) -> AnnotatedDocument:
    """A document of marked-up text; links are numbered by place."""
    text, marks, done = "", [], 0
    for match in _MARKED.finditer(marked):
        text += marked[done : match.start()]
        label = Label.parse(match["tag"])
        marks.append(Annotation(start=len(text), end=len(text) + len(match["words"]), type=label.type,
                                indicator=label.indicator, scope=label.scope))
        text += match["words"]
        done = match.end()
    return AnnotatedDocument(
        name=name, text=text + marked[done:], annotations=tuple(marks), links=links, annotator=annotator,
        provenance=Provenance(method="written", issuer=issuer, year=year))


def remarked(doc: AnnotatedDocument, words: str, **changes: object) -> AnnotatedDocument:
    """The document with the first annotation of these words changed."""
    number = next(n for n, mark in enumerate(doc.annotations) if doc.words(mark) == words)
    marks = list(doc.annotations)
    marks[number] = replace(marks[number], **changes)  # type: ignore[arg-type]
    return replace(doc, annotations=tuple(marks))


def moved(doc: AnnotatedDocument, words: str, left: int, right: int) -> AnnotatedDocument:
    """The document with the bounds of the first annotation of these words moved."""
    mark = next(mark for mark in doc.annotations if doc.words(mark) == words)
    return remarked(doc, words, start=mark.start + left, end=mark.end + right)


@st.composite
def labels(draw: st.DrawFn) -> Label:
    """Any label that the scheme allows."""
    kind = draw(st.sampled_from(list(SpanType)))
    if kind not in QUANTITIES:
        return Label(kind)
    indicators = list(scheme().indicators_of(kind))
    none: list[str | None] = [] if kind is SpanType.NONE else [None]
    return Label(kind, draw(st.sampled_from([*none, *indicators])), draw(st.sampled_from(SCOPES)))


_TEXTS = st.text(st.one_of(st.sampled_from("条件0１。\n\r\t　 \\😀𠮷政府公開"), st.characters(exclude_categories=["Cs"])),
                 max_size=60)


@st.composite
def documents(draw: st.DrawFn, *, regions: bool = True) -> AnnotatedDocument:
    """A document whose spans do not overlap and stand outside its regions."""
    text = draw(_TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=12)))
    marks, forms = [], []
    for start, end in pairwise(cuts):
        what = draw(st.sampled_from(["span", "span", "nothing", "region"]))
        if what == "span":
            label = draw(labels())
            marks.append(Annotation(
                start=start, end=end, type=label.type, indicator=label.indicator, scope=label.scope))
        elif what == "region" and regions:
            forms.append((start, end))
    links = [(one, other) for one, quantity in enumerate(marks) for other, target in enumerate(marks)
             if quantity.type in QUANTITIES and target.type in NAMES]
    chosen = draw(st.lists(st.sampled_from(links), max_size=3)) if links else []
    return annotated(AnnotatedDocument(
        name=draw(st.text("ab 文\\", min_size=1, max_size=4)), text=text, annotations=tuple(marks),
        links=tuple(sorted(set(chosen))), regions=tuple(forms),
        provenance=Provenance(method="written", issuer="青禾县水务局", year=2022)))
