"""What the page holds of a report: lists without field names, places in UTF-16, numbers of facts instead of ids."""
from collections.abc import Mapping
from typing import Final

import msgspec

from infer.viewing.wording import Pair

Place = tuple[int, int]
"""start and end in UTF-16 units of the text"""


class ShownFact(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A fact. `by` are dimension and key; `shown` is the number as written for people; `low` says that it is unsure,
    `form` that it is a cell of an official form; `open` marks the surest reading of a place of which none was taken;
    `review` is the decision of a person on it.
    """

    id: str
    indicator: str | None
    counted: str | None
    by: tuple[tuple[str, str], ...]
    shown: str
    unit: str
    qualifier: str | None
    state: str
    scope: str
    method: str
    confidence: float
    stated: bool
    ambiguous: bool
    low: bool
    form: bool
    open: bool
    group: str | None
    reason: Pair | None
    review: str | None
    parent: int | None
    start: int
    end: int
    context: Place | None
    page: int | None
    box: tuple[float, float, float, float] | None
    cell: tuple[int, int, int] | None


class ShownSide(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A side of a check: its value, the words where no facts stand behind it, and those facts."""

    value: Pair
    words: Pair
    facts: tuple[int, ...]


class ShownCheck(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A check; `places` are words that it is about beside its facts; `repair` is a fact and its proposed value."""

    title: Pair
    formula: str
    status: str
    sign: str
    fault: str | None
    left: ShownSide
    right: ShownSide
    repair: tuple[int, str] | None
    note: Pair | None
    places: tuple[Place, ...]


class ShownMeta(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A field of the report's identity, and its words if it was read from some."""

    field: str
    value: Pair
    place: Place | None
    page: int | None


class ShownSection(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A heading of the text."""

    level: int
    words: str
    start: int


class ShownWarning(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What a reader should know, and the words it is about."""

    words: Pair
    place: Place | None


class ShownLine(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A line of a layout as this report fills it: for each cell the facts, stated ones first."""

    line: int
    cells: tuple[tuple[int, ...], ...]


class ShownTable(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """An official table: its layout's id, the report's columns where the layout has none, and its lines."""

    layout: str
    columns: tuple[Pair, ...]
    lines: tuple[ShownLine, ...]


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A report. `loose` are facts of tables that no official table has a place for."""

    name: str
    media: str
    encoding: str | None
    sha256: str
    size: int
    pages: int | None
    producer: str
    text: str
    meta: tuple[ShownMeta, ...]
    sections: tuple[ShownSection, ...]
    facts: tuple[ShownFact, ...]
    checks: tuple[ShownCheck, ...]
    warnings: tuple[ShownWarning, ...]
    tables: tuple[ShownTable, ...]
    loose: tuple[int, ...]


class Entry(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A report in the list of reports; `kind` None where it is a report indeed."""

    key: str
    title: str
    issuer: str
    year: int | None
    form: str
    kind: str | None
    published: str
    name: str
    facts: int
    failed: int
    unknown: int
    low: int


LISTS: Final[Mapping[str, type[msgspec.Struct]]] = {
    "fact": ShownFact, "side": ShownSide, "check": ShownCheck, "meta": ShownMeta, "section": ShownSection,
    "warning": ShownWarning, "line": ShownLine, "table": ShownTable, "entry": Entry,
}
"""the types that are written as lists, by the name under which the page knows their fields"""
