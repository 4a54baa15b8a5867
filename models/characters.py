"""The character vocabulary: every character of a text is one token, so that spans are exact.

Width, traditional script and kinds of white space fold one to one by a table over code points; the text never changes.
"""
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

import msgspec
import numpy as np
from numpy.typing import NDArray

from models.errors import ModelError

FILE: Final = "characters.json"
PAD: Final = "[PAD]"
UNKNOWN: Final = "[UNK]"
FIRST: Final = "[CLS]"
LAST: Final = "[SEP]"
MASK: Final = "[MASK]"
SPECIALS: Final = (PAD, UNKNOWN, FIRST, LAST, MASK)
_CODE_POINTS: Final = 0x110000
_YEAR_DIGITS: Final = 4
LEAD: Final = 1
"""tokens before a framed window's first character"""
LEAD_WITH_YEAR: Final = LEAD + _YEAR_DIGITS + 1

Ids = NDArray[np.int64]


class _File(msgspec.Struct, forbid_unknown_fields=True):
    specials: list[str]
    characters: str
    folded: str
    folded_to: str


class CharacterTable:
    """Characters and special tokens to ids, in their order; `folds` says which other characters count as them."""

    def __init__(self, tokens: Sequence[str], folds: Mapping[str, str]) -> None:
        self.tokens = tuple(tokens)
        self.folds = dict(folds)
        self.ids = {token: number for number, token in enumerate(self.tokens)}
        if faults := _faults(self):
            raise ModelError(f"character table: {faults[0]}")
        self._table = np.full(_CODE_POINTS, self.ids[UNKNOWN], dtype=np.int32)
        characters = {token: number for token, number in self.ids.items() if token not in SPECIALS}
        pairs = characters | {variant: characters[token] for variant, token in self.folds.items()}
        self._table[[ord(character) for character in pairs]] = list(pairs.values())

    def __len__(self) -> int:
        return len(self.tokens)

    def encode(self, text: str) -> Ids:
        """An id for each code point; nothing of the text is taken for a special token."""
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
        ids: Ids = self._table[codes].astype(np.int64)
        return ids

    def frame(self, ids: Ids) -> Ids:
        """The ids between the tokens that open and close a window."""
        return np.concatenate(([self.ids[FIRST]], ids, [self.ids[LAST]]))

    def window(self, ids: Ids, year: int | None, *, with_year: bool) -> Ids:
        """The ids as a model gets them, which wants the report's year before them or not."""
        return self.frame_with_year(ids, year) if with_year else self.frame(ids)

    def frame_with_year(self, ids: Ids, year: int | None) -> Ids:
        """The framed ids behind the report's year, whose digits are unknown where it is None."""
        known = year is not None and 0 <= year < 10**_YEAR_DIGITS
        digits = f"{year:04}" if known else [UNKNOWN] * _YEAR_DIGITS
        leading = self.frame(np.array([self.ids.get(digit, self.ids[UNKNOWN]) for digit in digits]))
        return np.concatenate((leading, ids, [self.ids[LAST]]))


def lead(*, with_year: bool) -> int:
    """How many tokens stand before a window's first character."""
    return LEAD_WITH_YEAR if with_year else LEAD


def _faults(table: CharacterTable) -> list[str]:
    found = [f"no {special}" for special in SPECIALS if special not in table.ids]
    if len(table.ids) != len(table.tokens):
        found.append("a token stands twice")
    found += [f"{token!r} is no character" for token in table.tokens if len(token) != 1 and token not in SPECIALS]
    found += [f"{variant!r} folds to {token!r}, which is not in the table" for variant, token in table.folds.items()
              if token not in table.ids or variant in table.ids]
    return found


def write_characters(path: Path, table: CharacterTable) -> None:
    """Write the table as JSON; special tokens come first."""
    count = next((n for n, token in enumerate(table.tokens) if token not in SPECIALS), len(table.tokens))
    data = _File(
        specials=list(table.tokens[:count]), characters="".join(table.tokens[count:]),
        folded="".join(table.folds), folded_to="".join(table.folds.values()),
    )
    path.write_bytes(msgspec.json.encode(data) + b"\n")


def read_characters(path: Path) -> CharacterTable:
    """Inverse of write_characters. Raises ModelError."""
    try:
        data = msgspec.json.decode(path.read_bytes(), type=_File)
        folds = dict(zip(data.folded, data.folded_to, strict=True))
    except (OSError, ValueError) as error:
        raise ModelError(f"{path}: no character table: {error}") from None
    return CharacterTable([*data.specials, *data.characters], folds)
