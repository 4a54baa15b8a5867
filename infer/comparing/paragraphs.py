"""Paragraphs that an office wrote itself, and those that it took over from another year's report."""
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final, Literal

from report.facts import Report
from report.folding import Folded, fold
from report.forms import forms

Likeness = Literal["same", "figures", "near"]
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_LINE: Final = re.compile(r"[^\n]+")
_CELLS: Final = re.compile(r"\||\t.*\t")
_BLANKS: Final = re.compile(r"\s+")
_SENTENCE: Final = re.compile("[。!?;]")
_LEAST_LABEL: Final = 3
_OWN: Final = 0.5
"""of a form's rows at least this part are its own labels"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Words of the report's own; `masked` without years and blanks, `bare` without figures too; `size`: ideographs."""

    words: str
    start: int
    masked: str
    bare: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A paragraph that stands in the other report too: word for word, but for its figures, or nearly so."""

    likeness: Likeness
    share: float
    before: Paragraph
    after: Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Copying:
    """What a report has from another year's: ideographs of its prose, and how many of them stand in copied ones."""

    copied: tuple[Copied, ...]
    prose: int
    same: int
    figures: int
    near: int


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("infer.comparing").joinpath("paragraphs.toml").read_text(encoding="utf-8"))


@cache
def _pattern(name: str) -> re.Pattern[str]:
    words = _data()[name]
    return re.compile(words if isinstance(words, str) else "|".join(f"(?:{one})" for one in words))


@cache
def _labels() -> re.Pattern[str]:
    """The words of the official forms, longest first."""
    labels = {_BLANKS.sub("", fold(words).text) for table in forms().tables for element in table.elements
              for words in element.words}
    longest = sorted((one for one in labels if len(one) >= _LEAST_LABEL), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest)))


def paragraphs(report: Report) -> Iterator[Paragraph]:
    """The report's own prose: no headings, cells, words of forms, introduction by law, or site's furniture."""
    folded = fold(report.source.text)
    heads = {section.start for section in report.sections}
    for start, end in _lines(folded.text, joined=report.source.media == "pdf"):
        for first, last in _pieces(folded, start, end, heads):
            if (made := _paragraph(report.source.text, folded, first, last)) is not None:
                yield made


def _pieces(folded: Folded, start: int, end: int, heads: Set[int]) -> Iterator[tuple[int, int]]:
    """A line as it is; one of many sentences that begins sections too has lost its breaks, and falls into sentences."""
    inside = [place for place in range(start + 1, end) if folded.starts[place] in heads]
    if not inside:
        yield start, end
        return
    stops = [start + match.end() for match in _SENTENCE.finditer(folded.text[start:end])]
    borders = sorted({start, *inside, *stops, end})
    yield from pairwise(borders)


def _lines(text: str, *, joined: bool) -> Iterator[tuple[int, int]]:
    """Lines; of a PDF, where a line ends with the page's width, those that no sentence ends together with the next."""
    begun: int | None = None
    last = 0
    for match in _LINE.finditer(text):
        if begun is not None and (not joined or _is_apart(text[begun:last], match[0])):
            yield begun, last
            begun = None
        begun = match.start() if begun is None else begun
        last = match.end()
    if begun is not None:
        yield begun, last


def _is_apart(words: str, following: str) -> bool:
    return bool(_pattern("ends").search(words.rstrip()) or _pattern("numbered").match(following.strip())
                or len(_HAN.findall(words)) < _data()["shortest"] // 2)


def _paragraph(text: str, folded: Folded, start: int, end: int) -> Paragraph | None:
    line = folded.text[start:end]
    if _CELLS.search(line) or len(_HAN.findall(line)) < _data()["shortest"] or _pattern("given").search(line.strip()):
        return None
    words = _BLANKS.sub("", line)
    size, own = len(_HAN.findall(words)), len(_HAN.findall(_labels().sub("", words)))
    if own < max(_data()["shortest"], _OWN * size):
        return None
    masked = _pattern("years").sub("", words)
    first, last = folded.to_original(start, end)
    return Paragraph(words=" ".join(text[first:last].split()), start=first, masked=masked,
                     bare=_pattern("figures").sub("", masked), size=size)


def copying(before: Sequence[Paragraph], after: Sequence[Paragraph]) -> Copying:
    """Each later paragraph with the earlier one that it repeats, if any."""
    found = tuple(copied for paragraph in after if (copied := _copied(before, paragraph)))
    sizes: Counter[str] = Counter()
    for copied in found:
        sizes[copied.likeness] += copied.after.size
    return Copying(copied=found, prose=sum(paragraph.size for paragraph in after), same=sizes["same"],
                   figures=sizes["figures"], near=sizes["near"])


def _copied(before: Sequence[Paragraph], after: Paragraph) -> Copied | None:
    for one in before:
        if one.masked == after.masked:
            return Copied(likeness="same", share=1.0, before=one, after=after)
    for one in before:
        if one.bare == after.bare:
            return Copied(likeness="figures", share=1.0, before=one, after=after)
    shares = [(alike(one.bare, after.bare), one) for one in before if _may_be_alike(one, after)]
    if not shares:
        return None
    share, nearest = max(shares, key=lambda pair: pair[0])
    return Copied(likeness="near", share=share, before=nearest, after=after) if share >= _data()["alike"] else None


def _may_be_alike(one: Paragraph, other: Paragraph) -> bool:
    """Two lengths that differ too much leave no room for enough shared pairs."""
    short, long = sorted((len(one.bare), len(other.bare)))
    return 2 * short / (short + long) >= _data()["alike"] if long else False


def alike(one: str, other: str) -> float:
    """Dice's coefficient of the pairs of neighbouring characters."""
    a, b = Counter(pairwise(one)), Counter(pairwise(other))
    total = a.total() + b.total()
    return 2 * (a & b).total() / total if total else 0.0
