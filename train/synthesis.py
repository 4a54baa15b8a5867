"""Synthetic reports to train on, made only of sentence patterns that the written corpus trains on too."""
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Final

from annotations.corpus import AnnotatedDocument
from annotations.corpus.splits import Split
from annotations.errors import AnnotationError
from annotations.synthetic import assemble, compose, draw_plan
from annotations.synthetic.composing import Supply
from annotations.synthetic.patterns import grammar
from annotations.synthetic.spoiling import draw_spoiling
from infer.annotate.realizing import realize
from infer.annotate.written import FIRST_SEED, split_of
from train.errors import TrainingError

_FURTHEST: Final = 100_000


@cache
def patterns_of(split: Split) -> frozenset[str]:
    """The patterns that belong to a split; a model is judged on those of dev and test, so it never trains on them."""
    return frozenset(one.id for one in grammar().patterns if split_of(one.id) == split)


def seeds_of(count: int, seed: int) -> range:
    """Seeds of a run's reports; runs of other seeds get other reports."""
    return range(seed * _FURTHEST, seed * _FURTHEST + count)


def compose_reports(
    seeds: Iterable[int], split: Split = "train", step: Callable[[], None] = lambda: None
) -> Iterator[AnnotatedDocument]:
    """One report of the split's patterns for each seed; a seed that gives none that can be read back is left out."""
    for seed in seeds:
        if seed >= FIRST_SEED:
            raise TrainingError(f"seeds from {FIRST_SEED} on belong to the written corpus")
        supply = Supply(allowed=patterns_of(split))
        try:
            yield realize(assemble(compose(draw_plan(seed, in_words=bool(seed % 2)), supply), name=f"{split}_{seed:08}",
                                   spoiling=draw_spoiling(seed)))
        except AnnotationError:
            continue
        finally:
            step()
