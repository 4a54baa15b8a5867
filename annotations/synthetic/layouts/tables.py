"""The tables of 2019 and 2021: disclosure, requests by applicant, disputes."""
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from annotations.synthetic.layouts.sheets import Desk, Sheet, SheetCell, SheetRow, spread
from annotations.synthetic.layouts.wording import Labeller, form_table
from report.forms import CellKey, Element, forms

_ONE_OUTCOME: Final = "requests.other.total"
_ITS_PARTS: Final = ("requests.other.correction_overdue", "requests.other.fee_overdue", "requests.other.other")
_TOTALLED: Final = frozenset(
    {"requests.new", "requests.carried_in", "requests.processed_total", "requests.carried_out"}
)
_CUT_HEAD: Final = "本年新"
_IN_WAN: Final = "（单位：万元）"
_BLOCK: Final = "第二十条"
_LABEL_COLUMNS: Final = 3


def disclosure(desk: Desk) -> Sheet:
    """Section two: blocks of 第二十条, each with its own column heads."""
    table = form_table(f"disclosure_{desk.values.form}")
    labeller, printer = desk.labeller(table.id), desk.printer()
    width = max(len(element.cells) for element in table.elements) + 1
    rows: list[SheetRow] = []
    heads: list[SheetCell] = []
    scales: list[str | None] = []
    for element in table.elements:
        if element.kind == "row":
            rows += [spread(heads, width, head=True)] if heads else []
            facts = [printer.fact(table.id, key, scale=scale)
                     for key, scale in zip(element.cells, scales, strict=True)]
            cells = [SheetCell(words=labeller.label(element)), *map(SheetCell.of, facts)]
            rows.append(spread(cells, width))
            heads = []
        elif element.kind == "column":
            scales.append(_scale(element, desk))
            heads.append(SheetCell(words=_column_head(element, labeller, desk)))
        elif element.words[0].startswith(_BLOCK):
            scales = []
            words = labeller.head(element)
            rows += [spread([SheetCell(words=words)], width, head=True)] if desk.look.blocks else []
        else:
            heads.append(SheetCell(words=labeller.head(element)))
    return Sheet(part="disclosure", rows=tuple(rows), heading=desk.heading(table.id))


def _scale(element: Element, desk: Desk) -> str | None:
    return "万元" if element.scale is not None and desk.look.money == "head" else element.scale


def _column_head(element: Element, labeller: Labeller, desk: Desk) -> str:
    if desk.look.cut_heads and element.words[0].startswith(_CUT_HEAD):
        return _CUT_HEAD
    says_unit = desk.look.money == "head" or (desk.look.money == "printed" and element.scale == "万元")
    return labeller.head(element) + (_IN_WAN if element.scale is not None and says_unit else "")


def requests(desk: Desk) -> Sheet:
    """Section three: groups of outcomes over seven columns of applicants."""
    table = form_table("requests")
    elements = [element for element in table.elements if _stands(element, desk.values.form)]
    labeller = desk.labeller(table.id)
    last = max(n for n, element in enumerate(elements) if element.kind == "row")
    results = next(n for n, element in enumerate(elements) if element.kind == "head")
    rows = _request_heads(labeller)
    opening: list[SheetCell] = []
    for n, element in enumerate(elements):
        group = _is_group(element, desk.values.form)
        if element.kind == "head" or group:
            height = sum(1 for _ in _members(elements, n, last, whole=n == results, form=desk.values.form))
            opening.append(SheetCell(words=labeller.label(element), rows=height))
            continue
        columns = 1 if element.number else 2 if results < n < last else _LABEL_COLUMNS
        rows.append(SheetRow(cells=(
            *opening, SheetCell(words=labeller.label(element), columns=columns), *_applicant_cells(element, desk),
        )))
        opening = []
    return Sheet(part="requests", rows=tuple(rows), heading=desk.heading(table.id))


def _stands(element: Element, form: str) -> bool:
    """Whether this form has the row: 2019 has one row for what 2021 splits in three."""
    return form == "2021" or element.part not in _ITS_PARTS


def _is_group(element: Element, form: str) -> bool:
    return form == "2021" and element.part == _ONE_OUTCOME


def _members(elements: Sequence[Element], head: int, last: int, *, whole: bool, form: str) -> Iterator[Element]:
    """The rows that a head reaches over: all outcomes, or the numbered rows behind it."""
    for element in elements[head + 1 : last]:
        if whole and element.kind == "row" and not _is_group(element, form):
            yield element
        elif not whole:
            if element.kind == "head" or not element.number:
                return
            yield element


def _request_heads(labeller: Labeller) -> list[SheetRow]:
    words = [forms().applicant_words[name][0] for name in forms().applicants]
    person, *organizations, total = (SheetCell(words=labeller.split("", word)) for word in words)
    return [
        SheetRow(head=True, cells=(
            SheetCell(words=labeller.own.frame["note"], columns=_LABEL_COLUMNS, rows=3),
            SheetCell(words=labeller.own.frame["applicants"], columns=len(words)),
        )),
        SheetRow(head=True, cells=(
            replace(person, rows=2),
            SheetCell(words=labeller.own.frame["organizations"], columns=len(organizations)), replace(total, rows=2),
        )),
        SheetRow(head=True, cells=tuple(organizations)),
    ]


def _applicant_cells(element: Element, desk: Desk) -> Iterator[SheetCell]:
    printer, indicator = desk.printer(), element.cells[0].indicator
    for name in forms().applicants:
        by = () if name == "total" else (("applicant", name),)
        hidden = name == "total" and not desk.look.totals and indicator not in _TOTALLED
        yield SheetCell.of(printer.fact("requests", CellKey(indicator=indicator, by=by), empty=hidden))


def disputes(desk: Desk) -> Sheet:
    """Section four: fifteen numbers in one row, or in three rows below one another."""
    if desk.look.by_row:
        return _disputes_by_row(desk)
    table = form_table("disputes")
    labeller = desk.labeller(table.id)
    words = iter([labeller.head(element) for element in table.elements if element.kind != "row"])
    keys = table.elements[-1].cells
    results = len(keys) // 3
    review, suits = (SheetCell(words=next(words), columns=span) for span in (results, 2 * results))
    review_results = [SheetCell(words=next(words), rows=2) for _ in range(results)]
    branches = [SheetCell(words=next(words), columns=results) for _ in range(2)]
    suit_results = [SheetCell(words=word) for word in words]
    suit_results.append(SheetCell(words=labeller.head(table.elements[-1])))
    rows = (
        SheetRow(head=True, cells=(review, suits)),
        SheetRow(head=True, cells=(*review_results, *branches)),
        SheetRow(head=True, cells=tuple(suit_results)),
        SheetRow(cells=tuple(SheetCell.of(desk.printer().fact(table.id, key)) for key in keys)),
    )
    return Sheet(part="disputes", rows=rows, heading=desk.heading(table.id))


def _disputes_by_row(desk: Desk) -> Sheet:
    table = form_table("disputes_by_row")
    labeller = desk.labeller(table.id)
    heads = [SheetCell(words=labeller.head(element)) for element in table.elements if element.kind == "column"]
    rows = [SheetRow(head=True, cells=(SheetCell(words=""), *heads))]
    for element in table.elements:
        if element.kind == "row":
            facts = [desk.printer().fact("disputes", key) for key in element.cells]
            rows.append(SheetRow(cells=(SheetCell(words=labeller.label(element)), *map(SheetCell.of, facts))))
    return Sheet(part="disputes", rows=tuple(rows), heading=desk.heading(table.id))
