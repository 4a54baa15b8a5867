"""Whether a document runs its cells together at all: digits may be cut only where there is a sign of it."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from infer.forms.atoms import Atom
from infer.forms.digits import is_glued
from infer.forms.rows import Row, last_is_total
from infer.forms.view import LetterView
from report.forms import forms

MANY_CELLS = 15
_SAME_HAND = {
    "columns": ("columns",),
    "applicants": ("applicants", "groups"),
    "groups": ("groups",),
    "statistics": (),
}
"""Layouts of which one shows how the others' blank cells were left."""
_CELL_BREAKS = frozenset("\n|\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glue:
    """`proven`: somewhere zeros stand together that can be no number, or a dash touches a number.

    `blanks`: layouts of which a row has fewer digits than cells: blank cells leave no trace.
    """

    proven: bool
    blanks: frozenset[str] = frozenset()


def find_glue(rows: Iterable[Row]) -> Glue:
    """Look through all rows of all tables."""
    found = list(rows)
    blanks = {layout for row in found if _is_too_short(row) for layout in _SAME_HAND[row.table.layout]}
    return Glue(proven=any(_is_run_together(row.atoms) for row in found), blanks=frozenset(blanks))


def _is_too_short(row: Row) -> bool:
    """Fewer digits than cells; applicants may lack their total, and rows of sums be empty for other reasons."""
    digits = sum(max(1, len(atom.digits)) for atom in row.atoms)
    if row.cells or (not digits and row.table.layout != "columns"):
        return False
    return digits < (len(forms().applicants) - 1 if row.table.layout == "applicants" else len(row.element.cells))


def _is_run_together(atoms: Sequence[Atom]) -> bool:
    touching = any(a.group == b.group for a, b in itertools.pairwise(atoms))
    return touching or any(is_glued(atom) for atom in atoms)


def may_cut(row: Row, count: int, glue: Glue, view: LetterView) -> bool:
    """Whether fewer words than cells are cells run together, and not cells of which some are blank or unknown."""
    if len(row.atoms) >= count or _is_no_number(row.atoms, count):
        return True
    if len(row.atoms) > 1 and not _is_run_together(row.atoms) and _may_have_blanks(row, view):
        return False
    if row.table.layout in glue.blanks or (row.table.layout == "columns" and not row.closed):
        return not any(atom.digits.strip("0") for atom in row.atoms)
    if sum(bool(cell.words) and cell.words[0].isdigit() for cell in row.cells) > 1 or _on_lines(row.atoms, view):
        return False
    return glue.proven or any(atom.state == "dash" and atom.end - atom.start > 1 for atom in row.atoms)


def _may_have_blanks(row: Row, view: LetterView) -> bool:
    """Numbers apart, too few: wide gaps show where blanks stand; a last one that is the sum tells that some do.

    Where there is no sum, a number of several digits may be one cell beside a blank as well as several cells.
    """
    if row.table.layout in ("columns", "statistics") or last_is_total(row):
        return True
    between = (view.folded.text[a.end : b.start] for a, b in itertools.pairwise(row.atoms))
    return any(len(words) > 1 and not words.strip(" \t") for words in between)


def _is_no_number(atoms: Sequence[Atom], count: int) -> bool:
    """A digit for each of many cells, all in one word, zeros among them: no number, no traceless blanks."""
    return len(atoms) == 1 and count >= MANY_CELLS and len(atoms[0].digits) >= count and "00" in atoms[0].digits


def _on_lines(atoms: Sequence[Atom], view: LetterView) -> bool:
    """Cells that are on lines or between marks of their own are not run together."""
    between = [view.folded.text[a.end : b.start] for a, b in itertools.pairwise(atoms)]
    return bool(between) and all(not _CELL_BREAKS.isdisjoint(words) for words in between)


def cross_lines(atoms: Sequence[Atom], view: LetterView) -> bool:
    """A break between the words of a row is the end of a cell or of a page, never a space within a number."""
    return any(not _CELL_BREAKS.isdisjoint(view.folded.text[a.end : b.start]) for a, b in itertools.pairwise(atoms))
