"""Scores on the real reports in ../shared/real: extracts them, runs ../shared/score.py, writes scores.json.

    python -m benchmarks.scores
"""
import json
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent
SHARED: Final = ROOT.parent / "shared"
SCORES: Final = HERE / "scores.json"
_COUNTS: Final = r"\((?P<{0}_right>\d+), (?P<{0}_wrong>\d+), (?P<{0}_missed>\d+)\) F1 (?P<{0}_f1>[\d.]+)"
_TOTAL: Final = re.compile(
    r"ALL (?P<reports>\d+) reports .*: text " + _COUNTS.format("text") + "; cells " + _COUNTS.format("cells")
    + r"; whole reports right (?P<whole>\d+)/\d+; quantities (?P<quantities>[\d.]+)"
    + r"; evidence exact (?P<exact>\d+)/(?P<spans>\d+); meta (?P<meta>[\d.]+)")


def main() -> int:
    if not (SHARED / "real").is_dir():
        print(f"there are no real reports in {SHARED}", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder, "results.jsonl")
        failures = extract_all(results)
        scored = run_scorer(results)
    print(scored.stdout + scored.stderr + failures, end="")
    scores = parse_total(scored.stdout) | {"unread": len(failures.splitlines()), "thresholds": thresholds()}
    SCORES.write_text(json.dumps(scores, indent=2) + "\n", encoding="utf-8")
    return scored.returncode


def extract_all(results: Path) -> str:
    """Write the reports' results and return one line for each that could not be read."""
    from infer.batch import Failure, extract_each
    from infer.inputs import find_inputs
    from infer.results import encode

    failures = ""
    with results.open("wb") as lines:
        for result in extract_each(find_inputs([str(SHARED / "real")]), encode):
            if isinstance(result, Failure):
                failures += f"{result.name}: {result.reason}\n"
            else:
                lines.write(result + b"\n")
    return failures


def run_scorer(results: Path) -> "subprocess.CompletedProcess[str]":
    least = [f"--min-{name}={value}" for name, value in thresholds().items()]
    command = [sys.executable, str(SHARED / "score.py"), str(SHARED / "gold"), str(results), *least]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def thresholds(reports: str = "real") -> dict[str, float]:
    """The least figures that a set of reports must reach: real, examples or written."""
    least: dict[str, float] = tomllib.loads((HERE / "thresholds.toml").read_text(encoding="utf-8"))[reports]
    return least


def parse_total(output: str) -> dict[str, Any]:
    """The figures of the scorer's last line; ValueError where it says something else."""
    if (match := _TOTAL.search(output)) is None:
        raise ValueError("score.py printed no line of totals")
    return {name: _number(words) for name, words in match.groupdict().items()}


def _number(words: str) -> int | float:
    return float(words) if "." in words else int(words)


if __name__ == "__main__":
    sys.exit(main())
