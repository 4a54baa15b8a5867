"""Headings of a report, in every numbering that reports use, on lines of their own or inside one endless line."""
import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from infer.metadata.view import LINE, SPACE, View, squeeze
from report.document import Document
from report.facts import Section

NUMERALS = "一二三四五六七八九十"
LONGEST_TITLE = 60
LONGEST_LINE_TITLE = 34
LONGEST_INLINE_TITLE = 22
ORDINAL, BRACKET, DIGIT, BRACKET_DIGIT = 1, 2, 3, 4

_MARK = re.compile(
    rf"(?P<bracket>\(?[{NUMERALS}]{{1,3}}\)[、.,]?|[㈠-㈩][、.]?)"
    rf"|(?P<ordinal>[{NUMERALS}]{{1,3}}[、.,:]|[壹贰叁肆伍陆柒捌玖拾]{{1,2}}[、.]|第[{NUMERALS}]{{1,2}}部分[、.:]?)"
    r"|(?P<bracket_digit>\(\d{1,2}\)[、.]?)"
    r"|(?P<decimal>(?<![\d.-])\d{1,2}\.\d{1,2}[、.]?(?=[一-龥]))"
    r"|(?P<digit>(?<!\d)(?<!\d[.-])\d{1,2}(?:[、)]|\.(?!\d)|(?=[一-龥]{4})))"
    rf"|(?P<bare>(?<![{NUMERALS}第])[{NUMERALS}](?![{NUMERALS}]))"
)
_RANKS = {"ordinal": ORDINAL, "bare": ORDINAL, "bracket": BRACKET, "digit": DIGIT, "decimal": BRACKET_DIGIT,
          "bracket_digit": BRACKET_DIGIT}
_STOP = re.compile(r"[。;:!?|①-⑳]|第二十条第|\((?:1|一)\)|(?<=[^\d.])1[.、](?!\d)")
_ENUMERATION = re.compile(rf"[{NUMERALS}\d]+(?:[、类级等是要来年月者]|$)|[是要类级批届次期年月日号]|\d")
_QUANTITY = re.compile(r"\d++(?:\.\d*+)?[万余多]*+[条件次份个篇期%]")
_OWN = re.compile(r"[^。,;:0-9()|]{2,32}")
_OWN_ENDING = re.compile(
    "情况|方面|措施|事项|工作|问题|打算|建设|机制|保障|活动|体系|渠道|质量|水平|力度")
_COMPLETE = re.compile(r"(?:情况|方面|概述|概况|事项|措施|统计表|问题)$")
_AFTER_TITLE = re.compile(r"[0-9我本今全为根按(。:]|行政复议行政诉讼|第二十条|信息内容")
_KEYWORD = re.compile(r"情况|概[述况]|事项|问题|措施|费用|前言|引言")
_LOST_BRACKET = re.compile(r"\)(?=[一-龥])")


@dataclass(frozen=True, slots=True)
class _Lexicon:
    topics: dict[str, re.Pattern[str]]
    rows: re.Pattern[str]
    tables: re.Pattern[str]
    keywords: dict[str, re.Pattern[str]]

    def match(self, text: str, start: int) -> tuple[str, int] | None:
        """The topic of the longest official wording at `start`, and where it ends."""
        best: tuple[str, int] | None = None
        for topic, pattern in self.topics.items():
            found = pattern.match(text, start, start + LONGEST_TITLE)
            if found and (best is None or found.end() > best[1]):
                best = topic, found.end()
        return best

    def own_topic(self, text: str, mark: "_Mark", end: int) -> str | None:
        """The topic that an office's own heading is about, by its key words; only parts and chapters have one."""
        if mark.rank > BRACKET:
            return None
        return next((topic for topic, words in self.keywords.items() if words.search(text, mark.end, end)), None)


@dataclass(frozen=True, slots=True)
class _Mark:
    """A number that may open a heading: where it stands, where its title would begin, and how it is set."""

    start: int
    end: int
    rank: int
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Heading:
    mark: _Mark
    end: int
    topic: str | None


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(files("infer").joinpath("sections.toml").read_text(encoding="utf-8"))
    topics = {topic: re.compile("|".join(f"(?:{words})" for words in patterns))
              for topic, patterns in data["topics"].items()}
    return _Lexicon(topics, re.compile("|".join(data["rows"]["words"])), re.compile(data["rows"]["tables"]),
                    {topic: re.compile(words) for topic, words in data["keywords"].items()})


