"""The label scheme: span types, indicators and scopes as people and models see them, all from report/vocabulary.toml.

A label has a type; quantities and statements of none also carry an indicator (None: other) and a scope.
"""
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, get_args

from report import SpanType, vocabulary
from report.spans import Scope

OTHER: Final = "other"
SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)
QUANTITIES: Final = frozenset({SpanType.COUNT, SpanType.FEE, SpanType.RATE, SpanType.NONE})
NAMES: Final = frozenset({SpanType.CATEGORY, SpanType.CHANNEL})
_KINDS: Final = {SpanType.COUNT: "count", SpanType.FEE: "money", SpanType.RATE: "rate"}


@dataclass(frozen=True, slots=True)
class Label:
    """What a span means; an indicator of None on a quantity is an open figure that the vocabulary does not name."""

    type: SpanType
    indicator: str | None = None
    scope: Scope = "own"

    @property
    def tag(self) -> str:
        """The flat form: COUNT:requests.new, COUNT:proactive.total@cumulative, FEE:other, CATEGORY."""
        if self.type not in QUANTITIES:
            return str(self.type)
        scope = "" if self.scope == "own" else f"@{self.scope}"
        return f"{self.type}:{self.indicator or OTHER}{scope}"

    @classmethod
    def parse(cls, tag: str) -> "Label":
        """Inverse of tag. Raises ValueError for what is no label."""
        name, _, rest = tag.partition(":")
        indicator, _, scope = rest.partition("@")
        known = next((one for one in SCOPES if one == (scope or "own")), None)
        if known is None:
            raise ValueError(f"no scope {scope!r}")
        return cls(SpanType(name), None if indicator in ("", OTHER) else indicator, known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """How a label is shown to annotators: its Chinese name, a colour (CSS) for types, one line of definition."""

    zh: str
    definition_zh: str
    definition_en: str
    color: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorGroup:
    """Indicators that stand together in the annotator's tree."""

    zh: str
    prefixes: tuple[str, ...]
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """Everything a labelling page, an audit or a model head needs to know of the labels."""

    types: dict[SpanType, Wording]
    scopes: dict[Scope, Wording]
    groups: tuple[IndicatorGroup, ...]

    def indicators_of(self, kind: SpanType) -> tuple[str, ...]:
        """Indicators that a span of this type may carry, in the vocabulary's order."""
        if kind not in QUANTITIES:
            return ()
        wanted = _KINDS.get(kind)
        return tuple(row.id for row in vocabulary().indicators.values() if wanted in (None, row.kind))

    def faults(self, label: Label) -> list[str]:
        """Why this label cannot stand, in words; empty where it can."""
        if label.type not in QUANTITIES:
            extra = label.indicator is not None or label.scope != "own"
            return [f"{label.type} carries no indicator and no scope"] if extra else []
        found = []
        if label.indicator is not None and label.indicator not in self.indicators_of(label.type):
            known = label.indicator in vocabulary()
            found.append(f"{label.type} cannot be {label.indicator}" if known else f"no indicator {label.indicator}")
        if label.type is SpanType.NONE and label.indicator is None:
            found.append("NONE needs an indicator")
        if label.scope not in SCOPES:
            found.append(f"no scope {label.scope}")
        return found


@cache
def scheme() -> Scheme:
    """The scheme that ships with gongkai."""
    data = tomllib.loads(files("annotations").joinpath("scheme.toml").read_text(encoding="utf-8"))
    ids = list(vocabulary().indicators)
    groups = []
    for row in data["group"]:
        prefixes = tuple(row["prefixes"])
        members = tuple(name for name in ids if name.startswith(prefixes))
        groups.append(IndicatorGroup(zh=row["zh"], prefixes=prefixes, indicators=members))
    return Scheme(
        types={SpanType(name): Wording(**row) for name, row in data["types"].items()},
        scopes={scope: Wording(**data["scopes"][scope]) for scope in SCOPES},
        groups=tuple(groups),
    )

