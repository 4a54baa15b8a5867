"""All forms of a document: find the tables, read their rows, let the identities decide, make cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from infer.forms import applicants, columns, groups, statistics
from infer.forms.atoms import Piece, piece_of
from infer.forms.cells import AHEAD, DOUBTFUL, CellMaker, Slot
from infer.forms.chains import Chain, find_chains
from infer.forms.codes import fill_skipped
from infer.forms.digits import Splits
from infer.forms.drift import recover_drifted
from infer.forms.editions import detected_form, form_of, version_of
from infer.forms.glue import Glue, cross_lines, find_glue, may_cut
from infer.forms.headless import find_headless
from infer.forms.labels import find_labels
from infer.forms.mentions import Mentions
from infer.forms.moved import recover_moved
from infer.forms.plausibility import Stated, is_stated, weigh
from infer.forms.results import FormCell, FormReadings, Hints
from infer.forms.rows import Grids, Row, fit_grid, last_is_total, read_rows
from infer.forms.view import LetterView, view_letters
from infer.forms.windows import GridCell
from report.document import Document
from report.forms import CellKey, Element

BY_TEXT = "digits run together; cut as the text states"
PROVEN, BARE, UNPROVEN = 0.93, 0.9, 0.6
HEADS_REACH = 240
LONE = "one number for two columns; taken for this year's"
UNDECIDED = "digits run together; several readings are possible"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What every table's reading needs."""

    view: LetterView
    grids: Grids
    maker: CellMaker
    mentions: Mentions
    hints: Hints
    glue: Glue


def read_forms(doc: Document, *, hints: Hints | None = None) -> FormReadings:
    """Read every official form of the document, by its labels, in whatever state its cells have come down.

    `hints`: numbers that the running text states of indicators, heard where digits run together.
    """
    view = view_letters(doc.text)
    occurrences = find_labels(view)
    grids = Grids(doc, view)
    chains = [
        recover_drifted(chain, view) for chain in recover_moved(find_chains(view, occurrences), view, occurrences)
    ]
    chains = sorted([*chains, *find_headless(view, occurrences, chains, grids)], key=lambda chain: chain.start)
    if not chains:
        return FormReadings()
    tables = [(chain, _rows(chain, view, grids)) for chain in chains]
    regions = [_region(chain, rows, view) for chain, rows in tables]
    reading = _Reading(
        view=view,
        grids=grids,
        maker=CellMaker(view),
        mentions=Mentions(view, regions),
        hints=hints or {},
        glue=find_glue(row for _, rows in tables for row in rows),
    )
    version = version_of(chains)
    cells = tuple(cell for chain, rows in tables for cell in _read_table(chain, rows, version, reading))
    return FormReadings(
        cells=cells,
        regions=tuple(view.original(*region) for region in regions),
        forms=tuple(dict.fromkeys(form_of(chain, version) for chain in chains)),
        detected=detected_form(cells, chains, version),
    )


def _rows(chain: Chain, view: LetterView, grids: Grids) -> list[Row]:
    rows = read_rows(chain, view, grids)
    return (
        fill_skipped(rows, statistics.read_columns(chain, view, grids)) if chain.table.layout == "statistics" else rows
    )


def _region(chain: Chain, rows: Sequence[Row], view: LetterView) -> tuple[int, int]:
    start, end = view.places[chain.start], view.folded_bounds(chain.start, chain.end)[1]
    last = [atom.end for row in rows for atom in row.atoms] + [cell.piece.end for row in rows for cell in row.cells]
    return start, max([end, *last])


def _read_table(chain: Chain, rows: Sequence[Row], version: str, reading: _Reading) -> Iterator[FormCell]:
    layout = chain.table.layout
    form = form_of(chain, version)
    if layout == "applicants":
        yield from _applicants(chain, rows, form, reading)
    elif layout == "statistics":
        yield from _statistics(chain, rows, form, reading)
    else:
        for row in rows:
            yield from _plain_row(chain, row, form, reading)


