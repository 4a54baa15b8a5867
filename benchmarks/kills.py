"""A run that is killed again and again, set against one that is not: nothing lost, nothing twice, the same bytes.

    python -m benchmarks.kills [DOCUMENTS [KILLS [SUFFIX]]]

Each kill is SIGKILL to the whole process group at a random moment. Documents are read by rules alone, so that many runs
take little time; what is tested is the writing.
"""
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
RESULTS: Final = Path(__file__).resolve().with_name("kills.json")
COMMAND: Final = (sys.executable, "-c", "from infer.cli import main; main()")
DOCUMENTS: Final = 3000
KILLS: Final = 20
_BROKEN: Final = 97
_TEXT: Final = """{place}{year}年政府信息公开工作年度报告

一、总体情况
{year}年，我{kind}主动公开政府信息{total}条，其中政府网站公开{website}条。全年新收到政府信息公开申请{requests}件。

二、存在的问题
公开内容还不够全面，今后将继续改进第{number}项工作。
"""
_KINDS: Final = ("镇", "街道", "局", "县")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a killed run came to; `at` is how many documents had their record at each kill."""

    kills: int
    at: list[int]
    runs: int
    documents: int
    reports: int
    lost: int
    twice: int
    same_bytes: bool
    left_over: list[str]


def write_documents(folder: Path, count: int, *, seed: int = 7) -> None:
    """Small invented reports, each with its own figures; every 97th file is broken."""
    dice = random.Random(seed)  # noqa: S311
    for number in range(count):
        place = folder / f"{number // 100:03}"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number:06}.txt").write_bytes(_document(number, dice))


def _document(number: int, dice: random.Random) -> bytes:
    if number % _BROKEN == _BROKEN - 1:
        return b"%PDF-1.4\nno pages follow\n"
    website = dice.randrange(1, 400)
    return _TEXT.format(place=f"云{number}镇", year=dice.randrange(2008, 2025), kind=dice.choice(_KINDS), number=number,
                        total=website + dice.randrange(300), website=website, requests=dice.randrange(60)).encode()


def command(folder: Path, output: Path, *more: str) -> list[str]:
    return [*COMMAND, "extract", str(folder), "-o", str(output), "--rules-only", "--quiet", *more]


def run(folder: Path, output: Path, *more: str) -> float:
    """One run to its end; seconds."""
    begin = time.perf_counter()
    done = subprocess.run(command(folder, output, *more), cwd=ROOT, stderr=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode())
    return time.perf_counter() - begin


def killed(folder: Path, output: Path, seconds: float, *, from_start: bool = False) -> bool:
    """Whether the run was still under way so long after its first record (or its start), and is dead now, all of it."""
    manifest = output.with_name(output.name + ".manifest.partial")
    before = _size(manifest)
    with subprocess.Popen(command(folder, output), cwd=ROOT, stderr=subprocess.PIPE,
                          start_new_session=True) as process:
        while not from_start and process.poll() is None and _size(manifest) == before:
            time.sleep(_LOOK)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            return True
    return False


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def measure(folder: Path, plain: Path, output: Path, *, kills: int, seconds: float, seed: int = 0) -> Outcome:
    """Kill a run `kills` times, let it end, and set its output against that of one that was let alone.

    One kill in five falls anywhere after the start, also before anything is written; the others fall after the first
    record that the run adds, so that all of them together take about as long as an uninterrupted run.
    """
    dice = random.Random(seed)  # noqa: S311
    at: list[int] = []
    runs = 0
    while len(at) < kills:
        runs += 1
        early = dice.random() < _EARLY
        if killed(folder, output, dice.uniform(0, _START if early else 2 * seconds / kills), from_start=early):
            at.append(_records(output))
        else:
            # it was faster than we are: begin again, so that every kill hits a run
            _forget(output)
    run(folder, output)
    return _compare(plain, output, at=at, runs=runs + 1)


_LOOK: Final = 0.005
_EARLY: Final = 0.2
_START: Final = 5.0
"""seconds in which processes begin"""


def _records(output: Path) -> int:
    manifest = output.with_name(output.name + ".manifest.partial")
    return manifest.read_bytes().count(b"\n") if manifest.exists() else 0


def _forget(output: Path) -> None:
    for path in output.parent.glob(output.name + "*"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def _compare(plain: Path, output: Path, *, at: list[int], runs: int) -> Outcome:
    before, after = list(_recorded(plain)), list(_recorded(output))
    return Outcome(
        kills=len(at), at=at, runs=runs, documents=len(after), reports=sum(outcome == "read" for _, outcome in after),
        lost=len({*before} - {*after}), twice=len(after) - len({*after}),
        same_bytes=before == after and digest(plain) == digest(output),
        left_over=sorted(path.name for path in output.parent.glob(output.name + ".*")
                         if path.name != output.name + ".manifest"),
    )


def _recorded(output: Path) -> Iterator[tuple[str, str]]:
    with output.with_name(output.name + ".manifest").open("rb") as lines:
        for line in lines:
            record: dict[str, Any] = json.loads(line)
            yield record["name"], record["outcome"]


def digest(output: Path) -> str:
    """The sha256 of a file, or of all files of a folder with their names."""
    found = hashlib.sha256()
    for path in sorted(output.iterdir()) if output.is_dir() else [output]:
        found.update(path.name.encode() if output.is_dir() else b"")
        found.update(path.read_bytes())
    return found.hexdigest()


def main(arguments: Sequence[str]) -> int:
    documents, kills = (int(one) for one in (*arguments[:2], *map(str, (DOCUMENTS, KILLS)[len(arguments):])))
    suffix = arguments[2] if len(arguments) > 2 else ".jsonl"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_documents(folder / "in", documents)
        seconds = run(folder / "in", folder / f"plain{suffix}")
        outcome = measure(folder / "in", folder / f"plain{suffix}", folder / f"killed{suffix}", kills=kills,
                          seconds=seconds)
    found = {slot: getattr(outcome, slot) for slot in outcome.__slots__} | {"seconds_uninterrupted": round(seconds, 1)}
    held = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**held, suffix: found}, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))
    return int(not outcome.same_bytes or bool(outcome.lost or outcome.twice or outcome.left_over))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
