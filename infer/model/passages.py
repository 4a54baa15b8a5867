"""The stretches of the running text that can hold a fact: the model reads nothing else."""
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from infer.rules.context import Reading
from infer.rules.prose import sentences

LONGEST: Final = 200
"""characters up to which neighbouring sentences are read together"""
LEAD: Final = 12
"""characters before a passage that are read with it: the end of a heading, the subject of a list"""
_MOST: Final = 240
"""characters of a sentence that are read at once; what is longer is cut behind a comma"""
_COMMA: Final = re.compile("[,，;；、]")


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """text[start:end] of a document can hold a fact; it is read from `lead` on."""

    lead: int
    start: int
    end: int


def passages(reading: Reading, text: str) -> tuple[Passage, ...]:
    """The passages of a document's text, in order; they do not overlap, and hold nothing that the running text skips.

    Sentences that touch are read together.
    """
    found: list[tuple[int, int]] = []
    tables = [start for start, _ in reading.prose.skipped]
    joins = False
    for start, end, holds in _sentences(reading):
        if not holds:
            joins = False
            continue
        for first, last in _cut(text, start, end):
            if joins and last - found[-1][0] <= LONGEST and not _between(tables, found[-1][0], last):
                found[-1] = (found[-1][0], last)
            else:
                found.append((max(first, found[-1][1] if found else 0), last))
            joins = True
    return tuple(Passage(max(0, start - LEAD), start, end) for start, end in found if start < end)


def _between(tables: Sequence[int], start: int, end: int) -> bool:
    return bisect_left(tables, start) < bisect_left(tables, end)


def _sentences(reading: Reading) -> Iterator[tuple[int, int, bool]]:
    """Document bounds of each sentence, and whether it can hold a fact."""
    prose = reading.prose
    for sentence in sentences(reading.masked):
        words = reading.marked[sentence.start : sentence.end]
        yield *prose.to_document(sentence.start, sentence.end), bool(_holds().search(words))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _MOST:
        commas = [match.end() for match in _COMMA.finditer(text, start + LEAD, start + _MOST)]
        place = commas[-1] if commas else start + _MOST
        yield start, place
        start = place
    yield start, end


@cache
def _holds() -> re.Pattern[str]:
    data = tomllib.loads(files("infer.model").joinpath("passages.toml").read_text(encoding="utf-8"))["holds"]
    return re.compile("|".join(data.values()))
