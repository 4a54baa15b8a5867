"""The letters of a document: its folded view without white space, punctuation and the notes inside labels."""

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import accumulate

from report.folding import Folded, fold
from report.forms import forms

_BRACKETED = re.compile(r"\([^()\d]{2,60}\)")
_LETTERS = re.compile(r"[^\W_]+")
_SENTENCE_MARK = re.compile(r"[。;!]|(?<![\d?])\?+(?![\d?])|,(?!\d{3}(?!\d)|(?<=\d,)\d{3})")


@dataclass(frozen=True, slots=True)
class LetterView:
    """`letters[i]` stands at `folded.text[places[i]]`; `marks[p]` counts the marks before p, notes left out."""

    folded: Folded
    letters: str
    places: tuple[int, ...]
    marks: tuple[int, ...]
    noted: frozenset[int]

    def folded_bounds(self, start: int, end: int) -> tuple[int, int]:
        """Bounds in the folded text of letters[start:end]."""
        return self.places[start], self.places[end - 1] + 1

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Bounds in the document of folded.text[start:end]."""
        return self.folded.to_original(start, end)

    def from_original(self, place: int) -> int:
        """The first folded character at or behind a place of the document."""
        return bisect_left(self.folded.starts, place)


def view_letters(text: str) -> LetterView:
    """Fold the text and leave out all but letters and digits."""
    folded = fold(text)
    folded = replace(folded, text=_other_words().sub(lambda match: _words()[match.group()], folded.text))
    noted = _noted(folded.text)
    runs = (match.span() for match in _LETTERS.finditer(folded.text))
    places = tuple([i for start, end in runs for i in range(start, end) if i not in noted])
    marks = [0] * (len(folded.text) + 1)
    for match in _SENTENCE_MARK.finditer(folded.text):
        marks[match.end()] = match.start() not in noted
    letters = "".join([folded.text[i] for i in places])
    return LetterView(folded, letters, places, tuple(accumulate(marks)), noted)


@cache
def _words() -> dict[str, str]:
    return dict(tomllib.loads(files("infer.forms").joinpath("words.toml").read_text(encoding="utf-8"))["words"])


@cache
def _other_words() -> re.Pattern[str]:
    return re.compile("|".join(_words()))


def _noted(text: str) -> frozenset[int]:
    found = [match.span() for match in _BRACKETED.finditer(text)]
    found += [match.span() for match in _note_pattern().finditer(text)]
    return frozenset(i for start, end in found for i in range(start, end))


@cache
def _note_pattern() -> re.Pattern[str]:
    notes = [
        r"[\s,、]*".join(r"\d+" if letter == "#" else re.escape(letter) for letter in note) for note in forms().notes
    ]
    return re.compile(rf"(?:\([ \t]*)?(?:{'|'.join(notes)})(?:[ \t]*\))?")
