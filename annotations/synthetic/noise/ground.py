"""Where in a draft noise may strike without touching what its marks say."""
import re
from collections.abc import Container, Iterable
from functools import cache
from typing import Any, Final

from annotations.synthetic.draft import Draft, Edit
from annotations.synthetic.noise.settings import settings

NUMBER: Final = re.compile(r"(?<![A-Za-z./:@_\d])\d+(?:[.,]\d+)*(?![A-Za-z/:@_\d]|\.[A-Za-z])")
IDEOGRAPH: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_WORD: Final = re.compile(f"[{IDEOGRAPH}]{{2}}")


class Ground:
    """What is marked: frames do not count, and words of theirs may change."""

    def __init__(self, draft: Draft[Any]) -> None:
        self.text = draft.text
        self._marked = bytearray(len(draft.text) + 1)
        self._inner = bytearray(len(draft.text) + 1)
        self._borders = bytearray(len(draft.text) + 1)
        for mark in draft.marks:
            self._borders[mark.start] = self._borders[mark.end] = 1
            if not mark.frame and mark.start < mark.end:
                self._marked[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
                self._inner[mark.start + 1 : mark.end] = b"\1" * (mark.end - mark.start - 1)

    def is_free(self, start: int, end: int) -> bool:
        """Whether no character of text[start:end] is marked, and no frame begins or ends between them."""
        return self._marked.find(1, start, end) < 0 and self.is_whole(start, end)

    def is_whole(self, start: int, end: int) -> bool:
        """Whether no mark and no frame begins or ends between the characters of text[start:end]."""
        return self._borders.find(1, start + 1, end) < 0

    def may_insert(self, place: int) -> bool:
        """Whether the place is not inside a mark."""
        return not self._inner[place]

    def has_digit(self, place: int) -> bool:
        return 0 <= place < len(self.text) and self.text[place].isdigit()

    def joins_digits(self, start: int, end: int) -> bool:
        """Whether digits stand on both sides of text[start:end]."""
        return self.has_digit(start - 1) and self.has_digit(end)

    def may_vanish(self, start: int, end: int, fleeting: Container[str]) -> bool:
        """Whether numbers stay apart without text[start:end], even if its `fleeting` neighbours vanish as well."""
        around = (self.text[start - 1 : start], self.text[end : end + 1])
        return any(not letter.isdigit() and (not letter or letter not in fleeting) for letter in around)

    def is_open(self, place: int) -> bool:
        """Whether a number may stand here: inside a word that is no numeral, and beside no mark."""
        if self._marked.find(1, max(0, place - 1), place + 1) >= 0:
            return False
        around = self.text[max(0, place - 1) : place + 1]
        return _WORD.fullmatch(around) is not None and settings().numerals.isdisjoint(around)


def without_overlaps(edits: Iterable[Edit]) -> list[Edit]:
    """Edits from left to right, each that meets or touches an earlier one left out."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit[:2]):
        if not kept or edit[0] > kept[-1][1]:
            kept.append(edit)
    return kept


@cache
def any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    """One of these words, the longest first."""
    if all(len(word) == 1 for word in words):
        return re.compile(f"[{re.escape(''.join(words))}]")
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
