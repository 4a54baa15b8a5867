"""Reports a second of transformers' pipeline, of torch and of gongkai: the same weights, the same reports, one run.

    python -m benchmarks.comparison [--rounds N] [--weights FOLDER] [PATH ...]

PATHs are reports (default ../shared/real, or examples/ where that is absent); each is read once, since sentences that
were read before cost nothing. Every way of reading runs in a process of its own, in turn, `--rounds` times.
"""
import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from benchmarks.agreement import Agreement, agreement, read_record
from benchmarks.measuring import Job, measure
from benchmarks.readers import NAIVE, READERS, RECORDED
from benchmarks.scores import SHARED, parse_total, run_scorer
from benchmarks.throughput import REAL, ROOT, closure_bytes, own_bytes

HERE: Final = Path(__file__).resolve().parent
RESULTS: Final = HERE / "comparison.json"
ROUNDS: Final = 3
NEEDS: Final = {"pipeline": ("torch", "transformers"), "framed": ("torch", "transformers"),
                "torch": ("torch", "transformers"), "one": ("numpy", "onnxruntime")}
HEAD: Final = ("| reader | reports/s | processor time a report | ready after | peak memory | installed |\n"
               "| --- | ---: | ---: | ---: | ---: | ---: |")
NOTE: Final = ("{reports} reports of {source}: {characters:,} characters, of which gongkai gives {share:.1%} to the "
               "model; {machine}; medians of {rounds} rounds. Memory of several processes is the sum of their peaks.")


def main(arguments: Sequence[str]) -> int:
    options = _options(arguments)
    if options.one:
        print(json.dumps(measure(Job.of(options.one))))
        return 0
    paths = options.paths or [str(REAL if REAL.is_dir() else ROOT / "examples")]
    with tempfile.TemporaryDirectory() as folder:
        rounds = [{name: _in_own_process(name, paths, options.weights, Path(folder)) for name in options.readers}
                  for _ in range(options.rounds)]
        results = {"machine": _machine(), "source": _source(paths), "rounds": options.rounds,
                   "readers": {name: summary(name, [one[name] for one in rounds]) for name in options.readers},
                   "agreement": _agreements(Path(folder), options.readers), "scores": _scores(Path(folder), paths)}
    if not options.dry:
        RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(page(results))
    return 0


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.comparison")
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--weights", default=str(ROOT / "models" / "released"))
    parser.add_argument("--readers", nargs="+", choices=list(READERS), default=list(READERS))
    parser.add_argument("--dry", action="store_true", help="print only")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _in_own_process(name: str, paths: Sequence[str], weights: str, folder: Path) -> dict[str, Any]:
    job = Job.begun(reader=name, weights=weights, paths=paths, folder=str(folder))
    command = [sys.executable, "-m", "benchmarks.comparison", "--one", job.encoded()]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def summary(name: str, runs: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The medians of the rounds, and what an installation of the reader takes."""
    middle = {key: statistics.median(run[key] for run in runs)
              for key in ("seconds", "cpu_seconds", "ready", "peak_mib")}
    first = runs[0]
    return {"reports": first["reports"], "characters": first["characters"], "read": first["read"], **middle,
            "reports_per_second": round(first["reports"] / middle["seconds"], 3),
            "installed_bytes": own_bytes() + closure_bytes({"gongkai", *NEEDS.get(name, NEEDS["one"])})}


def _agreements(folder: Path, readers: Sequence[str]) -> dict[str, Any]:
    """gongkai's spans and facts against those of every other reader of the same weights."""
    if "one" not in readers:
        return {}
    own = read_record(folder, "one")
    return {name: agreement(own, read_record(folder, name)).as_data()
            for name in RECORDED if name != "one" and name in readers}


def _scores(folder: Path, paths: Sequence[str]) -> dict[str, float]:
    """Text F1 on gold of what each reader wrote, where all real reports were read."""
    if [Path(path).resolve() for path in paths] != [REAL] or not (SHARED / "gold").is_dir():
        return {}
    return {path.stem: parse_total(run_scorer(path).stdout)["text_f1"] for path in sorted(folder.glob("*.jsonl"))}


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{platform.machine()} with {cores} cores, Python {platform.python_version()}"


def _source(paths: Sequence[str]) -> str:
    return ", ".join("../shared/real" if Path(path).resolve() == REAL else Path(path).name for path in paths)


def page(results: dict[str, Any]) -> str:
    """Everything measured, as Markdown."""
    readers = results["readers"]
    rows = [_row(name, run) for name, run in readers.items()]
    some = next(iter(readers.values()))
    share = next((readers[name]["read"] for name in ("one", "torch") if name in readers), 0) / some["characters"]
    note = NOTE.format(reports=some["reports"], source=results["source"], characters=some["characters"], share=share,
                       machine=results["machine"], rounds=results["rounds"])
    parts = ["\n".join([HEAD, *rows]), note, "\n".join(_ratios(readers)), *_equality(results)]
    return "\n\n".join(part for part in parts if part)


def _row(name: str, run: dict[str, Any]) -> str:
    return (f"| {READERS[name].words} | {run['reports_per_second']:.2f} | {run['cpu_seconds'] / run['reports']:.3f} s "
            f"| {run['ready']:.2f} s | {run['peak_mib']:.0f} MiB | {run['installed_bytes'] / 1e6:.0f} MB |")


def _ratios(readers: dict[str, Any]) -> list[str]:
    """Each of ours as a multiple of each naive reader."""
    ours = [name for name in ("one", "threads", "processes") if name in readers]
    return [f"- {READERS[name].words}: " + ", ".join(
                f"{readers[name]['reports_per_second'] / readers[other]['reports_per_second']:.1f} times "
                f"“{READERS[other].words}”" for other in NAIVE if other in readers)
            for name in ours if any(other in readers for other in NAIVE)]


def _equality(results: dict[str, Any]) -> list[str]:
    rows = [f"| {READERS[name].words} | {found.span_f1:.3f} | {found.fact_f1:.3f} | {found.same_facts} of "
            f"{found.reports} | {_score(results, name)} |"
            for name, found in ((name, Agreement(**data)) for name, data in results["agreement"].items())]
    if not rows:
        return []
    head = ("| gongkai against | spans F1 | facts F1 | reports with the same facts | text F1 on gold |\n"
            "| --- | ---: | ---: | ---: | ---: |")
    own = f"gongkai's own text F1 on gold: {_score(results, 'one')}." if results["scores"] else ""
    return ["\n".join([head, *rows]), own]


def _score(results: dict[str, Any], name: str) -> str:
    return f"{results['scores'][name]:.3f}" if name in results["scores"] else "–"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
