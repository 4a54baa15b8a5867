"""The year reported on, and what in the report speaks of another."""
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from infer.metadata.period import Period
from infer.metadata.title import KEYED, LINED, QUOTED, SPOKEN, Title
from infer.metadata.view import LINE, View
from infer.metadata.words import pattern
from report.facts import Warning

BODY = 30000
STALE_REACH = 60
MOST_STALE = 3
FIRST_YEAR, LAST_YEAR = 2007, 2035
_CLAUSE_END = re.compile(r"[。;!?]")


@dataclass(frozen=True, slots=True)
class Year:
    """A year and the words that give it."""

    value: int
    start: int
    end: int


def find_year(view: View, title: Title | None, titles: Sequence[Title], period: Period | None,
              published: str | None) -> Year | None:
    """The title's year; else the period's; else a name's in the text; else the one most statements speak of."""
    names = [name for name in (title, *titles) if name]
    in_period = Year(period.year, period.start, period.end) if period and period.year else None
    # A name cited in the introduction is often last year's, left standing.
    return (_named(names, KEYED, LINED) or in_period or _named(names, QUOTED) or _named(names, SPOKEN)
            or _most_stated(view, published))


def _named(names: Sequence[Title], *ranks: int) -> Year | None:
    for name in names:
        if name.rank in ranks and name.year:
            return Year(name.year, name.year_start, name.year_end)
    return None


def _most_stated(view: View, published: str | None) -> Year | None:
    statements = list(_statements(view))
    if not statements:
        return None
    counts = Counter(statement.value for statement in statements)
    expected = int(published[:4]) - 1 if published else 0
    best = max(counts, key=lambda year: (counts[year], year == expected, year))
    rivals = [year for year in counts if year != best and counts[year] == counts[best]]
    if rivals and best != expected:
        return None
    return next(statement for statement in statements if statement.value == best)


def _statements(view: View) -> Iterator[Year]:
    """Years that a sentence is about: no date, citation, budget, plan or comparison."""
    for match in pattern("year", "statement").finditer(view.text, 0, BODY):
        year = int(match[1])
        before, after = view.text[max(0, match.start() - 42):match.start()], view.text[match.end():match.end() + 24]
        foreign = pattern("year", "foreign_before").search(before) or pattern("year", "foreign_after").match(after)
        if FIRST_YEAR <= year <= LAST_YEAR and not foreign:
            yield Year(year, match.start(), match.end())


def year_warnings(view: View, year: Year | None, titles: Sequence[Title], period: Period | None) -> Iterator[Warning]:
    """Every place that contradicts the report year, each with its words."""
    if year is None:
        return
    if period and period.year and period.year != year.value:
        yield Warning(code="title_period_mismatch", evidence=view.evidence(period.start, period.end),
                      message=f"The report is of {year.value}, but its period ends in {period.year}.")
    told = {(year.start, year.end)}
    for name in titles:
        if name.year and name.year != year.value and (name.year_start, name.year_end) not in told:
            told.add((name.year_start, name.year_end))
            yield Warning(code="year_conflict", evidence=view.evidence(name.start, name.end),
                          message=f"The report is of {year.value}, but these words name a report of {name.year}.")
    yield from list(_stale(view, year.value))[:MOST_STALE]


def _stale(view: View, year: int) -> Iterator[Warning]:
    """Sentences that count something for an earlier year and nothing for this one."""
    for statement in _statements(view):
        if statement.value >= year:
            continue
        stop = _CLAUSE_END.search(view.text, statement.end, statement.end + STALE_REACH)
        end = stop.start() if stop else min(len(view.text), statement.end + STALE_REACH)
        clause = view.text[statement.end:end]
        start = _clause_start(view, statement.start)
        if str(year) in view.text[start:end] or pattern("year", "comparison").search(view.text, start, end):
            continue
        if pattern("year", "count").match(clause):
            yield Warning(code="stale_sentence", evidence=view.evidence(statement.start, end),
                          message=f"The report is of {year}, but this sentence counts for {statement.value}.")


def _clause_start(view: View, position: int) -> int:
    start = max(0, position - STALE_REACH, view.gaps.rfind(LINE, max(0, position - STALE_REACH), position + 1))
    ends = [match.end() for match in _CLAUSE_END.finditer(view.text, start, position)]
    return ends[-1] if ends else start
