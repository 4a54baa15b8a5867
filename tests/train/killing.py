"""A kill before the nth thing that is done to the files of a folder."""
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from tests.train.watching import Killed

_WATCHED: Final = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree"})
_WRITES: Final = os.O_WRONLY | os.O_RDWR


class _Killer:
    """Audit hooks cannot be taken away, so one stays and is armed anew."""

    def __init__(self) -> None:
        self.folder: str | None = None
        self.left = 0
        sys.addaudithook(self._hear)

    def _hear(self, event: str, args: tuple[object, ...]) -> None:
        if self.folder is None or event not in _WATCHED:
            return
        if not str(args[0]).startswith(self.folder) and not _inside_rmtree(event, args):
            return
        if event == "open" and not (isinstance(args[2], int) and args[2] & _WRITES):
            return
        self.left -= 1
        if self.left < 0:
            raise Killed


def _inside_rmtree(event: str, args: tuple[object, ...]) -> bool:
    """It names what it takes away from the open folder in which that stands."""
    return event in ("os.remove", "os.rmdir") and args[-1] != -1


@cache
def _killer() -> _Killer:
    return _Killer()


@contextmanager
def killed_after(steps: int, folder: Path) -> Iterator[None]:
    """Let so many things happen to what stands below the folder, then kill; a block that does no more goes through."""
    killer = _killer()
    killer.folder, killer.left = str(folder), steps
    try:
        yield
    finally:
        killer.folder = None
