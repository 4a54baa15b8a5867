"""The text as metadata and headings are looked for in it: folded, without white space, yet knowing where it stood."""
import re
from dataclasses import dataclass
from functools import lru_cache

from report.facts import Evidence
from report.folding import fold

_INK = re.compile(r"\S+")
_NEWLINE = re.compile(r"[\n\r\v\f\x85\u2028\u2029]")
_ALPHANUMERIC = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
SPACE, LINE = 1, 2


@dataclass(frozen=True, slots=True)
class View:
    """`text` has no white space but one space between two Latin letters or digits.

    `gaps[i]` says what white space the source has before `text[i]`: none (0), SPACE or LINE; both ends count as LINE.
    """

    source: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    gaps: bytes

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Offsets in the source of a non-empty range of the view."""
        return self.starts[start], self.ends[end - 1]

    def evidence(self, start: int, end: int) -> Evidence:
        """The exact words of the source behind a non-empty range of the view."""
        first, last = self.bounds(start, end)
        return Evidence(start=first, end=last, text=self.source[first:last])

    def written(self, start: int, end: int) -> str:
        """The source's own characters of a range, without white space."""
        first, last = self.bounds(start, end)
        return "".join(self.source[first:last].split())

    def line_end(self, position: int) -> int:
        """Where the line that holds text[position] ends."""
        found = self.gaps.find(LINE, position + 1)
        return found if found >= 0 else len(self.text)

    def position(self, offset: int) -> int:
        """The first place of the view at or after an offset of the source."""
        low, high = 0, len(self.starts)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.starts[middle] < offset else (low, middle)
        return low


# Headings and metadata are read one after the other from the same text.
@lru_cache(maxsize=1)
def squeeze(text: str) -> View:
    """Fold a text and take its white space out."""
    folded = fold(text)
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    gaps = bytearray()
    before = 0
    for ink in _INK.finditer(folded.text):
        first, last = ink.span()
        gap = LINE if _NEWLINE.search(folded.text, before, first) or not gaps else SPACE
        if parts and folded.text[before - 1] in _ALPHANUMERIC and folded.text[first] in _ALPHANUMERIC:
            parts.append(" ")
            starts.append(folded.starts[before])
            ends.append(folded.ends[before])
            gaps.append(0)
        parts.append(ink.group())
        starts.extend(folded.starts[first:last])
        ends.extend(folded.ends[first:last])
        gaps.append(gap)
        gaps.extend(bytes(last - first - 1))
        before = last
    gaps.append(LINE)
    return View(text, "".join(parts), tuple(starts), tuple(ends), bytes(gaps))
