"""Running text of a PDF: page numbers and running heads out, wrapped lines joined to paragraphs."""
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from infer.read.builder import is_wide
from infer.read.glyphs import TextLine

_DECORATED_NUMBER = re.compile(
    r"[-—–－―─·•\s]+\d{1,4}[-—–－―─·•\s]*|第\s*\d{1,4}\s*页.{0,12}|\d{1,4}\s*/\s*\d{1,4}")
_BARE_NUMBER = re.compile(r"\d{1,4}")
_HEADING = re.compile(r"[一二三四五六七八九十]+\s*、|[(（][一二三四五六七八九十]+[)）]|\d{1,2}\s*[.、．]\D")
_ASCII_WORD = re.compile(r"[\x21-\x7e]+")
_CLOSING = "，。、；：？！”’）》〉】〕」』,.;:?!)]%"
_MARGIN = 0.12
_RUNNING_PAGES = 3
_APART = 1.0
_LONG_LINE = 0.6
_INDENT = 0.8
_SAME_SIZE = 0.15
_PITCH = 2.2
_SLACK = 0.6
_LINES_TO_MEASURE = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Margins:
    """Where the running text of a page begins and ends, left and right."""

    left: float
    right: float


def without_page_marks(pages: Sequence[Sequence[TextLine]], heights: Sequence[float]) -> list[list[TextLine]]:
    """Lines without page numbers and without what stands apart in the same margin of many pages."""
    edges = [_edge_lines(lines, height) for lines, height in zip(pages, heights, strict=True)]
    shift = _numbering(edges)
    numbers = [[line for line in edge if _is_page_number(line, shift)] for edge in edges]
    bodies = [[line for line in lines if line not in marks] for lines, marks in zip(pages, numbers, strict=True)]
    heads = [[line for line in _edge_lines(lines, height) if _stands_apart(line, lines)]
             for lines, height in zip(bodies, heights, strict=True)]
    running = _running(heads)
    return [[line for line in lines if line not in edge or _undigited(line.text) not in running]
            for lines, edge in zip(bodies, heads, strict=True)]


def _edge_lines(lines: Sequence[TextLine], height: float) -> list[TextLine]:
    """The uppermost and the lowest line, where they stand in the margins."""
    if not lines:
        return []
    first, last = min(lines, key=lambda line: line.top), max(lines, key=lambda line: line.bottom)
    edge = [first] if first.bottom < _MARGIN * height else []
    return [*edge, last] if last.top > (1 - _MARGIN) * height else edge


def _is_page_number(line: TextLine, shift: int | None) -> bool:
    if _BARE_NUMBER.fullmatch(line.text):
        return int(line.text) - line.page == shift
    return _DECORATED_NUMBER.fullmatch(line.text) is not None


def _numbering(edges: Sequence[Sequence[TextLine]]) -> int | None:
    """How far printed page numbers are ahead of the count; a single bare number must be the count itself."""
    shifts = Counter(int(line.text) - line.page for edge in edges for line in edge if _BARE_NUMBER.fullmatch(line.text))
    if not shifts:
        return None
    shift, times = shifts.most_common(1)[0]
    return shift if times > 1 or shift == 0 else None


def _stands_apart(line: TextLine, lines: Sequence[TextLine]) -> bool:
    gaps = [max(other.top - line.bottom, line.top - other.bottom) for other in lines if other is not line]
    return min(gaps, default=0.0) > _APART * line.size


def _running(heads: Sequence[Sequence[TextLine]]) -> set[str]:
    seen = Counter(words for edge in heads for words in {_undigited(line.text) for line in edge})
    return {words for words, times in seen.items() if times >= max(_RUNNING_PAGES, len(heads) / 2)}


def _undigited(words: str) -> str:
    return re.sub(r"\d+", "0", words)


def margins(lines: Sequence[TextLine]) -> Margins | None:
    """Margins of the long lines; None where there are too few to tell."""
    widest = max((line.x1 - line.x0 for line in lines), default=0.0)
    long = [line for line in lines if line.x1 - line.x0 >= _LONG_LINE * widest]
    if len(long) < _LINES_TO_MEASURE:
        return None
    ends = sorted(line.x1 for line in long)
    lefts = Counter(round(line.x0 / 2) * 2 for line in long)
    common = [left for left, times in lefts.items() if times >= 2] or list(lefts)
    return Margins(left=float(min(common)), right=ends[int(0.7 * (len(ends) - 1))])


def continues(line: TextLine, following: TextLine, first: Margins, second: Margins) -> bool:
    """Whether `following` goes on with the paragraph of `line`: the next word would not have fitted, and no indent."""
    if abs(line.size - following.size) > _SAME_SIZE * line.size:
        return False
    if following.x0 > second.left + _INDENT * following.size or _opens_anew(line, following):
        return False
    if line.page == following.page and following.top - line.bottom > _PITCH * line.size:
        return False
    return line.x1 + _first_word_width(following) > first.right + (1 - _SLACK) * line.size


def _opens_anew(line: TextLine, following: TextLine) -> bool:
    return line.text[-1] in "。：:；;!！?？" and _HEADING.match(following.text) is not None


def _first_word_width(line: TextLine) -> float:
    """Width of what cannot be broken at the line's start: an ASCII word, or a character and the marks that close it."""
    word = _ASCII_WORD.match(line.text)
    if word:
        return len(word[0]) * line.size / 2
    closing = len(line.text[1:]) - len(line.text[1:].lstrip(_CLOSING))
    return (1 + closing) * line.size


def seam(left: str, right: str) -> str:
    """What stands between two joined lines: a space between Latin words, nothing elsewhere."""
    return " " if _is_latin(left[-1]) and _is_latin(right[0]) else ""


def cell_seam(left: str, right: str) -> str:
    """In a cell two figures one under the other may be two figures: they stay on lines of their own."""
    return "\n" if left[-1].isdigit() and right[0].isdigit() else seam(left, right)


def _is_latin(character: str) -> bool:
    return character.isalpha() and not is_wide(character)
