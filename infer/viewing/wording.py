"""The words of the page in Chinese and English: what ids are called, and what the page itself says."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from infer.results import wording as chinese
from report.vocabulary import vocabulary

Pair = tuple[str, str]
"""Chinese and English"""

_BY_ID: Final = ("states", "qualifiers", "scopes", "forms", "kinds", "faults", "methods")


@dataclass(frozen=True, slots=True, kw_only=True)
class English:
    """english.toml as read."""

    indicators: Mapping[str, str]
    dimensions: Mapping[str, Mapping[str, str]]
    units: Mapping[str, str]
    states: Mapping[str, str]
    qualifiers: Mapping[str, str]
    scopes: Mapping[str, str]
    forms: Mapping[str, str]
    kinds: Mapping[str, str]
    faults: Mapping[str, str]
    methods: Mapping[str, str]
    groups: Mapping[str, str]
    checks: Mapping[str, str]
    subjects: Mapping[str, str]
    formulas: Mapping[str, str]


@cache
def english() -> English:
    return English(**_read("english.toml"))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files("infer.viewing").joinpath(name).read_text(encoding="utf-8"))


@cache
def interface() -> Mapping[str, Pair]:
    """What the page's own controls and captions say, by key."""
    return {key: (words["zh"], words["en"]) for key, words in _read("interface.toml").items()}


@cache
def dictionary() -> dict[str, dict[str, Pair]]:
    """Everything that a page names by id: section, id, both wordings."""
    words, own = chinese.wording(), english()
    named = {name: {key: (zh, getattr(own, name).get(key, zh)) for key, zh in getattr(words, name).items()}
             for name in _BY_ID}
    named["indicators"] = {one: (chinese.indicator_label(one), own.indicators.get(one, one))
                           for one in vocabulary().indicators}
    named["keys"] = {f"{dimension}.{key}": (zh, own.dimensions.get(dimension, {}).get(key, zh))
                     for dimension, keys in vocabulary().dimensions.items() for key, zh in keys.items()}
    named["keys"] |= {f"period.{key}": pair for key, pair in named["scopes"].items()}
    named["units"] = {unit: (unit, en) for unit, en in own.units.items()}
    named["groups"] = {zh: (zh, own.groups.get(zh, zh)) for zh in (*_groups(), chinese.OTHER_GROUP)}
    named["formulas"] = {zh: (zh, en) for zh, en in own.formulas.items()}
    named["interface"] = dict(interface())
    return named


def _groups() -> list[str]:
    return [group.zh for group in chinese.wording().groups]


@cache
def groups_of_indicators() -> dict[str, str]:
    """The heading of each indicator."""
    return {one: chinese.group_of(one) for one in vocabulary().indicators}
