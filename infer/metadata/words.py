"""The patterns of titles.toml and keys.toml, compiled once."""
import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def pattern(table: str, name: str) -> re.Pattern[str]:
    """One pattern of titles.toml."""
    return re.compile(_data("titles.toml")[table][name])


@cache
def value_pattern(name: str) -> re.Pattern[str]:
    """One pattern of the values of keys.toml."""
    return re.compile(_data("keys.toml")["values"][name])


@cache
def key_fields() -> dict[str, str]:
    """The field that each key names."""
    keys: dict[str, list[str]] = _data("keys.toml")["keys"]
    return {word: field for field, words in keys.items() for word in words}


@cache
def short_keys() -> frozenset[str]:
    """Keys that running text is full of."""
    return frozenset(_data("keys.toml")["short"]["words"])


@cache
def _data(name: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(files("infer.metadata").joinpath(name).read_text(encoding="utf-8"))
