"""The table of disputes: groups of five cells whose last is the sum of the four before."""
from collections.abc import Iterator, Sequence

from infer.forms.atoms import Atom, cut_piece, piece_of
from infer.forms.digits import DIGIT_LIMIT, Split, Splits, Steps, collect, dash_variants, exact_split

SIZE = 5


def group_splits(atoms: Sequence[Atom], count: int) -> Splits:
    """Cut the atoms into `count` cells so that each fifth is the sum of its four."""
    if exact := exact_split(atoms, count):
        return Splits(splits=(exact,), exact=True)
    found = [_variant_splits(variant, count) for variant in dash_variants(tuple(atoms))]
    complete = all(variant.complete for variant in found)
    splits = tuple(dict.fromkeys(split for variant in found for split in variant.splits)) if complete else ()
    return Splits(splits=splits or (_single_digits(atoms, count) if complete else ()), complete=complete)


def adds_up(split: Split) -> bool:
    """Each fifth cell is the sum of the four before it."""
    return all(sum(piece.number for piece in split[n:n + SIZE - 1]) == split[n + SIZE - 1].number
               for n in range(0, len(split), SIZE))


def _variant_splits(atoms: tuple[Atom, ...], count: int) -> Splits:
    if exact := exact_split(atoms, count):
        return Splits(splits=(exact,))
    digits = sum(max(1, len(atom.digits)) for atom in atoms)
    if not len(atoms) <= count <= digits:
        return Splits(splits=())
    if digits > DIGIT_LIMIT:
        return Splits(splits=(), complete=False)
    return collect(_pieces(atoms, 0, count, (), Steps()), lambda _: True)


def _single_digits(atoms: Sequence[Atom], count: int) -> tuple[Split, ...]:
    """As many digits as cells leave no choice, even where the sums do not hold."""
    if sum(max(1, len(atom.digits)) for atom in atoms) != count:
        return ()
    pieces = [[cut_piece(atom, n, n + 1) for n in range(len(atom.digits))] if atom.is_run else [piece_of(atom)]
              for atom in atoms]
    return (tuple(piece for cut in pieces for piece in cut),)


def _pieces(atoms: tuple[Atom, ...], first: int, count: int, group: Split, steps: Steps) -> Iterator[Split]:
    if not atoms:
        if count == 0:
            yield ()
        return
    steps.spend()
    remaining = sum(max(1, len(atom.digits)) for atom in atoms) - first
    if not len(atoms) <= count <= remaining:
        return
    for split, size in _next(atoms[0], first, group):
        after = (atoms[1:], 0) if first + size >= len(atoms[0].digits) else (atoms, first + size)
        following = () if len(group) == SIZE - 1 else (*group, *split)
        for others in _pieces(after[0], after[1], count - 1, following, steps):
            yield split + others


def _next(atom: Atom, first: int, group: Split) -> Iterator[tuple[Split, int]]:
    """What the next cell can be; the fifth of a group is what the four add up to."""
    total = sum(piece.number for piece in group) if len(group) == SIZE - 1 else None
    if not atom.is_run or atom.whole:
        piece = piece_of(atom)
        if total is None or piece.number == total:
            yield (piece,), max(1, len(atom.digits))
        return
    longest = 1 if atom.digits[first] == "0" else len(atom.digits) - first
    sizes = range(1, longest + 1) if total is None else [size for size in [len(str(int(total)))] if size <= longest]
    for size in sizes:
        piece = cut_piece(atom, first, first + size)
        if total is None or piece.number == total:
            yield (piece,), size
