"""Write the example files that are not readable as they stand (DOCX, PDF, GB18030, Big5) from `sources/`.

A source is plain text: `# ` the title, `## ` a heading, `| a | b |` a row of a table (`<` joins a cell to its left
neighbour, `^` to the one above), `{{{` and `}}}` around what stands inside one cell of an outer table.
"""
import io
import pathlib
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

import docx
from docx.document import Document as WordDocument
from docx.shared import Cm
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

HERE = pathlib.Path(__file__).parent
FONT = "STSong-Light"
LEFT, ABOVE = "<", "^"
HEAD_ROWS_OF_REQUESTS = 3
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
CLOSED_AT_BREAK = ("LINEBELOW", (0, "splitlast"), (-1, "splitlast"), 0.5, "black")

Grid = list[list[str]]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A title, heading, paragraph, table or bracket of a source; `grid` is empty unless it is a table."""

    kind: str
    text: str = ""
    grid: Grid


def kind_of(line: str) -> str:
    starts = {"# ": "title", "## ": "heading", "| ": "table", "{{{": "open", "}}}": "close"}
    return next((kind for start, kind in starts.items() if line.startswith(start)), "paragraph")


def blocks(source: str) -> Iterator[Block]:
    """The blocks of a source in order; neighbouring table rows are one table."""
    for kind, lines in groupby(filter(None, source.splitlines()), key=kind_of):
        if kind == "table":
            yield Block(kind=kind, grid=[[cell.strip() for cell in line.strip("| ").split(" | ")] for line in lines])
            continue
        for line in lines:
            yield Block(kind=kind, text=line.lstrip("# "), grid=[])


def corner(grid: Grid, row: int, column: int) -> Place:
    """Last row and column of the merged cell that begins here."""
    right, down = column, row
    while right + 1 < len(grid[row]) and grid[row][right + 1] == LEFT:
        right += 1
    while down + 1 < len(grid) and column < len(grid[down + 1]) and grid[down + 1][column] == ABOVE:
        down += 1
    return down, right


def merged(grid: Grid) -> Iterator[tuple[Place, Place, str]]:
    for row, cells in enumerate(grid):
        for column, text in enumerate(cells):
            if text not in (LEFT, ABOVE):
                yield (row, column), corner(grid, row, column), text


def fill_word_table(table: WordTable, grid: Grid) -> None:
    table.style = "Table Grid"
    for (row, column), (down, right), text in merged(grid):
        cell = table.cell(row, column).merge(table.cell(down, right))
        cell.text = text


def add_word_block(place: WordDocument | WordCell, block: Block) -> None:
    if block.kind == "table":
        rows, columns = len(block.grid), max(map(len, block.grid))
        table = place.add_table(rows, columns)
        fill_word_table(table, block.grid)
    else:
        paragraph = place.add_paragraph()
        run = paragraph.add_run(block.text)
        run.bold = block.kind != "paragraph"


def outer_cell(document: WordDocument) -> WordCell:
    table = document.add_table(1, 1)
    table.style = "Table Grid"
    cell: WordCell = table.cell(0, 0)
    return cell


def write_docx(source: str) -> bytes:
    document = docx.Document()
    for side in ("left_margin", "right_margin"):
        setattr(document.sections[0], side, Cm(1.5))
    place: WordDocument | WordCell = document
    for block in blocks(source):
        if block.kind == "open":
            place = outer_cell(document)
        elif block.kind == "close":
            place = document
        else:
            add_word_block(place, block)
    buffer = io.BytesIO()
    document.save(buffer)
    return without_times(buffer.getvalue())


def without_times(archive: bytes) -> bytes:
    """The same archive with every file dated alike, so that two builds are equal."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), old.read(name), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def style(size: float, **options: float) -> ParagraphStyle:
    return ParagraphStyle("song", fontName=FONT, fontSize=size, leading=size * 1.5, wordWrap="CJK", **options)


def ruled(grid: Grid, width: float) -> Table:
    """A table with a rule around every merged cell. Cells joined downwards are boxes, no spans: spans cannot split."""
    columns = max(map(len, grid))
    cells: list[list[Paragraph | str]] = [[""] * columns for _ in grid]
    commands: list[tuple[object, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP"), CLOSED_AT_BREAK]
    for (row, column), (down, right), text in merged(grid):
        cells[row][column] = Paragraph(text, style(8))
        commands.append(("BOX", (column, row), (right, down), 0.5, "black"))
        if right > column:
            commands.append(("SPAN", (column, row), (right, row)))
    labels = 3 if columns > 4 else 1
    rest = width * (0.48 if labels == 3 else 0.4)
    widths = [rest / labels] * labels + [(width - rest) / (columns - labels)] * (columns - labels)
    if columns > 10:
        widths = [width / columns] * columns
    head = HEAD_ROWS_OF_REQUESTS if columns == 10 else 0
    return Table(cells, colWidths=widths, repeatRows=head, style=commands)


def flowables(source: str, width: float) -> Iterator[Flowable]:
    sizes = {"title": 16.0, "heading": 12.0, "paragraph": 10.5}
    for block in blocks(source):
        if block.kind == "table":
            yield ruled(block.grid, width)
        else:
            indent = 21 if block.kind == "paragraph" else 0
            yield Paragraph(block.text, style(sizes[block.kind], firstLineIndent=indent))
        yield Spacer(1, 6)


def write_pdf(source: str) -> bytes:
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    buffer = io.BytesIO()
    margin = 20 * mm
    document = SimpleDocTemplate(buffer, pagesize=A4, leftMargin=margin, rightMargin=margin, invariant=True)
    document.build(list(flowables(source, A4[0] - 2 * margin)))
    return buffer.getvalue()


def encoder(encoding: str) -> Callable[[str], bytes]:
    return lambda source: source.encode(encoding)


FILES: dict[str, Callable[[str], bytes]] = {
    "02_fenglin_water_2012.txt": encoder("gb18030"),
    "09_qingdai_county_2022.docx": write_docx,
    "10_yuexi_city_2023.pdf": write_pdf,
    "14_lookalike_interpretation_2022.txt": encoder("big5"),
}


def main() -> None:
    for name, write in FILES.items():
        source = (HERE / "sources" / name).with_suffix(".src").read_text(encoding="utf-8")
        (HERE / name).write_bytes(write(source))


if __name__ == "__main__":
    main()
