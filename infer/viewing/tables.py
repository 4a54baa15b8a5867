"""Facts of a report put into the cells of the official tables."""
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from infer.results.wording import key_label
from infer.viewing.layouts import Drawn, Line, drawn_forms
from infer.viewing.shown import ShownLine, ShownTable
from infer.viewing.wording import Pair, dictionary, interface
from report.facts import Fact, Report
from report.forms import CellKey
from report.vocabulary import vocabulary

_OF_FORMS: Final = ("applicant", "channel", "mode")

_EDITIONS: Final = "short"
"""the provincial form, of which every province prints other rows"""

_Column = tuple[str, tuple[tuple[str, str], ...]]
"""scope, and the dimensions that are no form's"""
_OWN: Final[_Column] = ("own", ())


@dataclass(frozen=True, slots=True)
class _Filled:
    table: ShownTable
    placed: frozenset[int]


def fill(report: Report, facts: Sequence[Fact]) -> tuple[tuple[ShownTable, ...], tuple[int, ...]]:
    """The official tables that the report has, and the stated facts of forms that found no place in them.

    `facts` are the report's in the order in which they are numbered.
    """
    cells = _cells(facts)
    filled = [table for drawn in _chosen(report, cells) if (table := _fill(drawn, cells, facts, report.meta.form))]
    placed = frozenset[int]().union(*(table.placed for table in filled))
    loose = [number for number, fact in enumerate(facts)
             if fact.in_form and fact.status == "stated" and number not in placed]
    return tuple(table.table for table in filled), tuple(loose)


_Cells = Mapping[CellKey, Mapping[_Column, Sequence[int]]]
_Assigned = Mapping[int, Mapping[_Column, Sequence[int]]]


