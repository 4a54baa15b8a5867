"""A correction: what a person says that certain words of a certain text state."""
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Literal

from report import GongkaiError, Report, vocabulary
from report.facts import Place, State
from report.spans import Qualifier, Scope

Action = Literal["confirm", "change", "remove", "add", "label", "settle"]
Key = tuple[str | None, Scope, tuple[tuple[str, str], ...]]


class BadCorrections(GongkaiError):
    """One line: a file that holds no corrections."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A correction that was not applied: which (file and row) and why."""

    origin: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What words state; the fields are those of report.Fact, `by` sorted."""

    indicator: str | None
    by: tuple[tuple[str, str], ...] = ()
    scope: Scope = "own"
    value: int | float | None
    unit: str
    state: State
    qualifier: Qualifier | None = None
    counted: str | None = None

    @property
    def key(self) -> Key:
        """What is counted: two readings of the same words with one key contradict each other."""
        return self.indicator, self.scope, self.by

    def __str__(self) -> str:
        """The reading in a line, which tells an edited row from one left as it was."""
        said = (self.indicator or self.counted or "", *(f"{name}={key}" for name, key in self.by),
                self.scope if self.scope != "own" else "", self.state, written(self.value), self.unit,
                self.qualifier or "")
        return " ".join(filter(None, said))


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One decision on text[start:end] of the document whose bytes or text have these hashes.

    `confirm`, `change`, `remove` decide on all that is read from the words; `add` and `label` state one thing more;
    `settle` sets aside what no other correction states of the running text from start to end. None: not decided.
    `part_of` is the place of the whole whose part it is, `was_stated` whether the machine's reading was.
    """

    origin: str
    sha256: str | None = None
    text_sha256: str | None = None
    document: str = ""
    start: int
    end: int
    words: str | None
    action: Action | None
    reading: Reading | None = None
    place: Place | None = None
    part_of: tuple[int, int] | None = None
    was_stated: bool = False
    reviewer: str | None = None
    date: str | None = None
    note: str | None = None

    @property
    def bounds(self) -> tuple[int, int]:
        return self.start, self.end

    @property
    def decides(self) -> bool:
        """Whether it speaks for all that its words state."""
        return self.action in ("confirm", "change", "remove")

    @property
    def states(self) -> Reading | None:
        """What it makes a fact of."""
        return self.reading if self.action in ("confirm", "change", "add", "label") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What became of the corrections of one document: which are about it, by number, and how many were applied."""

    met: frozenset[int]
    applied: int
    refused: tuple[Refused, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """All of a run, by number; `notes` are lines on what was left alone."""

    rows: tuple[Correction, ...] = ()
    refused: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()
    by_hash: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def of(
        cls, rows: Iterable[Correction], refused: Iterable[Refused] = (), notes: Iterable[str] = (),
    ) -> "Corrections":
        """With each row under the hashes that it gives."""
        held = tuple(rows)
        by_hash: dict[str, tuple[int, ...]] = {}
        for number, row in enumerate(held):
            for name in filter(None, {row.sha256, row.text_sha256}):
                by_hash[name] = (*by_hash.get(name, ()), number)
        return cls(rows=held, refused=tuple(refused), notes=tuple(notes), by_hash=by_hash)

    @property
    def digest(self) -> str:
        """First 12 hex digits of the SHA-256 of all decisions, wherever their files stand."""
        rows = [replace(row, origin="") for row in self.rows]
        return hashlib.sha256(repr(rows).encode("utf-8", "surrogatepass")).hexdigest()[:12]

    def of_report(self, report: Report) -> tuple[int, ...]:
        """Numbers of the corrections that are about this document, or about another copy of its text."""
        found = {*self.by_hash.get(report.source.sha256, ()), *self.by_hash.get(text_hash(report.source.text), ())}
        return tuple(sorted(found))


def text_hash(text: str) -> str:
    """SHA-256 of the text in UTF-8, as labelled documents have it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two places share characters; an empty place, that of a blank cell, only with itself."""
    if one[0] == one[1] or other[0] == other[1]:
        return one == other
    return one[0] < other[1] and other[0] < one[1]


def written(value: int | float | None) -> str:
    """All digits of the number and no others, never 1E+15; empty for none."""
    return "" if value is None else format(Decimal(str(value)), "f")


def base_unit(indicator: str | None) -> str | None:
    """The unit in which the vocabulary keeps it."""
    return vocabulary()[indicator].unit if indicator else None
