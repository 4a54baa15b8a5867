"""Columns of a statistics table that hold no numbers of the report: codes before the values, remarks behind them."""

from collections.abc import Sequence
from dataclasses import replace

from infer.forms.atoms import Atom
from infer.forms.rows import Row
from infer.forms.statistics import Column
from report.forms import forms


def fill_skipped(rows: Sequence[Row], columns: Sequence[Column]) -> list[Row]:
    """Each code as a word without value, a blank for each absent remark; rows where that cannot be told torn."""
    remarks = _remarks(columns)
    coded = bool(columns) and columns[0].kind == "skip" and columns[0].name in forms().columns.codes
    filled = [_with_blanks(row, len(columns), remarks) for row in rows] if remarks else list(rows)
    return [_without_code(row, len(columns)) for row in filled] if coded else filled


def _remarks(columns: Sequence[Column]) -> int:
    """How many columns at the end are for remarks."""
    count = 0
    while count < len(columns) - 1 and columns[-1 - count].name in forms().columns.remarks:
        count += 1
    return count


def _with_blanks(row: Row, count: int, remarks: int) -> Row:
    if not row.atoms or len(row.atoms) != count - remarks:
        return row
    end = row.atoms[-1].end
    blanks = (Atom(start=end, end=end, group=row.atoms[-1].group + 1 + n, state="blank") for n in range(remarks))
    return replace(row, atoms=(*row.atoms, *blanks))


def _without_code(row: Row, count: int) -> Row:
    if not row.atoms or not row.atoms[0].is_run:
        return row
    if len(row.atoms) != count or row.atoms[0].group == row.atoms[1].group:
        return replace(row, torn=True)
    code = Atom(start=row.atoms[0].start, end=row.atoms[0].end, group=row.atoms[0].group, state="not_applicable")
    return replace(row, atoms=(code, *row.atoms[1:]))
