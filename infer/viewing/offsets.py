"""Places of a text as JavaScript counts them: UTF-16 code units, two for a character beyond U+FFFF."""
from bisect import bisect_left
from typing import Final

_LAST_OF_ONE_UNIT: Final = 0xFFFF


class Utf16:
    """Turns offsets in code points of one text into offsets in UTF-16."""

    def __init__(self, text: str) -> None:
        self._wide = ([place for place, character in enumerate(text) if ord(character) > _LAST_OF_ONE_UNIT]
                      if text and max(text) > chr(_LAST_OF_ONE_UNIT) else [])

    def at(self, place: int) -> int:
        return place + bisect_left(self._wide, place)
