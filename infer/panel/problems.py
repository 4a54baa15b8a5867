"""What a user must look at: copies, several reports of one issuer and year, names that may be one body's."""
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from infer.panel.issuers import may_succeed, stem
from infer.panel.likeness import Likeness, alike

NEAR: Final = 0.9
"""share of common figures, or words, from which two reports of one issuer and year are nearly one"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is kept of a report until all are read."""

    report_id: str
    issuer: str | None
    issuer_key: str | None
    issuer_group: str | None
    level: str | None
    year: int | None
    document: str
    sha256: str
    facts: int
    likeness: Likeness

    @property
    def issuer_year(self) -> tuple[str, int] | None:
        return (self.issuer_key, self.year) if self.issuer_key and self.year is not None else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A line of the table of problems."""

    problem: str
    detail: str
    problem_group: str | None = None
    report_id: str | None = None
    other_report_id: str | None = None
    issuer: str | None = None
    year: int | None = None
    document: str | None = None

    @property
    def row(self) -> dict[str, str | int | None]:
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Which reports look like copies: for each report the one to keep, and the problems that say why."""

    kept: dict[str, str]
    problems: tuple[Problem, ...]


def about(problem: str, one: Known, detail: str, *, other: Known | None = None, group: str | None = None) -> Problem:
    return Problem(problem=problem, detail=detail, problem_group=group, report_id=one.report_id,
                   other_report_id=other.report_id if other else None, issuer=one.issuer, year=one.year,
                   document=one.document)


def find_copies(known: Sequence[Known]) -> Copies:
    """Links between reports: the same bytes, words or figures, or nearly so. Nothing is left out for it."""
    links = [*_same(known, "same_file", lambda one: one.sha256),
             *_same(known, "same_text", lambda one: one.likeness.words), *_of_one_issuer(known)]
    kept = _kept(known, links)
    by_id = {one.report_id: one for one in known}
    problems, told = [], set()
    for problem, first, second in links:
        pair = frozenset((first.report_id, second.report_id))
        if pair not in told:
            told.add(pair)
            keep = by_id[kept.get(first.report_id, first.report_id)]
            detail = f"{_names(second)} and {_names(first)}; {keep.document} has the most facts"
            problems.append(about(problem, second, detail, other=first, group=keep.report_id))
    return Copies(kept=kept, problems=(*problems, *_elsewhere(known, told)))


Link = tuple[str, Known, Known]


def _same(known: Iterable[Known], problem: str, of: Callable[[Known], Hashable]) -> Iterator[Link]:
    """Each report with the first that has the same."""
    first: dict[Hashable, Known] = {}
    for one in known:
        same = first.setdefault(of(one), one)
        if same is not one:
            yield problem, same, one


def _of_one_issuer(known: Sequence[Known]) -> Iterator[Link]:
    """Each report with the first of its issuer and year that it is a copy of."""
    for group in by_issuer_year(known).values():
        originals: list[Known] = []
        for one in group:
            found = next(((problem, first) for first in originals if (problem := _likeness(first, one))), None)
            if found:
                yield found[0], found[1], one
            else:
                originals.append(one)


def _likeness(first: Known, second: Known) -> str | None:
    mine, other = first.likeness, second.likeness
    if mine.figure_sketch and mine.figures == other.figures:
        return "same_figures"
    figures, words = alike(mine.figure_sketch, other.figure_sketch), alike(mine.word_sketch, other.word_sketch)
    return "near_copy" if max(figures, words) >= NEAR else None


def _elsewhere(known: Iterable[Known], told: set[frozenset[str]]) -> Iterator[Problem]:
    """The same figures under another name or year are no copy yet: a report may have been pasted, or misread."""
    telling = (one for one in known if one.likeness.telling)
    for problem, first, second in _same(telling, "same_figures_elsewhere", lambda one: one.likeness.figures):
        if frozenset((first.report_id, second.report_id)) not in told:
            yield about(problem, second, f"{_names(second)} and {_names(first)}", other=first, group=first.report_id)


def _kept(known: Iterable[Known], links: Iterable[Link]) -> dict[str, str]:
    """For each linked report the one of its group with the most facts, the first of them where several have as many."""
    parent: dict[str, str] = {}

    def root(report_id: str) -> str:
        while (above := parent.setdefault(report_id, report_id)) != report_id:
            report_id = above
        return report_id

    for _, first, second in links:
        parent[root(second.report_id)] = root(first.report_id)
    groups: defaultdict[str, list[Known]] = defaultdict(list)
    for one in known:
        if one.report_id in parent:
            groups[root(one.report_id)].append(one)
    return {one.report_id: max(group, key=lambda member: member.facts).report_id
            for group in groups.values() for one in group}


def by_issuer_year(known: Iterable[Known]) -> dict[tuple[str, int], list[Known]]:
    found: defaultdict[tuple[str, int], list[Known]] = defaultdict(list)
    for one in known:
        if one.issuer_year:
            found[one.issuer_year].append(one)
    return found


def several_reports(known: Iterable[Known], kept: dict[str, str]) -> Iterator[Problem]:
    """Reports of one issuer and year that are no copies of one another."""
    for (key, year), group in by_issuer_year(known).items():
        different = list({kept.get(one.report_id, one.report_id): one for one in reversed(group)}.values())[::-1]
        if len(different) > 1:
            documents = ", ".join(one.document for one in different)
            yield from (about("several_reports", one, f"{len(different)} reports: {documents}", group=f"{key} {year}")
                        for one in different)


def one_body(known: Iterable[Known]) -> Iterator[Problem]:
    """Names of one group: a government and its office, or one body's names over the years. Nothing is joined."""
    names: defaultdict[str, dict[str, list[Known]]] = defaultdict(dict)
    for one in known:
        if one.issuer_group and one.issuer_key:
            names[one.issuer_group].setdefault(one.issuer_key, []).append(one)
    for group, keys in names.items():
        if len(keys) > 1:
            detail = "; ".join(f"{key} {_years(reports)}" for key, reports in keys.items())
            yield from (about("issuer_variants", reports[0], detail, group=group) for reports in keys.values())
    yield from _renames({group: [one for reports in keys.values() for one in reports] for group, keys in names.items()})


def _renames(groups: dict[str, list[Known]]) -> Iterator[Problem]:
    """Areas whose names differ in the last word and whose years do not meet."""
    stems: defaultdict[str, list[str]] = defaultdict(list)
    for group in groups:
        if own := stem(group):
            stems[own].append(group)
    for own, alike_named in stems.items():
        for one, other in combinations(sorted(alike_named, key=lambda group: _first_year(groups[group])), 2):
            if may_succeed(one, other) and _last_year(groups[one]) < _first_year(groups[other]):
                detail = f"{one} {_years(groups[one])}; {other} {_years(groups[other])}"
                yield about("possible_rename", groups[other][0], detail, other=groups[one][-1], group=own)


def _first_year(group: Iterable[Known]) -> int:
    return min((one.year for one in group if one.year is not None), default=0)


def _last_year(group: Iterable[Known]) -> int:
    return max((one.year for one in group if one.year is not None), default=9999)


def _years(group: Iterable[Known]) -> str:
    return ", ".join(str(year) for year in sorted({one.year for one in group if one.year is not None})) or "no year"


def _names(one: Known) -> str:
    return f"{one.document} ({one.issuer or 'no issuer'}, {one.year or 'no year'})"
