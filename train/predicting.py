"""A torch model over the running text of whole documents, as inference does it: windows, scores, spans."""
from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np

from annotations.corpus import AnnotatedDocument
from models.characters import CharacterTable
from models.decoding import find_spans
from models.labels import Labels
from models.windows import Bounds, Scores, cut, pieces, stitch
from report import Span
from train.learning import Machine, scores_of
from train.recipe import Recipe

_DOCUMENTS: Final = 32
"""whose scores are held at once"""
_GRAIN: Final = 16


def predict(
    model: Any, docs: Sequence[AnnotatedDocument], table: CharacterTable, labels: Labels, recipe: Recipe,
    machine: Machine,
) -> list[tuple[Span, ...]]:
    """The spans that the model finds in each document."""
    model.eval()
    found: list[tuple[Span, ...]] = []
    for start in range(0, len(docs), _DOCUMENTS):
        found += _predict(model, docs[start : start + _DOCUMENTS], table, labels, recipe, machine)
    return found


def _predict(
    model: Any, docs: Sequence[AnnotatedDocument], table: CharacterTable, labels: Labels, recipe: Recipe,
    machine: Machine,
) -> Iterator[tuple[Span, ...]]:
    settings = recipe.decoding
    size = recipe.data.size
    cuts = [[cut(piece, size=size, overlap=settings.overlap) for piece in pieces(len(doc.text), doc.regions)]
            for doc in docs]
    keys = [(number, *bounds) for number, held in enumerate(cuts) for row in held for bounds in row]
    ids = [table.encode(doc.text) for doc in docs]
    year = recipe.data.year
    scores: dict[tuple[int, int, int], Scores] = {}
    for group in _groups(keys, recipe.training.batch):
        rows = [table.window(ids[number][start:end], docs[number].provenance.year, with_year=year)
                for number, start, end in group]
        scores.update(zip(group, scores_of(model, rows, table, machine, year=year), strict=True))
    for number, held in enumerate(cuts):
        yield tuple(span for row in held for span in find_spans(
            _stitched(scores, number, row), labels, start=row[0][0], temperature=settings.temperature,
            pooling=settings.pooling))


def _groups(keys: Sequence[tuple[int, int, int]], most: int) -> Iterator[list[tuple[int, int, int]]]:
    """Windows of like length, at most `most` characters a group."""
    group: list[tuple[int, int, int]] = []
    for key in sorted(keys, key=lambda key: (-(-(key[2] - key[1]) // _GRAIN), key)):
        width = -(-(key[2] - key[1]) // _GRAIN) * _GRAIN
        old = -(-(group[-1][2] - group[-1][1]) // _GRAIN) * _GRAIN if group else width
        if group and (width != old or (len(group) + 1) * width > most):
            yield group
            group = []
        group.append(key)
    if group:
        yield group


def _stitched(scores: dict[tuple[int, int, int], Scores], number: int, row: Sequence[Bounds]) -> Scores:
    return np.asarray(stitch(row, [scores[number, start, end] for start, end in row]))
