"""How near exported weights come to the trained model: equal tags of characters, and scores on labelled documents."""
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, get_args

import msgspec
import numpy as np
from numpy.typing import NDArray

from annotations.corpus import AnnotatedDocument
from models.labels import Labels, parse
from models.record import Precision
from models.session import Model
from models.windows import pieces
from report import Span
from train.folder import Trained
from train.learning import Machine
from train.predicting import predict
from train.recipe import Recipe
from train.scoring import found_marks, known_marks, total, view_of

FILE: Final = "parity.json"
_PRECISIONS: Final[tuple[Precision, ...]] = get_args(Precision)
_LEAST_SAME: Final = 0.999
"""share of characters that fp32 must tag as torch does"""
_MOST_LOST: Final = 0.003
"""strict F1 that int8 may lose"""
_EXACTNESS: Final = 1e-9

Found = Sequence[tuple[Span, ...]]


class Same(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Shares of the characters outside forms that get the tag that torch gives them."""

    fp32: float
    int8: float


class F1(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Strict, over spans."""

    torch: float
    fp32: float
    int8: float


class Parity(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How exported weights fare on labelled documents beside the trained model."""

    documents: int
    characters: int
    same: Same
    f1: F1

    @property
    def faults(self) -> tuple[str, ...]:
        """The bounds that are missed, in words."""
        found = []
        if self.same.fp32 < _LEAST_SAME:
            found.append(f"fp32 tags {self.same.fp32:.2%} of the characters as torch does, "
                         f"{_LEAST_SAME:.1%} are asked for")
        if (lost := self.f1.torch - self.f1.int8) > _MOST_LOST + _EXACTNESS:
            found.append(f"int8 loses {lost * 100:.2f} points of F1, {_MOST_LOST * 100:.1f} are allowed")
        return tuple(found)


def compare(trained: Trained, recipe: Recipe, folder: Path, docs: Sequence[AnnotatedDocument]) -> Parity:
    """The exported weights of a folder beside the trained model, in fp32 on the CPU."""
    model = trained.model.cpu().float()
    found: dict[str, Found] = {
        "torch": predict(model, docs, trained.table, trained.labels, recipe, Machine("cpu", bf16=False))}
    for precision in _PRECISIONS:
        loaded = Model.load(folder, precision=precision)
        found[precision] = [loaded.spans(doc.text, regions=doc.regions, year=doc.provenance.year) for doc in docs]
    tags = {name: np.concatenate([_tags(doc, spans, trained.labels) for doc, spans in zip(docs, held, strict=True)])
            for name, held in found.items()}
    return Parity(
        documents=len(docs), characters=len(tags["torch"]), f1=F1(**_f1(docs, found, recipe)),
        same=Same(**{name: float((tags[name] == tags["torch"]).mean()) for name in _PRECISIONS}),
    )


def _tags(doc: AnnotatedDocument, spans: Iterable[Span], labels: Labels) -> NDArray[np.int64]:
    """The number of each character's tag, outside the regions."""
    numbers = {parse(name): 2 * number + 1 for number, name in enumerate(labels.names)}
    found = np.zeros(len(doc.text), dtype=np.int64)
    for span in spans:
        begins = numbers[span.type, span.indicator, span.scope]
        found[span.start : span.end] = begins + 1
        found[span.start] = begins
    return np.concatenate([found[start:end] for start, end in pieces(len(doc.text), doc.regions)] or [found[:0]])


def _f1(docs: Sequence[AnnotatedDocument], found: Mapping[str, Found], recipe: Recipe) -> dict[str, float]:
    view = view_of(recipe.data.granularity)
    known = [known_marks(doc) for doc in docs]
    return {name: total(zip(known, map(found_marks, held), strict=True), view).f1 or 0.0
            for name, held in found.items()}
