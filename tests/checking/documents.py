"""Sources as DOCX, HTML, PDF and text, quickly enough for a hundred of them."""
import importlib.util
import io
import pathlib
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from types import ModuleType
from xml.sax.saxutils import escape

BUILD = pathlib.Path(__file__).parents[2] / "examples" / "build.py"
LEFT, ABOVE = "<", "^"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPES = (f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
         '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
         'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')
RELATIONS = (f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Target="word/document.xml" Type='
             '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>')
Grid = list[list[str]]


@cache
def build() -> ModuleType:
    """examples/build.py, which stands in no package."""
    spec = importlib.util.spec_from_file_location("examples_build", BUILD)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def docx(text: str) -> bytes:
    body = "".join(word_table(block.grid) if block.kind == "table" else word_paragraph(block.text)
                   for block in build().blocks(text))
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, part in (("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS), ("word/document.xml", document)):
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{part}')
    return buffer.getvalue()


def word_paragraph(words: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def word_table(grid: Grid) -> str:
    width = max(map(len, grid))
    columns = "<w:gridCol/>" * width
    rows = "".join(f"<w:tr>{''.join(word_cells(grid, row))}</w:tr>" for row in range(len(grid)))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def word_cells(grid: Grid, row: int) -> Iterator[str]:
    """A cell joined downwards is restarted at its top; it goes on where the source has a sign for above."""
    column = 0
    while column < len(grid[row]):
        end = column + 1
        words = grid[row][column]
        while end < len(grid[row]) and grid[row][end] == (ABOVE if words == ABOVE and spans(grid, row, end) else LEFT):
            end += 1
        below = row + 1 < len(grid) and column < len(grid[row + 1]) and grid[row + 1][column] == ABOVE
        joined = "<w:vMerge/>" if words == ABOVE else '<w:vMerge w:val="restart"/>' if below else ""
        said = "" if words == ABOVE else words
        yield f'<w:tc><w:tcPr><w:gridSpan w:val="{end - column}"/>{joined}</w:tcPr>{word_paragraph(said)}</w:tc>'
        column = end


def spans(grid: Grid, row: int, column: int) -> bool:
    """Whether the cell above these signs reaches to this column."""
    while grid[row][column] == ABOVE:
        row -= 1
    return grid[row][column] == LEFT


def html(text: str) -> bytes:
    parts = ["<!DOCTYPE html><html><head><meta charset='utf-8'><title>年报</title></head><body>"]
    for block in build().blocks(text):
        tag = {"title": "h1", "heading": "h2"}.get(block.kind, "p")
        parts.append(html_table(block.grid) if block.kind == "table" else f"<{tag}>{escape(block.text)}</{tag}>")
    return "\n".join([*parts, "</body></html>"]).encode()


def html_table(grid: Grid) -> str:
    rows: dict[int, list[str]] = {row: [] for row in range(len(grid))}
    for (row, column), (down, right), words in build().merged(grid):
        rows[row].append(f"<td rowspan={down - row + 1} colspan={right - column + 1}>{escape(words)}</td>")
    body = "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in rows.values())
    return f"<table border=1>\n{body}\n</table>"


def pdf(text: str) -> bytes:
    data: bytes = build().write_pdf(text)
    return data


def pipes(text: str) -> bytes:
    return lines_of(text, lambda cells: f"| {' | '.join(cells)} |")


def tabs(text: str) -> bytes:
    """As copied from a word processor."""
    return lines_of(text, "\t".join)


def lines_of(text: str, row: Callable[[list[str]], str]) -> bytes:
    lines: list[str] = []
    for block in build().blocks(text):
        if block.kind == "table":
            lines += [row([cell for cell in cells if cell not in (LEFT, ABOVE)]) for cells in block.grid]
        else:
            lines.append(block.text)
    return "\n".join(lines).encode()


WRITERS: dict[str, Callable[[str], bytes]] = {"docx": docx, "html": html, "pdf": pdf, "pipes": pipes, "tabs": tabs}
