"""PDF to text and tables, with the page and box of every line."""
import io
import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page

from infer.read.builder import GridCell, TextBuilder
from infer.read.encoding import decode
from infer.read.glyphs import TextLine, lines_of
from infer.read.limits import Limits, require
from infer.read.paragraphs import Margins, continues, margins, seam, without_page_marks
from infer.read.pdf_bounds import bounded, require_small
from infer.read.ruled import RuledTable, find_tables, holds, joined, joins, moved
from report.document import LineBox
from report.errors import LimitExceeded, UnreadableDocument

_END_WITHIN = 4096
_LETTERS_A_PAGE = 10
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_UNMAPPED_SHARE = 0.3
_ANYWHERE = Margins(left=0.0, right=float("inf"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """A PDF's text and tables in the builder, and where its lines stand on the pages."""

    builder: TextBuilder
    lines: tuple[LineBox, ...]
    pages: int
    title: str | None
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _PageContent:
    lines: list[TextLine]
    tables: list[RuledTable]
    height: float
    images: int


def read_pdf(data: bytes, limits: Limits) -> PdfText:
    """Read all pages; scanned, encrypted, truncated and damaged files are UnreadableDocument."""
    _require_whole(data)
    require_small(data, limits)
    with _silent(), bounded(limits):
        contents, title = _contents(data, limits)
    _require_text(contents)
    return _written(contents, title, limits)


@contextmanager
def _silent() -> Iterator[None]:
    """pdfminer reports every oddity of a file to the log; a user cannot act on them."""
    logger = logging.getLogger("pdfminer")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(level)


def _require_whole(data: bytes) -> None:
    tail = data.rstrip(b"\0\r\n\t ")[-_END_WITHIN:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise UnreadableDocument("a truncated PDF: its end is missing; download it again")


def _contents(data: bytes, limits: Limits) -> tuple[list[_PageContent], str | None]:
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            require(sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), limits.pages + 1)), limits.pages, "pages")
            return list(_page_contents(pdf, limits)), _title(pdf)
    except UnreadableDocument:
        raise
    except Exception as error:  # a hostile file can raise anything from the depths of pdfminer
        raise _refusal(error) from error


def _refusal(error: Exception) -> UnreadableDocument:
    """The limit that was met, where pdfplumber has wrapped it, or what is wrong with the file."""
    causes = [error, *error.args, error.__cause__, error.__context__]
    limit = next((cause for cause in causes if isinstance(cause, LimitExceeded)), None)
    return limit or UnreadableDocument(_reason(error, causes))


def _reason(error: Exception, causes: Sequence[object]) -> str:
    if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
        return "an encrypted PDF: save it without password"
    return f"a damaged PDF ({type(error).__name__})"


def _page_contents(pdf: pdfplumber.pdf.PDF, limits: Limits) -> Iterator[_PageContent]:
    characters = 0
    for number, page in enumerate(pdf.pages, start=1):
        characters += len(page.chars)
        require(characters, limits.characters, "characters of text")
        yield _page_content(page.dedupe_chars(), number)
        page.close()


def _page_content(page: Page, number: int) -> _PageContent:
    tables = find_tables(page, number)
    loose = [character for character in page.chars if not any(holds(table, character) for table in tables)]
    left, top = float(page.bbox[0]), float(page.bbox[1])
    return _PageContent(lines=moved(lines_of(loose, number), left, top), tables=tables, height=float(page.height),
                        images=len(page.images))


def _title(pdf: pdfplumber.pdf.PDF) -> str | None:
    raw = next((resolve1(info["Title"]) for info in pdf.doc.info if "Title" in info), None)
    try:
        return decode(raw).text.strip() or None if isinstance(raw, bytes) and raw else None
    except UnreadableDocument:
        return None


