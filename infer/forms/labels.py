"""Where the labels of the forms stand in the text, all wordings in one pass."""
import re
from dataclasses import dataclass
from functools import cache

from infer.forms.view import LetterView
from report.forms import forms

Trie = dict[str, "Trie"]


@dataclass(frozen=True, slots=True)
class Occurrence:
    """letters[start:end] is a wording; `elements` are the places in the tables (table, element) that it may be."""

    start: int
    end: int
    elements: tuple[tuple[int, int], ...]
    frame: bool


def find_labels(view: LetterView) -> list[Occurrence]:
    """The longest wording at each place, from left to right, none overlapping."""
    wordings = _wordings()
    heads = _heads()
    return [Occurrence(match.start(), match.end(), wordings[match.group()], match.group() in heads)
            for match in _pattern().finditer(view.letters)]


@cache
def _wordings() -> dict[str, tuple[tuple[int, int], ...]]:
    found: dict[str, list[tuple[int, int]]] = {frame: [] for frame in forms().frames}
    for t, table in enumerate(forms().tables):
        for e, element in enumerate(table.elements):
            for words in element.words:
                found.setdefault(words, []).append((t, e))
    return {words: tuple(elements) for words, elements in found.items()}


@cache
def _heads() -> frozenset[str]:
    """Words that, standing between two labels, are no sign of prose."""
    heads = {words for table in forms().tables for element in table.elements if element.kind != "row"
             for words in element.words}
    return frozenset(heads | set(forms().frames))


@cache
def _pattern() -> re.Pattern[str]:
    root: Trie = {}
    for words in _wordings():
        node = root
        for letter in words:
            node = node.setdefault(letter, {})
        node[""] = {}
    return re.compile(_branches(root))


def _branches(node: Trie) -> str:
    """Longest first: the end of a wording is tried after everything that goes on."""
    branches = [re.escape(letter) + _branches(child) for letter, child in node.items() if letter]
    if not branches:
        return ""
    return f"(?:{'|'.join(branches)})" + ("?" if "" in node else "")
