"""What two copies of one report have in common, small enough to be kept for every report of a panel."""
import hashlib
import re
from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final
from zlib import crc32

from report.facts import Fact, Report
from report.folding import fold

SKETCH: Final = 64
"""hashes kept of a set; two sketches tell how much of two sets is common to about a tenth"""
_SHINGLE: Final = 12
_KEPT: Final = re.compile(r"[^\u4e00-\u9fff0-9]+")
FIGURES: Final = 8
LARGE_FIGURES: Final = 4
_LARGE: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """Digest and sketch of the words (ideographs and digits, simplified) and of the figures that are not zero.

    `telling`: the figures are so many and so large that other reports do not have them by chance.
    """

    words: bytes
    word_sketch: bytes
    figures: bytes
    figure_sketch: bytes
    telling: bool


def likeness(report: Report) -> Likeness:
    words = _KEPT.sub("", fold(report.source.text).text)
    figures = sorted({_figure(fact) for fact in report.facts if fact.status == "stated" and fact.value})
    large = sum(1 for fact in report.facts if fact.status == "stated" and abs(fact.value or 0) >= _LARGE)
    return Likeness(
        words=_digest(words), word_sketch=_sketch(words[start:start + _SHINGLE] for start in range(len(words))),
        figures=_digest("\n".join(figures)), figure_sketch=_sketch(figures),
        telling=len(figures) >= FIGURES and large >= LARGE_FIGURES)


def alike(one: bytes, other: bytes) -> float:
    """The share of two sets that is common to both, estimated from their sketches; none of two empty ones."""
    first, second = frozenset(array("I", one)), frozenset(array("I", other))
    smallest = sorted(first | second)[:SKETCH]
    return sum(1 for hashed in smallest if hashed in first and hashed in second) / len(smallest) if smallest else 0.0


def _figure(fact: Fact) -> str:
    """Free keys are folded, for a mirror has them in other characters."""
    by = " ".join(f"{name}={fold(key).text}" for name, key in sorted(fact.by.items()) if key != "total")
    return f"{fact.indicator or ''} {by} {fact.scope} {fact.value}"


def _sketch(parts: Iterable[str]) -> bytes:
    """The smallest hashes, packed: a set of integers would take twenty times as much."""
    return array("I", nsmallest(SKETCH, {crc32(part.encode()) for part in parts})).tobytes()


def _digest(text: str) -> bytes:
    return hashlib.blake2b(text.encode(), digest_size=12).digest()
