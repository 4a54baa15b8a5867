"""Throughput, memory, start-up and size: extracts the reports of annotations/written, each once.

    python -m benchmarks.throughput [LARGEST]

Each size runs in a process of its own, so that its peak memory is its own. No report is read twice: the model remembers
sentences, and would have nothing to do.
"""
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import distribution, requires
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent
REAL: Final = ROOT.parent / "shared" / "real"
WRITTEN: Final = ROOT / "annotations" / "written"
RESULTS: Final = HERE / "results.json"
SHARES: Final = (8, 4, 2, 1)
LARGEST: Final = 576
MODEL_NEEDS: Final = ("numpy", "onnxruntime")
STARTS: Final = 7
MOST_TIME_RATIO: Final = 1.25
MOST_MEMORY_RATIO: Final = 1.2
HEAD: Final = "| reports | reports/s | characters/s | peak memory |"
NOTE: Final = ("One process, {source}, {machine}. `gongkai --version` takes {start:.2f} s; "
               "the run-time packages take {megabytes:.0f} MB.")
SOURCES: Final = {"annotations/written": "the reports of annotations/written, each once",
                  "../shared/real": "the documents of ../shared/real repeated"}


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--one"]:
        print(json.dumps(measure(int(arguments[1]))))
        return 0
    largest = int(arguments[0]) if arguments else LARGEST
    runs = [_in_own_process(largest // share) for share in SHARES]
    results = {"machine": f"{platform.machine()}, Python {platform.python_version()}", "source": "annotations/written",
               "runs": runs, "start_seconds": start_seconds(), "installed_bytes": installed_bytes()}
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(table(results))
    return report_growth(runs)


def measure(size: int) -> dict[str, float]:
    """Extract `size` documents in this process; peak memory is that of its whole life."""
    from infer.pipeline import extract
    from infer.results import encode

    characters = written = 0
    begin = time.perf_counter()
    for name, text in texts(size):
        report = extract(text.encode(), name=name)
        characters += len(text)
        written += len(encode(report))
    seconds = time.perf_counter() - begin
    return {"reports": size, "seconds": round(seconds, 2), "reports_per_second": round(size / seconds, 1),
            "characters_per_second": round(characters / seconds), "bytes_written": written, "peak_mib": _peak_mib()}


def texts(size: int) -> Iterator[tuple[str, str]]:
    """Names and texts of `size` labelled reports, taken evenly from all, so that every size has the same kinds."""
    from annotations.corpus import read_document

    paths = sorted(WRITTEN.glob("*.json"))
    if size > len(paths):
        raise ValueError(f"{WRITTEN} holds {len(paths)} reports, not {size}")
    for number in range(size):
        path = paths[number * len(paths) // size]
        yield f"{path.stem}.txt", read_document(path).text


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
    """What an installation of the reading path with its model puts on the disk."""
    return own_bytes() + closure_bytes({"gongkai", *MODEL_NEEDS})


def closure_bytes(names: Iterable[str]) -> int:
    """The packages and all that they need; of an editable gongkai its files are not among them."""
    return sum(size for name in sorted(closure(names)) for size in _file_sizes(name))


def own_bytes() -> int:
    """What a wheel of gongkai holds, weights included."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]
    left_out = {path for pattern in wheel["exclude"] for path in ROOT.glob(pattern.lstrip("/"))}
    return sum(path.stat().st_size for package in wheel["packages"] for path in (ROOT / package).rglob("*")
               if path.is_file() and path.suffix != ".pyc" and left_out.isdisjoint({path, *path.parents}))


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


def table(
    results: dict[str, Any], head: str = HEAD, note: str = NOTE, sources: Mapping[str, str] = SOURCES
) -> str:
    """The figures as Markdown, in the language of `head`, `note` and `sources`."""
    rows = "".join(f"| {run['reports']:,} | {run['reports_per_second']:.1f} | {run['characters_per_second']:,} "
                   f"| {run['peak_mib']:.0f} MiB |\n" for run in results["runs"])
    said = note.format(source=sources[results["source"]], machine=results["machine"], start=results["start_seconds"],
                       megabytes=results["installed_bytes"] / 1e6)
    return f"{head}\n| ---: | ---: | ---: | ---: |\n{rows}\n{said}"


def report_growth(runs: list[dict[str, Any]]) -> int:
    """Say whether time is linear and memory flat between the smallest and the largest size; 1 if either is not."""
    first, last = runs[0], runs[-1]
    slower = first["characters_per_second"] / last["characters_per_second"]
    larger = last["peak_mib"] / first["peak_mib"]
    print(f"\nfrom {first['reports']} to {last['reports']} reports: time per character x{slower:.2f}, "
          f"peak memory x{larger:.2f}")
    return int(slower > MOST_TIME_RATIO or larger > MOST_MEMORY_RATIO)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
