"""PDF to text and tables, with the page and box of every line."""
import io
import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page

from infer.read.builder import TextBuilder
from infer.read.encoding import decode
from infer.read.extra import why_not
from infer.read.glyphs import lines_of
from infer.read.limits import Limits, require
from infer.read.pages import PageContent, letters, written
from infer.read.pdf_bounds import bounded, require_small
from infer.read.ruled import Rectangle, find_tables, holds, moved
from report.document import LineBox
from report.errors import LimitExceeded, UnreadableDocument

_END_WITHIN = 4096
_LETTERS_A_PAGE = 10
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_UNMAPPED_SHARE = 0.3
_CURVES = 50
_LARGE = 0.08
_COVERED = 20


Areas = Mapping[int, Sequence[Rectangle]]
"""By page, from 1: what of it is to be read as a picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfText:
    """A PDF's text and tables in the builder, where its lines stand on the pages, and the pages with unread images."""

    builder: TextBuilder
    lines: tuple[LineBox, ...]
    pages: int
    title: str | None
    warnings: tuple[str, ...]
    unread: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _PdfPage:
    """The text of a page, and the areas of it, in points, where something is drawn that only a picture shows."""

    content: PageContent
    areas: tuple[Rectangle, ...]


def read_pdf(data: bytes, limits: Limits) -> PdfText:
    """Read all pages, images of text where the extra [ocr] is installed; what cannot be read is UnreadableDocument."""
    _require_whole(data)
    require_small(data, limits)
    with _silent(), bounded(limits):
        pages, title = _pages(data, limits)
        areas: Areas = {number: page.areas for number, page in enumerate(pages, start=1) if page.areas}
        contents, missing = [page.content for page in pages], why_not() if areas else None
        if areas and missing is None:
            contents, areas = _with_scans(data, contents, areas, limits)
    _require_text(pages, contents, missing)
    text = written(contents, limits)
    codes = ("unmapped_glyphs",) * (_UNMAPPED.search(text.builder.text) is not None)
    return PdfText(builder=text.builder, lines=text.lines, pages=len(pages), title=title, warnings=codes,
                   unread=tuple(areas))


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


def _pages(data: bytes, limits: Limits) -> tuple[list[_PdfPage], str | None]:
    try:
        with pdfplumber.open(io.BytesIO(data)) as pdf:
            require(sum(1 for _ in islice(PDFPage.create_pages(pdf.doc), limits.pages + 1)), limits.pages, "pages")
            pages = list(_page_contents(pdf, limits))
            if any(page.areas for page in pages) and why_not() is None:
                from infer.read.renders import require_small_images

                require_small_images(pdf.doc, limits)
            return pages, _title(pdf)
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


def _page_contents(pdf: pdfplumber.pdf.PDF, limits: Limits) -> Iterator[_PdfPage]:
    characters = 0
    for number, page in enumerate(pdf.pages, start=1):
        characters += len(page.chars)
        require(characters, limits.characters, "characters of text")
        yield _page(page.dedupe_chars(), number)
        page.close()


def _page(page: Page, number: int) -> _PdfPage:
    tables = find_tables(page, number)
    loose = [character for character in page.chars if not any(holds(table, character) for table in tables)]
    left, top = float(page.bbox[0]), float(page.bbox[1])
    content = PageContent(lines=moved(lines_of(loose, number), left, top), tables=tables, height=float(page.height),
                          images=len(page.images))
    return _PdfPage(content=content, areas=tuple(_areas(page, content)))


def _areas(page: Page, content: PageContent) -> Iterator[Rectangle]:
    """The whole of a page with next to no text, or whose fonts name no characters; else large images without text."""
    left, top = float(page.bbox[0]), float(page.bbox[1])
    whole = (0.0, 0.0, float(page.width), float(page.height))
    drawn = page.images or len(page.curves) > _CURVES
    if _is_unmapped([content]) or (drawn and letters(content) < _LETTERS_A_PAGE):
        yield whole
        return
    for image in page.images:
        x0, y0 = max(0.0, float(image["x0"]) - left), max(0.0, float(image["top"]) - top)
        x1, y1 = min(whole[2], float(image["x1"]) - left), min(whole[3], float(image["bottom"]) - top)
        if (x1 - x0) * (y1 - y0) >= _LARGE * whole[2] * whole[3] and x1 > x0 and y1 > y0:
            over = sum(x0 <= float(one["x0"]) - left <= x1 and y0 <= float(one["top"]) - top <= y1
                       for one in page.chars)
            if over < _COVERED:
                yield x0, y0, x1, y1


def _with_scans(data: bytes, contents: Sequence[PageContent], areas: Areas,
                limits: Limits) -> tuple[list[PageContent], Areas]:
    """The pages with what is read in the pictures of those areas, and the pages where a large picture says nothing.

    A page that is nothing but picture is what the picture says.
    """
    from infer.read.recognising import recognised
    from infer.read.renders import papers

    pictured = dict(recognised(papers(data, areas, limits), len(areas), limits))
    found: list[PageContent] = []
    silent: dict[int, Sequence[Rectangle]] = {}
    for number, content in enumerate(contents, start=1):
        parts = pictured.get(number, [])
        if number in areas and (letters(content) < _LETTERS_A_PAGE or _is_unmapped([content])):
            found += parts
            silent |= {} if parts else {number: areas[number]}
        elif _says_something(parts):
            found.append(replace(content, lines=[*content.lines, *(line for part in parts for line in part.lines)],
                                 tables=[*content.tables, *(table for part in parts for table in part.tables)]))
        else:
            found.append(content)
    return found, silent


def _says_something(parts: Sequence[PageContent]) -> bool:
    """A table or a few words: a photo with a street sign on it says nothing."""
    return any(part.tables for part in parts) or sum(letters(part) for part in parts) >= _COVERED


def _title(pdf: pdfplumber.pdf.PDF) -> str | None:
    raw = next((resolve1(info["Title"]) for info in pdf.doc.info if "Title" in info), None)
    try:
        return decode(raw).text.strip() or None if isinstance(raw, bytes) and raw else None
    except UnreadableDocument:
        return None


def _require_text(pages: Sequence[_PdfPage], contents: Sequence[PageContent], missing: str | None) -> None:
    """Raise UnreadableDocument where all that was read of the pages is no text; `missing`: why images were not read."""
    if not pages:
        raise UnreadableDocument("a PDF without pages")
    if sum(letters(content) for content in contents) < _LETTERS_A_PAGE * len(pages):
        kind = "a scanned PDF" if any(page.content.images for page in pages) else "a PDF"
        images = sum(bool(page.areas) for page in pages)
        if missing and images:
            told = "1 page is an image" if images == 1 else f"{images} pages are images"
            raise UnreadableDocument(f"{kind}, {told}; {missing}")
        made_out = " that can be made out" if images else ""
        raise UnreadableDocument(f"{kind}, {len(pages)} page{'s' * (len(pages) > 1)} without text{made_out}")
    if _is_unmapped(contents):
        reason = "a PDF whose fonts do not say which characters they show"
        raise UnreadableDocument(f"{reason}; {missing}" if missing else reason)


def _is_unmapped(contents: Sequence[PageContent]) -> bool:
    words = "".join(line.text for content in contents for line in content.lines)
    return len("".join(_UNMAPPED.findall(words))) > _UNMAPPED_SHARE * len(words) > 0
