"""Results in parts that are written once; those of the part under way stand in a file of rows until it is full.

Where a part ends depends on the results alone, so a run that was cut off makes the same parts as one that was not.
"""
import os
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO, Protocol

from infer.batch.manifest import Place


class Parts(Protocol):
    """Parts by their numbers, each of which says which one follows. A part holds its rows whole or is not there."""

    path: Path

    def create(self) -> None:
        """Begin with none."""

    def drop(self, part: int) -> None:
        """Take away this part and those behind it."""

    def add(self, part: int, rows: Path) -> int:
        """Write a part to the disk; the number of the next."""

    def rows(self, part: int) -> tuple[list[bytes], int] | None:
        """A part's rows and the number of the next part; None where it is not there or damaged."""

    def ends_at(self, part: int) -> bool:
        """Whether this is the number of the part that would come next."""


class GroupedStore:
    """Lines gathered into parts of at most so many rows, and closed behind the row that reaches so many bytes."""

    def __init__(self, parts: Parts, rows: Path, *, most_rows: int, most_bytes: int) -> None:
        self._parts = parts
        self._rows = rows
        self._most_rows = most_rows
        self._most_bytes = most_bytes
        self._file: BinaryIO | None = None
        self._part = self._row = self._size = 0
        self._read: tuple[int, Sequence[bytes]] = (-1, ())

    def cut(self, last: Place | None) -> None:
        if last is None:
            self._parts.create()
            self._begin(0, [])
            return
        rows = self._group(last)
        if rows is None:
            raise ValueError(f"{self._parts.path} does not hold the row {last.row} of part {last.part}")
        rows = rows[:last.row + 1]
        # the rows are safe before the part that held them goes
        self._begin(last.part, rows)
        self._parts.drop(last.part)
        if self._full:
            self._close_part()

    def _begin(self, part: int, rows: Sequence[bytes]) -> None:
        self.close()
        fresh = self._rows.with_name(self._rows.name + ".new")
        with fresh.open("wb") as file:
            file.writelines(row + b"\n" for row in rows)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._rows)
        self._file = self._rows.open("ab")
        self._part, self._row, self._size = part, len(rows), sum(len(row) + 1 for row in rows)

    @property
    def _full(self) -> bool:
        return self._row >= self._most_rows or self._size >= self._most_bytes

    def write(self, result: bytes) -> Place:
        file = self._open()
        place = Place(part=self._part, row=self._row, length=len(result), crc=zlib.crc32(result))
        file.write(result + b"\n")
        file.flush()
        self._row += 1
        self._size += len(result) + 1
        if self._full:
            self._close_part()
        return place

    def _open(self) -> BinaryIO:
        if self._file is None:
            raise ValueError(f"{self._parts.path} is not open for writing")
        return self._file

    def _close_part(self) -> None:
        self._begin(self._parts.add(self._part, self._rows), [])

    def sync(self) -> None:
        os.fsync(self._open().fileno())

    def finish(self) -> None:
        if self._row or self._part == 0:
            self._parts.add(self._part, self._rows)

    def fetch(self, place: Place) -> bytes | None:
        if self._read[0] != place.part:
            self._read = (place.part, self._group(place) or ())
        rows = self._read[1]
        return rows[place.row] if place.row < len(rows) and _is(rows[place.row], place) else None

    def _group(self, place: Place) -> list[bytes] | None:
        """The rows of the place's part, from the file of rows or from the part."""
        for rows in (self._unfinished(), (self._parts.rows(place.part) or [None])[0]):
            if rows is not None and place.row < len(rows) and _is(rows[place.row], place):
                return rows
        return None

    def _unfinished(self) -> list[bytes] | None:
        try:
            return self._rows.read_bytes().split(b"\n")[:-1]
        except FileNotFoundError:
            return None

    def holds(self, last: Place | None, *, whole: bool) -> bool:
        if last is None:
            return self._parts.path.exists()
        if not whole:
            return self._group(last) is not None
        found = self._parts.rows(last.part)
        return (found is not None and len(found[0]) == last.row + 1 and _is(found[0][-1], last)
                and self._parts.ends_at(found[1]))

    def files(self) -> tuple[Path, ...]:
        return self._parts.path, self._rows

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _is(row: bytes, place: Place) -> bool:
    return len(row) == place.length and zlib.crc32(row) == place.crc
