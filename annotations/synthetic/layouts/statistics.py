"""The statistics tables: 统计指标, 单位, and a column of numbers, or several."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from annotations.synthetic.layouts.sheets import Desk, Sheet, SheetCell, SheetRow
from annotations.synthetic.layouts.values import By, CellFact, Printer
from annotations.synthetic.layouts.wording import EditionRow, Labeller, form_table, wordings
from report import vocabulary
from report.forms import CellKey, Element, FormTable

_TABLES: Final = {"2014": "statistics_2014", "short": "statistics_short"}
_FULL_TEXT: Final = "proactive.full_text_electronic"


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of numbers; a twin repeats the numbers of another one and states nothing."""

    head: str
    by: By = ()
    is_twin: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """A row to be printed, before it has its numbers."""

    element: Element
    label: str


def statistics(desk: Desk) -> Sheet:
    """The national table of 2014 or a provincial edition."""
    table = form_table(_TABLES[desk.values.form])
    labeller = desk.labeller(table.id)
    columns = [_Column(head, by) for head, by in desk.values.columns] or _own_columns(desk, labeller)
    printer = desk.printer(replace(desk.look, money="printed"))
    rows = [SheetRow(head=True, cells=tuple(SheetCell(words=words) for words in _heads(desk, labeller, columns)))]
    for number, line in enumerate(_lines(table, desk, labeller), 1):
        rows.append(SheetRow(cells=(
            *(SheetCell(words=word) for word in _described(line, str(number), desk, labeller)),
            *(_cell(_fact(line.element, column.by, printer, table, desk), column) for column in columns),
        )))
    return Sheet(part="statistics", rows=tuple(rows), heading=desk.heading(table.id))


def _own_columns(desk: Desk, labeller: Labeller) -> list[_Column]:
    frame = labeller.own.frame
    if desk.look.numbered == "codes" and "period" in frame:
        return [_Column(frame["period"], is_twin=True), _Column(frame["this_year"])]
    value = frame["value"].format(year=desk.values.year)
    if "other_value" in frame and desk.look.drift and desk.random.random() < desk.look.drift:
        value = frame["other_value"]
    cumulative = frame.get("cumulative")
    return [_Column(value), _Column(cumulative, (("period", "cumulative"),))] if cumulative else [_Column(value)]


def _heads(desk: Desk, labeller: Labeller, columns: Sequence[_Column]) -> list[str]:
    indicator, unit = (labeller.head(element) for element in form_table(labeller.table).elements[:2])
    sequence = [labeller.own.frame["sequence"]] if desk.look.numbered == "sequence" else []
    code = [labeller.own.frame["code"]] if desk.look.numbered == "codes" else []
    return [*sequence, indicator, unit, *code, *(column.head for column in columns)]


def _described(line: _Line, number: str, desk: Desk, labeller: Labeller) -> list[str]:
    """The cells before the numbers: sequence number, label, unit, code."""
    sequence = [number] if desk.look.numbered == "sequence" else []
    code = [f"{int(number):02}"] if desk.look.numbered == "codes" else []
    return [*sequence, line.label, _unit(line.element, labeller), *code]


def _unit(element: Element, labeller: Labeller) -> str:
    if element.kind == "head" or element.optional:
        return labeller.own.frame["no_unit"]
    if element.scale:
        return element.scale
    indicator = element.cells[0].indicator or ""
    counted_in = labeller.own.frame.get("unit", "")
    if counted_in and (not indicator or indicator.startswith(("proactive", "requests"))):
        return counted_in
    return vocabulary()[indicator].unit


def _lines(table: FormTable, desk: Desk, labeller: Labeller) -> Iterator[_Line]:
    if desk.values.form == "short":
        yield from _edition_lines(table, desk, labeller)
        return
    for element in table.elements[3:]:
        yield _Line(element, labeller.label(element))


def _edition_lines(table: FormTable, desk: Desk, labeller: Labeller) -> Iterator[_Line]:
    elements = {element.words[0]: element for element in table.elements}
    given = {indicator for indicator, _ in desk.values.cells}
    for row in _edition(desk.values.year):
        element = elements[row.official]
        if element.part != _FULL_TEXT or _FULL_TEXT in given:
            drifted = None if desk.look.drift and desk.random.random() < desk.look.drift else row.words
            yield _Line(element, labeller.label(element, wording=drifted, number=row.number))


def _edition(year: int) -> tuple[EditionRow, ...]:
    """The latest edition of that year, for an earlier year the first."""
    editions = wordings().editions
    return next((rows for since, rows in reversed(editions) if since <= year), editions[0][1])


def _fact(element: Element, by: By, printer: Printer, table: FormTable, desk: Desk) -> CellFact | None:
    """None for a line that has no number in this form."""
    if element.kind == "head" or (element.optional and not desk.look.head_totals):
        return None
    own = element.cells[0]
    key = CellKey(indicator=own.indicator or element.part, by=tuple(sorted((*own.by, *by))))
    fact = printer.fact(table.id, key, scale=element.scale)
    return None if element.optional and fact.state == "blank" else fact


def _cell(fact: CellFact | None, column: _Column) -> SheetCell:
    """The fact goes with the words where the vocabulary names it."""
    if fact is None:
        return SheetCell(words="")
    return SheetCell(words=fact.words, fact=fact if fact.indicator in vocabulary() and not column.is_twin else None)
