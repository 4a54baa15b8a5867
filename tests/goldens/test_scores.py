"""Scores of the examples and of the written reports against their gold, by ../shared/score.py where it is there."""
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.scores import parse_total, thresholds
from infer import extract
from infer.labelling import Choice, labelling
from infer.model.reliability import Mode
from infer.results import encode
from tests.conftest import ROOT, SHARED

SCORER = SHARED / "score.py"
SETS = {"examples": (ROOT / "examples", ROOT / "examples" / "gold"), "written": (ROOT / "tests" / "written",) * 2,
        "blind": (ROOT / "tests" / "blind",) * 2, "aside": (ROOT / "tests" / "aside",) * 2}


@pytest.mark.skipif(not SCORER.is_file(), reason="no ../shared/score.py beside this clone")
@pytest.mark.parametrize("mode", ["both", "rules"])
@pytest.mark.parametrize("name", SETS)
def test_score_is_not_below_its_threshold(name: str, mode: Mode, tmp_path: Path) -> None:
    reports, gold = SETS[name]
    labels = labelling(Choice(mode=mode))
    results = tmp_path / "results.jsonl"
    results.write_bytes(b"".join(encode(extract(path, labels=labels)) + b"\n" for path in report_files(reports, gold)))
    wanted = thresholds(name if mode == "rules" else f"{name}-{mode}")
    least = [f"--min-{figure}={value}" for figure, value in wanted.items()]
    command = [sys.executable, str(SCORER), str(gold), str(results), *least]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr
    assert parse_total(done.stdout)["reports"] == len(list(gold.glob("*.json")))


def report_files(reports: Path, gold: Path) -> list[Path]:
    """The report that each gold file is about."""
    return [next(path for path in sorted(reports.glob(f"{found.stem}.*")) if path.suffix != ".json")
            for found in sorted(gold.glob("*.json"))]


def test_no_gold_is_left_out() -> None:
    found = {name: len(report_files(*places)) for name, places in SETS.items()}
    assert found == {"examples": 15, "written": 32, "blind": 70, "aside": 48}
