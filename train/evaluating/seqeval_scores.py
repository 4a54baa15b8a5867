"""Strict scores as seqeval computes them, which says independently whether our own are right."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from annotations.corpus import AnnotatedDocument, Annotation
from annotations.corpus.bio import Granularity, windows
from annotations.scheme import Label
from train.evaluating.cases import Case

AVERAGES: Final = ("micro", "macro", "weighted")


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """Over all spans (micro), all labels (macro), or all labels by their spans (weighted)."""

    precision: float
    recall: float
    f1: float
    support: int


def averages(cases: Sequence[Case], granularity: Granularity) -> dict[str, Average]:
    """seqeval's averages, mode strict, scheme IOB2; empty where nothing is labelled and nothing was found.

    As in seqeval, a label that was found but stands nowhere counts as one of score 0 in the macro average.
    """
    report = label_report(cases, granularity)
    return {name: _average(report[f"{name} avg"]) for name in AVERAGES} if report else {}


def label_report(cases: Sequence[Case], granularity: Granularity) -> Mapping[str, Mapping[str, float]]:
    """What seqeval says of each label and on average, under its own names."""
    from seqeval.metrics import classification_report
    from seqeval.scheme import IOB2

    if not any(case.sure or case.doc.annotations for case in cases):
        return {}
    known = [tags for case in cases for tags in tags_of(case.doc, granularity)]
    found = [tags for case in cases for tags in tags_of(_as_found(case), granularity)]
    report: Mapping[str, Mapping[str, float]] = classification_report(
        known, found, mode="strict", scheme=IOB2, output_dict=True, zero_division=0)
    return report


def tags_of(doc: AnnotatedDocument, granularity: Granularity) -> list[list[str]]:
    """The tags of each piece of running text; the official forms are left out."""
    pieces = windows(doc, size=max(1, len(doc.text)), overlap=0, granularity=granularity)
    return [list(piece.tags) for piece in pieces]


def _as_found(case: Case) -> AnnotatedDocument:
    marks = [(start, end, Label.parse(tag)) for start, end, tag in case.found]
    return replace(case.doc, links=(), annotations=tuple(
        Annotation.of(label, start, end)
        for start, end, label in marks))


def _average(row: Mapping[str, float]) -> Average:
    return Average(precision=float(row["precision"]), recall=float(row["recall"]), f1=float(row["f1-score"]),
                   support=int(row["support"]))
