"""Small reports in folders, runs in this process, and runs that die at a chosen step."""
import contextlib
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from typer.testing import CliRunner

from infer.cli import app

TEXT: Final = "柳溪镇2022年政府信息公开工作年度报告\n\n2022年，我镇主动公开政府信息{}条，其中政府网站公开12条。\n"
_WATCHED: Final = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "shutil.rmtree"})
_WRITES: Final = os.O_WRONLY | os.O_RDWR


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """A run's exit status and what it said."""

    status: int
    said: list[str]


def write_reports(folder: Path, count: int) -> None:
    """Reports 0 to count-1, of which number 3 is broken."""
    folder.mkdir(exist_ok=True)
    for number in range(count):
        (folder / f"{number:03}.txt").write_text(TEXT.format(100 + number), encoding="utf-8")
    if count > 3:
        (folder / "003.txt").write_bytes(b"%PDF-1.4\nno pages follow\n")


def run(*arguments: str) -> Ran:
    """gongkai in this process."""
    result = CliRunner().invoke(app, arguments)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Ran(status=result.exit_code, said=result.stderr.splitlines())


def extract(folder: Path, output: Path, *more: str) -> Ran:
    return run("extract", str(folder), "-o", str(output), "--rules-only", "-j", "1", *more)


class _Killer:
    """Audit hooks cannot be taken away, so one stays and is armed anew."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.left = 0
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if self.folder is None or event not in _WATCHED or not str(args[0]).startswith(self.folder):
            return
        if event == "open" and not (isinstance(args[2], int) and args[2] & _WRITES):
            return
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)


@cache
def _killer() -> _Killer:
    return _Killer()


def dies(step: int, output: Path, arguments: Sequence[str]) -> bool:
    """Whether a run is killed before the nth thing that it does to its output's files; False if it does no more."""
    killer = _killer()
    child = os.fork()
    if child == 0:
        os.setsid()
        killer.folder, killer.left = str(output), step
        CliRunner().invoke(app, list(arguments))
        os._exit(0)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    return os.WIFSIGNALED(status)
