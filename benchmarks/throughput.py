"""Throughput, memory, start-up and size: extracts ../shared/real, or examples/ where that is absent, over and over.

    python -m benchmarks.throughput [LARGEST]

Each size runs in a process of its own, so that its peak memory is its own. Documents are repeated to reach a size, so
this measures the program's own cost and not the disk's.
"""
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from importlib.metadata import distribution, requires
from itertools import cycle, islice
from pathlib import Path
from typing import Any, Final

from infer.inputs import Input, find_inputs

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent
REAL: Final = ROOT.parent / "shared" / "real"
RESULTS: Final = HERE / "results.json"
SHARES: Final = (8, 4, 2, 1)
LARGEST: Final = 800
STARTS: Final = 7
MOST_TIME_RATIO: Final = 1.25
MOST_MEMORY_RATIO: Final = 1.2
HEAD: Final = "| reports | reports/s | characters/s | peak memory |"
NOTE: Final = ("One process, the documents of {source} repeated, {machine}. `gongkai --version` takes {start:.2f} s; "
               "the run-time packages take {megabytes:.0f} MB.")


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(int(arguments[1]))))
        return 0
    largest = int(arguments[0]) if arguments else LARGEST
    runs = [_in_own_process(largest // share) for share in SHARES]
    results = {"machine": f"{platform.machine()}, Python {platform.python_version()}", "source": _source_name(),
               "runs": runs, "start_seconds": start_seconds(), "installed_bytes": installed_bytes()}
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(table(results))
    return report_growth(runs)


def measure(size: int) -> dict[str, float]:
    """Extract `size` documents in this process; peak memory is that of its whole life."""
    from infer.pipeline import extract
    from infer.results import encode

    documents = [(document.name, document.read()) for document in _documents()]
    characters = written = 0
    begin = time.perf_counter()
    for name, data in islice(cycle(documents), size):
        report = extract(data, name=name)
        characters += len(report.source.text)
        written += len(encode(report))
    seconds = time.perf_counter() - begin
    return {"reports": size, "seconds": round(seconds, 2), "reports_per_second": round(size / seconds, 1),
            "characters_per_second": round(characters / seconds), "bytes_written": written, "peak_mib": _peak_mib()}


def _documents() -> list[Input]:
    folder = REAL if REAL.is_dir() else ROOT / "examples"
    return [found for found in find_inputs([str(folder)]) if isinstance(found, Input)]


def _source_name() -> str:
    return "../shared/real" if REAL.is_dir() else "examples/"


def _peak_mib() -> float:
    """Linux counts in KiB, macOS in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return round(peak / (2**20 if sys.platform == "darwin" else 2**10), 1)


def _in_own_process(size: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.throughput", "--one", str(size)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    run: dict[str, Any] = json.loads(done.stdout)
    return run


def start_seconds() -> float:
    """Median time of `gongkai --version`, from the shell's view."""
    command = [str(Path(sys.executable).with_name("gongkai")), "--version"]
    return round(statistics.median(_seconds(command) for _ in range(STARTS)), 3)


def _seconds(command: list[str]) -> float:
    begin = time.perf_counter()
    subprocess.run(command, capture_output=True, check=True)
    return time.perf_counter() - begin


def installed_bytes() -> int:
    """What `pip install gongkai` puts on the disk: the run-time packages, theirs included."""
    return sum(size for name in sorted(closure({"gongkai"})) for size in _file_sizes(name))


def closure(names: Iterable[str]) -> set[str]:
    """The distributions and all that they need without extras, by canonical name."""
    found: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo.extend(_needs(name))
    return found


def _needs(name: str) -> Iterator[str]:
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    for line in requires(name) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)


def _file_sizes(name: str) -> Iterator[int]:
    for file in distribution(name).files or ():
        path = Path(str(file.locate()))
        if path.is_file():
            yield path.stat().st_size


def table(results: dict[str, Any], head: str = HEAD, note: str = NOTE) -> str:
    """The figures as Markdown, in the language of `head` and `note`."""
    rows = "".join(f"| {run['reports']:,} | {run['reports_per_second']:.1f} | {run['characters_per_second']:,} "
                   f"| {run['peak_mib']:.0f} MiB |\n" for run in results["runs"])
    said = note.format(source=results["source"], machine=results["machine"], start=results["start_seconds"],
                       megabytes=results["installed_bytes"] / 1e6)
    return f"{head}\n| ---: | ---: | ---: | ---: |\n{rows}\n{said}"


def report_growth(runs: list[dict[str, Any]]) -> int:
    """Say whether time is linear and memory flat between the smallest and the largest size; 1 if either is not."""
    first, last = runs[0], runs[-1]
    slower = first["reports_per_second"] / last["reports_per_second"]
    larger = last["peak_mib"] / first["peak_mib"]
    print(f"\nfrom {first['reports']} to {last['reports']} reports: time per report x{slower:.2f}, "
          f"peak memory x{larger:.2f}")
    return int(slower > MOST_TIME_RATIO or larger > MOST_MEMORY_RATIO)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
