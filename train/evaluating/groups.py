"""Scores by what kind of document it is."""
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from annotations.corpus import Provenance
from train.evaluating.cases import VIEWS, Case, scores, together

UNKNOWN: Final = "unknown"
CLEAN: Final = "none"
_ERAS: Final = ((2013, "2008-2013"), (2018, "2014-2018"), (2020, "2019-2020"))
"""last report year of each era of official forms"""
_NOW: Final = "2021-"


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupScore:
    """Rates are None where there was nothing to score."""

    documents: int
    spans: int
    precision: float | None
    recall: float | None
    f1: float | None
    types_f1: float | None


def era(year: int | None) -> str:
    """The years in which the same official form was in use."""
    if year is None:
        return UNKNOWN
    return next((name for last, name in _ERAS if year <= last), _NOW)


_DIMENSIONS: Final[Mapping[str, Callable[[Provenance], Sequence[str]]]] = {
    "level": lambda origin: (origin.level or UNKNOWN,),
    "form": lambda origin: (origin.form or UNKNOWN,),
    "era": lambda origin: (era(origin.year),),
    "script": lambda origin: (origin.script,),
    "layout": lambda origin: (origin.layout,),
    "noise": lambda origin: tuple(dict.fromkeys(origin.noise)) or (CLEAN,),
}


def by_group(cases: Sequence[Case]) -> dict[str, dict[str, GroupScore]]:
    """Scores by dimension and value; a document with several noises counts in each."""
    return {name: _split(cases, values_of) for name, values_of in _DIMENSIONS.items()}


def _split(cases: Sequence[Case], values_of: Callable[[Provenance], Sequence[str]]) -> dict[str, GroupScore]:
    found: dict[str, list[Case]] = {}
    for case in cases:
        for value in values_of(case.doc.provenance):
            found.setdefault(value, []).append(case)
    return {value: _scored(found[value]) for value in sorted(found)}


def _scored(cases: Sequence[Case]) -> GroupScore:
    strict, types = (together(scores(cases, VIEWS[name])) for name in ("label", "type"))
    return GroupScore(documents=len(cases), spans=strict.known, precision=strict.precision, recall=strict.recall,
                      f1=strict.f1, types_f1=types.f1)
