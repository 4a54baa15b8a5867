"""The record of an exported model: what reading a text needs beside the weights, and the sha256 of every file."""
import hashlib
from pathlib import Path
from typing import Annotated, Final, Literal

import msgspec

from models.decoding import Pooling
from models.errors import ModelError

FILE: Final = "reading.json"
VERSION: Final = 1
Precision = Literal["fp32", "int8"]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`size` and `overlap` count characters; `year`: windows begin with the report's year."""

    version: Literal[1] = VERSION
    tags: tuple[str, ...]
    size: Annotated[int, msgspec.Meta(ge=1)]
    overlap: Annotated[int, msgspec.Meta(ge=0)]
    year: bool
    temperature: Annotated[float, msgspec.Meta(gt=0)]
    pooling: Pooling
    files: dict[str, str]
    """sha256 by name"""


class _Version(msgspec.Struct):
    version: int


def weights_file(precision: Precision) -> str:
    return f"model.{precision}.onnx"


def encode_record(record: Record) -> bytes:
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def write_record(folder: Path, record: Record) -> None:
    """Write reading.json."""
    (folder / FILE).write_bytes(encode_record(record))


def read_record(folder: Path) -> Record:
    """Inverse of write_record. Raises ModelError, also for a version or a key that is not known here."""
    path = folder / FILE
    try:
        data = path.read_bytes()
        if (found := msgspec.json.decode(data, type=_Version).version) != VERSION:
            raise ModelError(f"{path}: version {found}, this gongkai reads {VERSION}")
        return msgspec.json.decode(data, type=Record)
    except FileNotFoundError:
        raise ModelError(f"{folder}: no exported model, {FILE} is missing") from None
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: no record of a model: {error}") from None


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def checked_bytes(folder: Path, name: str, record: Record) -> bytes:
    """The bytes of a file that the record lists. Raises ModelError where they are not those it was written with."""
    path = folder / name
    if name not in record.files:
        raise ModelError(f"{path}: {FILE} lists no such file")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: {error.strerror}") from None
    if digest(data) != record.files[name]:
        raise ModelError(f"{path}: not the file that {FILE} lists (sha256 differs)")
    return data
