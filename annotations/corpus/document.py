"""A labelled document: a text that never changes, what was marked in it, and where both come from."""
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import msgspec

from annotations.errors import AnnotationError
from annotations.scheme import NAMES, QUANTITIES, Label
from report import Span, SpanType
from report.spans import Method, Scope

VERSION: Final = 1
SUFFIX: Final = ".json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """Half-open offsets (code points) into the document's text, and a label."""

    start: int
    end: int
    type: SpanType
    indicator: str | None = None
    scope: Scope = "own"

    @classmethod
    def of(cls, label: Label, start: int, end: int) -> "Annotation":
        """This label over text[start:end]."""
        return cls(start=start, end=end, type=label.type, indicator=label.indicator, scope=label.scope)

    @property
    def label(self) -> Label:
        return Label(self.type, self.indicator, self.scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where the words of one sentence pattern stand (half-open), so that misses can be counted by pattern class."""

    start: int
    end: int
    pattern: str
    """class and digest of the pattern: requests.received#3fa9c1"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where the text and its labels come from; empty strings and None where nothing is known."""

    method: str
    """written | synthetic | label_studio | distant | gold | reviewed"""
    issuer: str | None = None
    level: str | None = None
    """province | city | county | town | department"""
    year: int | None = None
    form: str | None = None
    """narrative | 2014 | 2019 | 2021"""
    layout: str = "text"
    script: str = "simplified"
    noise: tuple[str, ...] = ()
    traps: tuple[int, ...] = ()
    """numbers of the field guide's traps that the text holds"""
    contradicts: tuple[str, ...] = ()
    """indicators that prose and form say differently, on purpose"""
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedDocument:
    """`annotations` are sorted by place; a link (quantity, name) ties a count to its category or channel, by index.

    `regions` are the official forms (half-open): their cells are read by the form parser and never annotated.
    """

    name: str
    text: str
    annotations: tuple[Annotation, ...] = ()
    links: tuple[tuple[int, int], ...] = ()
    regions: tuple[tuple[int, int], ...] = ()
    annotator: str | None = None
    provenance: Provenance = field(default_factory=lambda: Provenance(method="written"))
    passages: tuple[Passage, ...] = ()

    @property
    def digest(self) -> str:
        """sha256 of the text in UTF-8: the key by which labels find their text again."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def words(self, annotation: Annotation) -> str:
        return self.text[annotation.start : annotation.end]


class _Mark(msgspec.Struct, omit_defaults=True, forbid_unknown_fields=True):
    start: int
    end: int
    text: str
    type: SpanType
    indicator: str | None = None
    scope: Scope = "own"


class _File(msgspec.Struct, forbid_unknown_fields=True):
    version: int
    name: str
    sha256: str
    annotator: str | None
    provenance: Provenance
    text: str
    spans: list[_Mark]
    links: list[tuple[int, int]] = []
    regions: list[tuple[int, int]] = []
    passages: list[Passage] = []


def annotated(doc: AnnotatedDocument) -> AnnotatedDocument:
    """The document with its annotations sorted and each once, links following them."""
    order = sorted(range(len(doc.annotations)), key=lambda n: _place(doc.annotations[n]))
    kept: list[Annotation] = []
    moved: dict[int, int] = {}
    for n in order:
        if not kept or kept[-1] != doc.annotations[n]:
            kept.append(doc.annotations[n])
        moved[n] = len(kept) - 1
    links = sorted({(moved[one], moved[other]) for one, other in doc.links})
    return replace(doc, annotations=tuple(kept), links=tuple(links))


def _place(annotation: Annotation) -> tuple[int, int, str]:
    return annotation.start, annotation.end, annotation.label.tag


def encode(doc: AnnotatedDocument) -> bytes:
    """The file of a document: UTF-8 JSON, one span a line, the text's hash and each span's words beside the offsets."""
    doc = annotated(doc)
    head = {
        "version": VERSION,
        "name": doc.name,
        "sha256": doc.digest,
        "annotator": doc.annotator,
        "provenance": doc.provenance,
        "text": doc.text,
    }
    marks = [
        _Mark(start=a.start, end=a.end, text=doc.words(a), type=a.type, indicator=a.indicator, scope=a.scope)
        for a in doc.annotations
    ]
    rows: dict[str, Sequence[object]] = {
        "spans": marks, "links": doc.links, "regions": doc.regions, "passages": doc.passages,
    }
    lines = [f"{_json(key)}: {_json(value)}" for key, value in head.items()]
    lines += [f"{_json(key)}: {_lines(values)}" for key, values in rows.items()]
    return ("{\n" + ",\n".join(lines) + "\n}\n").encode()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _lines(values: Sequence[object]) -> str:
    return "[\n" + ",\n".join(_json(value) for value in values) + "\n]" if values else "[]"


def decode(data: bytes, *, name: str) -> AnnotatedDocument:
    """Inverse of encode. Raises AnnotationError where the file is broken or its offsets, words or hash do not agree."""
    try:
        found = msgspec.json.decode(data, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise AnnotationError(f"{name}: no labelled document: {error}") from None
    if found.version != VERSION:
        raise AnnotationError(f"{name}: version {found.version}, this gongkai reads {VERSION}")
    marks = tuple(
        Annotation(start=m.start, end=m.end, type=m.type, indicator=m.indicator, scope=m.scope) for m in found.spans
    )
    doc = AnnotatedDocument(
        name=found.name, text=found.text, annotations=marks, links=tuple(found.links), regions=tuple(found.regions),
        annotator=found.annotator, provenance=found.provenance, passages=tuple(found.passages),
    )
    if doc.digest != found.sha256:
        raise AnnotationError(f"{name}: the text is not the one that was labelled (sha256 differs)")
    for n, mark in enumerate(found.spans):
        if not 0 <= mark.start < mark.end <= len(doc.text) or doc.text[mark.start : mark.end] != mark.text:
            raise AnnotationError(f"{name}: span {n} [{mark.start}:{mark.end}] is not {mark.text!r}")
    if any(not (0 <= one < len(marks) and 0 <= other < len(marks)) for one, other in doc.links):
        raise AnnotationError(f"{name}: a link leads to no span")
    return doc


def read_document(path: Path) -> AnnotatedDocument:
    """Read one file; raises AnnotationError naming it."""
    return decode(path.read_bytes(), name=path.name)


def write_document(path: Path, doc: AnnotatedDocument) -> None:
    """Write one file, whole or not at all."""
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(encode(doc))
    partial.replace(path)


def read_corpus(folder: Path) -> list[AnnotatedDocument]:
    """Every document of a folder, by file name."""
    return [read_document(path) for path in sorted(folder.glob(f"*{SUFFIX}"))]


def from_spans(spans: Sequence[Span]) -> tuple[tuple[Annotation, ...], tuple[tuple[int, int], ...]]:
    """Annotations and links of the spans that rules or a model found; groups become links.

    Of spans over the same characters the first stays: one number that answers two indicators is marked with the first.
    """
    spans = _apart(spans)
    places = {_key(span): span for span in spans}
    order = sorted(places)
    index = {key: n for n, key in enumerate(order)}
    marks = tuple(
        Annotation(start=s.start, end=s.end, type=s.type, indicator=s.indicator, scope=s.scope)
        for s in (places[key] for key in order)
    )
    named: dict[int, list[int]] = {}
    for span in spans:
        if span.group is not None and span.type in NAMES:
            named.setdefault(span.group, []).append(index[_key(span)])
    links = {
        (index[_key(span)], name)
        for span in spans
        if span.group is not None and span.type in QUANTITIES
        for name in named.get(span.group, ())
    }
    return marks, tuple(sorted(links))


def _apart(spans: Sequence[Span]) -> list[Span]:
    """Without spans that share characters with one before them; a name may stand again for another quantity."""
    kept: list[Span] = []
    end = 0
    for span in sorted(spans, key=lambda one: (one.start, -one.end)):
        again = kept and _key(span) == _key(kept[-1]) and span.type in NAMES
        if span.start >= end or again:
            kept.append(span)
            end = max(end, span.end)
    return kept


def _key(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, Label(span.type, span.indicator, span.scope).tag


def to_spans(doc: AnnotatedDocument, *, method: Method = "model") -> tuple[Span, ...]:
    """Spans for the assembler; a name that several quantities share stands once for each, in its quantity's group."""
    named: dict[int, list[int]] = {}
    for quantity, name in doc.links:
        named.setdefault(quantity, []).append(name)
    linked = {name for _, name in doc.links}
    spans = []
    for n, mark in enumerate(doc.annotations):
        if n in linked:
            continue
        group = n if n in named else None
        spans.append(_span(mark, method, group))
        spans += [_span(doc.annotations[name], method, group) for name in named.get(n, ())]
    return tuple(sorted(spans, key=lambda span: (span.start, span.end)))


def _span(mark: Annotation, method: Method, group: int | None) -> Span:
    return Span(
        start=mark.start, end=mark.end, type=mark.type, indicator=mark.indicator, scope=mark.scope, method=method,
        group=group,
    )
