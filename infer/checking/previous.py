"""The draft beside last year's report: what is carried over, what has not been changed."""
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from infer.checking.certainty import all_sure
from infer.checking.findings import Finding
from infer.checking.layout import Printed, layout, named
from infer.checking.places import Draft
from infer.checking.wording import found
from infer.results.wording import number_text
from report.facts import Fact, Report
from report.folding import fold
from report.identities.formulas import Key, key_of

_SHORTEST: Final = 40
_SHOWN: Final = 3
_FILLED: Final = 6
_PARAGRAPH: Final = re.compile(r"[^\n]+")
_SPACE: Final = re.compile(r"\s+")
_GIVEN: Final = re.compile(r"条例|统计期限|勾稽关系|[\t|]|电话|联系")


def last_year(draft: Report, given: Iterable[Report]) -> Report | None:
    """Of the reports given the one of the year before and of the same office; by year alone where no office is read."""
    year = draft.meta.report_year
    of_year = [one for one in given if year is not None and one.meta.report_year == year - 1]
    same = [one for one in of_year if _office(one) == _office(draft)]
    return next(iter(same or [one for one in of_year if not (one.meta.issuer and draft.meta.issuer)]), None)


def _office(report: Report) -> str:
    """As written in simplified characters, without what a government and its office differ by."""
    return re.sub(r"人民政府|办公[室厅]|办事处|\s", "", fold(report.meta.issuer or "").text)


def check_previous(draft: Draft, previous: Report | None, given: Sequence[Report]) -> Iterator[Finding]:
    if not given:
        return
    if previous is None:
        known = "；".join(f"{one.meta.issuer or '机关不明'} {one.meta.report_year or '年份不明'} 年" for one in given[:_SHOWN])
        yield found("previous.other", draft, why=f"本报告是{draft.report.meta.issuer or '机关不明'} {draft.year} 年的，"
                    f"给出的是{known}的")
        return
    before = Draft(previous)
    yield from _carried(draft, before)
    yield from _in_force(draft, before)
    yield from _tables(draft, before)
    yield from _paragraphs(draft, before)


def _cells(draft: Draft) -> dict[Key, Fact]:
    cells: dict[Key, Fact] = {}
    for fact in draft.cells():
        if fact.scope == "own" and "period" not in fact.by:
            cells.setdefault(key_of(fact.indicator or "", fact.by), fact)
    return cells


def _carried(draft: Draft, before: Draft) -> Iterator[Finding]:
    now, then = _cells(draft), _cells(before)
    for column in layout().applicants:
        carried, left = (cells.get(key_of(name, {"applicant": column})) for cells, name in
                         ((now, "requests.carried_in"), (then, "requests.carried_out")))
        if carried and left and carried.value is not None and left.value is not None and carried.value != left.value \
                and all_sure([carried], draft) and all_sure([left], before):
            yield found("previous.carried", draft, places=[draft.of_fact(carried)], now=number_text(carried.value),
                        column=named(carried, draft.form).column, then=number_text(left.value))


def _in_force(draft: Draft, before: Draft) -> Iterator[Finding]:
    now, then = _cells(draft), _cells(before)
    for stem in ("documents.regulations", "documents.normative"):
        cells = [now.get((f"{stem}.{name}", ())) for name in ("in_force", "issued", "repealed")]
        old = then.get((f"{stem}.in_force", ()))
        known = [fact for fact in (*cells, old) if fact and fact.value is not None]
        if len(known) < 4:
            continue
        in_force, issued, repealed, was = (fact.value or 0 for fact in known)
        if in_force != was + issued - repealed and all_sure(known[:3], draft):
            yield found("previous.in_force", draft, places=[draft.of_fact(known[0])], now=number_text(in_force),
                        row=named(known[0], draft.form).row, expected=number_text(was + issued - repealed))


def _tables(draft: Draft, before: Draft) -> Iterator[Finding]:
    """Every cell alike, and enough of them not 0 that this is no chance."""
    now, then = _cells(draft), _cells(before)
    for table in layout().of(draft.form):
        cells = [key for row in table.rows for key in table.keys(row) if key in now]
        filled = [key for key in cells if now[key].value]
        if len({now[key].value for key in filled}) >= _distinct(table) and all(
                key in then and now[key].value == then[key].value for key in cells):
            yield found("previous.table", draft, places=[draft.of_fact(now[filled[0]])], table=table.name)


def _distinct(table: Printed) -> int:
    """How many different figures may not be alike by chance: less in a table of a few cells."""
    return 3 if table.cells else _FILLED


def _paragraphs(draft: Draft, before: Draft) -> Iterator[Finding]:
    """Paragraphs with a figure of last year's, or on problems and plans; what introduces every report may stay."""
    old = {_SPACE.sub("", line) for line in _PARAGRAPH.findall(before.text)}
    for match in _PARAGRAPH.finditer(draft.text):
        words = _SPACE.sub("", match[0])
        if len(words) >= _SHORTEST and words in old and not _GIVEN.search(match[0]):
            yield found("previous.paragraph", draft, places=[draft.of_words(*match.span())])
