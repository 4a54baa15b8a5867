"""Every way to cut a row's words into a given number of cells."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from infer.forms.atoms import Atom, Piece, cut_piece, piece_of, split_dashes

Split = tuple[Piece, ...]
Accept = Callable[[Split], bool]

STEP_LIMIT = 4_000
SPLIT_LIMIT = 400
DIGIT_LIMIT = 60
LONGEST_DASH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Splits:
    """The possible cells of a row. `exact`: the words themselves are apart; not `complete`: too many to look through.

    `joined`: spaces between digits were taken for noise; `stated`: the running text has decided.
    """

    splits: tuple[Split, ...]
    exact: bool = False
    complete: bool = True
    joined: bool = False
    stated: bool = False


class TooManySplits(Exception):
    """A row has more splits than are worth looking through."""


class Steps:
    """The work that one row may cost; a run of thousands of digits ends here."""

    def __init__(self) -> None:
        self._left = STEP_LIMIT

    def spend(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise TooManySplits


def collect(search: Iterator[Split], accept: Accept) -> Splits:
    """The splits of a search that are accepted; none, and not complete, where there are too many."""
    found: list[Split] = []
    try:
        for split in search:
            if accept(split):
                found.append(split)
            if len(found) > SPLIT_LIMIT:
                raise TooManySplits
    except TooManySplits:
        return Splits(splits=(), complete=False)
    return Splits(splits=tuple(found))


def is_glued(atom: Atom) -> bool:
    """A number has no leading zero."""
    return atom.is_run and len(atom.digits) > 1 and atom.digits[0] == "0"


def exact_split(atoms: Sequence[Atom], count: int) -> Split | None:
    """The atoms as they stand, if there is one for each cell."""
    if len(atoms) == count and not any(is_glued(atom) for atom in atoms):
        return tuple(piece_of(atom) for atom in atoms)
    return None


def split_row(atoms: Sequence[Atom], count: int, *, accept: Accept, sums: bool = False) -> Splits:
    """Cut the atoms into `count` cells: as they stand, else run by run.

    `sums`: the last cell is the sum of the others; then spaces may be noise, and the sum tells where cells end.
    """
    if exact := exact_split(atoms, count):
        return Splits(splits=(exact,), exact=True)
    found = [_split_variant(variant, count, accept=accept, sums=sums) for variant in dash_variants(tuple(atoms))]
    splits = tuple(dict.fromkeys(split for variant in found for split in variant.splits))
    complete = all(variant.complete for variant in found)
    joined = _joined(atoms) if sums and len(atoms) > count else None
    if splits or not complete or joined is None:
        return Splits(splits=splits if complete else (), complete=complete)
    return replace(_enumerate((joined,), count, accept=accept, sums=sums), joined=True)


def _split_variant(atoms: tuple[Atom, ...], count: int, *, accept: Accept, sums: bool) -> Splits:
    exact = exact_split(atoms, count)
    return Splits(splits=(exact,)) if exact else _enumerate(atoms, count, accept=accept, sums=sums)


def dash_variants(atoms: tuple[Atom, ...]) -> Iterator[tuple[Atom, ...]]:
    """Dashes that touch: each a cell, two a cell (——), or, where they are no more than two, all one cell."""
    runs = [atom.end - atom.start for atom in atoms if atom.state == "dash"]
    if max(runs, default=1) <= LONGEST_DASH:
        yield atoms
    if max(runs, default=1) > DIGIT_LIMIT:
        return
    if max(runs, default=1) > 1:
        yield split_dashes(atoms, 1)
    if max(runs, default=1) > LONGEST_DASH:
        yield split_dashes(atoms, LONGEST_DASH)


def _joined(atoms: Sequence[Atom]) -> Atom | None:
    """All digits as one run, if there is nothing else."""
    if not all(atom.is_run and not atom.sign and not atom.tail and not atom.unit for atom in atoms):
        return None
    places = tuple(place for atom in atoms for place in atom.places)
    return Atom(
        start=places[0], end=places[-1] + 1, group=0, digits="".join(atom.digits for atom in atoms), places=places
    )


def _enumerate(atoms: Sequence[Atom], count: int, *, accept: Accept, sums: bool) -> Splits:
    digits = sum(max(1, len(atom.digits)) for atom in atoms)
    if not len(atoms) <= count <= digits:
        return Splits(splits=())
    if digits > DIGIT_LIMIT:
        return Splits(splits=(), complete=False)
    steps = Steps()
    return collect(_sum_splits(atoms, count, steps) if sums else _all_splits(tuple(atoms), count, steps), accept)


def _all_splits(atoms: tuple[Atom, ...], count: int, steps: Steps) -> Iterator[Split]:
    """Depth first; no number has a leading zero."""
    if not atoms:
        if count == 0:
            yield ()
        return
    atom, rest = atoms[0], atoms[1:]
    room = count - len(rest)
    capacity = sum(max(1, len(other.digits)) for other in rest)
    for pieces in _cuts(atom, 0, max(1, count - capacity), room, steps):
        for others in _all_splits(rest, count - len(pieces), steps):
            yield pieces + others


def _cuts(atom: Atom, first: int, least: int, most: int, steps: Steps) -> Iterator[Split]:
    """The atom from its digit `first` on, in `least` to `most` pieces."""
    if not atom.is_run or atom.whole:
        if least <= 1 <= most and (not atom.whole or first == 0):
            yield (piece_of(atom),)
        return
    steps.spend()
    length = len(atom.digits)
    if length - first < least or most < 1:
        return
    if least <= 1 and (atom.digits[first] != "0" or length - first == 1):
        yield (cut_piece(atom, first, length),)
    longest = 1 if atom.digits[first] == "0" else length - first
    for size in range(1, longest + 1):
        if first + size < length:
            piece = cut_piece(atom, first, first + size)
            for others in _cuts(atom, first + size, least - 1, most - 1, steps):
                yield (piece, *others)


def _sum_splits(atoms: Sequence[Atom], count: int, steps: Steps) -> Iterator[Split]:
    """Only splits whose last cell is the sum of the others: the sum first, then the parts within it."""
    last = atoms[-1]
    if not last.is_run or last.whole:
        yield from _parts(tuple(atoms[:-1]), 0, count - 1, int(piece_of(last).number), steps, (piece_of(last),))
        return
    for size in range(1, len(last.digits) + 1):
        first = len(last.digits) - size
        if last.digits[first] == "0" and size > 1:
            continue
        total = cut_piece(last, first, len(last.digits))
        if total.number != int(total.number):
            return
        kept = (
            ()
            if first == 0
            else (
                replace(
                    last,
                    digits=last.digits[:first],
                    places=last.places[:first],
                    end=last.places[first - 1] + 1,
                    tail="",
                    unit="",
                ),
            )
        )
        yield from _parts((*atoms[:-1], *kept), 0, count - 1, int(total.number), steps, (total,))


def _parts(atoms: tuple[Atom, ...], first: int, count: int, total: int, steps: Steps, end: Split) -> Iterator[Split]:
    """The atoms from digit `first` of the first on as `count` cells that add up to `total`, followed by `end`."""
    if not atoms:
        if count == 0 and total == 0:
            yield end
        return
    steps.spend()
    atom, rest = atoms[0], atoms[1:]
    remaining = sum(max(1, len(other.digits)) for other in atoms) - first
    if not len(atoms) <= count <= remaining:
        return
    if not atom.is_run or atom.whole:
        piece = piece_of(atom)
        if 0 <= piece.number <= total:
            for others in _parts(rest, 0, count - 1, total - int(piece.number), steps, end):
                yield (piece, *others)
        return
    longest = 1 if atom.digits[first] == "0" else min(len(atom.digits) - first, len(str(total)))
    for size in range(1, longest + 1):
        if int(atom.digits[first : first + size]) > total:
            break
        piece = cut_piece(atom, first, first + size)
        behind = (rest, 0) if first + size == len(atom.digits) else (atoms, first + size)
        for others in _parts(behind[0], behind[1], count - 1, total - int(piece.number), steps, end):
            yield (piece, *others)
