"""What a check of a draft finds, for the clerk who wrote it."""
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

Level = Literal["error", "warning", "note"]
SCHEMA: Final = "gongkai/check/1"
LEVELS: Final[tuple[Level, ...]] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to look: part, table with row and column, PDF page, and the words with what stands around them.

    `start` and `end` are offsets of `source.text`; none for what is missing.
    """

    section: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None
    page: int | None = None
    before: str = ""
    words: str = ""
    after: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """Both sides of what does not agree; `case` is the row or column it is computed for."""

    formula: str
    case: str
    left: str
    right: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """`kind` is its stable name (wording.toml), `title` what is wrong in one sentence.

    `slip` is the likely cause and what would mend it, `asks` what is asked for and `source` by which document.
    """

    kind: str
    level: Level
    title: str
    places: tuple[Place, ...] = ()
    sums: tuple[Sum, ...] = ()
    slip: str | None = None
    asks: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A draft and its findings, worst first."""

    schema: str = SCHEMA
    name: str
    sha256: str
    title: str | None
    issuer: str | None
    year: int | None
    form: str
    errors: int
    warnings: int
    notes: int
    findings: tuple[Finding, ...]


def count(findings: Iterable[Finding], level: Level) -> int:
    return sum(finding.level == level for finding in findings)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Worst first, then as they stand in the draft; what has no place comes before the rest of its level."""
    return tuple(sorted(findings, key=lambda finding: (LEVELS.index(finding.level), _start(finding))))


def _start(finding: Finding) -> int:
    return min((place.start for place in finding.places if place.start is not None), default=-1)
