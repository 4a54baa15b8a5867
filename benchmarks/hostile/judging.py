"""What became of hostile documents: outcomes, reasons, costs, and each promise that was broken."""
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks.hostile.runs import OUTPUT, Run
from infer.batch.bounds import Bounds
from infer.batch.manifest import Record, read_manifest
from infer.results import BadResult, decode
from tests.robustness.faults import faults

GRACE: Final = 10.0
"""seconds that a reader may take to be ended, on a machine with other work"""
_SHOWN: Final = 10


@dataclass(slots=True, kw_only=True)
class Tally:
    """What several runs came to, added up."""

    bounds: Bounds
    documents: int = 0
    megabytes: float = 0.0
    seconds: float = 0.0
    outcomes: Counter[str] = field(default_factory=Counter)
    families: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    limits: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, place: Path, names: Sequence[str], run: Run) -> None:
        """The run over the documents of these names in this place."""
        records = [record for record, _ in read_manifest(place / f"{OUTPUT}.manifest")]
        self.documents += len(names)
        self.megabytes = max(self.megabytes, run.megabytes)
        self.families.update(_family(name) for name in names)
        for record in records:
            self._count(record)
        self.slowest = sorted([*self.slowest, *((one.seconds, one.name) for one in records)], reverse=True)[:_SHOWN]
        self.faults += [*_broken_run(names, records, run), *_broken_results(place, records)]

    def _count(self, record: Record) -> None:
        cause = record.cause or "none"
        self.outcomes["read" if record.outcome == "read" else cause] += 1
        if record.reason is not None:
            self.reasons[_kind(record.reason)] += 1
        if record.cause == "limit":
            self.limits.append(f"{record.name}: {record.reason}")
        if record.outcome == "failed" and record.cause not in ("document", "limit"):
            self.faults.append(f"{record.name}: {record.cause}: {record.reason}")
        if self.bounds.seconds and record.seconds > self.bounds.seconds + GRACE:
            self.faults.append(f"{record.name}: {record.seconds:.1f} s")

    def summary(self) -> dict[str, Any]:
        """As it is kept in hostile.json."""
        return {
            "documents": self.documents, "bounds": str(self.bounds), "seconds": round(self.seconds),
            "largest_process_megabytes": round(self.megabytes), "outcomes": dict(self.outcomes.most_common()),
            "reasons": dict(self.reasons.most_common()), "families": dict(sorted(self.families.items())),
            "slowest": [f"{seconds:.1f} s  {name}" for seconds, name in self.slowest],
            "limits": self.limits, "faults": self.faults}


def _family(name: str) -> str:
    return ".".join(name.split(".")[1:-2])


def _kind(reason: str) -> str:
    """The reason without its numbers."""
    return "".join("N" if sign.isdigit() else sign for sign in reason.partition(":")[0])[:80]


def _broken_run(names: Sequence[str], records: Sequence[Record], run: Run) -> Iterator[str]:
    """The run ended as it must, has each document once, and said one line for each that it did not read."""
    failed = [record for record in records if record.outcome == "failed"]
    if run.status != int(bool(failed)):
        yield f"exit status {run.status} with {len(failed)} not read"
    told = [record.name for record in records]
    yield from (f"{name}: {told.count(name)} times in the manifest" for name in (Counter(names) - Counter(told)).keys()
                | (Counter(told) - Counter(names)).keys())
    wanted = Counter(f"{record.name}: {record.reason}" for record in failed)
    said = Counter(run.lines)
    yield from (f"said nothing of {line!r}" for line in wanted - said)
    yield from (f"said {line!r}" for line in said - wanted)


def _broken_results(place: Path, records: Sequence[Record]) -> Iterator[str]:
    output = place / OUTPUT
    lines = output.read_bytes().splitlines() if output.exists() else []
    read = sum(record.outcome == "read" for record in records)
    if len(lines) != read:
        yield f"{len(lines)} results of {read} documents"
    for line in lines:
        try:
            report = decode(line)
        except BadResult as error:
            yield f"a result that cannot be read: {error}"
            continue
        yield from (f"{report.source.name}: {fault}" for fault in faults(report))
