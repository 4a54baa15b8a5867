"""The one change of one cell that makes every sum of a table hold."""
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report.checks import CheckStatus

Figures = dict[str, int | float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """The figures on either side of an equation by fact id; `group` None: not to be repaired by it."""

    group: str | None
    status: CheckStatus
    left: Figures
    right: Figures


def find_repairs(sums: Sequence[Sum]) -> list[str | None]:
    """For each sum FACT_ID=VALUE, or None where it holds or its group has no unique repair."""
    groups: dict[str, list[Sum]] = defaultdict(list)
    for item in sums:
        if item.group is not None and item.status != "unknown":
            groups[item.group].append(item)
    repairs = {group: _unique_repair(members) for group, members in groups.items()}
    return [repairs.get(item.group) if item.group and item.status == "fail" else None for item in sums]


def _unique_repair(sums: list[Sum]) -> str | None:
    failed = [item for item in sums if item.status == "fail"]
    if not failed:
        return None
    changes = {f"{fact}={value}" for fact, value in _single_changes(failed[0], sums)}
    return changes.pop() if len(changes) == 1 else None


def _single_changes(failed: Sum, sums: list[Sum]) -> Iterator[tuple[str, int]]:
    """A change that mends all must touch the failed sum; by how much, the sum itself says."""
    for fact, figure in (failed.left | failed.right).items():
        change = _change(fact, failed)
        value = figure + change
        if isinstance(value, int) and value >= 0 and all(_holds_after(item, fact, change) for item in sums):
            yield fact, value


def _holds_after(item: Sum, fact: str, change: int | float) -> bool:
    if fact in item.left or fact in item.right:
        return _change(fact, item) == change
    return item.status == "pass"


def _change(fact: str, item: Sum) -> int | float:
    surplus = sum(item.left.values()) - sum(item.right.values())
    return -surplus if fact in item.left else surplus
