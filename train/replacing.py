"""A folder that is replaced whole: after a kill at any point the old one or the new one stands in its place."""
import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from typing import Final

from train.errors import TrainingError

_HERE: Final = -100
"""AT_FDCWD"""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE"""


@contextmanager
def replacing(folder: Path, *, known_by: str) -> Iterator[Path]:
    """An empty folder beside `folder`, which takes its place when the block ends without a fault.

    Raises TrainingError where `folder` holds things but not the file `known_by`: it is no folder of this kind.
    """
    folder = folder.absolute()
    fresh, old = (folder.with_name(f".{folder.name}.{kind}") for kind in ("new", "old"))
    _settle(folder, fresh, old)
    if folder.exists() and not (folder / known_by).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise TrainingError(f"{folder} holds something else: choose another folder")
    fresh.mkdir(parents=True)
    try:
        yield fresh
    except (Exception, KeyboardInterrupt):
        rmtree(fresh)
        raise
    _put(fresh, folder, old)


def _settle(folder: Path, fresh: Path, old: Path) -> None:
    """Bring back what a kill left aside, clear away what it left over."""
    if old.exists() and not folder.exists():
        old.rename(folder)
    for path in (fresh, old):
        if path.exists():
            rmtree(path)


def _put(fresh: Path, folder: Path, old: Path) -> None:
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()
    if not folder.exists():
        fresh.rename(folder)
    elif _exchange(fresh, folder):
        rmtree(fresh)
    else:
        folder.rename(old)
        fresh.rename(folder)
        rmtree(old)


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change names in one step; False where the system or its disk cannot."""
    if sys.platform != "linux":
        return False
    call = getattr(ctypes.CDLL(None), "renameat2", None)
    return call is not None and call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0
