"""Where a correction stands: its words in the text, the evidence and the sentence around them, form or text."""
import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final

from infer.reviewing.corrections import overlap
from report import Evidence, Fact
from report.facts import Place
from report.folding import fold

_STOP: Final = re.compile(r"[。！？!?\n]")
_FURTHEST: Final = 400
_BLANKS: Final = re.compile(r"\s+")
_ZEROS: Final = re.compile(r"(?<![\d.])0+(?=\d)")


def stands(text: str, bounds: tuple[int, int], words: str) -> bool:
    """Whether the words are those of the place, but for what spreadsheets do to them: width, blanks, 1,130 and 007."""
    start, end = bounds
    return 0 <= start <= end <= len(text) and (text[start:end] == words or _plain(text[start:end]) == _plain(words))


def _plain(words: str) -> str:
    return _ZEROS.sub("", _BLANKS.sub("", fold(words).text).replace(",", ""))


def place_of(facts: Sequence[Fact], bounds: tuple[int, int]) -> Place:
    """Whether a place is in a form: as what is read there is, else as what is read before and behind it."""
    there = [fact for fact in facts if (fact.evidence.start, fact.evidence.end) == bounds] or [
        fact for fact in facts if overlap((fact.evidence.start, fact.evidence.end), bounds)]
    if not there:
        held = sorted(facts, key=lambda fact: fact.evidence.start)
        k = bisect_right(held, bounds[0], key=lambda fact: fact.evidence.start)
        there = [*held[max(0, k - 1):k], *held[k:k + 1]]
        return "form" if len(there) > 1 and all(fact.in_form for fact in there) else "text"
    return "form" if there[0].in_form else "text"


def sentence_at(text: str, bounds: tuple[int, int]) -> Evidence:
    """The sentence around a place."""
    start, end = bounds
    first = max(0, start - _FURTHEST)
    begin = max([first, *(stop.end() for stop in _STOP.finditer(text, first, start))])
    stop = _STOP.search(text, end, end + _FURTHEST)
    finish = stop.start() + (text[stop.start()] != "\n") if stop else min(len(text), end + _FURTHEST)
    return Evidence(start=begin, end=finish, text=text[begin:finish])


def evidence_at(text: str, facts: Sequence[Fact], bounds: tuple[int, int]) -> Evidence:
    """Words where no machine read anything; the page is told where all that is read around them is on one."""
    start, end = bounds
    before = [fact.evidence.page for fact in facts if fact.evidence.end <= start][-1:]
    behind = [fact.evidence.page for fact in facts if fact.evidence.start >= end][:1]
    page = before[0] if before and before == behind else None
    return Evidence(start=start, end=end, text=text[start:end], page=page)
