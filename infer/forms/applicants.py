"""The requests table: seven cells a row, rows that add up across, columns that add up down."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from infer.forms.atoms import Piece
from infer.forms.digits import Split, Splits, exact_split, split_row
from infer.forms.rows import Row, last_is_total, without_list_number
from infer.forms.sums import TooMany, Vector, Work, add, solve_sum
from report.forms import forms

NEW, CARRIED_IN, TOTAL, CARRIED_OUT = (
    "requests.new",
    "requests.carried_in",
    "requests.processed_total",
    "requests.carried_out",
)
BALANCE = (NEW, CARRIED_IN, TOTAL, CARRIED_OUT)
COMBINATION_LIMIT = 3_000
OPTION_LIMIT = 300
ALL_HOLD = "column identities"
ONE_OUTCOME, ITS_PARTS = (
    "requests.other.total",
    frozenset({"requests.other.correction_overdue", "requests.other.fee_overdue", "requests.other.other"}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What remains of a row's splits once the identities have been heard; `reason` names what decided."""

    splits: tuple[Split, ...]
    confidence: float
    reason: str | None = None


def adds_up(split: Split) -> bool:
    """The last cell is the sum of the others."""
    return sum(piece.number for piece in split[:-1]) == split[-1].number


def read_columns(heads: str, rows: Sequence[Row]) -> tuple[str, ...]:
    """The seven columns; six where the heads lack one, every row has six numbers, and the totals allow it."""
    names, words = forms().applicants, forms().applicant_words
    letters = re.sub(r"\W", "", heads).replace("法人或其他组织", "")
    present = tuple(name for name in names if any(word in letters for word in words[name]))
    if len(present) != len(names) - 1 or not all(_has(row, len(present)) for row in rows):
        return names
    vectors = [tuple(piece.number for piece in pieces) for row in rows if (pieces := _pieces(row, len(present)))]
    filled = [vector for vector in vectors if any(vector)]
    if "total" in present:
        return present if all(sum(vector[:-1]) <= vector[-1] for vector in filled) else names
    return present if any(sum(vector[:-1]) != vector[-1] for vector in filled) else names


def _has(row: Row, count: int) -> bool:
    return not row.atoms or len(row.atoms) == count


def _pieces(row: Row, count: int) -> Split:
    return exact_split(row.atoms, count) or ()


def row_splits(row: Row, count: int, *, total: bool = True) -> Splits:
    """Splits of a row whose last cell is a sum; a digit that may be the next row's number is tried both ways.

    Without a column of totals nothing can tell where digits end: the words must stand apart.
    """
    if not total:
        exact = exact_split(row.atoms, count)
        return Splits(splits=(exact,) if exact else (), exact=True)
    found = split_row(row.atoms, count, accept=adds_up, sums=True)
    if found.exact and row.paged and not adds_up(found.splits[0]):
        return Splits(splits=())
    if found.joined:
        found = _with_trailing_word(row, count) or _with_stray_word(row, count, found)
    if row.loose and not (found.exact and all(adds_up(split) for split in found.splits)):
        shorter = split_row(without_list_number(row), count, accept=adds_up, sums=True)
        found = _either(found, shorter)
    if not found.splits and found.complete:
        found = _with_trailing_word(row, count) or _without_sum(row, count)
    return found


def _without_sum(row: Row, count: int) -> Splits:
    """A row that does not add up: as many cells as it needs, or one fewer where the office left its total blank."""
    full = split_row(row.atoms, count, accept=lambda _: True)
    if full.exact or not full.splits:
        return full
    short = split_row(row.atoms, count - 1, accept=lambda _: True)
    end = row.atoms[-1].end
    blank = Piece(start=end, end=end, state="blank")
    splits = (*full.splits, *((*split, blank) for split in short.splits))
    return Splits(splits=splits if short.complete else (), complete=short.complete)


def _either(first: Splits, second: Splits) -> Splits:
    fitting = tuple(split for split in (*first.splits, *second.splits) if adds_up(split))
    if not fitting:
        return first if first.splits else second
    return Splits(splits=fitting, complete=first.complete and second.complete)


def _with_trailing_word(row: Row, count: int) -> Splits | None:
    """One number too many, and without the last the row adds up: a page number stands behind it.

    The page may also end within the row: where it adds up without another number too, each is a reading.
    """
    found = split_row(row.atoms[:-1], count, accept=adds_up, sums=True) if len(row.atoms) == count + 1 else None
    if not found or not found.exact or not adds_up(found.splits[0]):
        return None
    others = (_without(row, n, count) for n in range(len(row.atoms) - 1))
    fitting = tuple(split for split in others if split and _vector(split) != _vector(found.splits[0]))
    return Splits(splits=(*found.splits, *fitting), complete=found.complete) if fitting else found


def _without(row: Row, n: int, count: int) -> Split | None:
    split = exact_split((*row.atoms[:n], *row.atoms[n + 1 :]), count)
    return split if split and adds_up(split) else None


def _with_stray_word(row: Row, count: int, joined: Splits) -> Splits:
    """One number too many: beside the readings that join digits those that leave one number out, a page's perhaps."""
    if len(row.atoms) != count + 1:
        return joined
    others = (_without(row, n, count) for n in range(len(row.atoms)))
    return replace(joined, splits=(*joined.splits, *(split for split in others if split)))


