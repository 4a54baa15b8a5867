"""Tables as an Excel workbook: Chinese names above the columns' own, frozen, filtered; no cell is a formula."""
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from infer.panel.columns import Column
from infer.panel.formulas import is_dangerous
from infer.panel.staging import Stored
from report.errors import GongkaiError

MOST_ROWS: Final = 1_048_576
MOST_CHARACTERS: Final = 32_767
HEADS: Final = 2
_HEAD_HEIGHT: Final = 48
_CUT: Final = "…"
_OPTIONS: Final = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                   "strings_to_numbers": False}


class TooManyRows(GongkaiError):
    """A table that a sheet does not hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Formats:
    label: Format
    name: Format
    quoted: Format


def write_xlsx(tables: Iterable[Stored], path: Path, *, properties: Mapping[str, str]) -> int:
    """Write the workbook; the number of texts that were cut to the length of a cell."""
    kept = list(tables)
    for stored in kept:
        if stored.rows + HEADS > MOST_ROWS:
            raise TooManyRows(f"{stored.rows:,} rows of table {stored.table.name} do not fit a sheet "
                              f"({MOST_ROWS - HEADS:,}): take parquet, csv or duckdb, or --wide")
    cut = 0
    with xlsxwriter.Workbook(str(path), _OPTIONS) as workbook:
        workbook.set_properties(dict(properties))
        formats = _Formats(
            label=workbook.add_format({"bold": True, "bg_color": "#DDE7F0", "text_wrap": True, "valign": "top"}),
            name=workbook.add_format({"font_color": "#5A6673", "bg_color": "#DDE7F0", "bottom": 1, "shrink": True}),
            quoted=workbook.add_format({"quote_prefix": True}))
        for stored in kept:
            cut += _sheet(workbook.add_worksheet(stored.table.name), stored, formats)
    return cut


def _sheet(sheet: Worksheet, stored: Stored, formats: _Formats) -> int:
    _head(sheet, stored.table.columns, formats)
    row, cut = HEADS, 0
    for batch in stored.batches():
        for values in zip(*(column.to_pylist() for column in batch.columns), strict=True):
            cut += _row(sheet, row, values, formats.quoted)
            row += 1
    # codes are text on purpose: no green triangle in every cell
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
    sheet.autofilter(HEADS - 1, 0, max(row - 1, HEADS - 1), len(stored.table.columns) - 1)
    return cut


def _head(sheet: Worksheet, columns: Iterable[Column], formats: _Formats) -> None:
    """Widths and panes come first: rows of a workbook of constant memory cannot be gone back to."""
    listed = list(columns)
    for number, column in enumerate(listed):
        sheet.set_column(number, number, column.wide)
    frozen = next((number + 1 for number, column in enumerate(listed) if column.name == "issuer"), 1)
    sheet.freeze_panes(HEADS, frozen)
    sheet.set_row(0, _HEAD_HEIGHT)
    for number, column in enumerate(listed):
        sheet.write_string(0, number, column.zh, formats.label)
    for number, column in enumerate(listed):
        sheet.write_string(1, number, column.name, formats.name)


def _row(sheet: Worksheet, row: int, values: Iterable[Any], quoted: Format) -> int:
    cut = 0
    for number, value in enumerate(values):
        if isinstance(value, str):
            if len(value) > MOST_CHARACTERS:
                value, cut = value[:MOST_CHARACTERS - 1] + _CUT, cut + 1
            sheet.write_string(row, number, value, quoted if is_dangerous(value) else None)
        elif isinstance(value, bool):
            sheet.write_boolean(row, number, value)
        elif value is not None:
            sheet.write_number(row, number, value)
    return cut
