"""How reports are built up: blocks of headings and sections, from outlines.toml."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any

from annotations.synthetic.patterns import LEVELS


@dataclass(frozen=True, slots=True)
class Part:
    """`least` to `most` sentences of a section, or a form's part (form, form.documents, short)."""

    section: str
    least: int
    most: int

    @property
    def is_form(self) -> bool:
        return self.section.startswith("form") or self.section == "short"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One of the headings, what stands under it, and the blocks below."""

    heading: tuple[str, ...]
    parts: tuple[Part, ...]
    sub: tuple["Block", ...] = ()
    chance: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A way to build reports of these years and levels; `tables` False where the forms were lost."""

    years: tuple[int, int]
    blocks: tuple[Block, ...]
    levels: tuple[str, ...] = LEVELS
    weight: float = 1.0
    tables: bool = True


@cache
def outlines() -> tuple[Outline, ...]:
    """Every outline of outlines.toml."""
    text = files("annotations").joinpath("synthetic", "outlines.toml").read_text(encoding="utf-8")
    return tuple(_outline(row) for row in tomllib.loads(text)["outline"])


def _outline(row: Mapping[str, Any]) -> Outline:
    blocks = tuple(_block(block) for block in row["blocks"])
    extra = {key: row[key] for key in ("weight", "tables") if key in row}
    levels = tuple(row.get("levels", LEVELS))
    return Outline(years=(row["years"][0], row["years"][1]), blocks=blocks, levels=levels, **extra)


def _block(row: Mapping[str, Any]) -> Block:
    return Block(
        heading=tuple(row["heading"]), parts=tuple(Part(*part) for part in row["parts"]),
        sub=tuple(_block(block) for block in row.get("sub", ())), chance=row.get("chance", 1.0),
    )


def draw_outline(rng: Random, *, year: int, level: str, in_words: bool = False) -> Outline:
    """An outline that suits year and level; `in_words`: one that says the whole form in words."""
    if in_words:
        return next(one for one in outlines() if not one.weight and one.years[0] <= year <= one.years[1])
    fitting = [one for one in outlines() if one.years[0] <= year <= one.years[1] and level in one.levels]
    return rng.choices(fitting, [one.weight for one in fitting])[0]
