"""The faults by name: the noise that synthetic reports are trained with, and what section 7 has beside it."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from annotations.synthetic.draft import Draft, Edit, P
from annotations.synthetic.noise import CHANNELS, Channel, add_chrome, settings

_DIGITS: Final = re.compile(r"[\d０-９]+")
_BINARY: Final = (
    *"\x01\x02\x0e\x1a\x7f\u0416\u04e8\u0a08\u1404\u2c0a\ue5e5\uf8ff\ufffd\u3b4d\u4a5f\u9f98",
    "PK",
    "bjbj",
    "Times New Roman",
    "Root Entry",
)
_SEEN: Final = frozenset({"COUNT", "FEE", "RATE"})
_LONGEST_RUN: Final = 40
_YEARS: Final = ("2022", "2023", "2024")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A name, what it stands for, and how to do it."""

    name: str
    meaning: str
    channel: Channel


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("faults.toml").read_text(encoding="utf-8"))


def _rate(name: str, key: str, strength: float) -> float:
    return float(_data()["channels"][name][key]) * strength


def chrome(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """A site's own words before, behind and between."""
    words, between = _data()["words"], _rate("chrome", "between", strength)
    places = [match.end() for match in re.finditer("\n", draft.text) if random.random() < between]
    sown = draft.edit([(place, place, random.choice(words["between"]) + "\n") for place in places])
    return add_chrome(sown, random, _rate("chrome", "rate", strength), before=words["before"], after=words["after"])


def binary(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Lines of a file's innards between those of its text."""
    rate = _rate("binary", "rate", strength)
    places = [match.end() for match in re.finditer("\n", draft.text) if random.random() < rate]
    return draft.edit(
        [
            (place, place, "".join(random.choices(_BINARY, k=random.randrange(3, _LONGEST_RUN))) + "\n")
            for place in places
        ]
    )


def digits_lost(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Numbers of the running text that lost a digit, or all of them."""
    rate = _rate("digits_lost", "rate", strength)
    edits: list[Edit] = []
    for start, end in _numbers(draft):
        if random.random() < rate:
            place = random.randrange(start, end)
            edits.append((start, end, "") if random.random() < 0.5 else (place, place + 1, ""))
    return draft.edit(edits)


def overwritten(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Numbers of the running text whose first digits a year has taken."""
    rate, year = _rate("overwritten", "rate", strength), random.choice(_YEARS)
    return draft.edit(
        [(start, max(start + 1, end - 1), year) for start, end in _numbers(draft) if random.random() < rate]
    )


def _numbers(draft: Draft[P]) -> list[tuple[int, int]]:
    """Where the digits of marked numbers stand, left to right."""
    found = (_DIGITS.match(draft.text, mark.start, mark.end) for mark in draft.marks if mark.payload in _SEEN)
    return sorted({match.span() for match in found if match})


_OWN: Final[Mapping[str, Channel]] = {
    "chrome": chrome,
    "binary": binary,
    "digits_lost": digits_lost,
    "overwritten": overwritten,
}


@cache
def all_faults() -> tuple[Fault, ...]:
    """In the order of the table."""
    known = [
        Fault(name=name, meaning=_short(settings().channels[name].fault), channel=channel)
        for name, channel in CHANNELS.items()
    ]
    own = [
        Fault(name=name, meaning=_data()["channels"][name]["fault"], channel=channel)
        for name, channel in _OWN.items()
    ]
    return (*known, *own)


def _short(meaning: str) -> str:
    """Without the sections that it comes from."""
    return re.sub(r"\bsections? [\d and]+: ", "", meaning)
