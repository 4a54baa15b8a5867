"""The labels of a model: O, then B- and I- of each label name in turn, and the way from a tag to a span."""
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, get_args

from models.errors import ModelError
from report import Span, SpanType
from report.spans import Scope

OUTSIDE: Final = "O"
_OTHER: Final = "other"
_SCOPES: Final[tuple[Scope, ...]] = get_args(Scope)


@dataclass(frozen=True, slots=True)
class Labels:
    """Label names, COUNT:requests.new@cumulative; tag 0 is O, name n has the tags 2n + 1 (B-) and 2n + 2 (I-)."""

    names: tuple[str, ...]

    def __post_init__(self) -> None:
        for name in self.names:
            parse(name)

    @classmethod
    def of_tags(cls, tags: Sequence[str]) -> "Labels":
        """The labels of a model's tags. Raises ModelError where their order is another."""
        labels = cls(tuple(tag[2:] for tag in tags[1::2]))
        if labels.tags != tuple(tags):
            raise ModelError("tags must be O, then B- and I- of each label in turn")
        return labels

    @property
    def tags(self) -> tuple[str, ...]:
        return (OUTSIDE, *(f"{mark}-{name}" for name in self.names for mark in "BI"))

    def span(self, start: int, end: int, number: int, confidence: float) -> Span:
        """The span of label `number` over text[start:end]."""
        kind, indicator, scope = parse(self.names[number])
        return Span(start=start, end=end, type=kind, indicator=indicator, scope=scope, confidence=confidence,
                    method="model")


@cache
def parse(name: str) -> tuple[SpanType, str | None, Scope]:
    """Type, indicator (None: other or none) and scope of a label name. Raises ModelError for what is none."""
    kind, _, rest = name.partition(":")
    indicator, _, words = rest.partition("@")
    scope = next((one for one in _SCOPES if one == (words or "own")), None)
    if scope is None or kind not in SpanType.__members__:
        raise ModelError(f"no label {name!r}")
    return SpanType(kind), None if indicator in ("", _OTHER) else indicator, scope
