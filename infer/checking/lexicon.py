"""lexicon.toml as read."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Patterns by what they are looked for in."""

    dates: Mapping[str, str]
    offices: tuple[Mapping[str, str], ...]
    writing: Mapping[str, str]
    lists: Mapping[str, tuple[str, ...]]
    selves: tuple[Mapping[str, str], ...]
    amounts: tuple[Mapping[str, Any], ...]


@cache
def lexicon() -> Lexicon:
    data = tomllib.loads(files("infer.checking").joinpath("lexicon.toml").read_text(encoding="utf-8"))
    writing = data["writing"]
    return Lexicon(
        dates=data["dates"], offices=tuple(data["office"]), selves=tuple(data["self"]), amounts=tuple(data["amount"]),
        writing={name: words for name, words in writing.items() if isinstance(words, str)},
        lists={name: tuple(words) for name, words in writing.items() if isinstance(words, list)},
    )