def _applicants(chain: Chain, rows: Sequence[Row], form: str, reading: _Reading) -> Iterator[FormCell]:
    names = applicants.read_columns(_text_before(chain, rows, reading.view), rows)
    gridded = {row.element.part: fit_grid(row, len(names)) for row in rows}
    subdivided = any(row.element.part in applicants.ITS_PARTS for row in rows)
    splits = {
        row.element.part: _grid_splits(cells)
        if (cells := gridded[row.element.part])
        else _applicant_splits(row, names, reading)
        for row in rows
        if row.atoms or gridded[row.element.part]
    }
    if (
        subdivided
        and (whole := splits.get(applicants.ONE_OUTCOME))
        and not any(piece.value is not None for split in whole.splits for piece in split)
    ):
        del splits[applicants.ONE_OUTCOME]
    chosen = applicants.choose(splits)
    trusted = names[-1] == "total" and applicants.totals_stand_last(rows, len(names))
    for row in rows:
        slots = [
            Slot(
                key=CellKey(indicator=row.element.part, by=() if name == "total" else (("applicant", name),)),
                form=form,
                table_id=row.table.id,
                row=row,
            )
            for name in names
        ]
        if row.element.part not in splits:
            if not (row.element.optional and subdivided):
                yield from map(reading.maker.blank, slots)
        elif cells := gridded[row.element.part]:
            yield from map(reading.maker.from_grid, slots, cells)
        else:
            yield from _applicant_row(row, slots, chosen.get(row.element.part), reading, trusted=trusted)


def _text_before(chain: Chain, rows: Sequence[Row], view: LetterView) -> str:
    """The words among which the heads of the table are."""
    first = min((row.label[0] for row in rows), default=view.places[chain.start])
    return view.folded.text[max(0, first - HEADS_REACH) : first]


def _applicant_splits(row: Row, names: Sequence[str], reading: _Reading) -> Splits:
    if row.torn or not may_cut(row, len(names), reading.glue, reading.view):
        return Splits(splits=())
    found = applicants.row_splits(row, len(names), total=names[-1] == "total")
    return Splits(splits=()) if found.joined and cross_lines(row.atoms, reading.view) else found


def _grid_splits(cells: Sequence[GridCell]) -> Splits:
    return Splits(splits=(tuple(cell.piece for cell in cells),), exact=True)


def _applicant_row(
    row: Row,
    slots: Sequence[Slot],
    choice: applicants.Choice | None,
    reading: _Reading,
    *,
    trusted: bool,
) -> Iterator[FormCell]:
    if choice is not None and choice.splits:
        doubtful = len(choice.splits) > 1 and not applicants.adds_up(choice.splits[0])
        for column, slot in enumerate(slots):
            yield reading.maker.weighed(
                slot,
                column,
                choice.splits,
                [1.0] * len(choice.splits),
                stated=False,
                confidence=UNPROVEN if doubtful else choice.confidence,
                note="the row does not add up; " + UNDECIDED if doubtful else UNDECIDED,
            )
        return
    total = trusted and len(row.atoms) < len(slots) and last_is_total(row)
    yield from (reading.maker.unreadable(slot, note="cells are missing from the row") for slot in slots[:-1])
    if total:
        atom = row.atoms[-1]
        piece = Piece(
            start=atom.start, end=atom.end, state="value" if int(atom.digits) else "zero", value=Decimal(atom.digits)
        )
        yield reading.maker.certain(
            slots[-1], piece, confidence=0.8, note="blank cells are missing; the last is the sum of the others"
        )
    else:
        yield reading.maker.unreadable(slots[-1], note="cells are missing from the row")


def _plain_row(chain: Chain, row: Row, form: str, reading: _Reading) -> Iterator[FormCell]:
    """A row of section two or of the disputes; less certain where the table has lost its heads."""
    for cell in _plain_cells(chain, row, form, reading):
        yield replace(cell, confidence=min(cell.confidence, _trust(chain, row))) if chain.headless else cell


