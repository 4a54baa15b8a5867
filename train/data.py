"""Labelled documents as numbered windows, batches of them in an order fixed by seed and epoch, and their changes."""
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from annotations.corpus import AnnotatedDocument
from annotations.corpus.bio import OUTSIDE, Granularity, Window, tag_list, tag_of, windows
from annotations.scheme import QUANTITIES, Label
from infer.annotate.reading import passages_of
from models.characters import UNKNOWN, CharacterTable
from models.labels import Labels
from report import SpanType
from train.recipe import Augmentation, Data

if TYPE_CHECKING:
    from datasets import Dataset

Ids = NDArray[np.int64]
IGNORED: Final = -100
"""the label of what is no character: cross entropy passes over it"""
_POOL: Final = 64
"""batches that are cut together, so that windows of like length meet"""
_FIRST_CENTURIES: Final = ("19", "20")
_YEAR_DIGITS: Final = 4


@dataclass(frozen=True, slots=True)
class Example:
    """A window's ids and its characters' tags, without the tokens around it."""

    ids: Ids
    tags: Ids
    year: int | None = None


def choose_labels(docs: Iterable[AnnotatedDocument], data: Data, known: Collection[str] = ()) -> Labels:
    """Labels with enough examples or `known` already, and `other` of every quantity, in the scheme's order."""
    counts = Counter(tag_of(mark.label, data.granularity) for doc in docs for mark in doc.annotations)
    every = [tag[2:] for tag in tag_list(data.granularity)[1::2]]
    always = {_other(kind) for kind in SpanType if kind is not SpanType.NONE} if data.granularity != "type" else set()
    return Labels(tuple(name for name in every if name in known or counts[name] >= data.least or (
        name in always and counts[name])))


def _other(kind: SpanType) -> str:
    return Label(kind).tag


def trained_as(name: str, held: Iterable[str]) -> str | None:
    """The label that stands for this one in training: itself, its type's `other`, or none."""
    if name in held:
        return name
    label = Label.parse(name)
    if label.type not in QUANTITIES or label.type is SpanType.NONE:
        return None
    others = (Label(label.type, None, label.scope).tag, _other(label.type))
    return next((other for other in others if other in held), None)


def to_dataset(docs: Iterable[AnnotatedDocument], table: CharacterTable, labels: Labels, data: Data) -> "Dataset":
    """A row a window: document, index, the report's year (0: not known), input_ids, tags (numbers of labels.tags)."""
    from datasets import Dataset, Features, Value
    from datasets import Sequence as ListOf

    numbers = _Numbers(labels)
    rows = [{"name": window.name, "index": window.index, "year": doc.provenance.year or 0,
             "input_ids": table.encode("".join(window.characters)), "tags": [numbers[tag] for tag in window.tags]}
            for doc in docs for window in _windows(doc, data)]
    features = Features({"name": Value("string"), "index": Value("int32"), "year": Value("int32"),
                         "input_ids": ListOf(Value("int32")), "tags": ListOf(Value("int32"))})
    return Dataset.from_list(rows, features=features)


def _windows(doc: AnnotatedDocument, data: Data) -> tuple[Window, ...]:
    """Of the whole running text, and of the passages that extraction reads."""
    granularity = Granularity(data.granularity)
    whole = windows(doc, size=data.size, overlap=data.overlap, granularity=granularity)
    if not data.passages:
        return whole
    held = [(passage.lead, passage.end) for passage in passages_of(doc)]
    return (*whole, *windows(doc, size=data.size, overlap=data.overlap, granularity=granularity, within=held))


class _Numbers(dict[str, int]):
    def __init__(self, labels: Labels) -> None:
        super().__init__({tag: number for number, tag in enumerate(labels.tags)})
        self._names = frozenset(labels.names)

    def __missing__(self, tag: str) -> int:
        name = trained_as(tag[2:], self._names)
        self[tag] = self[f"{tag[:2]}{name}" if name else OUTSIDE]
        return self[tag]


def examples_of(dataset: "Dataset") -> list[Example]:
    """The rows in memory, as arrays."""
    rows = dataset.with_format("numpy")
    columns = zip(rows["input_ids"], rows["tags"], dataset["year"], strict=True)
    return [Example(np.asarray(ids, np.int64), np.asarray(tags, np.int64), year or None) for ids, tags, year in columns]


def batches(lengths: Sequence[int], *, most: int, seed: int, epoch: int) -> list[list[int]]:
    """Numbers of windows, those of like length together, at most `most` characters with padding; shuffled."""
    rng = np.random.default_rng([seed, epoch])
    order = rng.permutation(len(lengths))
    pool = _POOL * max(1, most // max(lengths, default=1))
    found: list[list[int]] = []
    for start in range(0, len(order), pool):
        found += _cut(sorted(order[start : start + pool].tolist(), key=lambda number: -lengths[number]), lengths, most)
    return [found[number] for number in rng.permutation(len(found))]


def _cut(numbers: Sequence[int], lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    batch: list[int] = []
    for number in numbers:
        if batch and (len(batch) + 1) * lengths[batch[0]] > most:
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


class Augmenter:
    """Hides characters and years and draws other digits; what changes is fixed by seed, epoch and window.

    Characters are hidden inside labels as often as outside: where only those outside were, a model learned that names
    which stand whole are labelled (in page furniture it found four ISSUERs for three).
    """

    def __init__(self, table: CharacterTable, settings: Augmentation, seed: int) -> None:
        self._settings = settings
        self._seed = seed
        self._hidden = table.ids[UNKNOWN]
        self._digits = np.array([table.ids[digit] for digit in "0123456789"])
        self._value = np.full(len(table), -1)
        self._value[self._digits] = np.arange(10)

    def change(self, example: Example, *, epoch: int, number: int) -> Example:
        """The window as the model gets it in this epoch."""
        rng = np.random.default_rng([self._seed, epoch, number])
        ids = example.ids.copy()
        if rng.random() < self._settings.numbers:
            self._renumber(ids, rng)
        hidden = (self._value[ids] < 0) & (rng.random(len(ids)) < self._settings.drop)
        ids[hidden] = self._hidden
        return Example(ids, example.tags, None if rng.random() < self._settings.years else example.year)

    def _renumber(self, ids: Ids, rng: np.random.Generator) -> None:
        """Other digits, as many; a first digit that was not 0 does not become 0, and 0 alone and years stay."""
        values = self._value[ids]
        for start, end in _runs(values >= 0):
            words = "".join(map(str, values[start:end]))
            if words == "0" or (len(words) == _YEAR_DIGITS and words[:2] in _FIRST_CENTURIES):
                continue
            drawn = rng.integers(0, 10, end - start)
            if words[0] != "0":
                drawn[0] = rng.integers(1, 10)
            ids[start:end] = self._digits[drawn]


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate(([0], flags.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
