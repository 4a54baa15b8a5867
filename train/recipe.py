"""How a model is trained, from a TOML file; train/recipes/default.toml says what each key does."""
import tomllib
from collections.abc import Sequence
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, Literal, TypeVar

import msgspec

from annotations.corpus.bio import Granularity
from models.decoding import Pooling
from train.errors import TrainingError

DEFAULT: Final = "default"
_SUFFIX: Final = ".toml"
T = TypeVar("T")


class Data(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    granularity: Granularity
    least: int
    size: int
    overlap: int
    year: bool
    passages: bool


class Augmentation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    drop: float
    numbers: float
    years: float


class Training(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    epochs: int
    patience: int
    batch: int
    encoder_rate: float
    rate_decay: float
    head_rate: float
    warmup: float
    weight_decay: float
    dropout: float
    smoothing: float
    balance: float
    clip: float
    precision: Literal["auto", "fp32", "bf16"]
    checkpoint_every: int


class Decoding(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    overlap: int
    temperature: float
    pooling: Pooling


class Recipe(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    data: Data
    augmentation: Augmentation
    training: Training
    decoding: Decoding


def names() -> list[str]:
    """The recipes that ship with gongkai."""
    held = (path.name for path in files("train").joinpath("recipes").iterdir())
    return sorted(name.removesuffix(_SUFFIX) for name in held if name.endswith(_SUFFIX))


def read_recipe(name: str) -> Recipe:
    """The recipe of this name, or in this file. Raises TrainingError naming the key that is wrong."""
    known = names()
    path = files("train").joinpath("recipes", name + _SUFFIX) if name in known else Path(name)
    return read_table(path, Recipe, known)


def read_table(path: Traversable, kind: type[T], known: Sequence[str]) -> T:
    """A TOML file as settings of this kind; `known` are the names that would have done without a file."""
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), kind)
    except FileNotFoundError:
        raise TrainingError(f"no recipe {path}: name a file or one of {', '.join(known)}") from None
    except (OSError, ValueError) as error:
        raise TrainingError(f"recipe {path.name.removesuffix(_SUFFIX)}: {error}") from None


def as_table(recipe: Recipe) -> dict[str, dict[str, object]]:
    """The recipe as plain data, for records."""
    table: dict[str, dict[str, object]] = msgspec.to_builtins(recipe)
    return table
