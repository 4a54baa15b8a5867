"""Rows that add up to another row: which of their splits can be part of a solution."""
from collections.abc import Iterable, Mapping, Sequence

Vector = tuple[int, ...]
STATE_LIMIT = 6_000


class TooMany(Exception):
    """More partial sums than are worth looking through."""


def fits_within(vector: Vector, bound: Vector) -> bool:
    return all(a <= b for a, b in zip(vector, bound, strict=True))


def add(first: Vector, second: Vector) -> Vector:
    return tuple(a + b for a, b in zip(first, second, strict=True))


def viable_parts(parts: Sequence[frozenset[Vector]], total: Vector, *, slack: bool) -> list[set[Vector]] | None:
    """For each part the vectors that occur in a sum equal to `total` (at most `total` with `slack`); None if there is none.

    Raises TooMany where the partial sums grow beyond the limit.
    """
    zero = (0,) * len(total)
    forward: list[set[Vector]] = [{zero}]
    for options in parts:
        forward.append(_within(({add(a, b) for a in forward[-1] for b in options}), total))
    ends = {end for end in forward[-1] if slack or end == total}
    if not ends:
        return None
    viable: list[set[Vector]] = []
    for options, before in zip(reversed(parts), reversed(forward[:-1]), strict=True):
        kept = {(a, b) for a in before for b in options if add(a, b) in ends}
        viable.append({b for _, b in kept})
        ends = {a for a, _ in kept}
    return list(reversed(viable))


def _within(vectors: Iterable[Vector], bound: Vector) -> set[Vector]:
    kept = {vector for vector in vectors if fits_within(vector, bound)}
    if len(kept) > STATE_LIMIT:
        raise TooMany
    return kept


def solve_sum(
    parts: Mapping[str, frozenset[Vector]], totals: frozenset[Vector], *, slack: bool,
) -> dict[Vector, dict[str, set[Vector]]]:
    """For each total that can be reached, the vectors of each part that reach it."""
    solved = {}
    for total in totals:
        viable = viable_parts(list(parts.values()), total, slack=slack)
        if viable is not None:
            solved[total] = dict(zip(parts, viable, strict=True))
    return solved