def read_sections(doc: Document, skip: Sequence[tuple[int, int]] = ()) -> tuple[Section, ...]:
    """All headings in order; `skip` are ranges of doc.text that hold tables, whose numbered rows are no headings."""
    view = squeeze(doc.text)
    headings = list(_headings(view, sorted(skip)))
    return tuple(_sections(view, headings))


def _headings(view: View, skip: Sequence[tuple[int, int]]) -> Iterator[_Heading]:
    table = _lexicon().tables.search(view.text)
    table_start = table.start() if table else len(view.text)
    title_end, last, restarted = 0, 0, False
    for mark in _outside(view, _marks(view), skip):
        if mark.start < title_end:
            continue
        value = _value(view, mark)
        if mark.start >= table_start:
            restarted = restarted or (mark.rank == ORDINAL and 0 < value <= last)
            if restarted or mark.rank != ORDINAL or value != last + 1:
                continue
        heading = _heading(view, mark, title_end, value == last + 1)
        if heading:
            title_end = heading.end
            last = value if mark.rank == ORDINAL and value else last
            yield heading


def _outside(view: View, marks: Iterator[_Mark], skip: Sequence[tuple[int, int]]) -> Iterator[_Mark]:
    place = 0
    for mark in marks:
        offset = view.starts[mark.start]
        while place < len(skip) and skip[place][1] <= offset:
            place += 1
        if place == len(skip) or offset < skip[place][0]:
            yield mark


def _marks(view: View) -> Iterator[_Mark]:
    """Numbers, and lines without one that are an official wording and nothing else, in the order of the text."""
    plain = _unnumbered(view)
    waiting = next(plain, None)
    for found in _MARK.finditer(view.text):
        while waiting and waiting.start <= found.start():
            yield waiting
            waiting = next(plain, None)
        kind = str(found.lastgroup)
        unmarked = kind == "decimal" or (kind == "digit" and found.group().isdigit())
        if unmarked and (view.gaps[found.start()] != LINE or view.gaps[found.end()] != SPACE):
            continue
        # ㈠ is folded to 一, which would make it a first-level number.
        circled = kind != "bracket" and view.source[view.starts[found.start()]] == "㈠"
        yield _Mark(found.start(), found.end(), BRACKET if circled else _RANKS[kind],
                    (kind == "bare" or (unmarked and kind == "digit")) and not circled)
    while waiting:
        yield waiting
        waiting = next(plain, None)


def _unnumbered(view: View) -> Iterator[_Mark]:
    start = 0
    while 0 <= start < len(view.text):
        end = view.line_end(start)
        if 2 <= end - start <= LONGEST_LINE_TITLE:
            if _LOST_BRACKET.match(view.text, start):
                yield _Mark(start, start + 1, BRACKET, True)
            elif _KEYWORD.search(view.text, start, end):
                wording = _lexicon().match(view.text, start)
                if wording and wording[1] == end and wording[0] != "appendix":
                    yield _Mark(start, start, ORDINAL, True)
        start = end


def _value(view: View, mark: _Mark) -> int:
    digits = [NUMERALS.index(sign) + 1 for sign in view.text[mark.start:mark.end] if sign in NUMERALS]
    if not digits:
        return 0
    if len(digits) == 1:
        return digits[0]
    return 10 + digits[-1] if digits[0] == 10 else digits[0] * 10 + (digits[2] if len(digits) == 3 else 0)


def _heading(view: View, mark: _Mark, previous_end: int, expected: bool) -> _Heading | None:
    """Read the title behind a number; None where it is an enumeration, a row of a form or running text."""
    mark = _repeated(view, mark)
    text = view.text
    if mark.end >= len(text) or _lexicon().rows.match(text, mark.end):
        return None
    wording = _lexicon().match(text, mark.end)
    on_line = view.gaps[mark.start] == LINE
    opened = bool(view.gaps[mark.start]) or mark.start == previous_end or text[mark.start - 1] in "。;:!?)|"
    # 本报告包括一、总体情况,二、... announces the parts; it does not open them.
    announced = wording is not None and not on_line and text[wording[1]:wording[1] + 1] in ("、", ",", ";")
    if wording and not (announced and view.gaps[wording[1]] == 0):
        return _official(view, mark, wording, on_line, opened)
    if mark.bare or not opened or _ENUMERATION.match(text, mark.end):
        return None
    if on_line:
        return _own_line(view, mark)
    return _own_inline(view, mark) if expected or mark.rank != ORDINAL else None


