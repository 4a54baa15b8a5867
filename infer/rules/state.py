"""What the rule labeller carries from sentence to sentence."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from infer.rules.disclosure import Disclosure
from report import Span


@dataclass(slots=True)
class LabellerState:
    """What the sentences so far have established."""

    year: int | None
    issuer: str | None
    accounts: dict[str, str]
    frames: tuple[str, ...] = ()
    recent: tuple[str, ...] = ()
    total_known: bool = False
    last: tuple[Span, ...] = ()
    last_disclosure: Disclosure | None = None
    colon: bool = False
    consumed: int = 0
    groups: Iterator[int] = field(default_factory=itertools.count)
