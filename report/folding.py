"""A parallel view of a text in which width, script and lost-in-copying noise no longer matter.

The text itself never changes: the view carries, for each of its characters, where that character stands in the text.
"""
import re
import unicodedata
from dataclasses import dataclass
from functools import cache

from opencc import OpenCC

_IDEOGRAPH = re.compile(r"[㐀-䶿一-鿿豈-﫿]")
_PINYIN = re.compile(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ]{1,6}[)）]")
_INVISIBLE = frozenset("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u202a\u202b\u202c\u202d\u202e")
_PUNCTUATION = str.maketrans({
    "﹝": "〔", "﹞": "〕", "［": "[", "］": "]", "﹙": "(", "﹚": ")", "﹪": "%", "﹐": ",", "﹑": "、", "﹒": ".",
    "—": "-", "–": "-", "－": "-", "―": "-", "−": "-", "～": "~", "“": '"', "”": '"', "‘": "'", "’": "'", "「": '"', "」": '"',
    "『": '"', "』": '"', "﹕": ":", "﹔": ";", "㈠": "一", "厎": "底",
})


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
        simplified: str = _converter().convert(wide)
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


def fold(text: str) -> Folded:
    """Fold width, script, punctuation variants, invisible characters and pinyin in brackets; keep white space."""
    view: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    skipped = {i for match in _PINYIN.finditer(text) if _follows_ideograph(text, match.start())
               for i in range(match.start(), match.end())}
    for i, character in enumerate(text):
        if i in skipped or character in _INVISIBLE:
            continue
        view.append(fold_character(character))
        starts.append(i)
        ends.append(i + 1)
    return Folded("".join(view), tuple(starts), tuple(ends))


def _follows_ideograph(text: str, position: int) -> bool:
    return position > 0 and _IDEOGRAPH.match(text[position - 1]) is not None
