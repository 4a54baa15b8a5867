"""The indicators, from vocabulary.toml: the single source of schema, labels, forms, checks and docs."""
import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

from report.errors import VocabularyError

QuantityKind = Literal["count", "money", "rate"]
FREE_DIMENSIONS = frozenset({"category", "subunit"})
PERIODS = frozenset({"cumulative", "previous_year"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A row of the vocabulary: stable id, official wording, kind and base unit, the forms that carry it, dimensions."""

    id: str
    zh: str
    kind: QuantityKind
    unit: str
    forms: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Indicators by id and the listed keys of each dimension (id -> Chinese wording)."""

    version: int
    digest: str
    indicators: dict[str, Indicator]
    dimensions: dict[str, dict[str, str]]

    def __getitem__(self, indicator: str) -> Indicator:
        try:
            return self.indicators[indicator]
        except KeyError:
            raise VocabularyError(f"no indicator {indicator!r} in report/vocabulary.toml") from None

    def __contains__(self, indicator: str) -> bool:
        return indicator in self.indicators


def parse_vocabulary(text: str) -> Vocabulary:
    """Read a vocabulary file; raise VocabularyError on a repeated id or an unknown dimension."""
    data = tomllib.loads(text)
    dimensions = {name: {key["id"]: key["zh"] for key in keys} for name, keys in data["dimensions"].items()}
    indicators: dict[str, Indicator] = {}
    for row in data["indicator"]:
        indicator = Indicator(**{**row, "forms": tuple(row.get("forms", ())), "by": tuple(row.get("by", ()))})
        if indicator.id in indicators:
            raise VocabularyError(f"indicator {indicator.id} stands twice")
        unknown = set(indicator.by) - set(dimensions) - FREE_DIMENSIONS
        if unknown:
            raise VocabularyError(f"{indicator.id}: unknown dimensions {sorted(unknown)}")
        indicators[indicator.id] = indicator
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    return Vocabulary(version=data["version"], digest=digest, indicators=indicators, dimensions=dimensions)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with gongkai."""
    return parse_vocabulary(files("report").joinpath("vocabulary.toml").read_text(encoding="utf-8"))
