"""The figures of extraction that the docs show: by set, mode and threshold, of confidences, by group."""
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from msgspec import structs

from infer.labelling import Labelling
from train.calibrating import NEUTRAL, Held
from train.judging import Case
from train.scores import Score, Told, score_held

TAKES: Final = (0.0, 0.3, 0.5, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)
_BINS: Final = (0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 1.0)

Table = dict[str, Any]


def score_table(score: Score) -> Table:
    """Right, wrong and missed facts of the running text, F1, wrong in a hundred, whole reports."""
    return {"reports": score.reports, "right": score.right, "wrong": score.wrong, "missed": score.missed,
            "f1": round(score.f1, 4), "wrong_in_100": round(score.wrong_in_100, 2), "whole": score.whole}


def measure(held: Sequence[Held], labels: Labelling) -> Table:
    """One set in one mode: at its threshold, along all thresholds, without checks, by group, and its confidences."""
    at = score_held(held, labels)
    everything = score_held(held, replace(labels, take=0.0))
    return {
        "at": score_table(at), "take": labels.take,
        "curve": {str(take): score_table(score_held(held, replace(labels, take=take))) for take in TAKES},
        "without_checks": score_table(score_held([_unchecked(one) for one in held], labels)),
        "groups": {name: {key: score_table(score_held(part, labels)) for key, part in _parts(held, of).items()}
                   for name, of in _GROUPS.items()},
        "confidence": confidence_table(everything.told),
        "operating": operating(everything),
    }


_GROUPS: Final[Mapping[str, Callable[[Case], str]]] = {
    "form": lambda case: case.form or "unknown", "script": lambda case: case.script,
    "noise": lambda case: "noisy" if case.noisy else "clean"}


def _parts(held: Iterable[Held], of: Callable[[Case], str]) -> dict[str, list[Held]]:
    parts: dict[str, list[Held]] = {}
    for one in held:
        parts.setdefault(of(one.case), []).append(one)
    return dict(sorted(parts.items()))


def _unchecked(one: Held) -> Held:
    return replace(one, left=structs.replace(one.left, checks=NEUTRAL))


def confidence_table(told: Iterable[Told]) -> Table:
    """Expected calibration error (Naeini et al. 2015) over bins, and per bin how many, mean confidence, share right."""
    judged = [one for one in told if one.right is not None]
    rows, error = [], 0.0
    for low, high in pairwise(_BINS):
        inside = [one for one in judged if low <= one.confidence < high or (high == 1.0 and one.confidence == 1.0)]
        if inside:
            mean = sum(one.confidence for one in inside) / len(inside)
            right = sum(one.right is True for one in inside) / len(inside)
            error += len(inside) / len(judged) * abs(mean - right)
            rows.append({"from": low, "to": high, "facts": len(inside), "confidence": round(mean, 4),
                         "right": round(right, 4)})
    return {"facts": len(judged), "ece": round(error, 4), "bins": rows}


def operating(score: Score, right: float = 0.99) -> Table | None:
    """The least confidence from which on at least this share of the facts is right, and the share of them it covers."""
    judged = sorted((one for one in score.told if one.right is not None), key=lambda one: -one.confidence)
    best, good = None, 0
    for number, one in enumerate(judged, start=1):
        good += one.right is True
        if good / number >= right and (number == len(judged) or judged[number].confidence < one.confidence):
            best = {"confidence": one.confidence, "taken": number, "right": round(good / number, 4),
                    "covers": round(number / max(1, score.right + score.missed), 4)}
    return best
