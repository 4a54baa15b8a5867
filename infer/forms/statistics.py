"""The statistics tables (统计指标, 单位, 统计数): what each column holds, and rows that are sums of others."""

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from infer.forms.chains import Chain
from infer.forms.digits import Split, Splits, split_row
from infer.forms.numbering import find_numbering
from infer.forms.rows import Grids, Row
from infer.forms.sums import TooMany, Vector, Work, solve_sum
from infer.forms.view import LetterView
from infer.forms.windows import GridCell
from report.document import Cell, Table
from report.forms import FormTable, forms

ColumnKind = Literal["own", "cumulative", "previous", "subunit", "skip"]
HEADER_LIMIT = 120
ROWS_OF_HEADS = 5
SUM_OPTION_LIMIT = 200
_UNIT_HEAD = re.compile(r"(?:计\s*量\s*)?单\s*位")
_LABEL_NUMBER = re.compile(
    r"(?:[一二三四五六七八九十(]*[一二三四五六七八九十][、)]|(?<=[\s|])[一二三四五六七八九十]{1,3}|\d[.、]|其中[:,]?)[\s|]*$"
)
_BRACKETS = re.compile(r"\([^()]*\)?")
_FULL_YEAR = re.compile(r"20\d\d")
_YEAR = re.compile(r"(?:20\d\d|\d{2})年?度?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of numbers; `name` is its head's own words where it is an office's, `year` a year that heads it."""

    kind: ColumnKind
    name: str = ""
    year: int = 0


OWN = Column(kind="own")
UNKNOWN = "?"


def read_columns(chain: Chain, view: LetterView, grids: Grids) -> tuple[Column, ...]:
    """The columns of numbers from the heads between 单位 and the first row; one column where there are no heads."""
    first = next(match for match in chain.matches if chain.element(match).kind == "row")
    label = view.folded_bounds(first.start, first.end)
    found = grids.find(*view.original(*label))
    if found and (words := _heads_above(*found, grids)):
        return _columns(_behind_unit(words))
    number = find_numbering(chain, view).places.get(first.start, label[0])
    text = view.folded.text[max(0, number - HEADER_LIMIT) : number]
    heads = re.search("|".join(forms().columns.frame), text)
    return _columns(_split_heads(_UNIT_HEAD.split(text[heads.end() :], maxsplit=1)[-1])) if heads else (OWN,)


def _heads_above(cell: Cell, table: Table, grids: Grids) -> list[str]:
    """The nearest row above that names its columns."""
    for number in range(cell.row - 1, max(-1, cell.row - ROWS_OF_HEADS), -1):
        words = [grids.read(other, table, signed=False).words for other in grids.row(table, number)]
        if len(words) > 2 and any(word in forms().columns.frame for word in words):
            return words
    return []


def _behind_unit(words: Sequence[str]) -> list[str]:
    """The heads to the right of 单位, or of the indicators' names where there is no such column."""
    units = [n for n, word in enumerate(words) if _UNIT_HEAD.fullmatch(word)] or [
        n for n, word in enumerate(words) if word in forms().columns.frame
    ]
    return [word for word in words[units[0] + 1 if units else 1 :] if word]


def _columns(words: Sequence[str]) -> tuple[Column, ...]:
    """The report's own column: the one that says so, that of this period, of the latest year, or the only one."""
    columns = _of_latest_year([column for word in words if (column := _column(word))])
    if any(column.kind == "own" for column in columns) or not columns:
        return tuple(columns) or (OWN,)
    unknown = [n for n, column in enumerate(columns) if column == Column(kind="skip", name=UNKNOWN)]
    period = [n for n, column in enumerate(columns) if column.name in forms().columns.period]
    own = period[:1] or (unknown if len(unknown) == 1 else [])
    return tuple(OWN if n in own else column for n, column in enumerate(columns))


def _of_latest_year(columns: Sequence[Column]) -> list[Column]:
    """Of columns headed by years, the last year is the report's and the one before it the previous."""
    years = sorted({column.year for column in columns if column.kind == "own" and column.year})
    if len(years) < 2:
        return list(columns)
    kinds: dict[int, ColumnKind] = {years[-1]: "own", years[-1] - 1: "previous"}
    return [
        Column(kind=kinds.get(column.year, "skip"), year=column.year)
        if column.kind == "own" and column.year
        else column
        for column in columns
    ]


def _column(word: str) -> Column | None:
    """What a head says its column holds; a head that only frames the table holds none."""
    heads, plain = forms().columns, _YEAR.sub("", _BRACKETS.sub("", word)).strip("()")
    if plain in heads.frame:
        return None
    if plain in heads.skip or plain in heads.period:
        return Column(kind="skip", name=plain)
    if plain in heads.cumulative:
        return Column(kind="cumulative")
    if plain in heads.previous:
        return Column(kind="previous")
    if not plain or plain in heads.own:
        year = _FULL_YEAR.match(word)
        return Column(kind="own", year=int(year.group()) if year else 0)
    return Column(kind="subunit", name=word) if plain.endswith(heads.bodies) else Column(kind="skip", name=UNKNOWN)


def _split_heads(text: str) -> list[str]:
    """Head words by white space, and where they run together by the known words."""
    text = _LABEL_NUMBER.sub("", text)
    words: list[str] = []
    for word in re.split(r"[\s|]+", text):
        words += _parted(word) or ([word] if word.strip("()-") else [])
    return words


def _parted(word: str) -> list[str]:
    """Known heads run together; a word with letters besides them is one head of its own."""
    found = [match.group() for match in _known_heads().finditer(word)]
    return found if len("".join(found)) == len(word.strip("()-:、")) else []


@cache
def _known_heads() -> re.Pattern[str]:
    heads = forms().columns
    known = {*heads.own, *heads.cumulative, *heads.skip, *heads.period, *heads.previous, *heads.offices}
    return re.compile(rf"20\d\d年(?:度|累计|合计)?|{'|'.join(sorted(known, key=len, reverse=True))}")


def row_splits(row: Row, columns: Sequence[Column]) -> Splits:
    """A row's numbers by column; what this year added cannot exceed what there is since the beginning."""
    found = split_row(row.atoms, len(columns), accept=lambda split: _grows(split, columns))
    touching = any(a.end == b.start for a, b in itertools.pairwise(row.atoms))
    return replace(found, splits=tuple(s for s in found.splits if _grows(s, columns))) if touching else found


def _grows(split: Split, columns: Sequence[Column]) -> bool:
    own = [piece.number for piece, column in zip(split, columns, strict=True) if column.kind == "own"]
    since = [piece.number for piece, column in zip(split, columns, strict=True) if column.kind == "cumulative"]
    return not own or not since or own[0] <= since[0]


def is_lone(rows: Sequence[Row], columns: Sequence[Column]) -> bool:
    """Two columns, this year and since the beginning, and in every row one number that stands apart: one is empty."""
    filled = [row for row in rows if row.atoms]
    return (
        [column.kind for column in columns] == ["own", "cumulative"]
        and len(filled) > 1
        and all(len(row.atoms) == 1 and row.atoms[0].is_run for row in filled)
        and any(len(row.atoms[0].digits) == 1 for row in filled)
    )


def grid_values(row: Row, count: int) -> tuple[GridCell, ...]:
    """The row's cells behind the measure word, without the empty ones that only fill the grid."""
    cells = list(row.cells)
    units = [n for n, cell in enumerate(cells) if _is_unit(cell.words, optional=row.element.optional)]
    if units and len(cells) - units[0] - 1 >= 1:
        cells = cells[units[0] + 1 :]
    while len(cells) > count and cells[-1].piece.state == "blank":
        cells.pop()
    return tuple(cells) if len(cells) == count else ()


def _is_unit(words: str, *, optional: bool) -> bool:
    measures = {*forms().measures, *forms().scales}
    return words.strip("()") in measures or (optional and bool(words) and set(words) == {"-"})


def apply_sums(table: FormTable, rows: Mapping[str, Splits]) -> dict[str, Splits]:
    """Keep the splits that occur where the sums of the table hold and no part exceeds its whole."""
    kept = dict(rows)
    for entry in table.sums:
        parts = [part for part in entry.parts if part in kept and kept[part].splits]
        if entry.total in kept and parts:
            _apply_sum(kept, entry.total, parts)
    for whole, part in table.bounds:
        if whole in kept and part in kept:
            _apply_bound(kept, whole, part)
    return kept


def _apply_sum(kept: dict[str, Splits], total: str, parts: Sequence[str]) -> None:
    options = {name: frozenset(map(_vector, kept[name].splits)) for name in (total, *parts)}
    if all(len(vectors) == 1 for vectors in options.values()) or max(map(len, options.values())) > SUM_OPTION_LIMIT:
        return
    try:
        solved = solve_sum({part: options[part] for part in parts}, options[total], slack=False, work=Work())
    except TooMany:
        return
    if solved:
        _keep(kept, total, set(solved))
        for part in parts:
            _keep(kept, part, {vector for viable in solved.values() for vector in viable[part]})


def _apply_bound(kept: dict[str, Splits], whole: str, part: str) -> None:
    wholes = {_vector(split) for split in kept[whole].splits}
    fitting = {
        _vector(split)
        for split in kept[part].splits
        if any(all(a <= b for a, b in zip(_vector(split), vector, strict=True)) for vector in wholes)
    }
    if fitting:
        _keep(kept, part, fitting)


def _vector(split: Split) -> Vector:
    return tuple(int(piece.number) for piece in split)


def _keep(kept: dict[str, Splits], name: str, vectors: set[Vector]) -> None:
    splits = kept[name]
    kept[name] = Splits(
        splits=tuple(split for split in splits.splits if _vector(split) in vectors),
        exact=splits.exact,
        complete=splits.complete,
        joined=splits.joined,
        stated=splits.stated,
    )
