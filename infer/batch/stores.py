"""Results on the disk as a run leaves them: written in order, cut back to any of them, fetched by their place."""
import os
import zlib
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from infer.batch.manifest import Place
from infer.results.formats import Format
from infer.results.writers import FRAMES, Frame

_CHUNK: Final = 2**20


class Store(Protocol):
    """Files beginning with one path, to which results go one after another."""

    def cut(self, last: Place | None) -> None:
        """Make ready to write behind this result; whatever stands behind it is dropped."""

    def write(self, result: bytes) -> Place:
        """Add a result and hand it to the operating system."""

    def sync(self) -> None:
        """Wait until everything written is on the disk."""

    def finish(self) -> None:
        """Add what stands behind the last result."""

    def fetch(self, place: Place) -> bytes | None:
        """A result that was written, None where it is damaged."""

    def holds(self, last: Place | None, *, whole: bool) -> bool:
        """Whether it reaches to this result, or with `whole` ends with it as a finished one does."""

    def files(self) -> tuple[Path, ...]:
        """What it consists of, its data first."""

    def close(self) -> None:
        """Let go of its files."""


class PlainStore:
    """Results in one file as they are."""

    def __init__(self, path: Path, form: Format) -> None:
        self._path = path
        self._frame: Frame = FRAMES[form]
        self._file: BinaryIO | None = None
        self._at = 0
        self._first = True

    def cut(self, last: Place | None) -> None:
        if last is None:
            self._path.write_bytes(self._frame.head)
        self._at = self._end(last)
        os.truncate(self._path, self._at)
        self._file = self._path.open("ab")
        self._first = last is None

    def _end(self, last: Place | None) -> int:
        return len(self._frame.head) if last is None else last.part + last.length + len(self._frame.after)

    def write(self, result: bytes) -> Place:
        between = b"" if self._first else self._frame.between
        place = Place(part=self._at + len(between), length=len(result), crc=zlib.crc32(result))
        self._add(between + result + self._frame.after)
        self._first = False
        return place

    def _add(self, data: bytes) -> None:
        file = self._open()
        file.write(data)
        file.flush()
        self._at += len(data)

    def _open(self) -> BinaryIO:
        if self._file is None:
            raise ValueError(f"{self._path} is not open for writing")
        return self._file

    def sync(self) -> None:
        os.fsync(self._open().fileno())

    def finish(self) -> None:
        self._add(self._frame.foot)

    def fetch(self, place: Place) -> bytes | None:
        try:
            with self._path.open("rb") as file:
                file.seek(place.part)
                result = file.read(place.length)
        except OSError:
            return None
        return result if len(result) == place.length and zlib.crc32(result) == place.crc else None

    def holds(self, last: Place | None, *, whole: bool) -> bool:
        try:
            size = self._path.stat().st_size
        except OSError:
            return False
        if whole:
            return size == self._end(last) + len(self._frame.foot)
        return size >= self._end(last)

    def files(self) -> tuple[Path, ...]:
        return (self._path,)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
