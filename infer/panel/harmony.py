"""Which indicators can be compared over the official forms of 2014, 2019 and 2021, and what changed."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal

from report.vocabulary import vocabulary

FORMS: Final = ("2014", "2019", "2021")
Standing = Literal["comparable", "changed", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmony:
    """How an indicator stands in one form. An absent one may still be said in running text."""

    standing: Standing
    zh: str = ""
    en: str = ""


@cache
def harmony() -> Mapping[tuple[str, str], Harmony]:
    """By indicator and form."""
    data = tomllib.loads(files("infer.panel").joinpath("harmony.toml").read_text(encoding="utf-8"))
    notes = {kind: {(one, form): row for row in data[kind] for one in row["indicators"] for form in row["forms"]}
             for kind in ("changed", "related")}
    return {(one.id, form): _standing((one.id, form), form in one.forms, notes)
            for one in vocabulary().indicators.values() for form in FORMS}


def _standing(key: tuple[str, str], printed: bool, notes: dict[str, dict[tuple[str, str], Any]]) -> Harmony:
    note = notes["changed" if printed else "related"].get(key, {})
    standing: Standing = "absent" if not printed else "changed" if note else "comparable"
    return Harmony(standing=standing, zh=note.get("zh", ""), en=note.get("en", ""))
