"""A、B分别N件、M件: names in one row, their numbers in the next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from infer.rules.context import Reading
from infer.rules.patterns import pattern
from infer.rules.prose import Sentence
from infer.rules.quantities import Quantity

_SEPARATOR = re.compile(r"、|和|与|及")
_BETWEEN = re.compile(r"[、,和与及]+")


@dataclass(frozen=True, slots=True)
class Share:
    """The name that a number of such a row belongs to: bounds in the view, and the words that follow all names."""

    start: int
    end: int
    tail: str


def shares_of(reading: Reading, sentence: Sentence, quantities: Sequence[Quantity]) -> dict[int, Share]:
    """Name of each number by the number's start; empty where names and numbers are not equally many."""
    found: dict[int, Share] = {}
    for n, quantity in enumerate(quantities):
        begin = quantities[n - 1].end if n else sentence.start
        match = pattern("respectively.row").search(reading.marked[begin : quantity.start])
        if match is None:
            continue
        names = _names(begin + match.start("names"), match["names"])
        row = _row(reading, quantities, n)
        if len(names) == len(row):
            found |= {number.start: Share(*name, match["tail"]) for number, name in zip(row, names, strict=True)}
    return found


def _names(start: int, words: str) -> list[tuple[int, int]]:
    names: list[tuple[int, int]] = []
    position = 0
    for separator in [*_SEPARATOR.finditer(words), None]:
        end = separator.start() if separator else len(words)
        names.append((start + position, start + end))
        position = separator.end() if separator else end
    return names


def _row(reading: Reading, quantities: Sequence[Quantity], first: int) -> list[Quantity]:
    last = first
    while last + 1 < len(quantities) and _BETWEEN.fullmatch(
        reading.marked[quantities[last].end : quantities[last + 1].start]
    ):
        last += 1
    return list(quantities[first : last + 1])