def _trust(chain: Chain, row: Row) -> float:
    """What the numbers of a table without heads prove: the disputes by their sums, section two by its counts."""
    if chain.table.layout != "groups":
        return BARE
    keys = len(row.element.cells)
    pieces = [cell.piece for cell in fit_grid(row, keys)] or list(
        (groups.group_splits(row.atoms, keys).splits or ((),))[0]
    )
    return PROVEN if groups.adds_up(tuple(pieces)) else UNPROVEN


def _plain_cells(chain: Chain, row: Row, form: str, reading: _Reading) -> Iterator[FormCell]:
    keys = row.element.cells
    slots = [
        Slot(key=key, form=form, table_id=row.table.id, row=row, scale=_scale(chain, row, n, reading.view))
        for n, key in enumerate(keys)
    ]
    if cells := fit_grid(row, len(keys)):
        yield from map(reading.maker.from_grid, slots, cells)
    elif not row.atoms:
        yield from map(reading.maker.blank, slots)
    else:
        yield from _decide(slots, _plain_splits(row, reading), row.element, reading)


def _plain_splits(row: Row, reading: _Reading) -> Splits:
    count = len(row.element.cells)
    if row.torn or not may_cut(row, count, reading.glue, reading.view):
        return Splits(splits=())
    found = columns.row_splits(row) if row.table.layout == "columns" else groups.group_splits(row.atoms, count)
    proven = row.table.layout == "groups" and all(map(groups.adds_up, found.splits))
    return Splits(splits=()) if row.paged and not proven else found


def _decide(slots: Sequence[Slot], found: Splits, element: Element, reading: _Reading) -> Iterator[FormCell]:
    """One split: its cells. Several: what the text states, then what is plausible, cell by cell."""
    found = _settle(slots, found, element, reading)
    if not found.splits:
        yield from (reading.maker.unreadable(slot, note=UNDECIDED) for slot in slots)
        return
    if len(found.splits) == 1:
        confidence = 0.8 if found.stated else 0.99 if found.exact else 0.7 if found.joined else 0.95
        note = BY_TEXT if found.stated else None
        yield from (
            reading.maker.certain(slot, piece, confidence=confidence, note=note)
            for slot, piece in zip(slots, found.splits[0], strict=True)
        )
        return
    stated = _stated(slots, element, reading)
    weights = _weights(slots, found, stated, near=True)
    best = found.splits[max(range(len(weights)), key=weights.__getitem__)]
    for column, slot in enumerate(slots):
        yield reading.maker.weighed(
            slot,
            column,
            found.splits,
            weights,
            stated=is_stated(best[column], column, stated),
            confidence=0.95,
            note=UNDECIDED,
        )


def _settle(slots: Sequence[Slot], found: Splits, element: Element, reading: _Reading) -> Splits:
    """The one split that the running text states a number of, if it is clearly ahead."""
    if len(found.splits) < 2:
        return found
    stated = _stated(slots, element, reading)
    weights = _weights(slots, found, stated, near=False)
    best = max(range(len(weights)), key=weights.__getitem__)
    said = any(is_stated(piece, column, stated) for column, piece in enumerate(found.splits[best]))
    if said and weights[best] >= AHEAD * sum(weights):
        return Splits(splits=(found.splits[best],), stated=True)
    return found


def _weights(slots: Sequence[Slot], found: Splits, stated: Stated, *, near: bool) -> list[float]:
    keys = [slot.key for slot in slots]
    return [weigh(split, keys, stated, near=near) for split in found.splits]


def _stated(slots: Sequence[Slot], element: Element, reading: _Reading) -> Stated:
    cells = {
        n: frozenset(Decimal(str(value)) for value in reading.hints.get(slot.key.indicator or "", ()))
        for n, slot in enumerate(slots)
    }
    return Stated(cells=cells, row=reading.mentions.numbers(element))


