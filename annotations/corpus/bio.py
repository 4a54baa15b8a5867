"""Labelled documents as windows of characters with IOB2 tags, for training, and back."""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from annotations.corpus.document import AnnotatedDocument, Annotation
from annotations.corpus.masking import pieces
from annotations.corpus.splits import SPLITS, Splits
from annotations.errors import AnnotationError
from annotations.scheme import QUANTITIES, SCOPES, Label, scheme
from report import SpanType

if TYPE_CHECKING:
    from datasets import Dataset, DatasetDict

OUTSIDE: Final = "O"
SIZE: Final = 256
OVERLAP: Final = 64


class Granularity(StrEnum):
    """How much of a label stands in the tag."""

    TYPE = "type"
    """B-COUNT"""
    INDICATOR = "indicator"
    """B-COUNT:requests.new"""
    SCOPE = "scope"
    """B-COUNT:requests.new@cumulative: the whole label"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Characters of one piece of running text with their places in the document's text and their tags."""

    name: str
    index: int
    characters: tuple[str, ...]
    offsets: tuple[int, ...]
    tags: tuple[str, ...]


def tag_of(label: Label, granularity: Granularity = Granularity.SCOPE) -> str:
    """The tag without B- or I-; Label.parse reads it again."""
    if granularity is Granularity.TYPE:
        return str(label.type)
    return Label(label.type, label.indicator).tag if granularity is Granularity.INDICATOR else label.tag


def tag_list(granularity: Granularity = Granularity.SCOPE) -> tuple[str, ...]:
    """Every tag that the scheme allows, O first, in an order that never depends on a corpus."""
    tags = dict.fromkeys(tag_of(label, granularity) for label in _labels())
    return (OUTSIDE, *(f"{mark}-{tag}" for tag in tags for mark in "BI"))


def _labels() -> Iterator[Label]:
    for kind in SpanType:
        if kind not in QUANTITIES:
            yield Label(kind)
            continue
        none = () if kind is SpanType.NONE else (None,)
        for indicator in (*none, *scheme().indicators_of(kind)):
            yield from (Label(kind, indicator, scope) for scope in SCOPES)


def windows(
    doc: AnnotatedDocument, *, size: int = SIZE, overlap: int = OVERLAP, granularity: Granularity = Granularity.SCOPE,
    within: Iterable[tuple[int, int]] | None = None,
) -> tuple[Window, ...]:
    """Windows of at most `size` characters that cover every character outside the official forms, or of `within` alone.

    A window never leaves its piece of running text (what stands between two forms) and never cuts an annotation: a
    border that would fall inside one moves to that annotation's start, and the overlap goes where the annotation needs
    the room. Raises AnnotationError for annotations that overlap, stand in a form or are longer than a window.
    """
    if not 0 <= overlap < size:
        raise AnnotationError(f"windows of {size} characters cannot overlap by {overlap}")
    marks = _checked(doc, size)
    tags = tags_of(doc, marks, granularity)
    held = pieces(doc) if within is None else _whole(within, marks)
    cuts = (cut for piece in held for cut in _cuts(*piece, marks, size, overlap))
    return tuple(
        Window(name=doc.name, index=index, characters=tuple(doc.text[start:end]), offsets=tuple(range(start, end)),
               tags=tuple(tags[start:end]))
        for index, (start, end) in enumerate(cuts))


def _whole(within: Iterable[tuple[int, int]], marks: Sequence[Annotation]) -> Iterator[tuple[int, int]]:
    """The stretches, each begun or ended before an annotation that its border would cut."""
    inside = [(mark.start, mark.end) for mark in marks]
    for start, end in within:
        first, last = _uncut(start, inside), _uncut(end, inside)
        if first < last:
            yield first, last


def tags_of(
    doc: AnnotatedDocument, marks: Iterable[Annotation], granularity: Granularity = Granularity.SCOPE
) -> list[str]:
    """A tag for each character of the document's whole text; where annotations overlap the later one stands."""
    tags = [OUTSIDE] * len(doc.text)
    for mark in marks:
        tag = tag_of(mark.label, granularity)
        tags[mark.start : mark.end] = [f"B-{tag}", *[f"I-{tag}"] * (mark.end - mark.start - 1)]
    return tags


