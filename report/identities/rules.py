"""report/identities.toml as written."""
import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal, NotRequired, TypedDict, cast

Relation = Literal["=", ">="]


class IdentityRow(TypedDict):
    """An [[identity]] as written."""

    id: str
    zh: str
    forms: list[str]
    left: list[str]
    right: list[str]
    over: NotRequired[str]
    rows: NotRequired[str]
    optional: NotRequired[list[str]]
    relation: NotRequired[Relation]
    partial: NotRequired[bool]
    needs: NotRequired[list[str]]
    unless: NotRequired[list[str]]
    group: NotRequired[str]


class SumRow(TypedDict):
    """A [[stated_sum]] as written."""

    prefix: NotRequired[str]
    indicator: NotRequired[str]
    parts: NotRequired[list[str]]
    words: NotRequired[str]


class SectionRow(TypedDict):
    """A [[section]] as written."""

    topic: str
    zh: str
    words: str


class PartsRow(TypedDict):
    """[parts] as written."""

    overlapping: list[str]
    complete_before: str
    complete_after: str
    remainder: str
    share: str
    remainder_indicators: str


class FamilyRow(TypedDict):
    """A [[family]] as written."""

    name: str
    whole: str
    part: str


class ChangesRow(TypedDict):
    """[changes] as written."""

    up: str
    down: str
    within: int


class DatesRow(TypedDict):
    """[dates] as written."""

    year: str
    statements: list[str]
    stale: str


class Rules(TypedDict):
    """identities.toml as written."""

    identity: list[IdentityRow]
    stated_sum: list[SumRow]
    parts: PartsRow
    family: list[FamilyRow]
    changes: ChangesRow
    dates: DatesRow
    section: list[SectionRow]


@cache
def rules() -> Rules:
    """The file, read once."""
    return cast(Rules, tomllib.loads(files("report").joinpath("identities.toml").read_text(encoding="utf-8")))
