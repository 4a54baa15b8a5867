"""A parallel view of a text in which width, script and lost-in-copying noise no longer matter.

The text itself never changes: the view carries, for each of its characters, where that character stands in the text.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

from opencc import OpenCC

_IDEOGRAPH = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e"
_PINYIN = f"(?<={_IDEOGRAPH.pattern})[ \t]{{0,2}}[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{{1,6}}[)）]"
_LEFT_OUT = re.compile(f"[{_INVISIBLE}]+|{_PINYIN}")
_WHOLE = 256
"""characters of what may be a whole document"""
_PUNCTUATION = str.maketrans(
    {
        "﹝": "〔",
        "﹞": "〕",
        "［": "[",
        "］": "]",
        "﹙": "(",
        "﹚": ")",
        "﹪": "%",
        "﹐": ",",
        "﹑": "、",
        "﹒": ".",
        "—": "-",
        "–": "-",
        "－": "-",
        "―": "-",
        "−": "-",
        "～": "~",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "「": '"',
        "」": '"',
        "『": '"',
        "』": '"',
        "﹕": ":",
        "﹔": ";",
        "㈠": "一",
        "厎": "底",
    }
)


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is the view; `starts[i]` and `ends[i]` bound its i-th character in the original (half-open)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def to_original(self, start: int, end: int) -> tuple[int, int]:
        """Original bounds of view[start:end]; for an empty range, the place where it would stand."""
        if start >= end:
            place = self.starts[start] if start < len(self.starts) else (self.ends[-1] if self.ends else 0)
            return place, place
        return self.starts[start], self.ends[end - 1]


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


@cache
def fold_character(character: str) -> str:
    """Half-width, simplified, always one character; ① and ㎡ stay, they are no digits and no letters."""
    punctuation = character.translate(_PUNCTUATION)
    if punctuation != character:
        return punctuation
    wide = _half_width(character)
    if _IDEOGRAPH.match(wide):
        simplified: str = _converter().convert(_converter().convert(wide))
        return simplified if len(simplified) == 1 else wide
    return wide.translate(_PUNCTUATION)


def _half_width(character: str) -> str:
    tag = unicodedata.decomposition(character).split(" ")[0]
    normal = unicodedata.normalize("NFKC", character)
    if len(normal) != 1:
        return character
    if tag in ("<wide>", "<narrow>", "<noBreak>") or _IDEOGRAPH.match(normal):
        return normal
    return character


class _Folding(dict[int, str]):
    """Folded characters by code point, for str.translate, which is ten times as fast as a loop."""

    def __missing__(self, code: int) -> str:
        self[code] = fold_character(chr(code))
        return self[code]


_FOLDING = _Folding()


def fold(text: str) -> Folded:
    """Fold width, script, punctuation variants, invisible characters and pinyin in brackets; keep white space."""
    return _fold_whole(text) if len(text) >= _WHOLE else _fold(text)


@lru_cache(maxsize=1)
def _fold_whole(text: str) -> Folded:
    """Forms, headings and rules all begin with the fold of the same document."""
    return _fold(text)


def _fold(text: str) -> Folded:
    left_out = [match.span() for match in _LEFT_OUT.finditer(text)]
    kept = list(zip([0, *(end for _, end in left_out)], [*(start for start, _ in left_out), len(text)], strict=True))
    view = "".join([text[start:end] for start, end in kept]).translate(_FOLDING)
    starts = tuple(chain.from_iterable(range(start, end) for start, end in kept))
    return Folded(view, starts, tuple([start + 1 for start in starts]))
