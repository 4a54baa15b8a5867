"""Which count a category or a channel belongs to: model spans get the groups that the rules' spans come with."""
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from report import Span, SpanType

_NAMES: Final = frozenset({SpanType.CATEGORY, SpanType.CHANNEL})
_NAMED: Final = ("proactive.total", "proposals.", "requests.new")
"""indicators whose counts are divided by name"""
_STOP: Final = re.compile(r"[。!?！？；;\n]\s*|\n")
_CLAUSE: Final = re.compile(r"[,，、。;；:：\s(（)）]")
_RESPECTIVELY: Final = re.compile(r"分别|依次|各(?:发布|公开|刊发|有|为)?")
_BETWEEN: Final = re.compile(r"[\s,，、和与及]*")
_OPENING: Final = "“‘「『"
_CLOSING: Final = "”’」』"
_WAIVED: Final = re.compile("[减減免缓緩]")
_COLUMN: Final = re.compile("(?<=.)[”’」』](?:栏目|专栏|板块)?$")
_FARTHEST: Final = 90
"""characters between a name and its count"""
_LONGEST_OVER_A_LINE: Final = 30
_SAME_COUNT: Final = re.compile(r"[\s,，、;；(（]*(?:其中)?(?:历年|历史|截至目前|开通以来)?(?:累计|总计|去年|上年)[^。;；\n]{0,12}")


@dataclass(frozen=True, slots=True)
class _Links:
    """Numbers of names by the number of their count."""

    by_count: dict[int, list[int]]

    def add(self, count: int, name: int) -> None:
        self.by_count.setdefault(count, []).append(name)


def link(spans: Sequence[Span], text: str) -> tuple[Span, ...]:
    """The spans with groups, in order; a name of several counts stands once for each, one of none is gone."""
    held = sorted((_mended(span, text) for span in spans), key=lambda span: (span.start, span.end))
    names = [n for n, span in enumerate(held) if span.type in _NAMES]
    counts = [n for n, span in enumerate(held)
              if span.type is SpanType.COUNT and (span.indicator or "").startswith(_NAMED)]
    starts = [held[n].start for n in counts]
    links = _Links({})
    rows = _rows(held, names, counts, text, links)
    for name in names:
        if name not in rows and (count := _count_of(held, name, counts, starts, text)) is not None:
            links.add(count, name)
    _carry(held, counts, text, links)
    return _grouped(held, links)


def _mended(span: Span, text: str) -> Span:
    """What words exclude: a fee waived where none says so, a name that begins or ends in half a pair of quotes."""
    none_waived = span.type is SpanType.NONE and span.indicator == "fees.waived"
    if none_waived and not _WAIVED.search(text, span.start, span.end):
        return replace(span, indicator="fees.collected")
    return _bounded(span, text) if span.type is SpanType.CATEGORY else span


def _bounded(span: Span, text: str) -> Span:
    """A name without the half of a pair of quotation marks at its border: 政策法规 of 政策法规”栏目."""
    words = text[span.start : span.end]
    behind = _COLUMN.search(words)
    if behind and not any(mark in words[: behind.start()] for mark in _OPENING):
        return replace(span, end=span.start + behind.start())
    lone = words[:1] in _OPENING and not any(mark in words[1:] for mark in _CLOSING)
    return replace(span, start=span.start + 1) if lone and len(words) > 1 else span


def _rows(held: Sequence[Span], names: Sequence[int], counts: Sequence[int], text: str, links: _Links) -> set[int]:
    """A、B、C分别公开N条、M条、L条: each name with the number in its place."""
    done: set[int] = set()
    ends = [held[n].end for n in names]
    place = 0
    while place < len(counts):
        row = _run(held, counts[place:], text)
        place += len(row)
        until = bisect_right(ends, held[row[0]].start)
        listed = _run(held, names[max(0, until - len(row) - 1) : until][::-1], text)[::-1]
        if len(row) < 2 or len(listed) != len(row) or done & set(listed):
            continue
        between = text[held[listed[-1]].end : held[row[0]].start]
        if _RESPECTIVELY.search(between) and not _STOP.search(between):
            done |= set(listed)
            for name, number in zip(listed, row, strict=True):
                links.add(number, name)
    return done


def _run(held: Sequence[Span], numbers: Sequence[int], text: str) -> list[int]:
    """The first of the spans and those that follow it with nothing but 、 between them."""
    run = list(numbers[:1])
    for one, other in pairwise(numbers):
        first, second = sorted((held[one], held[other]), key=lambda span: span.start)
        if held[one].type is not held[other].type or not _BETWEEN.fullmatch(text[first.end : second.start]):
            break
        run.append(other)
    return run


def _count_of(
    held: Sequence[Span], name: int, counts: Sequence[int], starts: Sequence[int], text: str
) -> int | None:
    """The next count of its sentence, or the one before it where words alone lie between them (50条为通知公告)."""
    span = held[name]
    place = bisect_left(starts, span.end)
    after = counts[place] if place < len(counts) else None
    before = counts[place - 1] if place else None
    if after is not None and (held[after].start - span.end > _FARTHEST or _parted(span, held[after], text)):
        after = None
    if before is not None:
        words = text[held[before].end : span.start]
        follows = text[span.end : held[after].start] if after is not None else "。"
        if not _CLAUSE.search(words) and len(words) <= 16 and _CLAUSE.search(follows):
            return before
    return after


def _parted(name: Span, count: Span, text: str) -> bool:
    """Whether a sentence ends between them; a line that was wrapped does not."""
    between = text[name.end : count.start]
    return "。" in between or "\n\n" in between or ("\n" in between and len(between) > _LONGEST_OVER_A_LINE)


def _carry(held: Sequence[Span], counts: Sequence[int], text: str, links: _Links) -> None:
    """公开52条,历年累计1324条: the names of the year's figure are those of the other period's too."""
    for one, other in pairwise(counts):
        before, span = held[one], held[other]
        if (one in links.by_count and other not in links.by_count and span.scope != before.scope
                and span.indicator == before.indicator and _SAME_COUNT.fullmatch(text[before.end : span.start])):
            links.by_count[other] = list(links.by_count[one])


def _grouped(held: Sequence[Span], links: _Links) -> tuple[Span, ...]:
    found: list[Span] = []
    for n, span in enumerate(held):
        if span.type not in _NAMES:
            found.append(replace(span, group=n if n in links.by_count else None))
    found += [replace(held[name], group=count) for count, names in links.by_count.items() for name in names]
    return tuple(sorted(found, key=lambda span: (span.start, span.end)))
