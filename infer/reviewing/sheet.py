"""A sheet of corrections as spreadsheets write it, whatever its encoding and separator; and written for them."""
import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from infer.reviewing.corrections import BadCorrections
from infer.reviewing.vocabulary import words

_MARKS: Final = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_OTHERS: Final = ("utf-8", "gb18030")
_SEPARATORS: Final = ",;\t"
_ACTIVE: Final = frozenset("=+-@\t\r＝＋－＠")
"""a spreadsheet takes a cell that begins so for a formula"""
_GUARD: Final = "'"
_WORKBOOK: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_NEEDED: Final = ("action", "start", "end", "words")
_HASHES: Final = ("sha256", "text_sha256")
_LONGEST_CELL: Final = 1 << 24

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Rows by their number in the spreadsheet, cells by column; `unknown` are columns that mean nothing here.

    A row with more cells than there are columns is None.
    """

    rows: tuple[tuple[int, Cells | None], ...]
    unknown: tuple[str, ...]


def read_sheet(data: bytes) -> Sheet:
    """BadCorrections where it is no such sheet."""
    text = _decoded(data)
    line = text.split("\n", 1)[0]
    separator = max(_SEPARATORS, key=lambda one: sum(
        words().meant("columns", name.strip('" \r')) is not None for name in line.split(one)))
    try:
        rows = list(_records(text, separator))
    except csv.Error as error:
        raise BadCorrections(f"no CSV: {error}") from None
    if not rows:
        raise BadCorrections("it is empty")
    head = [words().meant("columns", name) for name in rows[0]]
    _refuse_head(head)
    unknown = tuple(name for name, known in zip(rows[0], head, strict=True) if known is None and name.strip())
    held = ((number, _cells(head, row)) for number, row in enumerate(rows[1:], start=2) if any(map(str.strip, row)))
    return Sheet(rows=tuple(held), unknown=unknown)


def _records(text: str, separator: str) -> Iterator[list[str]]:
    before = csv.field_size_limit(_LONGEST_CELL)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    finally:
        csv.field_size_limit(before)


def _decoded(data: bytes) -> str:
    """Spreadsheets of a Chinese Windows save plain CSV in GBK, and `Unicode text` in UTF-16."""
    if data.startswith(_WORKBOOK):
        raise BadCorrections("it is a workbook: save the sheet as CSV UTF-8")
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else _OTHERS:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise BadCorrections("its encoding is none of UTF-8, UTF-16 and GBK: save the sheet as CSV UTF-8")


def _refuse_head(head: Iterable[str | None]) -> None:
    held = [name for name in head if name]
    missing = [name for name in _NEEDED if name not in held]
    if missing or not set(held) & set(_HASHES):
        raise BadCorrections(f"no column {' and no '.join(missing) or 'sha256 or text_sha256'}: it must have "
                             "action, start, end, words and a hash, as `gongkai review template` writes them")
    twice = sorted({name for name in held if held.count(name) > 1})
    if twice:
        raise BadCorrections(f"the column {twice[0]} stands twice")


def _cells(head: list[str | None], row: list[str]) -> Cells | None:
    if any(cell.strip() for cell in row[len(head):]):
        return None
    return {name: unguarded(cell) for name, cell in zip(head, row, strict=False) if name}


def guarded(cell: str) -> str:
    """The cell as a spreadsheet shows it and computes nothing."""
    return _GUARD + cell if cell[:1] in _ACTIVE or cell.startswith(_GUARD) else cell


def unguarded(cell: str) -> str:
    """Inverse of guarded."""
    return cell[1:] if cell[:1] == _GUARD and (cell[1:2] in _ACTIVE or cell[1:2] in ("", _GUARD)) else cell


def write_sheet(rows: Iterable[Cells]) -> Iterator[bytes]:
    """The sheet, a line at a time: UTF-8 with its mark, CRLF, every cell safe."""
    yield codecs.BOM_UTF8 + _line(words().columns)
    for row in rows:
        yield _line([row.get(name, "") for name in words().columns])


def _line(cells: Iterable[str]) -> bytes:
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator="\r\n").writerow([guarded(cell) for cell in cells])
    return held.getvalue().encode("utf-8", "surrogatepass")
