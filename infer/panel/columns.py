"""The columns of both tables: names, types, what they mean."""
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from infer.viewing.wording import english
from report.vocabulary import Indicator, vocabulary

ColumnType = Literal["text", "integer", "number", "boolean"]
Key = tuple[str, str | None]
"""An indicator, and the part of it: applicant=enterprise"""
_WHOLE: Final = "total"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """`key` is what a column of the wide table holds; None for those that are about the report or the fact."""

    name: str
    type: ColumnType
    zh: str
    en: str
    report: bool = False
    key: Key | None = None


@cache
def long_columns() -> tuple[Column, ...]:
    """A row is a fact."""
    data = tomllib.loads(files("infer.panel").joinpath("columns.toml").read_text(encoding="utf-8"))
    return tuple(Column(**row) for row in data["column"])


@cache
def report_columns() -> tuple[Column, ...]:
    """What both tables say of a report."""
    return tuple(column for column in long_columns() if column.report)


@cache
def wide_columns() -> tuple[Column, ...]:
    """A row is a report: what is said of it, then each indicator, whole and by each listed part."""
    return (*report_columns(), *(column for one in vocabulary().indicators.values() for column in _of_indicator(one)))


def _of_indicator(indicator: Indicator) -> list[Column]:
    en = english()
    columns = [Column(name=indicator.id, type="number", zh=indicator.zh, en=en.indicators[indicator.id],
                      key=(indicator.id, None))]
    for dimension in indicator.by:
        for key, zh in vocabulary().dimensions.get(dimension, {}).items():
            if key != _WHOLE:
                columns.append(Column(
                    name=f"{indicator.id}@{key}", type="number", zh=f"{indicator.zh}：{zh}",
                    en=f"{en.indicators[indicator.id]}: {en.dimensions[dimension][key]}",
                    key=(indicator.id, f"{dimension}={key}")))
    return columns


def key_of(indicator: str | None, by: dict[str, str]) -> Key | None:
    """The wide column of a fact; None where it has none: own words, another period, two dimensions at once."""
    parts = {name: key for name, key in by.items() if (name, key) != ("applicant", _WHOLE)}
    if indicator is None or len(parts) > 1 or not parts.keys() <= vocabulary().dimensions.keys():
        return None
    return indicator, next((f"{name}={key}" for name, key in parts.items()), None)


@cache
def stata_names() -> dict[str, str]:
    """A name of at most 32 letters, digits and _ for each column of either table, unique."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for column in (*long_columns(), *wide_columns()):
        if column.name not in names:
            names[column.name] = _short(column.name, taken)
            taken.add(names[column.name])
    return names


def _short(name: str, taken: set[str]) -> str:
    """Its parts, each cut to the most letters that fit and are nobody else's."""
    parts = name.replace("@", ".").replace("_", ".").split(".")
    for letters in range(max(map(len, parts)), 2, -1):
        short = "_".join(part[:letters] for part in parts)
        if len(short) <= _STATA_LONGEST and short not in taken and short not in _STATA_RESERVED:
            return short
    for number in range(1, _STATA_MOST):
        short = f"{'_'.join(part[:3] for part in parts)[:_STATA_LONGEST - 3]}_{number}"
        if short not in taken:
            return short
    raise ValueError(f"no Stata name for {name}")


_STATA_LONGEST: Final = 32
_STATA_MOST: Final = 100
_STATA_RESERVED: Final = frozenset({
    "aggregate", "byte", "double", "else", "float", "for", "if", "in", "int", "long", "strL", "using", "with"})


def cell_types() -> dict[ColumnType, Any]:
    """Arrow types."""
    import pyarrow

    return {"text": pyarrow.string(), "integer": pyarrow.int64(), "number": pyarrow.float64(),
            "boolean": pyarrow.bool_()}
