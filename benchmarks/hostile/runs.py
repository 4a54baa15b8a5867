"""A folder of hostile documents through `gongkai extract`, watched from outside: what it says, what it takes."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.hostile.drawing import family_of, hostile
from infer.inputs import SUFFIXES

FOLDER: Final = "in"
OUTPUT: Final = "out.jsonl"
_COMMAND: Final = (sys.executable, "-c", "from infer.cli import main; main()", "extract", FOLDER, "-o", OUTPUT, "-q")
_ROOT: Final = Path(__file__).resolve().parents[2]
_PROC: Final = Path("/proc")
_EVERY: Final = 0.5
_OTHERWISE: Final = {".zip": ".docx"}
"""a folder is searched for known suffixes"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Exit status, lines on standard error, and megabytes of the largest process at its peak (0: no /proc)."""

    status: int
    lines: list[str]
    megabytes: float


def numbers(first: int, count: int, family: str | None = None) -> Iterator[int]:
    """The numbers of so many documents, of one family where it is named."""
    found, number = 0, first
    while found < count:
        if family is None or family_of(number).startswith(family):
            found += 1
            yield number
        number += 1


def write_documents(place: Path, wanted: Iterable[int]) -> list[str]:
    """Write documents into a folder that also holds links in circles and a pipe; names as `extract` says them."""
    folder = place / FOLDER
    folder.mkdir()
    said = []
    for number in wanted:
        name, data = hostile(number)
        stem, suffix = Path(name).stem, Path(name).suffix
        suffix = suffix if suffix in SUFFIXES else _OTHERWISE.get(suffix, ".txt")
        path = folder / f"{number:06}.{family_of(number)}.{stem}{suffix}"
        path.write_bytes(data)
        said.append(path.relative_to(place).as_posix())
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "itself.txt").symlink_to("itself.txt")
    (folder / "gone.txt").symlink_to("nowhere.txt")
    os.mkfifo(folder / "pipe.txt")
    return said


def run(place: Path, options: Iterable[str]) -> Run:
    """Read the folder as a user would."""
    environment = os.environ | {"PYTHONPATH": f"{_ROOT}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    with Path(place, "said").open("w+", encoding="utf-8", errors="replace") as said:
        process = subprocess.Popen(
            [*_COMMAND, *options],
            cwd=place,
            env=environment,
            stderr=said,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
        )
        ended = threading.Event()
        peaks: list[float] = [0.0]
        watcher = threading.Thread(target=_watch, args=(process.pid, ended, peaks))
        watcher.start()
        status = process.wait()
        ended.set()
        watcher.join()
        said.seek(0)
        lines = said.read().splitlines()
    return Run(status=status, lines=lines, megabytes=max(peaks))


def _watch(root: int, ended: threading.Event, peaks: list[float]) -> None:
    while not ended.wait(_EVERY):
        peaks[0] = max(peaks[0], *(_peak(pid) for pid in _family(root)))


def _family(root: int) -> set[int]:
    """The process and all below it."""
    parents = {int(path.name): _field(path, "PPid") for path in _PROC.glob("[0-9]*")}
    found = {root}
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def _peak(pid: int) -> float:
    return _field(_PROC / str(pid), "VmHWM") / 1024


def _field(process: Path, name: str) -> int:
    try:
        rows = (process / "status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows if row.startswith(f"{name}:")), 0)
