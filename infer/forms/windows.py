"""Which of a padded grid row's cells are the form's: blank cells at both ends, of which some only fill the grid."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from infer.forms.atoms import Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell whose bounds are known: what it says, and where it stands if it stands in a table of the document."""

    piece: Piece
    words: str
    table: int | None = None
    row: int | None = None
    column: int | None = None


Cells = tuple[GridCell, ...]


def windows(cells: Cells, count: int) -> list[int]:
    """Where `count` cells can begin that leave out nothing but blank ones; in a blank row the first place."""
    filled = [n for n, cell in enumerate(cells) if cell.piece.state != "blank"]
    if len(cells) < count or not filled:
        return [0] if len(cells) >= count else []
    return list(range(max(0, filled[-1] - count + 1), min(filled[0], len(cells) - count) + 1))


def align(
    rows: Sequence[Cells], counts: Sequence[int], accept: Callable[[tuple[Piece, ...]], bool] | None = None
) -> list[Cells | None]:
    """Each row's cells, cut to the form's where it has more; None where that cannot be told.

    Rows of a grid begin in one column: a row with one window shows where, else what is accepted.
    """
    options = [windows(cells, count) for cells, count in zip(rows, counts, strict=True)]
    begins: dict[int, set[int]] = defaultdict(set)
    for cells, places in zip(rows, options, strict=True):
        if len(places) == 1 and any(cell.piece.state != "blank" for cell in cells):
            begins[len(cells)].add(places[0])
    aligned: list[Cells | None] = []
    for cells, places, count in zip(rows, options, counts, strict=True):
        fitting = places
        if len(places) > 1:
            pieces = {place: tuple(cell.piece for cell in cells[place : place + count]) for place in places}
            fitting = [place for place in places if place in begins[len(cells)]] or [
                place for place in places if accept and accept(pieces[place])
            ]
        aligned.append(cells if not places else cells[fitting[0] : fitting[0] + count] if len(fitting) == 1 else None)
    return aligned
