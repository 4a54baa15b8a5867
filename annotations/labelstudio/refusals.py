"""Texts that the browser would not show as they are, so that what is marked would stand elsewhere."""
import re
import unicodedata
from typing import Final

from annotations.errors import AnnotationError

# the browser drops NUL, JSON cannot carry a lone surrogate, and a bidi control moves what the mouse points at
_CANNOT: Final = re.compile("[\0\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def refuse_text(name: str, text: str) -> None:
    """Raise AnnotationError for a text that Label Studio cannot carry exactly."""
    if not text.strip():
        raise AnnotationError(f"{name}: there is no text to label")
    found = _CANNOT.search(text)
    if found:
        more = len(_CANNOT.findall(text)) - 1
        others = f" and {more} more such" if more else ""
        raise AnnotationError(f"{name}: {_named(found[0])} at {found.start()}{others}: "
                              "Label Studio would shift or garble what is marked; take it out of the document first")


def _named(character: str) -> str:
    if character == "\0":
        return "a NUL character"
    if "\ud800" <= character <= "\udfff":
        return f"half a character (surrogate U+{ord(character):04X})"
    return f"a direction control (U+{ord(character):04X} {unicodedata.name(character)})"
