"""Section two: a few cells a row that no sum ties together, only order of size, signs and what the text says."""

from collections.abc import Iterable
from dataclasses import replace

from infer.forms.atoms import Atom, Piece
from infer.forms.digits import Split, Splits, split_row
from infer.forms.plausibility import keeps_order, last_name, ordinary
from infer.forms.rows import Row
from report.forms import CellKey

LEAST_SHARE = 0.05
"""Readings that are less likely than this, beside the best, are none."""


def row_splits(row: Row) -> Splits:
    """Splits that keep to signs, decimals and order of size; a sign may also be the dash of a cell of its own."""
    keys, atoms, unsigned = row.element.cells, row.atoms, _unsigned(row.atoms)
    found = split_row(atoms, len(keys), accept=lambda split: is_possible(split, keys))
    if found.exact:
        return found
    if unsigned != atoms:
        found = _both(found, split_row(unsigned, len(keys), accept=lambda split: is_possible(split, keys)))
    if found.splits and found.complete:
        return _with_offences(found, dict.fromkeys((atoms, unsigned)), keys)
    if not found.splits and sum(len(atom.digits) or 1 for atom in unsigned) == len(keys):
        return split_row(unsigned, len(keys), accept=lambda split: is_well_formed(split, keys))
    return found


def _both(first: Splits, second: Splits) -> Splits:
    splits = tuple(dict.fromkeys((*first.splits, *second.splits)))
    return Splits(splits=splits, complete=first.complete and second.complete)


def _with_offences(found: Splits, variants: Iterable[tuple[Atom, ...]], keys: tuple[CellKey, ...]) -> Splits:
    """Offices break the order of size now and then: such a split stays where those that keep it are far-fetched."""
    best = max(ordinary(split, keys) for split in found.splits)
    for atoms in variants:
        loose = split_row(atoms, len(keys), accept=lambda split: is_well_formed(split, keys))
        others = tuple(split for split in loose.splits if ordinary(split, keys) > best * LEAST_SHARE)
        found = _both(found, replace(loose, splits=others))
    return found


def is_well_formed(split: Split, keys: tuple[CellKey, ...]) -> bool:
    """Only a change is negative, only an amount has decimals."""
    named = _named(split, keys)
    return all(piece.number >= 0 for name, piece in named.items() if name != "items_change") and all(
        piece.number == int(piece.number) for name, piece in named.items() if name != "amount"
    )


def is_possible(split: Split, keys: tuple[CellKey, ...]) -> bool:
    """Whether a split is one that an office can have meant."""
    return is_well_formed(split, keys) and keeps_order(_named(split, keys))


def _named(split: Split, keys: tuple[CellKey, ...]) -> dict[str, Piece]:
    return {last_name(key): piece for key, piece in zip(keys, split, strict=True)}


def _unsigned(atoms: tuple[Atom, ...]) -> tuple[Atom, ...]:
    """Each sign as a cell of its own."""
    found: list[Atom] = []
    for atom in atoms:
        if atom.sign == "-":
            found.append(Atom(start=atom.start, end=atom.start + 1, group=atom.group, state="dash"))
            atom = replace(atom, start=atom.places[0], sign="")
        found.append(atom)
    return tuple(found)
