"""What was read, when, by what, with which outcome, and where its result stands: a line of JSON a document."""
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import msgspec

from infer.batch.answers import Cause
from infer.inputs import Input, Missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a result stands: of a plain file its first byte, else the part it is in and its row there; its length."""

    part: int
    row: int = 0
    length: int
    crc: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a result is made by: versions, and the options that change it."""

    gongkai: str
    vocabulary: str
    forms: str
    rules: str
    model: str | None
    options: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A document of a run. `modified` is in nanoseconds; `key` is its name where that is not unique (not UTF-8).

    `limits` are those of a run in which the document went over one, or its process died.
    """

    name: str
    key: str | None = None
    sha256: str | None
    size: int | None
    modified: int | None
    outcome: Literal["read", "failed"]
    reason: str | None = None
    cause: Cause | None = None
    limits: str | None = None
    made: Made
    at: str
    seconds: float
    place: Place | None = None

    @property
    def identity(self) -> str:
        return self.key or self.name


def key_of(document: Input | Missing) -> str | None:
    """What tells the document from others of the same printable name; None where the name does."""
    if isinstance(document, Missing) or document.path is None or "\ufffd" not in document.name:
        return None
    return os.fsencode(document.path.as_posix()).decode("utf-8", "backslashreplace")


def encode_record(record: Record) -> bytes:
    return msgspec.json.encode(record) + b"\n"


_decoder: Final = msgspec.json.Decoder(Record)


def read_manifest(path: Path) -> Iterator[tuple[Record, int]]:
    """Each record and where its line ends, up to the first that is torn. Nothing if there is no such file."""
    try:
        lines = path.open("rb")
    except FileNotFoundError:
        return
    with lines:
        end = 0
        for line in lines:
            end += len(line)
            if not line.endswith(b"\n"):
                return
            try:
                yield _decoder.decode(line), end
            except msgspec.DecodeError:
                return
