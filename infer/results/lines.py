"""A report as one line of JSON, and back."""
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from io import BufferedReader, RawIOBase
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final

import msgspec

from report.errors import GongkaiError
from report.facts import SCHEMA, Report

_ARRAY: Final = b"["
_UNREADABLE: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""msgspec lets those of bytes that are no UTF-8 and of values too deep through as they are"""
_CHUNK: Final = 2**17
_FRAME: Final = b"\x28\xb5\x2f\xfd"


class BadResult(GongkaiError):
    """A line of a result file that is no report of this schema."""


@cache
def _decoder() -> msgspec.json.Decoder[Report]:
    return msgspec.json.Decoder(Report)


def encode(report: Report) -> bytes:
    """One line of JSON without its line end; Chinese stays Chinese."""
    return msgspec.json.encode(report)


def decode(line: bytes) -> Report:
    """The report that `encode` wrote; BadResult where the line is another thing or another schema."""
    try:
        report = _decoder().decode(line)
    except _UNREADABLE as error:
        raise BadResult(f"not a report: {error}") from error
    if report.schema != SCHEMA:
        raise BadResult(f"schema is {report.schema!r}, this program reads {SCHEMA!r}")
    return report


def read_results(path: str | Path) -> Iterator[Report]:
    """The reports of a file that `gongkai extract` wrote, one at a time: JSON Lines, .zst, one array, or a dataset."""
    path = Path(path)
    if path.is_dir():
        yield from _read_dataset(path)
        return
    with _opened(path) as lines:
        first = lines.readline()
        if first.startswith(_ARRAY):
            yield from _decode_array(first + lines.read(), path)
            return
        for number, line in enumerate(chain([first], lines), 1):
            if line.strip():
                yield _decode_numbered(line, path, number)


def is_compressed(path: Path) -> bool:
    """Whether a file begins as one of Zstandard frames does."""
    with path.open("rb") as file:
        return file.read(len(_FRAME)) == _FRAME


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    compressed = is_compressed(path)
    with path.open("rb") as file:
        yield BufferedReader(_Unfolded(file, _needed("zstandard", path))) if compressed else file


class _Unfolded(RawIOBase):
    """What the frames of a .zst file hold. BadResult where the last is not whole, which the library passes over."""

    def __init__(self, file: IO[bytes], zstandard: Any) -> None:
        self._file = file
        self._zstandard = zstandard
        self._frame: Any = None
        self._left = b""
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._ready:
            chunk = self._left or self._file.read(_CHUNK)
            if not chunk:
                if self._frame is not None:
                    raise BadResult(f"{self._file.name}: not a whole .zst file: it ends within a frame")
                return 0
            self._ready = memoryview(self._unfold(chunk))
        size = min(len(buffer), len(self._ready))
        buffer[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def _unfold(self, chunk: bytes) -> bytes:
        if self._frame is None:
            self._frame = self._zstandard.ZstdDecompressor().decompressobj()
        try:
            found: bytes = self._frame.decompress(chunk)
        except self._zstandard.ZstdError as error:
            raise BadResult(f"{self._file.name}: not a whole .zst file: {error}") from error
        self._left = self._frame.unused_data if self._frame.eof else b""
        if self._frame.eof:
            self._frame = None
        return found


def _read_dataset(path: Path) -> Iterator[Report]:
    _needed("pyarrow", path)
    from infer.results.parquet import parts_of, read_reports

    parts = parts_of(path)
    if not parts:
        raise BadResult(f"{path}: a folder without part-00000.parquet")
    for part in parts:
        yield from read_reports(part)


def _needed(name: str, path: Path) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise BadResult(f"{path}: needs the package {name}: pip install 'gongkai[panel]'") from error


def _decode_array(data: bytes, path: str | Path) -> list[Report]:
    try:
        parts = msgspec.json.decode(data, type=list[msgspec.Raw])
    except _UNREADABLE as error:
        raise BadResult(f"{path}: not a list of reports: {error}") from error
    return [_decode_numbered(bytes(part), path, number, "report") for number, part in enumerate(parts, 1)]


def _decode_numbered(line: bytes, path: str | Path, number: int, unit: str = "line") -> Report:
    try:
        return decode(line)
    except BadResult as error:
        raise BadResult(f"{path}, {unit} {number}: {error}") from error
