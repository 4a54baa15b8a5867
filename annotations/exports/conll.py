"""CoNLL: a character a line with its place in the text and its IOB2 tag, tab-separated; a blank line between units.

Characters of official forms are left out, as in training; the places tell where. What is no printable character of its
own (blanks, line ends, control and format characters) and the backslash are written as \\u{hex}, so that every line has
three columns in any reader.
"""
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from annotations.corpus.bio import OUTSIDE, Window, annotations_of, tags_of
from annotations.corpus.document import AnnotatedDocument, Annotation
from annotations.corpus.masking import pieces, units
from annotations.errors import AnnotationError

START: Final = "-DOCSTART-"
_ESCAPED: Final = re.compile(r"\\u\{([0-9a-f]+)\}")
_COLUMNS: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Tagged:
    """A document read back: characters of the running text by their places, and what was marked in it."""

    name: str
    characters: dict[int, str]
    annotations: tuple[Annotation, ...]


def to_conll(doc: AnnotatedDocument) -> str:
    """The lines of a document. Raises AnnotationError where annotations overlap."""
    _refuse_overlaps(doc)
    tags = tags_of(doc, doc.annotations)
    ends = {unit.end for unit in units(doc)}
    lines = [f"{START}\t{_escape_all(doc.name)}\t{OUTSIDE}\n\n"]
    for start, end in pieces(doc):
        for place in range(start, end):
            lines.append(f"{_escape(doc.text[place])}\t{place}\t{tags[place]}\n")
            if place + 1 in ends and place + 1 < end:
                lines.append("\n")
        lines.append("\n")
    return "".join(lines)


def _refuse_overlaps(doc: AnnotatedDocument) -> None:
    marks = sorted(doc.annotations, key=lambda mark: (mark.start, mark.end))
    for before, mark in pairwise(marks):
        if mark.start < before.end:
            raise AnnotationError(f"{doc.name}: tags cannot hold annotations that overlap: {doc.words(before)!r} "
                                  f"[{before.start}:{before.end}] and {doc.words(mark)!r} [{mark.start}:{mark.end}]")


def _escape(character: str) -> str:
    printable = character != "\\" and not character.isspace() and unicodedata.category(character)[0] != "C"
    return character if printable else f"\\u{{{ord(character):x}}}"


def _escape_all(words: str) -> str:
    return "".join(map(_escape, words))


def _unescape(words: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), words)


def read_conll(lines: Iterable[str]) -> Iterator[Tagged]:
    """The documents of a file's lines. Raises AnnotationError for a line that is none of to_conll's."""
    name: str | None = None
    rows: list[tuple[str, int, str]] = []
    for number, line in enumerate(lines, 1):
        columns = line.rstrip("\n").split("\t")
        if columns == [""]:
            continue
        if len(columns) != _COLUMNS or (name is None and columns[0] != START):
            raise AnnotationError(f"line {number}: not three columns, or no {START} before it")
        if columns[0] != START:
            rows.append((_unescape(columns[0]), int(columns[1]), columns[2]))
            continue
        if name is not None:
            yield _tagged(name, rows)
        name, rows = _unescape(columns[1]), []
    if name is not None:
        yield _tagged(name, rows)


def _tagged(name: str, rows: list[tuple[str, int, str]]) -> Tagged:
    """Where the places skip, a form was left out, and no annotation goes on behind it."""
    breaks = [n for n in range(1, len(rows)) if rows[n][1] != rows[n - 1][1] + 1]
    windows = [
        Window(name=name, index=index, characters=tuple(row[0] for row in rows[first:last]),
               offsets=tuple(row[1] for row in rows[first:last]), tags=tuple(row[2] for row in rows[first:last]))
        for index, (first, last) in enumerate(zip([0, *breaks], [*breaks, len(rows)], strict=True))]
    return Tagged(name=name, characters={place: character for character, place, _ in rows},
                  annotations=annotations_of(windows))
