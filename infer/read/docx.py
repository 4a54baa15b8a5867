"""Word documents: paragraphs and tables in the order of the body."""
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import docx
from docx.oxml.ns import qn

from infer.read.builder import GridCell, TextBuilder
from infer.read.limits import Limits, require
from report.errors import UnreadableDocument

_ENCRYPTED = 1
_HEADER = 30
_LENGTHS = (26, 28)
"""of a member's local header: its length, and where those of name and extra field stand"""
_ROOM = 1 << 20
_PARAGRAPH, _TABLE, _ROW, _CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
_TEXT, _TEXT_BOX = qn("w:t"), qn("w:txbxContent")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
# Deleted text, properties, and what is drawn again for programs that know no text boxes.
_PASSED_OVER = frozenset({qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), qn("w:tblPr"), qn("w:sectPr"),
                          "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"})
_SPAN_LIMIT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxText:
    """A Word document's text and tables, and the title of its properties."""

    builder: TextBuilder
    title: str | None


def read_docx(data: bytes, limits: Limits) -> DocxText:
    """Read a .docx; headers and footers, deleted and hidden words are passed over."""
    _require_small(data, limits)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        title = document.core_properties.title or None
    except Exception as error:  # python-docx lets errors of zipfile, lxml and its own through, of many classes
        raise UnreadableDocument(f"a damaged Word document ({type(error).__name__})") from error
    builder = TextBuilder(limits)
    _write_blocks(body, builder)
    return DocxText(builder=builder, title=title)


def _require_small(data: bytes, limits: Limits) -> None:
    """Add up the sizes that the archive states; a member that is larger than it says is unfolded no further."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnreadableDocument("a damaged Word document") from error
    require(sum(member.file_size for member in members), limits.decompressed, "bytes when decompressed")
    if any(_is_larger(data, member) for member in members):
        raise UnreadableDocument("a damaged Word document: a part is larger than it says")


def _is_larger(data: bytes, member: zipfile.ZipInfo) -> bool:
    """zipfile unfolds the whole of a member before it cuts what is beyond the stated size."""
    if member.compress_type != zipfile.ZIP_DEFLATED or member.flag_bits & _ENCRYPTED:
        return False
    head = member.header_offset
    begin = head + _HEADER + sum(int.from_bytes(data[head + at : head + at + 2], "little") for at in _LENGTHS)
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    rest, size = data[begin : begin + member.compress_size], 0
    try:
        while rest and not unpacker.eof and size <= member.file_size:
            size += len(unpacker.decompress(rest, _ROOM))
            rest = unpacker.unconsumed_tail
    except zlib.error:
        return False
    return size > member.file_size


def _write_blocks(parent: Any, builder: TextBuilder) -> None:
    for element in _blocks(parent):
        if element.tag == _PARAGRAPH:
            _write_paragraph(element, builder)
        elif _is_layout(element):
            for row in _own(element, _ROW):
                for cell in _own(row, _CELL):
                    _write_blocks(cell, builder)
        else:
            builder.table(_grid(element, builder.limits))


def _blocks(parent: Any) -> Iterator[Any]:
    """Paragraphs and tables of a body or cell, also those inside content controls and insertions."""
    for element in parent:
        if element.tag in (_PARAGRAPH, _TABLE):
            yield element
        elif element.tag not in _PASSED_OVER and element.tag not in (_ROW, _CELL):
            yield from _blocks(element)


def _own(parent: Any, tag: str) -> Iterator[Any]:
    """Rows of a table or cells of a row, also those inside content controls, not those of nested tables."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag not in _PASSED_OVER and element.tag != _TABLE:
            yield from _own(element, tag)


def _is_layout(table: Any) -> bool:
    """A table around other tables, or of one cell: its content is read as paragraphs."""
    return next(table.iterdescendants(_TABLE), None) is not None or sum(1 for _ in table.iter(_CELL)) < 2


def _write_paragraph(paragraph: Any, builder: TextBuilder) -> None:
    builder.line_break()
    builder.exact("".join(_words(paragraph)))
    builder.line_break()
    for box in paragraph.iter(_TEXT_BOX):
        if not any(_is_fallback(ancestor) for ancestor in box.iterancestors()):
            _write_blocks(box, builder)


def _is_fallback(element: Any) -> bool:
    return isinstance(element.tag, str) and element.tag.endswith("}Fallback")


def _words(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _PASSED_OVER or child.tag == _TEXT_BOX or _is_hidden(child):
            continue
        if child.tag == _TEXT:
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        else:
            yield from _words(child)


def _is_hidden(run: Any) -> bool:
    return run.tag == qn("w:r") and run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None


def _grid(table: Any, limits: Limits) -> list[GridCell]:
    """Cells by gridSpan and vMerge; a continuing cell lengthens the one above it that has its column."""
    cells: list[GridCell] = []
    open_above: dict[int, int] = {}
    for number, row in enumerate(_own(table, _ROW)):
        column = _skipped(row)
        for cell in _own(row, _CELL):
            width, merge = _value(cell, "w:gridSpan", 1), _merge(cell)
            if merge == "continue" and column in open_above:
                above = cells[open_above[column]]
                cells[open_above[column]] = _lengthened(above, number)
            else:
                open_above[column] = len(cells)
                cells.append(GridCell(row=number, column=column, column_span=width, text=_cell_text(cell, limits)))
            column += width
        require(len(cells), limits.cells, "table cells")
    return cells


def _lengthened(cell: GridCell, last_row: int) -> GridCell:
    return GridCell(row=cell.row, column=cell.column, column_span=cell.column_span, text=cell.text,
                    row_span=last_row - cell.row + 1)


def _skipped(row: Any) -> int:
    properties = row.find(qn("w:trPr"))
    return _attribute(properties.find(qn("w:gridBefore")), 0) if properties is not None else 0


def _value(cell: Any, name: str, default: int) -> int:
    properties = cell.find(qn("w:tcPr"))
    return _attribute(properties.find(qn(name)), default) if properties is not None else default


def _attribute(element: Any, default: int) -> int:
    digits = element.get(qn("w:val"), "") if element is not None else ""
    return min(max(int(digits), default), _SPAN_LIMIT) if digits.isdecimal() else default


def _merge(cell: Any) -> str | None:
    properties = cell.find(qn("w:tcPr"))
    merge = properties.find(qn("w:vMerge")) if properties is not None else None
    return merge.get(qn("w:val"), "continue") if merge is not None else None


def _cell_text(cell: Any, limits: Limits) -> str:
    builder = TextBuilder(limits)
    _write_blocks(cell, builder)
    return builder.text
