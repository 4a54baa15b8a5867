"""Text that was once decoded wrongly and saved again: undone where that is exact, else only named."""
from collections.abc import Callable, Sequence
from functools import cache
from typing import Literal

_WRONG_THEN_RIGHT = (("cp1252", "utf-8"), ("gb18030", "utf-8"), ("cp1252", "gb18030"), ("big5hkscs", "gb18030"),
                     ("gb18030", "big5hkscs"))
_GAIN = 0.3
_CLEARLY_CHINESE = 0.6
_KEPT = 0.3
_SAMPLE = 4000
_TRACES = 2

Errors = Literal["strict", "ignore"]


def repair(text: str, commonness: Callable[[str], float], traces: Sequence[str]) -> tuple[str, str | None]:
    """The text, as it was meant if every character of it can be turned back, and a warning code if it needs one."""
    before = commonness(text)
    if before < _CLEARLY_CHINESE and _strange(text):
        for wrong, right in _WRONG_THEN_RIGHT:
            restored = _turned_back(text, wrong, right, "strict")
            if restored is not None and commonness(restored) >= max(_CLEARLY_CHINESE, before + _GAIN):
                return restored, "mojibake_repaired"
        if _looks_wrong(text[:_SAMPLE], before, commonness):
            return text, "mojibake"
    found = sum(text.count(trace) for trace in traces)
    return text, "mojibake" if found >= _TRACES else None


def _strange(text: str) -> int:
    return sum(character > "\x7f" for character in text)


@cache
def _cp1252_to_bytes() -> dict[int, int]:
    """Windows-1252 as browsers read it: the five bytes without a character stand for themselves."""
    return {ord(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte)): byte for byte in range(0x80, 0xa0)}


def _turned_back(text: str, wrong: str, right: str, errors: Errors) -> str | None:
    try:
        if wrong == "cp1252":
            return text.translate(_cp1252_to_bytes()).encode("latin-1", errors=errors).decode(right, errors=errors)
        return text.encode(wrong, errors=errors).decode(right, errors=errors)
    except UnicodeError:
        return None


def _looks_wrong(sample: str, before: float, commonness: Callable[[str], float]) -> bool:
    """Whether turning back most of the text, losses allowed, makes it clearly more Chinese."""
    for wrong, right in _WRONG_THEN_RIGHT:
        restored = _turned_back(sample, wrong, right, "ignore") or ""
        kept = _strange(restored) >= _KEPT * _strange(sample)
        if kept and commonness(restored) >= max(_CLEARLY_CHINESE, before + _GAIN):
            return True
    return False