def _cells(facts: Sequence[Fact]) -> _Cells:
    found: dict[CellKey, dict[_Column, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, fact in enumerate(facts):
        if fact.in_form and fact.indicator:
            for key in _keys(fact, fact.indicator):
                found[key][_column(fact)].append(number)
    for columns in found.values():
        for numbers in columns.values():
            numbers.sort(key=lambda number: facts[number].status != "stated")
    return found


def _keys(fact: Fact, indicator: str) -> Iterator[CellKey]:
    """The keys of the cells that may hold the fact; a whole may stand in the column of totals."""
    by = tuple(sorted((name, key) for name, key in fact.by.items() if name in _OF_FORMS))
    yield CellKey(indicator=indicator, by=by)
    if not by and indicator in vocabulary() and "applicant" in vocabulary()[indicator].by:
        yield CellKey(indicator=indicator, by=(("applicant", "total"),))


def _column(fact: Fact) -> _Column:
    return fact.scope, tuple((name, key) for name, key in fact.by.items() if name not in _OF_FORMS)


def _chosen(report: Report, cells: _Cells) -> list[Drawn]:
    """The tables of the report's form; of the statistics tables the one that more cells fit, whatever the form."""
    form = report.meta.form
    official = [one for one in drawn_forms() if not one.layout.spread
                and form in ("2019", "2021") and _belongs(one, form)]
    statistics = max((one for one in drawn_forms() if one.layout.spread), key=lambda one: _matches(one, cells))
    return official or [statistics]


def _belongs(drawn: Drawn, form: str) -> bool:
    """Requests and disputes are one table for both forms."""
    return drawn.layout.form == form or not drawn.layout.id.startswith("disclosure")


def _matches(drawn: Drawn, cells: _Cells) -> int:
    return sum(key in cells for key in drawn.keys)


def _fill(drawn: Drawn, cells: _Cells, facts: Sequence[Fact], form: str) -> _Filled | None:
    columns, assigned = _columns(drawn, cells), _assigned(drawn, cells, facts)
    lines = [_line(number, line, drawn, assigned, columns) for number, line in enumerate(drawn.layout.lines)
             if _is_drawn(line, drawn, assigned, form)]
    placed = frozenset(number for line in lines for cell in line.cells for number in cell)
    if not any(facts[number].status == "stated" for number in placed):
        return None
    words = tuple(_named(column) for column in columns) if drawn.layout.spread else ()
    return _Filled(ShownTable(layout=drawn.layout.id, columns=words, lines=tuple(lines)), placed)


def _assigned(drawn: Drawn, cells: _Cells, facts: Sequence[Fact]) -> _Assigned:
    """The facts of each cell, by its number. Rows that state the same share them: each has those of its note, and of
    as many facts as rows each the one that stands in its place; what is left stands in the first.
    """
    found: dict[int, dict[_Column, Sequence[int]]] = defaultdict(dict)
    for key in dict.fromkeys(drawn.keys):
        rows = [cell for cell, other in enumerate(drawn.keys) if other == key]
        for column, numbers in cells.get(key, {}).items():
            for row in rows:
                noted = [number for number in numbers if _row_of(facts[number], rows, drawn.notes) == row]
                found[row][column] = numbers if len(rows) == 1 else noted
            if len(rows) > 1:
                _spread(found, column, [row for row in rows if drawn.notes[row] is None], facts)
    return found


def _row_of(fact: Fact, rows: Sequence[int], notes: Sequence[str | None]) -> int:
    noted = [row for row in rows if (note := notes[row]) and note in (fact.reason or "")]
    return next(iter(noted or [row for row in rows if notes[row] is None]), rows[0])


def _spread(
    found: dict[int, dict[_Column, Sequence[int]]], column: _Column, rows: Sequence[int], facts: Sequence[Fact],
) -> None:
    together = sorted((number for row in rows for number in found[row][column]),
                      key=lambda number: facts[number].evidence.start)
    if len(together) == len(rows) and all(facts[number].status == "stated" for number in together):
        for row, number in zip(rows, together, strict=True):
            found[row][column] = [number]


def _columns(drawn: Drawn, cells: _Cells) -> tuple[_Column, ...]:
    if not drawn.layout.spread:
        return (_OWN,)
    found = dict.fromkeys(column for key in drawn.keys for column in cells.get(key, ()))
    return tuple(sorted(found, key=lambda column: column != _OWN)) or (_OWN,)


def _is_drawn(line: Line, drawn: Drawn, assigned: _Assigned, form: str) -> bool:
    """Rows of another edition of the table are left out where nothing was read for them."""
    if not line.cells or any(numbers for cell in line.cells for numbers in assigned.get(cell, {}).values()):
        return True
    if drawn.layout.spread:
        return drawn.layout.form != _EDITIONS
    return _leads_others(drawn.keys[line.cells[0]]) or any(
        _of_form(drawn.keys[cell].indicator, form) for cell in line.cells)


def _of_form(indicator: str | None, form: str) -> bool:
    return indicator is not None and form in vocabulary()[indicator].forms


def _leads_others(key: CellKey) -> bool:
    """其他处理 is the head of its parts in the one edition and a row of figures in the other."""
    return (key.indicator or "").endswith(".total")


def _line(number: int, line: Line, drawn: Drawn, assigned: _Assigned, columns: Sequence[_Column]) -> ShownLine:
    keys = [drawn.keys[cell] for cell in line.cells]
    filled = tuple(tuple(assigned.get(cell, {}).get(column, ())) for cell in line.cells for column in columns)
    is_head = not any(filled) and len({key.indicator for key in keys}) == 1 and _leads_others(keys[0]) and (
        not drawn.layout.spread)
    return ShownLine(line=number, cells=() if is_head else filled)


def _named(column: _Column) -> Pair:
    """What a report's own column is called; 统计数 where it is the figure of the year."""
    if column == _OWN:
        return interface()["figure"]
    scope, by = column
    names = [(key_label(name, key), dictionary()["keys"].get(f"{name}.{key}", (key, key_label(name, key)))[1])
             for name, key in by]
    own = dictionary()["scopes"].get(scope)
    words = list(dict.fromkeys([*([own] if own else []), *names]))
    return "·".join(dict.fromkeys(zh for zh, _ in words)), " · ".join(dict.fromkeys(en for _, en in words))


