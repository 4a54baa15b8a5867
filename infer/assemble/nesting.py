"""其中 lists: which quantity is part of which."""
import re
from collections.abc import Sequence
from dataclasses import dataclass

_LEAD = r"[,。;、)\s]*+(?:占[^,;。]{0,12}[,。;][,。;\s]*+)?"
_OPENERS = re.compile(_LEAD + r"(?:其中|包括|包含|分别为?|具体|涵盖|[:(]|按.{1,10}分|从.{1,14}看)")
_REOPENED = re.compile(_LEAD + r"(?:其中|从|按|包括)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A quantity in reading order: its fact id, the family of its indicator, the words since the previous quantity."""

    id: str
    family: str
    words: str
    new_sentence: bool


@dataclass(slots=True)
class _Level:
    whole: str
    family: str
    bracket: bool


def nest(items: Sequence[Item]) -> dict[str, str]:
    """Parent ids by fact id: a part belongs to the last whole of its family; 其中 inside a list opens a level below."""
    parents: dict[str, str] = {}
    stack: list[_Level] = []
    last: Item | None = None
    for item in items:
        if item.new_sentence and not _REOPENED.match(item.words):
            stack = []
        if ")" in item.words and stack and stack[-1].bracket:
            stack.pop()
        opener = _OPENERS.match(item.words)
        if opener and last and last.family == item.family and item.family:
            stack.append(_Level(last.id, last.family, "(" in item.words))
        while stack and item.family and stack[-1].family != item.family:
            stack.pop()
        if stack and item.family and stack[-1].whole != item.id:
            parents[item.id] = stack[-1].whole
        last = item if item.family else last
    return parents