def choose(rows: Mapping[str, Splits]) -> dict[str, Choice]:
    """Keep the splits that satisfy the most column identities."""
    known = {name: splits for name, splits in rows.items() if splits.splits}
    options = {
        name: frozenset(_vector(split) for split in splits.splits)
        for name, splits in known.items()
        if len(splits.splits) <= OPTION_LIMIT
    }
    kept, reason = _solve(options, missing=len(options) < len(rows))
    return {name: _choice(splits, kept.get(name), reason) for name, splits in known.items()}


def _choice(splits: Splits, kept: set[Vector] | None, reason: str) -> Choice:
    """A row that does not add up is the source's fault or a wrong cut: only identities that all hold may decide it."""
    trusted = reason == ALL_HOLD or all(adds_up(split) for split in splits.splits)
    if kept is None or not trusted:
        return Choice(splits=splits.splits, confidence=_confidence(splits, len(splits.splits)))
    remaining = tuple(split for split in splits.splits if _vector(split) in kept)
    return Choice(
        splits=remaining,
        confidence=_confidence(splits, len(remaining)),
        reason=reason if len(splits.splits) > 1 else None,
    )


def _confidence(splits: Splits, remaining: int) -> float:
    if splits.exact:
        return 0.99
    return 0.7 if splits.joined else 0.97 if len(splits.splits) == 1 else 0.93 if remaining == 1 else 0.5


def _vector(split: Split) -> Vector:
    """The row's numbers; a total left blank counts as what it would be."""
    numbers = tuple(int(piece.number) for piece in split)
    return (*numbers[:-1], sum(numbers[:-1])) if split[-1].state == "blank" else numbers


def _solve(options: Mapping[str, frozenset[Vector]], *, missing: bool) -> tuple[dict[str, set[Vector]], str]:
    free = {name: set(vectors) for name, vectors in options.items()}
    if all(len(vectors) == 1 for vectors in options.values()):
        return free, ""
    try:
        kept = _all_identities(options, missing=missing)
    except TooMany:
        return free, "too many splits to compare"
    if kept is not None:
        return kept, ALL_HOLD
    return _most_identities(options), "most column identities"


def _outcomes(names: Mapping[str, object]) -> list[str]:
    """The rows that add up to the total: 其他处理 as one row or in three."""
    outcomes = forms().outcomes & set(names)
    if ONE_OUTCOME in outcomes and outcomes & ITS_PARTS:
        outcomes = outcomes - {ONE_OUTCOME}
    return sorted(outcomes)


def _all_identities(options: Mapping[str, frozenset[Vector]], *, missing: bool) -> dict[str, set[Vector]] | None:
    """Splits that occur where balance and outcomes hold in every column; None where they cannot."""
    kept = {name: set(vectors) for name, vectors in options.items()}
    outcomes = {name: options[name] for name in _outcomes(options)}
    if TOTAL not in options:
        return kept
    solved = solve_sum(outcomes, options[TOTAL], slack=missing, work=Work())
    balanced = _balanced(options)
    totals = {total for total in solved if balanced is None or total in balanced}
    if not totals:
        return None
    kept[TOTAL] = totals
    for name in outcomes:
        kept[name] = {vector for total in totals for vector in solved[total][name]}
    for n, name in enumerate((NEW, CARRIED_IN, CARRIED_OUT)):
        if balanced is not None:
            kept[name] = {triple[n] for total in totals for triple in balanced[total]}
    return kept


def _balanced(options: Mapping[str, frozenset[Vector]]) -> dict[Vector, list[tuple[Vector, ...]]] | None:
    """For each total the other three rows with which the balance holds; None where one of the rows is not there."""
    if not all(name in options for name in BALANCE):
        return None
    if len(options[NEW]) * len(options[CARRIED_IN]) * len(options[CARRIED_OUT]) > COMBINATION_LIMIT:
        raise TooMany
    found: dict[Vector, list[tuple[Vector, ...]]] = {}
    for triple in product(options[NEW], options[CARRIED_IN], options[CARRIED_OUT]):
        total = tuple(a - b for a, b in zip(add(triple[0], triple[1]), triple[2], strict=True))
        if total in options[TOTAL]:
            found.setdefault(total, []).append(triple)
    return found


def _most_identities(options: Mapping[str, frozenset[Vector]]) -> dict[str, set[Vector]]:
    """Where not all can hold, the combinations in which the most columns do; all splits where there are too many."""
    names, free = list(options), {name: set(vectors) for name, vectors in options.items()}
    size = 1
    for vectors in options.values():
        size *= len(vectors)
        if size > COMBINATION_LIMIT:
            return free
    outcomes, best, kept = _outcomes(options), -1, free
    for combination in product(*options.values()):
        satisfied = _satisfied(dict(zip(names, combination, strict=True)), outcomes)
        if satisfied > best:
            best, kept = satisfied, {name: set() for name in names}
        if satisfied == best:
            for name, vector in zip(names, combination, strict=True):
                kept[name].add(vector)
    return kept


def _satisfied(table: Mapping[str, Vector], outcomes: Sequence[str]) -> int:
    if TOTAL not in table:
        return 0
    count = sum(sum(table[name][c] for name in outcomes) == value for c, value in enumerate(table[TOTAL]))
    if all(name in table for name in BALANCE):
        left, right = add(table[NEW], table[CARRIED_IN]), add(table[TOTAL], table[CARRIED_OUT])
        count += sum(a == b for a, b in zip(left, right, strict=True))
    return count


def totals_stand_last(rows: Sequence[Row], count: int) -> bool:
    """Whether in every row with fewer numbers than cells the last is the sum of the others."""
    short = [
        row
        for row in rows
        if row.closed and 1 < len(row.atoms) < count and any(atom.digits.strip("0") for atom in row.atoms)
    ]
    return all(last_is_total(row) for row in short)
