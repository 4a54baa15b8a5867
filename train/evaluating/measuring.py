"""All figures of one finder of spans on one set of documents."""
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotations.corpus.bio import Granularity
from train.evaluating.bootstrap import Interval, difference_interval, f1_interval
from train.evaluating.calibration import Calibration, calibration
from train.evaluating.cases import VIEWS, Case, scores, together
from train.evaluating.faults import Confused, confusion, faults
from train.evaluating.groups import GroupScore, by_group
from train.evaluating.seqeval_scores import Average, averages
from train.scoring import NOTHING, Score, by_label


@dataclass(frozen=True, slots=True, kw_only=True)
class Sampling:
    """How intervals are drawn."""

    samples: int = 2000
    seed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Counts of spans and what follows from them; None where there was nothing to score."""

    precision: float | None
    recall: float | None
    f1: float | None
    right: int
    found: int
    known: int

    @classmethod
    def of(cls, one: Score) -> "Rates":
        return cls(precision=one.precision, recall=one.recall, f1=one.f1, right=one.right, found=one.found,
                   known=one.known)


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewRates:
    """The score of one view, and the 95% interval of its F1."""

    rates: Rates
    interval: Interval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """`documents_right` is the share of documents that are right span for span, `document_f1` the mean of their F1.

    A document without spans, known or found, is right, and has no F1.
    """

    documents: int
    documents_right: float
    document_f1: float | None
    views: Mapping[str, ViewRates]
    by_label: Mapping[str, Rates]
    by_type: Mapping[str, Rates]
    by_group: Mapping[str, Mapping[str, GroupScore]]
    seqeval: Mapping[str, Mapping[str, Average]]
    confusion: tuple[Confused, ...]
    calibration: Calibration | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The model's F1 minus that of the rules on the same documents; None where either has none."""

    f1: float | None
    interval: Interval | None


def measure(cases: Sequence[Case], sampling: Sampling) -> Measures:
    """Every figure of these documents."""
    strict = scores(cases, VIEWS["label"])
    each = [part.f1 for part in strict if part.f1 is not None]
    return Measures(
        documents=len(cases),
        documents_right=sum(part.right == part.found == part.known for part in strict) / len(cases),
        document_f1=sum(each) / len(each) if each else None,
        views={name: _view_rates(scores(cases, view), sampling) for name, view in VIEWS.items()},
        by_label=_labels(cases, "label"), by_type=_labels(cases, "type"), by_group=by_group(cases),
        seqeval={"label": averages(cases, Granularity.SCOPE), "type": averages(cases, Granularity.TYPE)},
        confusion=confusion(fault for case in cases for fault in faults(case)), calibration=calibration(cases),
    )


def _view_rates(parts: Sequence[Score], sampling: Sampling) -> ViewRates:
    return ViewRates(rates=Rates.of(together(parts)),
                     interval=f1_interval(parts, samples=sampling.samples, seed=sampling.seed))


def _labels(cases: Sequence[Case], name: str) -> dict[str, Rates]:
    """Each label's score, those that stand in most places first."""
    parts: dict[str, Score] = {}
    for case in cases:
        for label, part in by_label(case.known, case.found, VIEWS[name].says).items():
            parts[label] = parts.get(label, NOTHING) + part
    return {label: Rates.of(parts[label]) for label in sorted(parts, key=lambda one: (-parts[one].known, one))}


def differences(cases: Sequence[Case], other: Sequence[Case], sampling: Sampling) -> dict[str, Difference]:
    """By view, how much better the cases are than the other finder's of the same documents."""
    return {name: _difference(scores(cases, view), scores(other, view), sampling) for name, view in VIEWS.items()}


def _difference(parts: Sequence[Score], other: Sequence[Score], sampling: Sampling) -> Difference:
    mine, theirs = together(parts).f1, together(other).f1
    return Difference(f1=None if mine is None or theirs is None else mine - theirs,
                      interval=difference_interval(parts, other, samples=sampling.samples, seed=sampling.seed))
