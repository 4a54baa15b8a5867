"""Many documents: whether memory stays flat from 1,000 to 20,000, and what a second core gives.

    python -m benchmarks.many [memory | cores] [LARGEST]

Memory is the largest sum over all processes of the run of what they hold (PSS: what several share is counted once),
looked at four times a second. Linux only. Documents for `memory` are small and read by rules; for `cores` they are the
reports of annotations/written, read by rules and model, one process against two. `reading_seconds` are those from the
first record to the last, `documents_seconds` the sum of what each took: divided by the processes and the former, it is
how busy they were.
"""
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from benchmarks.keeping import measure_one
from benchmarks.kills import COMMAND, ROOT, write_documents
from benchmarks.throughput import texts

RESULTS: Final = Path(__file__).resolve().with_name("many.json")
SMALLEST: Final = 1000
LARGEST: Final = 20_000
REPORTS: Final = 60
ROUNDS: Final = 2
_LOOK: Final = 0.25
_MIB: Final = 1024


def measure(folder: Path, output: Path, *more: str) -> dict[str, Any]:
    """One run: documents, seconds, peak memory of all its processes and of the one that writes."""
    begin = time.perf_counter()
    whole = own = 0
    with subprocess.Popen([*COMMAND, "extract", str(folder), "-o", str(output), "--quiet", *more], cwd=ROOT,
                          stderr=subprocess.DEVNULL, start_new_session=True) as process:
        while process.poll() is None:
            held = {pid: _held(pid) for pid in _session(process.pid)}
            whole, own = max(whole, sum(held.values())), max(own, held.get(process.pid, 0))
            time.sleep(_LOOK)
    if process.returncode not in (0, 1):
        raise RuntimeError(f"exit status {process.returncode}")
    records = [json.loads(line) for line in output.with_name(output.name + ".manifest").open("rb")]
    return {"documents": len(records), "seconds": round(time.perf_counter() - begin, 1),
            "reading_seconds": round(_reading(records), 1),
            "documents_seconds": round(sum(record["seconds"] for record in records), 1),
            "peak_mib": round(whole / _MIB, 1), "writer_peak_mib": round(own / _MIB, 1)}


def _session(leader: int) -> Iterator[int]:
    """The processes of a session, by /proc."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                if os.getsid(int(entry.name)) == leader:
                    yield int(entry.name)
            except ProcessLookupError:
                continue


def _held(pid: int) -> int:
    """KiB, in proportion where pages are shared."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except (OSError, ValueError):
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


def _reading(records: Sequence[dict[str, Any]]) -> float:
    """From the first record to the last."""
    first, last = (datetime.fromisoformat(records[number]["at"]) for number in (0, -1))
    return (last - first).total_seconds()


def memory(place: Path, largest: int) -> dict[str, Any]:
    runs = []
    for count in (SMALLEST, largest):
        write_documents(place / f"in{count}", count)
        runs.append(measure(place / f"in{count}", place / f"out{count}.jsonl", "--rules-only"))
    return {"runs": runs, "growth": round(runs[1]["peak_mib"] / runs[0]["peak_mib"], 3)}


def cores(place: Path, count: int) -> dict[str, Any]:
    """One process and two in turn; of each its fastest round, since whatever else runs can only slow one down."""
    folder = place / "written"
    folder.mkdir()
    for name, text in texts(count):
        (folder / name).write_text(text, encoding="utf-8")
    rounds = [{"jobs": jobs, **measure(folder, place / f"out{number}-{jobs}.jsonl", "-j", str(jobs))}
              for number in range(ROUNDS) for jobs in (1, 2)]
    fastest = {jobs: min(run["reading_seconds"] for run in rounds if run["jobs"] == jobs) for jobs in (1, 2)}
    return {"runs": rounds, "speedup": round(fastest[1] / fastest[2], 2), "load_average": round(os.getloadavg()[0], 1)}


if __name__ == "__main__":
    sys.exit(measure_one(sys.argv[1:], {"memory": (memory, LARGEST), "cores": (cores, REPORTS)}, RESULTS))
