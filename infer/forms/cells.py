"""From the splits that remain of a row to its cells: value, state, evidence, and whether it is certain."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from infer.forms.atoms import Piece
from infer.forms.digits import Split
from infer.forms.results import FormCell, Reading
from infer.forms.rows import Row
from infer.forms.view import LetterView
from infer.forms.windows import GridCell
from report.forms import CellKey, forms
from report.numerals import MOST_DIGITS, to_number
from report.vocabulary import vocabulary

AHEAD = 5 / 6
"""A reading is clearly ahead when it is five times as likely as all others together."""
DOUBTFUL = 0.45
ALTERNATIVE_LIMIT = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A cell to be filled: what it is, the money unit of its column, and where its row's label stands."""

    key: CellKey
    form: str
    table_id: str
    row: Row
    scale: str | None = None
    by: tuple[tuple[str, str], ...] = ()


class CellMaker:
    """Makes cells in the offsets of the document."""

    def __init__(self, view: LetterView) -> None:
        self._view = view

    def certain(self, slot: Slot, piece: Piece, *, confidence: float, note: str | None = None) -> FormCell:
        """A cell with one reading."""
        value, unit_note = scaled(piece, slot)
        start, end = self._view.original(piece.start, piece.end)
        unreadable = value is None and piece.value is not None
        return self._cell(
            slot,
            value=None if value is None else to_number(value),
            start=start,
            end=end,
            state="unreadable" if unreadable else piece.state,
            ambiguous=unreadable,
            confidence=min(confidence, 0.4 if unreadable else 0.75 if unit_note else 1.0),
            note=note or unit_note or slot.row.element.note,
        )

    def from_grid(self, slot: Slot, cell: GridCell) -> FormCell:
        made = self.certain(slot, cell.piece, confidence=0.99)
        return replace(made, table=cell.table, row=cell.row, column=cell.column)

    def unreadable(self, slot: Slot, *, note: str) -> FormCell:
        """The row has words, but which of them are this cell's cannot be said."""
        atoms = slot.row.atoms
        bounds = (atoms[0].start, atoms[-1].end) if atoms else (slot.row.place, slot.row.place)
        start, end = self._view.original(*bounds)
        return self._cell(
            slot, value=None, start=start, end=end, state="unreadable", ambiguous=True, confidence=0.3, note=note
        )

    def blank(self, slot: Slot) -> FormCell:
        """The row has no words, unless there are some that may be cells or not."""
        if slot.row.torn:
            return self.unreadable(slot, note="words that may be cells or not")
        return self.certain(slot, Piece(start=slot.row.place, end=slot.row.place, state="blank"), confidence=0.9)

    def weighed(
        self,
        slot: Slot,
        column: int,
        splits: Sequence[Split],
        weights: Sequence[float],
        *,
        stated: bool,
        confidence: float,
        note: str,
    ) -> FormCell:
        """A cell on which the splits may disagree: taken where one value has nearly all the weight, else unreadable."""
        shares: dict[tuple[Decimal | None, str], float] = {}
        pieces: dict[tuple[Decimal | None, str], Piece] = {}
        for split, weight in zip(splits, weights, strict=True):
            key = (split[column].value, split[column].state)
            shares[key] = shares.get(key, 0.0) + weight
            pieces.setdefault(key, split[column])
        best = max(shares, key=lambda key: shares[key])
        if len(shares) == 1:
            return self.certain(slot, pieces[best], confidence=confidence)
        cell = self._doubtful(slot, pieces[best], shares[best] / sum(shares.values()), stated=stated, note=note)
        others = [
            pieces[key] for key in sorted(shares, key=lambda key: -shares[key]) if key != best or cell.value is None
        ]
        return replace(cell, alternatives=self._readings(slot, others))

    def _doubtful(self, slot: Slot, piece: Piece, share: float, *, stated: bool, note: str) -> FormCell:
        if share < AHEAD:
            return self.unreadable(slot, note=note)
        if stated:
            return replace(
                self.certain(slot, piece, confidence=0.8), note="digits run together; the text states this number"
            )
        return replace(self.certain(slot, piece, confidence=DOUBTFUL), ambiguous=True, note=note)

    def _readings(self, slot: Slot, pieces: Sequence[Piece]) -> tuple[Reading, ...]:
        readings = []
        for piece in pieces[:ALTERNATIVE_LIMIT]:
            value, _ = scaled(piece, slot)
            if value is not None:
                start, end = self._view.original(piece.start, piece.end)
                readings.append(Reading(value=to_number(value), start=start, end=end))
        return tuple(readings)

    def _cell(self, slot: Slot, **fields: Any) -> FormCell:
        indicator = slot.key.indicator or ""
        label_start, label_end = self._view.original(*slot.row.label)
        by: Mapping[str, str] = dict(sorted((*slot.key.by, *slot.by)))
        return FormCell(
            form=slot.form,
            table_id=slot.table_id,
            indicator=indicator,
            by=by,
            unit=vocabulary()[indicator].unit,
            label_start=label_start,
            label_end=label_end,
            **fields,
        )


_NO_NUMBER = Decimal(10) ** MOST_DIGITS


def scaled(piece: Piece, slot: Slot) -> tuple[Decimal | None, str | None]:
    """The value in base units; None where 元 and 万元 are both possible. The cell's own unit goes before the column's."""
    if piece.value is not None and abs(piece.value) >= _NO_NUMBER:
        return None, "more digits than any number of a report"
    if piece.value is None or vocabulary()[slot.key.indicator or ""].kind != "money":
        return piece.value, None
    scales = forms().scales
    known = next((unit for unit in (piece.unit, slot.row.unit, slot.scale or "") if unit in scales), None)
    if known:
        return piece.value * scales[known], None
    return _without_unit(piece.value)


WAN_ONLY_BELOW = Decimal(1_000)
YUAN_ONLY_FROM = Decimal(1_000_000)


def _without_unit(value: Decimal) -> tuple[Decimal | None, str | None]:
    """A column without unit: 元 has at most two decimals and is rarely below a thousand, 万元 rarely reaches a million."""
    decimals = -int(value.normalize().as_tuple().exponent)
    if value == 0:
        return value, None
    if decimals > 2 or (decimals > 0 and value < WAN_ONLY_BELOW):
        return value * 10_000, "unit not stated; read as 万元"
    if value >= YUAN_ONLY_FROM:
        return value, "unit not stated; read as 元"
    return None, "unit not stated: 元 or 万元"