def _require_text(contents: Sequence[_PageContent]) -> None:
    letters = [_letters(content) for content in contents]
    if not contents:
        raise UnreadableDocument("a PDF without pages")
    if sum(letters) < _LETTERS_A_PAGE * len(contents):
        kind = "a scanned PDF" if any(content.images for content in contents) else "a PDF"
        raise UnreadableDocument(f"{kind}, {len(contents)} page{'s' * (len(contents) > 1)} without text")
    words = "".join(line.text for content in contents for line in content.lines)
    if len("".join(_UNMAPPED.findall(words))) > _UNMAPPED_SHARE * len(words) > 0:
        raise UnreadableDocument("a PDF whose fonts do not say which characters they show")


def _letters(content: _PageContent) -> int:
    in_tables = sum(len(cell.text) for table in content.tables for cell in table.cells)
    return in_tables + sum(len(line.text) for line in content.lines)


def _written(contents: Sequence[_PageContent], title: str | None, limits: Limits) -> PdfText:
    prose = without_page_marks([content.lines for content in contents], [content.height for content in contents])
    writer = _Writer(builder=TextBuilder(limits), boxes=[], margins=_all_margins(prose))
    for item in _joined_over_pages(_in_reading_order(prose, contents)):
        if isinstance(item, TextLine):
            writer.write_line(item)
        else:
            writer.write_table(item)
    blank = any(content.images and not _letters(content) for content in contents)
    unmapped = _UNMAPPED.search(writer.builder.text) is not None
    codes = ("pages_without_text",) * blank + ("unmapped_glyphs",) * unmapped
    return PdfText(builder=writer.builder, lines=tuple(writer.boxes), pages=len(contents), title=title, warnings=codes)


def _all_margins(pages: Sequence[Sequence[TextLine]]) -> dict[int, Margins]:
    whole = margins([line for lines in pages for line in lines]) or _ANYWHERE
    return {number: margins(lines) or whole for number, lines in enumerate(pages, start=1)}


def _in_reading_order(prose: Sequence[Sequence[TextLine]],
                      contents: Sequence[_PageContent]) -> Iterator[TextLine | RuledTable]:
    for lines, content in zip(prose, contents, strict=True):
        items: list[TextLine | RuledTable] = [*lines, *content.tables]
        yield from sorted(items, key=lambda item: item.top)


def _joined_over_pages(items: Iterator[TextLine | RuledTable]) -> Iterator[TextLine | RuledTable]:
    """Tables that a page break cut, with nothing between the parts, made whole."""
    waiting: RuledTable | None = None
    for item in items:
        if waiting is not None and isinstance(item, RuledTable) and joins(waiting, item):
            waiting = joined(waiting, item)
            continue
        if waiting is not None:
            yield waiting
        waiting = item if isinstance(item, RuledTable) else None
        if waiting is None:
            yield item
    if waiting is not None:
        yield waiting


@dataclass(slots=True, kw_only=True)
class _Writer:
    builder: TextBuilder
    boxes: list[LineBox]
    margins: dict[int, Margins]
    last: TextLine | None = None

    def write_line(self, line: TextLine) -> None:
        if self.last is not None and continues(self.last, line, self.margins[self.last.page], self.margins[line.page]):
            self.builder.exact(seam(self.last.text, line.text))
        else:
            self.builder.line_break()
        self._box(*self.builder.exact(line.text), line)
        self.last = line

    def write_table(self, table: RuledTable) -> None:
        written = self.builder.table(
            GridCell(row=cell.row, column=cell.column, row_span=cell.row_span, column_span=cell.column_span,
                     text=cell.text) for cell in table.cells)
        placed = {(cell.row, cell.column): cell.start for cell in written.cells} if written else {}
        for cell in table.cells:
            position = placed[cell.row, cell.column]
            for words, line in cell.pieces():
                if line is not None:
                    self._box(position, position + len(words), line)
                position += len(words)
        self.last = None

    def _box(self, start: int, end: int, line: TextLine) -> None:
        self.boxes.append(LineBox(start=start, end=end, page=line.page, box=line.box))
