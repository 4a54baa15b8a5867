"""Unlabelled text to pretrain on: plain or xz files with a paragraph a line, and labelled documents without labels."""
import hashlib
import lzma
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from annotations.corpus import read_corpus
from models.characters import CharacterTable
from train.errors import TrainingError

Windows = NDArray[np.int32]
_PLAIN: Final = ".txt"
_PACKED: Final = ".xz"


def read_texts(paths: Iterable[Path]) -> Iterator[str]:
    """The text of each file; of a folder, of its .txt and .txt.xz files, else of its labelled documents."""
    for path in paths:
        if path.is_file():
            yield _read(path)
            continue
        held = sorted(file for file in path.iterdir() if file.name.endswith((_PLAIN, _PLAIN + _PACKED)))
        yield from (_read(file) for file in held) if held else (doc.text for doc in read_corpus(path))


def _read(path: Path) -> str:
    try:
        data = path.read_bytes()
        return (lzma.decompress(data) if path.name.endswith(_PACKED) else data).decode("utf-8")
    except (OSError, lzma.LZMAError, UnicodeDecodeError) as error:
        raise TrainingError(f"{path}: no text to pretrain on: {error}") from None


def to_windows(texts: Iterable[str], table: CharacterTable, size: int) -> Windows:
    """All texts one behind the other, cut into rows of `size` ids; what is left over at the end is dropped."""
    line_end = table.encode("\n").astype(np.int32)
    parts = [part for text in texts for part in (table.encode(text).astype(np.int32), line_end)]
    if not parts:
        raise TrainingError("no text to pretrain on")
    ids = np.concatenate(parts)
    count = len(ids) // size
    if not count:
        raise TrainingError(f"{len(ids)} characters are no window of {size}")
    return ids[: count * size].reshape(count, size)


def digest_of(windows: Windows) -> str:
    return hashlib.sha256(windows.tobytes()).hexdigest()


def split_off(windows: Windows, share: float, seed: int) -> tuple[Windows, Windows]:
    """The rows to train on, and those held out, at least one, drawn by the seed."""
    order = np.random.default_rng([seed, len(windows)]).permutation(len(windows))
    count = max(1, round(share * len(windows)))
    if count >= len(windows):
        raise TrainingError(f"{len(windows)} windows are too few to hold some out")
    return windows[np.sort(order[count:])], windows[np.sort(order[:count])]


def cover(
    rows: Windows, table: CharacterTable, masked: float, key: Sequence[int]
) -> tuple[Windows, NDArray[np.bool_]]:
    """Rows with some characters hidden or replaced, and which are to be told; what chance decides is fixed by `key`.

    BERT (Devlin et al. 2019): of those to be told 80% are hidden, 10% replaced by any character, 10% left.
    """
    rng = np.random.default_rng(key)
    told = rng.random(rows.shape) < masked
    fate = rng.random(rows.shape)
    first = len(table.tokens) - sum(len(token) == 1 for token in table.tokens)
    covered = rows.copy()
    covered[told & (fate < 0.8)] = table.ids["[MASK]"]
    other = told & (fate >= 0.8) & (fate < 0.9)
    covered[other] = rng.integers(first, len(table), int(other.sum()))
    return covered, told
