"""The official forms as tables to be drawn: their printed lines, and which cell stands where."""
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import msgspec

from infer.viewing.wording import Pair
from report.errors import VocabularyError
from report.forms import CellKey, Element, FormTable, forms
from report.vocabulary import vocabulary

_NUMBER: Final = re.compile(r"^(?:其中：)?(?:[一二三四五六七八九]、|（[一二三四五六七八九]）|\d．)?")
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_LEFT_OUT: Final = frozenset({"disputes_by_row"})
"""another arrangement of the cells of `disputes`"""
_APPLICANTS: Final = "applicant"


class Head(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A heading cell, over so many columns and rows."""

    words: Pair
    columns: int = 1
    rows: int = 1


class Line(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """A line of a table: its words and what stands behind them.

    `heads` are column headings in the middle of the table; `cells` number the cells. Neither: a heading of lines.
    """

    words: Pair
    level: int
    unit: str
    heads: tuple[Pair, ...]
    cells: tuple[int, ...]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """A form's table; where `spread` is true each cell is repeated for each column of the report."""

    id: str
    form: str
    caption: Pair
    heads: tuple[tuple[Head, ...], ...]
    lines: tuple[Line, ...]
    spread: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A layout and what each of its cells states, by the cell's number.

    `notes` are the words by which a fact of a row is known where another row states the same.
    """

    layout: Layout
    keys: tuple[CellKey, ...]
    notes: tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Printed:
    """A table's lines in printed.toml, beside the elements of forms.toml."""

    caption: Pair
    lines: tuple[tuple[Pair, int, Element], ...]


class _Numbers:
    """Numbers the cells as they come."""

    def __init__(self) -> None:
        self.keys: list[CellKey] = []
        self.notes: list[str | None] = []

    def add(self, keys: Sequence[CellKey], note: str | None = None) -> tuple[int, ...]:
        first = len(self.keys)
        self.keys.extend(keys)
        self.notes.extend(note for _ in keys)
        return tuple(range(first, len(self.keys)))


@cache
def drawn_forms() -> tuple[Drawn, ...]:
    """Every table of the official forms, in the order of forms.toml."""
    data = tomllib.loads(files("infer.viewing").joinpath("printed.toml").read_text(encoding="utf-8"))
    tables = {row["id"]: row for row in data["table"]}
    return tuple(_drawn(table, _printed(table, tables[table.id]), data)
                 for table in forms().tables if table.id not in _LEFT_OUT)


def _printed(table: FormTable, row: Mapping[str, Any]) -> _Printed:
    if len(row["lines"]) != len(table.elements):
        raise VocabularyError(f"printed.toml: {table.id} has other lines than forms.toml: {len(row['lines'])}")
    lines = tuple(((line[0], line[1]), line[2] if len(line) > 2 else 0, element)
                  for line, element in zip(row["lines"], table.elements, strict=True))
    for (zh, _), _, element in lines:
        if not bare(zh).startswith(element.words):
            raise VocabularyError(f"printed.toml: {table.id} prints {zh} for {element.words[0]}")
    return _Printed(caption=(row["caption"][0], row["caption"][1]), lines=lines)


def bare(words: str) -> str:
    """Printed words as forms.toml has them: no number before them, no punctuation."""
    return _NOT_WORDS.sub("", _NUMBER.sub("", words))


def _drawn(table: FormTable, printed: _Printed, shared: Mapping[str, Any]) -> Drawn:
    numbers = _Numbers()
    heads, lines = _ARRANGEMENTS[table.layout](printed, numbers, shared)
    layout = Layout(id=table.id, form=table.form, caption=printed.caption, heads=heads, lines=lines,
                    spread=table.layout == "statistics")
    return Drawn(layout=layout, keys=tuple(numbers.keys), notes=tuple(numbers.notes))


_Parts = tuple[tuple[tuple[Head, ...], ...], tuple[Line, ...]]


def _columns(printed: _Printed, numbers: _Numbers, _shared: Mapping[str, Any]) -> _Parts:
    """Blocks under a heading of their own, each with its columns."""
    return (), tuple(_column_lines(printed, numbers))


def _column_lines(printed: _Printed, numbers: _Numbers) -> Iterator[Line]:
    corner: Pair | None = None
    columns: list[Pair] = []
    for words, level, element in printed.lines:
        if element.kind == "column":
            columns.append(words)
            continue
        if corner and columns:
            yield Line(words=corner, level=0, unit="", heads=tuple(columns), cells=())
            corner, columns = None, []
        if element.kind == "row":
            yield Line(words=words, level=level, unit="", heads=(), cells=numbers.add(element.cells))
        elif element.words[0] == "信息内容":
            corner = words
        else:
            yield Line(words=words, level=level, unit="", heads=(), cells=())


def _applicants(printed: _Printed, numbers: _Numbers, shared: Mapping[str, Any]) -> _Parts:
    """Applicants across, outcomes down."""
    *persons, total = [_pair(words) for words in shared["applicants"]]
    heads = (
        (Head(words=_pair(shared["corner"]), rows=3), Head(words=_pair(shared["applicants_of"]), columns=7)),
        (Head(words=persons[0], rows=2), Head(words=_pair(shared["organizations"]), columns=5),
         Head(words=total, rows=2)),
        tuple(Head(words=words) for words in persons[1:]),
    )
    lines = tuple(Line(words=words, level=level, unit="", heads=(), cells=numbers.add(_of_applicants(element)))
                  for words, level, element in printed.lines)
    return heads, lines


def _of_applicants(element: Element) -> list[CellKey]:
    return [CellKey(indicator=key.indicator, by=((_APPLICANTS, applicant),))
            for key in element.cells for applicant in forms().applicants]


def _groups(printed: _Printed, numbers: _Numbers, _shared: Mapping[str, Any]) -> _Parts:
    """One line of figures under three groups of five."""
    words = [line[0] for line in printed.lines]
    reconsideration, litigation, direct, after = words[0], words[1], words[7], words[8]
    five = tuple(Head(words=one) for one in words[2:7])
    heads = (
        (Head(words=reconsideration, columns=5, rows=2), Head(words=litigation, columns=10)),
        (Head(words=direct, columns=5), Head(words=after, columns=5)),
        five * 3,
    )
    cells = numbers.add(printed.lines[-1][2].cells)
    return heads, (Line(words=("", ""), level=0, unit="", heads=(), cells=cells),)


def _statistics(printed: _Printed, numbers: _Numbers, shared: Mapping[str, Any]) -> _Parts:
    """Indicators down, with their units; the columns are the report's own."""
    heads = ((Head(words=_pair(shared["indicator"])), Head(words=_pair(shared["unit"]))),)
    rows = printed.lines[3:]
    lines = tuple(Line(words=words, level=level, unit=_unit(_own(element, rows)), heads=(),
                       cells=numbers.add(_own(element, rows), element.note))
                  for words, level, element in rows)
    return heads, lines


def _own(element: Element, rows: Sequence[tuple[Pair, int, Element]]) -> tuple[CellKey, ...]:
    """A head on which some offices write the total of a row below states nothing beside that row."""
    repeated = element.optional and any(row is not element and row.cells == element.cells for *_, row in rows)
    return () if repeated else element.cells


def _unit(cells: Sequence[CellKey]) -> str:
    indicator = cells[0].indicator if cells else None
    return vocabulary()[indicator].unit if indicator else ""


def _pair(words: Sequence[str]) -> Pair:
    return words[0], words[1]


_ARRANGEMENTS: Final = {"columns": _columns, "applicants": _applicants, "groups": _groups, "statistics": _statistics}