def _scale(chain: Chain, row: Row, column: int, view: LetterView) -> str | None:
    """The money unit of a cell's column: from the head's own words, else what the form prints."""
    above = [
        match
        for match in chain.matches
        if chain.element(match).kind == "column"
        and view.places[match.start] < row.label[0]
        and chain.element(match).scale is not None
    ]
    if not above:
        return None if row.element.cells[column].indicator != "administrative_fees.amount" else "万元"
    head = above[-1]
    words = view.folded.text[view.places[head.start] : row.label[0]]
    return next((unit for unit in ("亿元", "万元", "元") if unit in words), chain.element(head).scale)


def _statistics(chain: Chain, rows: Sequence[Row], form: str, reading: _Reading) -> Iterator[FormCell]:
    heads = statistics.read_columns(chain, reading.view, reading.grids)
    gridded = [statistics.grid_values(row, len(heads)) for row in rows]
    names = [row.element.part or str(n) for n, row in enumerate(rows)]
    slots = [[_statistics_slot(column, row, form) for column in heads] for row in rows]
    splits = {
        name: _grid_splits(cells) if cells else _statistics_splits(row, heads, reading)
        for name, row, cells in zip(names, rows, gridded, strict=True)
        if row.atoms or cells
    }
    splits = statistics.apply_sums(chain.table, splits)
    settled = {
        name: _settle(of_row, splits[name], row.element, reading)
        for name, row, of_row in zip(names, rows, slots, strict=True)
        if name in splits and row.element.mentions
    }
    splits = statistics.apply_sums(chain.table, splits | settled)
    lone = not any(gridded) and not reading.glue.proven and statistics.is_lone(rows, heads)
    for name, row, of_row, cells in zip(names, rows, slots, gridded, strict=True):
        made = (
            _lone_row(row, of_row, reading) if lone else _statistics_row(row, of_row, cells, splits.get(name), reading)
        )
        yield from (
            cell for cell, column in zip(made, heads, strict=True) if cell is not None and column.kind != "skip"
        )


def _statistics_splits(row: Row, heads: Sequence[statistics.Column], reading: _Reading) -> Splits:
    if row.torn or row.paged or not may_cut(row, len(heads), reading.glue, reading.view):
        return Splits(splits=())
    return statistics.row_splits(row, heads)


def _statistics_slot(column: statistics.Column, row: Row, form: str) -> Slot:
    by: tuple[tuple[str, str], ...] = ()
    if column.kind == "cumulative":
        by = (("period", "cumulative"),)
    elif column.kind == "previous":
        by = (("period", "previous_year"),)
    elif column.kind == "subunit":
        by = (("subunit", column.name),)
    return Slot(key=row.element.cells[0], form=form, table_id=row.table.id, row=row, scale=row.element.scale, by=by)


def _lone_row(row: Row, slots: Sequence[Slot], reading: _Reading) -> Iterator[FormCell | None]:
    """The one number of a row with two columns, said to be doubtful: most likely this year's."""
    if row.element.cells[0].indicator is None or not row.atoms:
        yield from (None for _ in slots)
        return
    own = reading.maker.certain(slots[0], piece_of(row.atoms[0]), confidence=DOUBTFUL, note=LONE)
    yield replace(own, ambiguous=True)
    yield reading.maker.unreadable(slots[1], note=LONE)


def _statistics_row(
    row: Row,
    slots: Sequence[Slot],
    cells: Sequence[GridCell],
    found: Splits | None,
    reading: _Reading,
) -> Iterator[FormCell | None]:
    """None for each cell of a row that the vocabulary does not name, and for a head without a number."""
    nameless = row.element.cells[0].indicator is None
    empty = not any(cell.piece.value is not None for cell in cells) if cells else not row.atoms
    if nameless or (row.element.optional and empty):
        yield from (None for _ in slots)
    elif cells:
        yield from map(reading.maker.from_grid, slots, cells)
    elif not row.atoms:
        yield from map(reading.maker.blank, slots)
    else:
        yield from _decide(slots, found or Splits(splits=()), row.element, reading)
