"""Whether a document runs its cells together at all: digits may be cut only where there is a sign of it."""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from infer.forms.atoms import Atom
from infer.forms.digits import is_glued
from infer.forms.rows import Row
from infer.forms.view import LetterView

MANY_CELLS = 15
_CELL_BREAKS = frozenset("\n|\t")


@dataclass(frozen=True, slots=True, kw_only=True)
class Glue:
    """`proven`: somewhere zeros stand together that can be no number, or a dash touches a number."""

    proven: bool


def find_glue(rows: Iterable[Row]) -> Glue:
    """Look through all rows of all tables."""
    return Glue(proven=any(_is_run_together(row.atoms) for row in rows))


def _is_run_together(atoms: Sequence[Atom]) -> bool:
    touching = any(a.group == b.group for a, b in itertools.pairwise(atoms))
    return touching or any(is_glued(atom) for atom in atoms)


def may_cut(row: Row, count: int, glue: Glue, view: LetterView) -> bool:
    """Whether fewer words than cells are cells run together, and not cells of which some are blank."""
    if len(row.atoms) >= count or _is_no_number(row.atoms, count):
        return True
    if sum(bool(cell.words) and cell.words[0].isdigit() for cell in row.cells) > 1 or _on_lines(row.atoms, view):
        return False
    return glue.proven or any(atom.state == "dash" and atom.end - atom.start > 1 for atom in row.atoms)


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
