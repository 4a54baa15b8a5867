"""What tables, columns and rows are called, from captions.toml."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Caption:
    zh: str
    en: str


Captions = Mapping[str, Caption]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """captions.toml as read."""

    title: Caption
    nothing: str
    tables: Captions
    notes: Captions
    heads: Captions
    names: Captions
    kinds: Captions
    marks: Captions


@cache
def wording() -> Wording:
    data = tomllib.loads(files("train.evaluating").joinpath("captions.toml").read_text(encoding="utf-8"))
    groups = {name: {key: Caption(*words) for key, words in held.items()}
              for name, held in data.items() if isinstance(held, dict)}
    return Wording(title=Caption(*data["title"]), nothing=data["nothing"], **groups)
