"""Pages set in two columns, which are read one after the other."""
from collections.abc import Sequence
from typing import Final

from infer.read.glyphs import Character, TextLine, lines_of
from infer.read.pages import PageContent
from infer.read.ruled import RuledTable

_LINES: Final = 5
_FULL: Final = 0.6
_MIDDLE: Final = (0.3, 0.7)
_GUTTER: Final = 0.8
_SHARE: Final = 0.75


def in_columns(characters: Sequence[Character], tables: Sequence[RuledTable], page: int, *,
               height: float) -> list[PageContent]:
    """The page as one part; where its running text stands in two columns, what is above, left, right and below."""
    lines = lines_of(characters, page)
    gutter = None if tables else _gutter(characters, lines)
    if gutter is None:
        return [PageContent(lines=lines, tables=list(tables), height=height)]
    sides = [_side(line, characters, gutter) for line in lines]
    first, last = sides.index(True), len(sides) - 1 - sides[::-1].index(True)
    top, bottom = lines[first].top, lines[last].bottom
    parts = [[one for one in characters if _middle(one) < top],
             [one for one in characters if top <= _middle(one) <= bottom and float(one["x0"]) < gutter],
             [one for one in characters if top <= _middle(one) <= bottom and float(one["x0"]) >= gutter],
             [one for one in characters if _middle(one) > bottom]]
    return [PageContent(lines=lines_of(part, page, column=number), tables=[], height=height)
            for number, part in enumerate(parts) if part]


def _middle(character: Character) -> float:
    return (float(character["top"]) + float(character["bottom"])) / 2


def _gutter(characters: Sequence[Character], lines: Sequence[TextLine]) -> float | None:
    """Where nothing stands in the middle of most lines, with long lines on both sides."""
    if len(lines) < _LINES:
        return None
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    step = 2.0
    places = [left + share * (right - left) for share in _shares(step / max(right - left, step))]
    held = [(sum(_side(line, characters, place) for line in lines), place) for place in places]
    count = max(times for times, _ in held)
    if count < max(_LINES, _SHARE * len(lines)):
        return None
    best = [at for times, at in held if times == count]
    return best[len(best) // 2]


def _shares(step: float) -> list[float]:
    low, high = _MIDDLE
    return [low + number * step for number in range(int((high - low) / step) + 1)]


def _side(line: TextLine, characters: Sequence[Character], place: float) -> bool:
    """Whether the line has a gap there and is full on both sides, as running text is and a table's row is not."""
    own = [one for one in characters if line.top <= _middle(one) <= line.bottom]
    gap = _GUTTER * line.size
    before = [one for one in own if float(one["x1"]) <= place + gap / 2 and float(one["x0"]) < place]
    after = [one for one in own if float(one["x0"]) >= place - gap / 2 and float(one["x1"]) > place]
    if not before or not after or len(before) + len(after) < len(own):
        return False
    end, start = max(float(one["x1"]) for one in before), min(float(one["x0"]) for one in after)
    return start - end >= gap and _is_full(before) and _is_full(after)


def _is_full(part: Sequence[Character]) -> bool:
    width = max(float(one["x1"]) for one in part) - min(float(one["x0"]) for one in part)
    return sum(float(one["x1"]) - float(one["x0"]) for one in part) >= _FULL * width and len(part) >= _LINES
