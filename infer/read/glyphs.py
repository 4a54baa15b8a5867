"""Lines of a PDF page, put together from its characters."""
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from infer.read.builder import is_wide

Character = Mapping[str, Any]

_SAME_LINE = 0.45
_GAP = 0.3
_WIDE_GAP = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TextLine:
    """The words of one line of a page, their box from the page's top left in points, and the size of their type.

    Of words recognised in a picture also `sure`, how sure each character is, and `shown`, the box on the page as it
    lies there, where the others are those of the page put straight; `column` is 0 but on pages set in columns.
    """

    text: str
    page: int
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    column: int = 0
    sure: tuple[float, ...] = ()
    shown: tuple[float, float, float, float] | None = None

    @property
    def box(self) -> tuple[float, float, float, float]:
        if self.shown is not None:
            return self.shown
        return round(self.x0, 2), round(self.top, 2), round(self.x1, 2), round(self.bottom, 2)


def lines_of(characters: Iterable[Character], page: int, column: int = 0) -> list[TextLine]:
    """Group characters by the height of their middles, from top to bottom; lines of blanks are left out."""
    groups: list[list[Character]] = []
    height = 0.0
    for character in sorted(characters, key=_middle):
        if not groups or _middle(character) - height > _SAME_LINE * _size(character):
            groups.append([])
            height = _middle(character)
        groups[-1].append(character)
    lines = (_line(sorted(group, key=lambda character: float(character["x0"])), page, column)
             for group in groups)
    return [line for line in lines if line is not None]


def _middle(character: Character) -> float:
    return (float(character["top"]) + float(character["bottom"])) / 2


def _size(character: Character) -> float:
    return max(float(character["size"]), 1.0)


def _line(characters: list[Character], page: int, column: int) -> TextLine | None:
    inked = [character for character in characters if str(character["text"]).strip()]
    if not inked:
        return None
    text = _joined(characters)
    return TextLine(text=text, page=page, column=column, sure=_sure(inked, text), x0=float(inked[0]["x0"]),
                    x1=max(float(c["x1"]) for c in inked), top=min(float(c["top"]) for c in inked),
                    bottom=max(float(c["bottom"]) for c in inked),
                    size=sorted(_size(c) for c in inked)[len(inked) // 2])


def _sure(inked: Sequence[Character], text: str) -> tuple[float, ...]:
    """How sure each character of the line is, blanks wholly; nothing for text that was not recognised."""
    if "sure" not in inked[0]:
        return ()
    sure = iter(float(character["sure"]) for character in inked)
    return tuple(1.0 if character == " " else next(sure) for character in text)


def _joined(characters: list[Character]) -> str:
    """Words with one space for the file's own blanks and for gaps; Chinese set wide apart is still one word."""
    parts: list[str] = []
    last: Character | None = None
    for character in characters:
        words = str(character["text"])
        if not words.strip():
            parts.append(" ")
            continue
        if last is not None and _parted(last, character):
            parts.append(" ")
        parts.append(words)
        last = character
    return " ".join("".join(parts).split())


def _parted(left: Character, right: Character) -> bool:
    both_wide = is_wide(str(left["text"])[-1]) and is_wide(str(right["text"])[0])
    gap = float(right["x0"]) - float(left["x1"])
    return gap > (_WIDE_GAP if both_wide else _GAP) * min(_size(left), _size(right))
