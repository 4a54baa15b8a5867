"""Section two: a few cells a row that no sum ties together, only order of size, signs and what the text says."""
from infer.forms.atoms import Atom
from infer.forms.digits import Split, Splits, split_row
from infer.forms.rows import Row
from report.forms import CellKey

_AT_MOST = (("issued", "in_force"), ("new_disclosed", "disclosed_total"))


def row_splits(row: Row) -> Splits:
    """Splits that keep to signs, decimals and order of size; a sign between digits may also be a dash."""
    keys = row.element.cells
    found = split_row(row.atoms, len(keys), accept=lambda split: is_possible(split, keys))
    unsigned = _unsigned(row.atoms)
    if found.exact or unsigned is None:
        return found
    others = split_row(unsigned, len(keys), accept=lambda split: is_possible(split, keys))
    return Splits(splits=(*found.splits, *others.splits), complete=found.complete and others.complete)


def is_possible(split: Split, keys: tuple[CellKey, ...]) -> bool:
    """Whether a split is one that an office can have meant."""
    named = {(key.indicator or "").rpartition(".")[2]: piece for key, piece in zip(keys, split, strict=True)}
    for name, piece in named.items():
        if name != "items_change" and piece.number < 0:
            return False
        if name != "amount" and piece.number != int(piece.number):
            return False
    for less, more in _AT_MOST:
        if less in named and named[more].value is not None and named[less].number > named[more].number:
            return False
    return "items_change" not in named or named["items_previous_year"].number + named["items_change"].number >= 0


def _unsigned(atoms: tuple[Atom, ...]) -> tuple[Atom, ...] | None:
    """The signs glued to what stands before them as cells of their own."""
    if not any(atom.sign == "-" and n and atoms[n - 1].group == atom.group for n, atom in enumerate(atoms)):
        return None
    found: list[Atom] = []
    for n, atom in enumerate(atoms):
        if atom.sign == "-" and n and atoms[n - 1].group == atom.group:
            found.append(Atom(start=atom.start, end=atom.start + 1, group=atom.group, state="dash"))
            found.append(Atom(start=atom.places[0], end=atom.end, group=atom.group, digits=atom.digits, places=atom.places,
                              tail=atom.tail, unit=atom.unit, whole=atom.whole))
        else:
            found.append(atom)
    return tuple(found)
