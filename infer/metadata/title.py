"""What the report is called: candidates wherever its name stands, and which of them is the title."""
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from infer.metadata.dates import chinese_year
from infer.metadata.header import Entry
from infer.metadata.view import LINE, View
from infer.metadata.words import pattern

LONGEST_NAME = 60
LONGEST_BROKEN_LINE = 34
HEAD = 6000
_DATE = re.compile(r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?(?:\d{1,2}:\d{2}(?::\d{2})?)?")
_SEPARATOR = re.compile(r"[。;；!?|<>《》\":→,、/_【】\[\]=*•·#]")
_LINK = 8
_BARE = re.compile(r"(?:关于|的)?(?:20\d\d|二[〇○零Oo0一二三四五六七八九]{3})?(?:年度?)?(?:关于)?")


@dataclass(frozen=True, slots=True)
class Title:
    """A name of the report: its range, where its core words begin, its year with range, and how it stands."""

    start: int
    end: int
    core: int
    year: int | None
    year_start: int
    year_end: int
    rank: int


KEYED, LINED, QUOTED, SPOKEN, NONE = 4, 3, 2, 1, 0


def find_titles(view: View, entries: Sequence[Entry]) -> list[Title]:
    """All names in the head of the page, ranked by where they stand: key, line of its own, 《》, sentence."""
    titles = [title for title in (_title(view, match) for match in _cores(view)) if title]
    keyed = [title for entry in entries if entry.field == "title" for title in _keyed(view, entry)]
    return keyed + titles


def best_title(titles: Sequence[Title]) -> Title | None:
    """The surest, with a year before one without, the first of equals."""
    told = [title for title in titles if title.rank >= QUOTED]

    def surer(title: Title) -> tuple[bool, bool, int, int]:
        return title.rank >= LINED, title.year is not None, title.rank, -title.start

    return max(told, key=surer, default=None)


def _cores(view: View) -> Iterator[re.Match[str]]:
    return pattern("title", "core").finditer(view.text, 0, HEAD)


def _keyed(view: View, entry: Entry) -> Iterator[Title]:
    match = pattern("title", "core").search(view.text, entry.start, entry.end)
    if match and match.end() <= entry.end:
        yield _with_year(view, entry.start, entry.end, match.start(), KEYED)


def _title(view: View, match: re.Match[str]) -> Title | None:
    start = _left(view, match.start())
    if _is_link(view, start):
        return None
    end = _right(view, start, match.end())
    rank = _rank(view, start, end, match.start())
    if rank == NONE:
        return None
    return _with_year(view, start, end, match.start(), rank)


def _is_link(view: View, start: int) -> bool:
    """上一篇: and the name of another page, in one line."""
    return view.gaps[start] != LINE and bool(pattern("title", "link").search(view.text, max(0, start - _LINK), start))


def _with_year(view: View, start: int, end: int, core: int, rank: int) -> Title:
    years = list(pattern("title", "year").finditer(view.text, start, end))
    if not years:
        return Title(start, end, core, None, start, start, rank)
    found = years[-1]
    year = int(found["arabic"]) if found["arabic"] else chinese_year(found["ideographic"])
    stop = found.end() + (view.text[found.end():found.end() + 1] == "年")
    return Title(start, end, core, year, found.start(), stop, rank)


def _left(view: View, core: int) -> int:
    """Where the title begins: at a break, unless what stands between it and the core is no more than a year."""
    position = core
    while position > max(0, core - LONGEST_NAME):
        if view.gaps[position] and not _joined(view, position, core):
            break
        if _SEPARATOR.match(view.text, position - 1):
            break
        position -= 1
    dated = _DATE.match(view.text, position, core)
    return dated.end() if dated else position


def _joined(view: View, gap: int, core: int) -> bool:
    """True for a gap inside the title: beside a number, between spaced letters, or before a bare year and core."""
    before, after = view.text[gap - 1], view.text[gap]
    spaced = (before.isdigit() and not after.isdigit()) or view.gaps[gap - 1] or view.gaps[gap + 1]
    if view.gaps[gap] != LINE and spaced:
        return True
    if not _BARE.fullmatch(view.text, gap, core):
        return False
    start = max(view.gaps.rfind(LINE, 0, gap), view.gaps.rfind(1, 0, gap), 0)
    line = view.text[start:gap]
    plain = len(line) <= LONGEST_BROKEN_LINE and not _SEPARATOR.search(line)
    return plain and bool(pattern("title", "broken").search(line)) and not pattern("title", "chrome").search(line)


def _right(view: View, start: int, end: int) -> int:
    year = pattern("title", "bracketed_year").match(view.text, end)
    end = year.end() if year else end
    noun = pattern("title", "wrapper_noun").match(view.text, end)
    return noun.end() if noun and "关于" in view.text[start:end] else end


def _rank(view: View, start: int, end: int, core: int) -> int:
    before = view.text[start - 1] if start else ""
    after = view.text[end:end + 1]
    named = core - start >= 2
    if before == "《" and after == "》":
        return QUOTED if named else NONE
    if not named and not (view.gaps[start] == LINE and view.gaps[end] == LINE and "报告" in view.text[core:end]):
        return NONE
    opened = start == 0 or bool(view.gaps[start]) or before in ">|】]:*#·"
    closed = bool(view.gaps[end]) or after in "|【[(<-—–" or bool(pattern("title", "following").match(view.text, end))
    told = pattern("title", "sentence").search(view.text, start, core)
    if opened and closed and not (told and not _is_wrapper(view, start, core)):
        return LINED
    return SPOKEN


def _is_wrapper(view: View, start: int, core: int) -> bool:
    """关于公布…的公告 is a title, 现公布… a sentence."""
    return "关于" in view.text[start:core] and bool(pattern("title", "wrapper_verb").search(view.text, start, core))
