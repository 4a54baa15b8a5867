"""Findings in words (wording.toml)."""
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from infer.checking.findings import Finding, Level, Place, Sum
from infer.checking.places import Draft
from infer.results.wording import one_line

FIRST_YEAR_OF_2021: Final = 2021
FIRST_YEAR_OF_2019: Final = 2019


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of finding as written."""

    level: Level
    group: str
    title: str
    asks: str | None = None
    asks_more: str | None = None
    edition: str | None = None
    source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """wording.toml as read."""

    kinds: Mapping[str, Kind]
    levels: Mapping[Level, str]
    sources: Mapping[str, str]
    asks: Mapping[str, Mapping[str, str]]
    slips: Mapping[str, str]
    misprints: Mapping[str, str]


@cache
def wording() -> Wording:
    data = tomllib.loads(files("infer.checking").joinpath("wording.toml").read_text(encoding="utf-8"))
    kinds = {name: Kind(**row) for name, row in data.pop("kind").items()}
    return Wording(kinds=kinds, **data)


def edition_of(draft: Draft) -> str | None:
    """Whose rules hold for a report of that year; by the form where the year is not known."""
    if draft.year is None:
        return draft.form if draft.form in ("2019", "2021") else None
    if draft.year >= FIRST_YEAR_OF_2021:
        return "2021"
    return "2019" if draft.year >= FIRST_YEAR_OF_2019 else None


def found(
    kind: str, draft: Draft, *, places: Sequence[Place] = (), sums: Sequence[Sum] = (), slip: str | None = None,
    level: Level | None = None, **words: object,
) -> Finding:
    """A finding of that kind; `words` fill its title."""
    row = wording().kinds[kind]
    edition = edition_of(draft)
    asks, source = row.asks, row.source and wording().sources[row.source]
    if row.edition and edition:
        by_edition = wording().asks[row.edition].get(edition)
        asks, source = by_edition, wording().sources[f"format_{edition}"] if by_edition else None
    said = "".join(filter(None, (asks, row.asks_more)))
    title = row.title.format(**{name: one_line(str(word)) for name, word in words.items()})
    return Finding(kind=kind, level=level or row.level, title=title, places=tuple(places),
                   sums=tuple(sums), slip=slip, asks=said or None, source=source)
