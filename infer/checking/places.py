"""Where words stand in a draft: its part, table and cell, PDF page, and the clause around them."""
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from typing import Final

from infer.checking.findings import Place
from infer.checking.layout import named
from infer.results.wording import one_line
from report.facts import Evidence, Fact, Report, Section

_AROUND: Final = 36
_LONGEST: Final = 120
_STOP: Final = re.compile(r"[。！？\n]")
_CLOSING: Final = re.compile(r"[。！？]")
_TOP: Final = 1


class Draft:
    """A report with its facts by id and a way to say where something stands in it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.text = report.source.text
        self.facts: Mapping[str, Fact] = {fact.id: fact for fact in report.facts}
        self.parts = [section for section in report.sections if section.level == _TOP]
        self._pages = sorted(
            (fact.evidence.start, fact.evidence.page) for fact in report.facts if fact.evidence.page is not None)

    @property
    def year(self) -> int | None:
        return self.report.meta.report_year

    @property
    def form(self) -> str:
        return self.report.meta.form

    def stated(self) -> list[Fact]:
        """The report's own figures, without readings that were not taken."""
        return [fact for fact in self.report.facts if fact.status == "stated"]

    def cells(self) -> list[Fact]:
        """What was read from its tables."""
        return [fact for fact in self.stated() if fact.method == "table" and fact.indicator]

    def of_fact(self, fact: Fact) -> Place:
        """A cell by its row and column, a figure of the running text by its words."""
        if fact.method != "table":
            return self.of_words(fact.evidence.start, fact.evidence.end, page=fact.evidence.page)
        cell = named(fact, self.form)
        words = fact.evidence
        return Place(section=self.section_at(words.start), table=cell.table, row=cell.row, column=cell.column,
                     page=words.page, words=one_line(words.text), start=words.start, end=words.end)

    def of_evidence(self, words: Evidence) -> Place:
        return self.of_words(words.start, words.end, page=words.page)

    def of_words(self, start: int, end: int, *, page: int | None = None) -> Place:
        """The words in their clause, cut where it is long."""
        begin = max((match.end() for match in _STOP.finditer(self.text, max(0, start - _AROUND), start)),
                    default=max(0, start - _AROUND))
        stop = _STOP.search(self.text, end, end + _AROUND)
        finish = min(len(self.text), end + _AROUND) if stop is None else stop.start()
        return Place(section=self.section_at(start), page=page or self.page_at(start),
                     before=one_line(self.text[begin:start]), words=_short(one_line(self.text[start:end])),
                     after=one_line(self.text[end:finish]), start=start, end=end)

    def of_section(self, section: Section) -> Place:
        words = f"{section.number}、{section.title}" if section.level == _TOP else f"{section.number}{section.title}"
        return Place(section=self.section_at(section.start), words=_short(words), page=self.page_at(section.start),
                     start=section.start, end=section.start + len(words))

    def section_at(self, offset: int) -> str | None:
        """The first-level part around a place."""
        inside = [part for part in self.parts if part.start <= offset < part.end]
        return f"{inside[-1].number}、{inside[-1].title}" if inside else None

    def page_at(self, offset: int) -> int | None:
        """The page of the nearest figure before it, or of the first behind."""
        if not self._pages:
            return None
        return self._pages[max(0, bisect_right(self._pages, (offset, 1 << 30)) - 1)][1]

    def sentence(self, start: int, end: int) -> tuple[int, int]:
        """The bounds of the sentence or line around a place."""
        begin = max((self.text.rfind(mark, 0, start) for mark in "。！？\n"), default=-1) + 1
        stop = _STOP.search(self.text, end)
        return begin, stop.start() if stop else len(self.text)

    def in_one_sentence(self, facts: Iterable[Fact]) -> bool:
        spots = [fact.evidence for fact in facts]
        first, last = min(spot.start for spot in spots), max(spot.end for spot in spots)
        return not _CLOSING.search(self.text, first, last) and self.text.count("\n", first, last) == 0


def _short(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1] + "…"
