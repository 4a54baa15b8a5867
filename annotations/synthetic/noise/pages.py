"""Faults of pages: broken lines, page numbers, the site's own words around the report."""
import re
from collections.abc import Sequence
from random import Random
from typing import Final

from annotations.synthetic.draft import Draft, Edit, P
from annotations.synthetic.noise.digits import measured
from annotations.synthetic.noise.ground import Ground
from annotations.synthetic.noise.settings import settings

_WIDTHS: Final = (26, 44)
_NEAR: Final = 60
_BREAKS: Final = re.compile(r"\n+")
_ORDINAL: Final = re.compile(r"第\d*$")
"""第 | 32条 would be a number of articles"""


def joined_lines(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Lines that follow each other in one: the page lost its breaks."""
    rate = settings().rate("joined_lines", strength)
    bare = random.random() < settings().share("joined_lines", "bare")
    between, ground = "" if bare else random.choice((" ", " ", "  ", "\u3000")), Ground(draft)
    edits = [(match.start(), match.end(), between if between or not ground.joins_digits(*match.span()) else " ")
             for match in _BREAKS.finditer(draft.text) if random.random() < rate and ground.is_free(*match.span())]
    return draft.edit(edits)


def line_breaks(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Lines broken at a page's width, inside words too, and units on lines of their own."""
    rate, unit = settings().rate("line_breaks", strength), settings().share("line_breaks", "unit") * strength
    width, text = random.randrange(*_WIDTHS), draft.text
    places = {match.start() for match in measured().finditer(text) if random.random() < unit}
    start = 0
    for line in text.split("\n"):
        if len(line) > width and random.random() < rate:
            places |= {n for n in range(start + width, start + len(line), width) if _is_breakable(text, n)}
        start += len(line) + 1
    places = {place for place in places if not _ORDINAL.search(text[max(0, place - 5) : place])}
    return draft.edit([(place, place, "\n") for place in places])


def _is_breakable(text: str, place: int) -> bool:
    """Not within a number or other letters that only stand together."""
    around = text[place - 1 : place + 1]
    return not (around.isascii() or around.isdigit())


def page_numbers(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """A page's number between two lines or inside a word."""
    rate, length = settings().rate("page_numbers", strength), settings().share("page_numbers", "page")
    mark, ground = random.choice(settings().pages), Ground(draft)
    edits: list[Edit] = []
    place, number = 0, random.randrange(1, 5)
    while (place := place + int(length * random.uniform(1, 2))) < len(draft.text):
        number += 1
        if random.random() < rate:
            edits += _page_end(ground, place, number, mark)
    return draft.edit(edits)


def _page_end(ground: Ground, place: int, number: int, mark: str) -> list[Edit]:
    """At the end of a line nearby, else between two characters of a word."""
    line = ground.text.find("\n", place, place + _NEAR) + 1
    if line and line < len(ground.text) and ground.may_insert(line):
        return [(line, line, mark.format(number) + "\n")]
    inside = next((n for n in range(place, min(place + _NEAR, len(ground.text))) if ground.is_open(n)), None)
    return [] if inside is None else [(inside, inside, str(number))]


def add_chrome(
    draft: Draft[P], random: Random, strength: float, *, before: Sequence[str] = (), after: Sequence[str] = ()
) -> Draft[P]:
    """Lines of the site before and behind the report, each with this chance."""
    above = [line + "\n" for line in before if random.random() < strength]
    below = ["\n" + line for line in after if random.random() < strength]
    return draft.edit([(0, 0, "".join(above)), (len(draft.text), len(draft.text), "".join(below))])
