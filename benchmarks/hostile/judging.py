"""What became of hostile documents: outcomes, reasons, costs, and each promise that was broken."""
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.hostile.watching import Cost, Hostile
from infer.batch import Failure
from report.facts import Report
from tests.robustness.faults import faults

_SHOWN: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A hostile document that gave a report: its facts, and the promises of a result that it breaks."""

    facts: int
    broken: tuple[str, ...]


Outcome = Read | Failure


def finish(report: Report) -> Read:
    """In the process that read it."""
    return Read(facts=len(report.facts), broken=tuple(faults(report)))


def summary(named: Sequence[Hostile], found: Sequence[Outcome], spent: dict[int, Cost]) -> dict[str, Any]:
    """Counts by outcome and by reason, the dearest documents, and one line for each that broke something."""
    pairs = list(zip(named, found, strict=True))
    slow = sorted(spent.values(), key=lambda cost: -cost.seconds)
    large = sorted(spent.values(), key=lambda cost: -cost.megabytes)
    names = {one.number: one.name for one in named}
    reasons = Counter(_kind(outcome.reason) for outcome in found if isinstance(outcome, Failure))
    return {
        "documents": len(named), "answers": len(found), "read": sum(isinstance(one, Read) for one in found),
        "outcomes": dict(Counter(one.cause if isinstance(one, Failure) else "read" for one in found).most_common()),
        "families": dict(sorted(Counter(one.name.partition(".")[2] for one in named).items())),
        "reasons": dict(reasons.most_common()),
        "slowest": [f"{cost.seconds:.1f} s  {names[cost.number]}" for cost in slow[:_SHOWN]],
        "largest": [f"{cost.megabytes:.0f} MB, {cost.megabytes - cost.before:+.0f}  {names[cost.number]}" for cost in large[:_SHOWN]],
        "unwatched": len(named) - len(spent),
        "limits": [f"{one.name}: {said.reason}" for one, said in pairs if isinstance(said, Failure) and said.cause == "limit"],
        "faults": [line for one, said in pairs for line in _fault(one, said)],
    }


def _kind(reason: str) -> str:
    """The reason without its numbers."""
    return "".join("N" if sign.isdigit() else sign for sign in reason.partition(":")[0])[:80]


def _fault(document: Hostile, outcome: Outcome) -> list[str]:
    if isinstance(outcome, Failure):
        one_line = "\n" not in outcome.reason and bool(outcome.reason)
        told = f"{document.name}: {outcome.reason!r}"
        return [told] if outcome.cause in ("fault", "process", "input") or not one_line else []
    return [f"{document.name}: {line}" for line in outcome.broken]
