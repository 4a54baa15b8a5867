"""Coverage-guided fuzzing with atheris: a target for a fixed number of seconds, what it found shortened and kept.

    python -m tests.robustness.fuzzing TARGET --seconds 120 [--corpus FOLDER]     fuzz; findings go to findings/
    python -m tests.robustness.fuzzing all --seconds 600                          each target in turn, so long

atheris is no dependency: `pip install atheris` (CPython 3.11 to 3.13, Linux). test_fuzzing.py
replays what was found.
"""

import argparse
import hashlib
import importlib
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

HERE: Final = Path(__file__).resolve().parent
FINDINGS: Final = HERE / "findings"
_ONE: Final = "--one"
_LONGEST: Final = {"numerals": 64, "results": 8_000, "corrections": 2_000}
_DEFAULT_LONGEST: Final = 12_000
_SECONDS_A_RUN: Final = 20
_MEGABYTES: Final = 2_500
_SHORTENING: Final = 60


def main() -> int:
    if _ONE in sys.argv:
        place = sys.argv.index(_ONE)
        return _serve(sys.argv[place + 1], sys.argv[place + 2 :])
    parser = argparse.ArgumentParser(prog="python -m tests.robustness.fuzzing")
    parser.add_argument("target")
    parser.add_argument("--seconds", type=int, default=120)
    parser.add_argument("--corpus", type=Path, help="what covers something new is kept here, and read again")
    given = parser.parse_args()
    from tests.robustness.fuzzing.targets import TARGETS

    targets = list(TARGETS) if given.target == "all" else [given.target]
    with tempfile.TemporaryDirectory() as folder:
        found = [_fuzz(target, given.seconds, (given.corpus or Path(folder)) / target) for target in targets]
    return int(any(found))


def _fuzz(target: str, seconds: int, corpus: Path) -> bool:
    """Whether something was found: one finding ends a target's run."""
    from tests.robustness.fuzzing.seeds import write_seeds

    write_seeds(target, corpus)
    crash = corpus.parent / f"{target}.found"
    crash.unlink(missing_ok=True)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={_LONGEST.get(target, _DEFAULT_LONGEST)}",
        f"-timeout={_SECONDS_A_RUN}",
        f"-rss_limit_mb={_MEGABYTES}",
        f"-exact_artifact_path={crash}",
        "-print_final_stats=1",
        "-verbosity=1",
    ]
    done = _run(target, [str(corpus), *options])
    print(f"{target}: {_said(done.stderr)}")  # noqa: T201
    if not crash.is_file():
        return False
    print(done.stdout[-3_000:], done.stderr[-1_000:], file=sys.stderr)  # noqa: T201
    _keep(target, _shortened(target, crash))
    return True


def _run(target: str, options: list[str]) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.robustness.fuzzing", _ONE, target, *options]
    return subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)


def _said(output: str) -> str:
    """The fuzzer's own count of runs and of what they covered."""
    lines = output.splitlines()
    runs = next((line.split()[-1] for line in lines if line.startswith("stat::number_of_executed_units")), "?")
    cover = next((line for line in reversed(lines) if " cov: " in line), "")
    return f"{runs} runs, {' '.join(cover.split()[1:7])}"


def _shortened(target: str, crash: Path) -> bytes:
    smaller = crash.with_suffix(".small")
    _run(
        target,
        [
            str(crash),
            "-minimize_crash=1",
            f"-max_total_time={_SHORTENING}",
            f"-timeout={_SECONDS_A_RUN}",
            f"-exact_artifact_path={smaller}",
        ],
    )
    return (smaller if smaller.is_file() else crash).read_bytes()


def _keep(target: str, data: bytes) -> None:
    FINDINGS.mkdir(exist_ok=True)
    path = FINDINGS / f"{target}-{hashlib.sha256(data).hexdigest()[:12]}"
    path.write_bytes(data)
    print(f"{target}: kept as {path.relative_to(HERE)}", file=sys.stderr)  # noqa: T201


def _serve(target: str, options: list[str]) -> int:
    """The fuzzer's own process."""
    atheris = importlib.import_module("atheris")

    with atheris.instrument_imports(include=["infer", "report", "docx", "pdfplumber", "pdfminer", "zipfile"]):
        from tests.robustness.fuzzing.targets import TARGETS

    atheris.Setup([sys.argv[0], *options], TARGETS[target])
    atheris.Fuzz()
    return 0


if __name__ == "__main__":
    sys.exit(main())
