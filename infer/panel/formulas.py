"""Text that a spreadsheet would run as a formula, made harmless in CSV so that it can be read back.

One apostrophe goes before text that begins with = + - @, their full-width forms, a tab, a line break or an apostrophe;
taking one leading apostrophe away gives the text again.
"""
from typing import Final

APOSTROPHE: Final = "'"
DANGEROUS: Final = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
MARKED: Final = (*DANGEROUS, APOSTROPHE)


def is_dangerous(text: str) -> bool:
    return text.startswith(DANGEROUS)


def harmless(text: str) -> str:
    return APOSTROPHE + text if text.startswith(MARKED) else text


def restored(text: str) -> str:
    """What `harmless` was given."""
    return text.removeprefix(APOSTROPHE)