def _checked(doc: AnnotatedDocument, size: int) -> list[Annotation]:
    marks = sorted(doc.annotations, key=lambda mark: (mark.start, mark.end))
    for before, mark in pairwise(marks):
        if mark.start < before.end:
            raise AnnotationError(f"{doc.name}: tags cannot hold annotations that overlap: {_shown(doc, before)} and "
                                  f"{_shown(doc, mark)}")
    for mark in marks:
        if not 0 <= mark.start < mark.end <= len(doc.text):
            raise AnnotationError(f"{doc.name}: {_shown(doc, mark)} is not in the text")
        if mark.end - mark.start > size:
            raise AnnotationError(f"{doc.name}: {_shown(doc, mark)} is longer than a window of {size} characters")
        if any(mark.start < end and start < mark.end for start, end in doc.regions):
            raise AnnotationError(f"{doc.name}: {_shown(doc, mark)} stands in an official form")
    return marks


def _shown(doc: AnnotatedDocument, mark: Annotation) -> str:
    return f"{mark.label.tag} {doc.words(mark)!r} [{mark.start}:{mark.end}]"


def _cuts(start: int, end: int, marks: Sequence[Annotation], size: int, overlap: int) -> Iterator[tuple[int, int]]:
    """Half-open windows over one piece; each ends further on than the one before."""
    inside = [(mark.start, mark.end) for mark in marks if start <= mark.start and mark.end <= end]
    last = _uncut(min(start + size, end), inside)
    yield start, last
    while last < end:
        first = _uncut(max(last - overlap, start), inside)
        reach = _uncut(min(first + size, end), inside)
        if reach <= last:
            first = last
            reach = _uncut(min(first + size, end), inside)
        yield first, reach
        start, last = first, reach


def _uncut(place: int, marks: Sequence[tuple[int, int]]) -> int:
    return next((start for start, end in marks if start < place < end), place)


def annotations_of(tagged: Iterable[Window]) -> tuple[Annotation, ...]:
    """The annotations of a document's windows, each once. Raises AnnotationError for an I- that continues nothing."""
    found = {mark for window in tagged for mark in _decoded(window)}
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.end, mark.label.tag)))


def _decoded(window: Window) -> Iterator[Annotation]:
    start: int | None = None
    before = OUTSIDE
    for place, tag in enumerate((*window.tags, OUTSIDE)):
        mark, _, label = tag.partition("-")
        if mark == "I" and before not in (f"B-{label}", tag):
            raise AnnotationError(f"{window.name}: {tag} after {before} in window {window.index} continues nothing")
        if mark != "I" and start is not None:
            yield Annotation.of(Label.parse(before[2:]), window.offsets[start], window.offsets[place - 1] + 1)
            start = None
        if mark == "B":
            start = place
        before = tag


def to_dataset(
    docs: Iterable[AnnotatedDocument], *, size: int = SIZE, overlap: int = OVERLAP,
    granularity: Granularity = Granularity.SCOPE,
) -> "Dataset":
    """A row a window: name, index, characters, offsets, tags (class labels in the order of tag_list)."""
    from datasets import ClassLabel, Dataset, Features, Sequence, Value

    names = tag_list(granularity)
    features = Features({
        "name": Value("string"), "index": Value("int32"), "characters": Sequence(Value("string")),
        "offsets": Sequence(Value("int32")), "tags": Sequence(ClassLabel(names=list(names))),
    })
    number = {tag: n for n, tag in enumerate(names)}
    columns: dict[str, list[object]] = {key: [] for key in features}
    for doc in docs:
        for window in windows(doc, size=size, overlap=overlap, granularity=granularity):
            columns["name"].append(window.name)
            columns["index"].append(window.index)
            columns["characters"].append(list(window.characters))
            columns["offsets"].append(list(window.offsets))
            columns["tags"].append([_numbered(tag, number, window) for tag in window.tags])
    return Dataset.from_dict(columns, features=features)


def _numbered(tag: str, number: Mapping[str, int], window: Window) -> int:
    try:
        return number[tag]
    except KeyError:
        raise AnnotationError(f"{window.name}: the scheme has no label {tag[2:]}") from None


def to_splits(
    docs: Iterable[AnnotatedDocument], splits: Splits, *, size: int = SIZE, overlap: int = OVERLAP,
    granularity: Granularity = Granularity.SCOPE,
) -> "DatasetDict":
    """The data set of each split. Raises AnnotationError for a document whose issuer has no split."""
    from datasets import DatasetDict

    parts: dict[str, list[AnnotatedDocument]] = {split: [] for split in SPLITS}
    for doc in docs:
        split = splits.of(doc.provenance.issuer)
        if split is None:
            raise AnnotationError(f"{doc.name}: its issuer {doc.provenance.issuer or ''!r} is in no split")
        parts[split].append(doc)
    return DatasetDict({
        split: to_dataset(part, size=size, overlap=overlap, granularity=granularity) for split, part in parts.items()})
