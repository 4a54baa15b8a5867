"""The runs of a study together: means over seeds, and how much less work the same quality took."""
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean
from typing import Any, Final, Literal

from train.errors import TrainingError

Measure = Literal["span_f1", "fact_f1", "model_fact_f1"]
Cost = Literal["effort", "labels", "sentences"]
MEASURES: Final[tuple[Measure, ...]] = ("span_f1", "fact_f1", "model_fact_f1")
COSTS: Final[tuple[Cost, ...]] = ("effort", "labels", "sentences")
Rows = Sequence[Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Saving:
    """`needed`: what the choice cost where it came to the score that random picks came to with `cost`."""

    score: float
    cost: float
    needed: float

    @property
    def share(self) -> float:
        return 1 - self.needed / self.cost


def merged(paths: Iterable[Path]) -> dict[str, list[dict[str, float]]]:
    """Points by strategy and unit, means over the seeds that came to each share. Raises TrainingError."""
    runs: dict[str, list[list[dict[str, float]]]] = {}
    corpora = set()
    for path in paths:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        name = found["strategy"] if found["strategy"] == "all" else f"{found['strategy']} {found['unit']}"
        runs.setdefault(name, []).append(found["points"])
        corpora.add((found["corpus"], found["steps"]))
    if len(corpora) > 1:
        raise TrainingError("these runs are of different corpora or of different length")
    return {name: _means([point for points in held for point in points]) for name, held in sorted(runs.items())}


def _means(points: Sequence[Mapping[str, float]]) -> list[dict[str, float]]:
    found = []
    for share in sorted({point["share"] for point in points}):
        held = [point for point in points if point["share"] == share]
        found.append({name: round(fmean(point[name] for point in held), 4) for name in held[0]} | {"seeds": len(held)})
    return found


def saving(chosen: Rows, random: Rows, measure: Measure, cost: Cost) -> Saving | None:
    """At the best score that both came to, costs between points in a line; None where random never rose."""
    score = min(max(point[measure] for point in rows) for rows in (chosen, random))
    if score <= random[0][measure]:
        return None
    return Saving(score=round(score, 4), cost=_cost_at(random, measure, cost, score),
                  needed=_cost_at(chosen, measure, cost, score))


def _cost_at(rows: Rows, measure: Measure, cost: Cost, score: float) -> float:
    """Where the curve first comes to the score."""
    before = rows[0]
    for point in rows:
        if point[measure] >= score:
            rise = point[measure] - before[measure]
            share = (score - before[measure]) / rise if rise > 0 else 1.0
            return before[cost] + share * (point[cost] - before[cost])
        before = point
    return before[cost]
