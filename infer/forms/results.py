"""What reading the forms gives: cells with their state, evidence and other readings."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from report.facts import State

Hints = dict[str, tuple[int | float, ...]]
"""What the running text states of an indicator: candidates for the cells of a digit run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Another way to read the words of a cell."""

    value: int | float
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FormCell:
    """A cell of a form. `value` is in base units; text[start:end] its words, or its digits where cut out of a run.

    Where several readings remain, `ambiguous` is set and `alternatives` holds the ones not taken; `value` is None and
    `state` unreadable unless one of them is clearly ahead. `label_start`, `label_end` bound the row's label.
    """

    form: str
    table_id: str
    indicator: str
    by: Mapping[str, str] = field(default_factory=dict)
    value: int | float | None
    unit: str
    state: State
    start: int
    end: int
    label_start: int
    label_end: int
    table: int | None = None
    row: int | None = None
    column: int | None = None
    ambiguous: bool = False
    alternatives: tuple[Reading, ...] = ()
    confidence: float = 1.0
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReadings:
    """All cells of all forms; `regions` are the half-open ranges of the text that the forms' tables take up."""

    cells: tuple[FormCell, ...] = ()
    regions: tuple[tuple[int, int], ...] = ()
    forms: tuple[str, ...] = ()
    detected: str | None = None

    @property
    def form(self) -> str:
        """The main form as metadata name it: provincial short forms belong to 2014."""
        return {None: "narrative", "short": "2014"}.get(self.detected, self.detected or "narrative")