def _repeated(view: View, mark: _Mark) -> _Mark:
    """Take a number set twice, (二)(一), as one."""
    again = _MARK.match(view.text, mark.end)
    if again and again.lastgroup == "bracket" and mark.rank == BRACKET:
        return _Mark(mark.start, again.end(), mark.rank)
    return mark


def _official(view: View, mark: _Mark, wording: tuple[str, int], on_line: bool, opened: bool) -> _Heading | None:
    topic, end = wording
    following = view.text[end:end + 1]
    if mark.bare and not (on_line and (view.gaps[end] or following in "。:")):
        return None
    if not opened and (mark.rank >= DIGIT or view.text[mark.start - 1] in "第条款项" + NUMERALS):
        return None
    clause = _clause_end(view, mark)
    longest = LONGEST_LINE_TITLE if on_line else LONGEST_INLINE_TITLE
    extends = end < clause <= mark.end + longest and not view.gaps[end]
    complete = _COMPLETE.search(view.text[mark.end:end])
    if on_line:
        extends = extends and not (complete and following in "我本无全今2")
    else:
        extends = extends and not complete and view.text[clause:clause + 1] in "。:"
    if extends and not _QUANTITY.search(view.text, mark.end, clause) and (on_line or "," not in view.text[end:clause]):
        end = clause
    return _Heading(mark, end, topic)


def _own_line(view: View, mark: _Mark) -> _Heading | None:
    end = _clause_end(view, mark)
    following = view.text[end:end + 1] if view.gaps[end] != LINE else ""
    too_long = end - mark.end > (LONGEST_LINE_TITLE if mark.rank <= BRACKET else LONGEST_INLINE_TITLE)
    if end - mark.end < 2 or too_long or following == ";" or _QUANTITY.search(view.text, mark.end, end):
        return None
    return _Heading(mark, end, _lexicon().own_topic(view.text, mark, end))


def _own_inline(view: View, mark: _Mark) -> _Heading | None:
    end = _clause_end(view, mark)
    short = 2 <= end - mark.end <= LONGEST_INLINE_TITLE and not _QUANTITY.search(view.text, mark.end, end)
    if not short or view.text[end:end + 1] not in ("。", ":", "(", "1"):
        end = _own_ending(view, mark)
    if end == mark.end:
        return None
    return _Heading(mark, end, _lexicon().own_topic(view.text, mark, end))


def _own_ending(view: View, mark: _Mark) -> int:
    """The end of a title that running text follows without a stop; the mark's own end where there is none."""
    body = _OWN.match(view.text, mark.end) if mark.rank <= BRACKET else None
    for ending in _OWN_ENDING.finditer(view.text, mark.end, body.end() if body else mark.end):
        if view.gaps[ending.end()] or _AFTER_TITLE.match(view.text, ending.end()):
            return ending.end()
    return mark.end


def _clause_end(view: View, mark: _Mark) -> int:
    """Where a title set behind `mark` would end: at the line, a full stop, the next number or a gap between words."""
    limit = min(len(view.text), mark.end + LONGEST_TITLE)
    broken = view.gaps.find(LINE, mark.end + 1, limit)
    line_end = broken if broken >= 0 else limit
    stop = _STOP.search(view.text, mark.end, line_end)
    end = stop.start() if stop else line_end
    gap = view.gaps.find(SPACE, mark.end + 4, end)
    letter_spaced = gap >= 1 and view.gaps[gap - 1] == SPACE
    if gap >= 0 and not letter_spaced and not view.text[gap].isascii():
        return gap
    return end


def _sections(view: View, headings: Sequence[_Heading]) -> Iterator[Section]:
    levels = list(_levels(headings))
    ends = [len(view.source)] * len(headings)
    open_at: list[int] = []
    for i, heading in enumerate(headings):
        while open_at and levels[open_at[-1]] >= levels[i]:
            ends[open_at.pop()] = view.starts[heading.mark.start]
        open_at.append(i)
    for heading, level, end in zip(headings, levels, ends, strict=True):
        mark = heading.mark
        yield Section(
            level=level, number=view.text[mark.start:mark.end].rstrip("、.,:"), topic=heading.topic,
            title=view.written(mark.end, heading.end).strip("、.,:，。：．"), start=view.starts[mark.start], end=end,
        )


def _levels(headings: Sequence[_Heading]) -> Iterator[int]:
    """Depth in the nesting, so that 1. right under 一、 is of level 2."""
    ranks: list[int] = []
    for heading in headings:
        while ranks and ranks[-1] >= heading.mark.rank:
            ranks.pop()
        ranks.append(heading.mark.rank)
        yield len(ranks)
