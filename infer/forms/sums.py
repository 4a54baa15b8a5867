"""Rows that add up to another row: which of their splits can be part of a solution."""

from collections.abc import Iterable, Mapping, Sequence

Vector = tuple[int, ...]
WORK_LIMIT = 200_000


class TooMany(Exception):
    """More partial sums than are worth looking through."""


class Work:
    """What one table may cost."""

    def __init__(self, left: int = WORK_LIMIT) -> None:
        self.left = left

    def spend(self, count: int) -> None:
        self.left -= count
        if self.left < 0:
            raise TooMany


def fits_within(vector: Vector, bound: Vector) -> bool:
    return all(a <= b for a, b in zip(vector, bound, strict=True))


def add(first: Vector, second: Vector) -> Vector:
    return tuple(a + b for a, b in zip(first, second, strict=True))


def viable_parts(
    parts: Sequence[frozenset[Vector]],
    total: Vector,
    *,
    slack: bool,
    work: Work,
) -> list[set[Vector]] | None:
    """For each part the vectors that occur in a sum equal to `total` (at most, with `slack`); None if there is none.

    Raises TooMany where there are too many partial sums.
    """
    zero = (0,) * len(total)
    forward: list[set[Vector]] = [{zero}]
    for options in parts:
        work.spend(len(options) * len(forward[-1]))
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
    return {vector for vector in vectors if fits_within(vector, bound)}


def solve_sum(
    parts: Mapping[str, frozenset[Vector]],
    totals: frozenset[Vector],
    *,
    slack: bool,
    work: Work,
) -> dict[Vector, dict[str, set[Vector]]]:
    """For each total that can be reached, the vectors of each part that reach it."""
    solved = {}
    names = sorted(parts, key=lambda name: len(parts[name]))
    for total in totals:
        viable = viable_parts([parts[name] for name in names], total, slack=slack, work=work)
        if viable is not None:
            solved[total] = dict(zip(names, viable, strict=True))
    return solved
