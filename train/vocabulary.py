"""Which characters a model knows: those of Chinese official prose, width, script and white space folded."""
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from models.characters import PAD, SPECIALS, UNKNOWN, CharacterTable
from report.folding import fold_character

LINE_END: Final = "\n"
BLANK: Final = " "
_BLOCKS: Final = (
    (0x21, 0x7E), (0xA0, 0xFF), (0x391, 0x3C9), (0x2010, 0x206F), (0x20A0, 0x20BF), (0x2100, 0x22FF), (0x2460, 0x24FF),
    (0x2500, 0x26FF), (0x2700, 0x27BF), (0x3000, 0x30FF), (0x3200, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF00, 0xFFEF),
)
_LINE_ENDS: Final = frozenset("\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029")
_LEVELS: Final = range(0xB0, 0xF8)
"""rows of GB 2312 that hold its 6,763 ideographs"""


def folded(character: str) -> str:
    """The one character that stands for this one in the vocabulary."""
    if character in _LINE_ENDS:
        return LINE_END
    if character.isspace() or unicodedata.category(character) == "Cf":
        return BLANK
    simple = fold_character(character)
    return BLANK if simple.isspace() else simple


def candidates() -> list[str]:
    """Every character that the vocabulary may hold or fold, in code point order."""
    return [character for start, end in ((9, 0x20), *_BLOCKS) for code in range(start, end + 1)
            if unicodedata.category(character := chr(code)) not in ("Cn", "Cs", "Co")]


def official() -> frozenset[str]:
    """The ideographs of GB 2312, which a report may hold whether or not an encoder knows them."""
    cells = (bytes((row, cell)) for row in _LEVELS for cell in range(0xA1, 0xFF))
    return frozenset(filter(None, (pair.decode("gb2312", errors="ignore") for pair in cells)))


def choose(known: Mapping[str, int]) -> dict[str, list[int]]:
    """Rows of an encoder's embeddings for each character of the vocabulary; none for those that it lacks.

    A character's own row counts; where there is only its traditional or wide form, that one's.
    """
    rows: dict[str, list[int]] = {LINE_END: [], BLANK: [], **{folded(one): [] for one in sorted(official())}}
    for character in candidates():
        if character in known:
            rows.setdefault(folded(character), []).append(known[character])
    chosen = {character: [known[character]] if character in known else found for character, found in rows.items()}
    return dict(sorted(chosen.items()))


def table_of(characters: Iterable[str], *, pad: int = 0) -> CharacterTable:
    """The table of these characters with everything that folds to them; [PAD] gets the id `pad`, 0 or 1."""
    held = sorted(characters)
    inside = set(held)
    folds = {one: folded(one) for one in candidates() if one not in inside and folded(one) in inside}
    return CharacterTable([*specials(pad), *held], folds)


def specials(pad: int) -> Sequence[str]:
    """The special tokens in id order; position ids of RoBERTa's kin need [PAD] at 1."""
    return SPECIALS if pad != 1 else (UNKNOWN, PAD, *SPECIALS[2:])
