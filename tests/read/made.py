"""Documents of invented offices, made for the tests of reading."""
import io
from collections.abc import Sequence

import docx
from reportlab.lib.colors import white
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from infer.read import read
from report.document import Document, Table
from report.errors import UnreadableDocument

SIMPLIFIED = ("青柳县云台镇2023年政府信息公开工作年度报告。本年度主动公开政府信息126条，收到依申请公开7件，"
              "全部按时办结，未发生行政复议和行政诉讼。下一步将进一步规范公开程序，加强业务培训。")
TRADITIONAL = ("青柳縣雲臺鎮2023年政府信息公開工作年度報告。本年度主動公開政府信息126條，收到依申請公開7件，"
               "全部按時辦結，未發生行政復議和行政訴訟。下一步將進一步規範公開程序，加強業務培訓。")

LEFT, RIGHT, TOP, BOTTOM, SIZE, PITCH = 72, 522, 770, 90, 15, 24
A_LINE = (RIGHT - LEFT) // SIZE
Rows = Sequence[Sequence[str]]


def cell_texts(document: Document, table: Table) -> list[list[str]]:
    """Words of the cells, row by row, as a person reads them off."""
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(document.text[cell.start:cell.end])
    return [rows[row] for row in sorted(rows)]


def in_grid(document: Document, table: Table, row: int, column: int) -> str:
    """Words of the cell that covers a place of the grid."""
    return next(document.text[cell.start:cell.end] for cell in table.cells
                if row in range(cell.row, cell.row + cell.row_span)
                and column in range(cell.column, cell.column + cell.column_span))


def _fitting(words: str, ems: float) -> int:
    """How many characters fit a line; figures and Latin words are not broken."""
    used, fitting = 0.0, 0
    for place, character in enumerate(words):
        used += 0.5 if character.isascii() else 1
        if used > ems:
            break
        if not (character.isascii() and words[place + 1:place + 2].isascii() and words[place + 1:place + 2]):
            fitting = place + 1
    return fitting


def outcome(data: bytes, name: str) -> Document | UnreadableDocument:
    """What reading gives, or why not."""
    try:
        return read(data, name=name)
    except UnreadableDocument as error:
        return error


class PdfMaker:
    """Sets paragraphs and ruled tables as Word processors do: two characters of indent, lines broken anywhere."""

    def __init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=(595, 842), invariant=True)
        self.page, self.y = 1, float(TOP)
        self.page_number = "- {} -"

    def line(self, words: str, x: float = LEFT, y: float | None = None) -> None:
        self.canvas.setFont("STSong-Light", SIZE)
        self.canvas.drawString(x, self.y if y is None else y, words)

    def paragraph(self, words: str, *, boxed: bool = False) -> None:
        rest, first = words, True
        while rest:
            width = _fitting(rest, A_LINE - 2 if first else A_LINE)
            if boxed:
                self.canvas.setFillColor(white)
                self.canvas.rect(LEFT, self.y - 6, RIGHT - LEFT, PITCH, stroke=0, fill=1)
                self.canvas.setFillColorRGB(0, 0, 0)
            self.line(rest[:width], LEFT + (2 * SIZE if first else 0))
            rest, first = rest[width:], False
            self.y -= PITCH
            if self.y < BOTTOM:
                self.new_page()

    def table(self, rows: Rows, widths: Sequence[float], *, without_top: bool = False) -> None:
        for number, row in enumerate(rows):
            x = float(LEFT)
            for words, width in zip(row, widths, strict=False):
                top_hidden = without_top and number == 0
                self._cell(x, width, hide_top=top_hidden)
                self.line(words, x + 4, self.y - 17)
                x += width
            self.y -= PITCH

    def _cell(self, x: float, width: float, *, hide_top: bool) -> None:
        bottom = self.y - PITCH
        self.canvas.line(x, bottom, x + width, bottom)
        self.canvas.line(x, bottom, x, self.y)
        self.canvas.line(x + width, bottom, x + width, self.y)
        if not hide_top:
            self.canvas.line(x, self.y, x + width, self.y)

    def new_page(self) -> None:
        self.line(self.page_number.format(self.page), 280, 40)
        self.canvas.showPage()
        self.page, self.y = self.page + 1, float(TOP)

    def bytes(self) -> bytes:
        self.new_page()
        self.canvas.save()
        return self.buffer.getvalue()


def saved(document: docx.document.Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
