"""The data files beside this module, read once."""
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def data(name: str) -> dict[str, Any]:
    """A TOML file of this package."""
    return tomllib.loads(files("infer.panel").joinpath(f"{name}.toml").read_text(encoding="utf-8"))
