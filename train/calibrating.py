"""Measures how often readings are right, on reports that no weights were trained on: infer/model/reliability.json.

A logistic regression over infer.model.features, one for each mode; a second, over its log odds and what the checks say.
Whatever is reported of it comes from reports that were left out when it was fitted.
"""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from msgspec import structs

from infer.labelling import Classifier, Labelling
from infer.model.deciding import Seen, check_results, weigh
from infer.model.features import logit
from infer.model.reliability import Mode, Shift, Weights
from train.judging import Case

FOLDS: Final = 6
_STRENGTH: Final = 0.3
"""inverse of the regression's penalty"""
NEUTRAL: Final = Shift(intercept=0.0, slope=1.0, held=0.0, failed=0.0)
_BLANK: Final = Weights(intercept=0.0, features={}, checks=NEUTRAL, take=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Cases that count alike: each reading of them this often."""

    cases: Sequence[Case]
    weight: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A case, what was seen in it, and weights that were fitted without it."""

    case: Case
    weight: float
    seen: Sequence[Seen]
    left: Weights


def calibrate(
    sources: Sequence[Source], model: Classifier | None, mode: Mode, take: float
) -> tuple[Weights, list[Held]]:
    """The weights of a mode from all cases, and each case with those of the folds that it is not in."""
    labels = Labelling(mode=mode, model=None if mode == "rules" else model, take=0.0, weights=_BLANK)
    read = [(case, source.weight, case.read.seen(labels)) for source in sources for case in source.cases]
    held: list[Held] = []
    for fold in range(FOLDS):
        weights = _fit([one for number, one in enumerate(read) if number % FOLDS != fold])
        held += [Held(case=case, weight=weight, seen=seen, left=weights) for case, weight, seen in read[fold::FOLDS]]
    shift = _fit_shift(held)
    with_checks = [replace(one, left=structs.replace(one.left, checks=shift, take=take)) for one in held]
    return structs.replace(_fit(read), checks=shift, take=take), with_checks


def _fit(read: Iterable[tuple[Case, float, Sequence[Seen]]]) -> Weights:
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    samples = [(one.features, right, weight) for case, weight, seen in read for one in seen
               if (right := case.right(one.fact)) is not None]
    features, rights, weights = zip(*samples, strict=True)
    vectors = DictVectorizer()
    fitted = LogisticRegression(C=_STRENGTH, max_iter=5000)
    fitted.fit(vectors.fit_transform(features), rights, sample_weight=weights)
    named = zip(vectors.get_feature_names_out().tolist(), fitted.coef_[0].tolist(), strict=True)
    return Weights(intercept=round(float(fitted.intercept_[0]), 4), checks=NEUTRAL, take=0.0,
                   features={name: round(_rising(name, value), 4) for name, value in named})


def _rising(name: str, weight: float) -> float:
    """A labeller that is surer never makes its own reading less likely."""
    return max(0.0, weight) if name.endswith((".score", ".tier")) else weight


def _fit_shift(held: Iterable[Held]) -> Shift:
    """What checks are worth beside the confidence: of readings that won, weighed by folds that did not see them."""
    from sklearn.linear_model import LogisticRegression

    rows, rights, weights = [], [], []
    for one in held:
        won = [reading for reading in weigh(one.seen, one.left) if reading.won]
        results = check_results([reading.fact for reading in won], one.case.read.checks_of_said)
        for reading in won:
            right = one.case.right(reading.fact)
            if right is not None:
                rows.append([logit(reading.confidence), *results.get(reading.fact.id, (False, False))])
                rights.append(right)
                weights.append(one.weight)
    fitted = LogisticRegression(C=10.0, max_iter=5000).fit(rows, rights, sample_weight=weights)
    slope, passed, failed = (round(float(value), 4) for value in fitted.coef_[0])
    return Shift(intercept=round(float(fitted.intercept_[0]), 4), slope=slope, held=passed, failed=failed)
