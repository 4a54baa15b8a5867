"""How often a reading like this one was right, measured on reports that nobody had trained on."""
import math
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import msgspec

from infer.model.features import Features, logit

Mode = Literal["both", "rules", "model"]
FILE: Final = "reliability.json"


class Shift(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What checks that hold or fail do to the log odds."""

    intercept: float
    slope: float
    held: float
    failed: float


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A logistic regression over features.features_of; `take` is the confidence from which a fact is stated."""

    intercept: float
    features: dict[str, float]
    checks: Shift
    take: float

    def probability(self, features: Features) -> float:
        """That a reading with these features is right, before any check is looked at."""
        return _share(self.intercept + sum(self.features.get(name, 0.0) * held for name, held in features.items()))

    def shifted(self, confidence: float, *, held: bool, failed: bool) -> float:
        """The same with what the checks say."""
        shift = self.checks
        odds = shift.intercept + shift.slope * logit(confidence) + shift.held * held + shift.failed * failed
        return _share(odds)


class Reliability(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Weights by mode, and what they were measured with."""

    version: Literal[1]
    rules: str
    """digest of the rules"""
    model: str
    """sha256 of the weights"""
    measured_on: str
    modes: Mapping[Mode, Weights]


@cache
def reliability() -> Reliability:
    """What ships with gongkai."""
    return msgspec.json.decode(files("infer.model").joinpath(FILE).read_bytes(), type=Reliability)


def _share(odds: float) -> float:
    return round(1 / (1 + math.exp(-odds)), 4) if odds > -700 else 0.0
