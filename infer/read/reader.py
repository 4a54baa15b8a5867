"""Bytes to Document: what the file is, which encoding it has, and its text and tables."""
import hashlib
import html
import re
from dataclasses import dataclass

from infer.read.encoding import decode
from infer.read.html import read_html
from infer.read.limits import Limits, require
from infer.read.sniff import is_escaped_html, is_html, sniff_bytes
from infer.read.text import normalise_newlines, tables_in_text
from report.document import Document, LineBox, Media, Source, Table
from report.errors import UnreadableDocument

_DEFAULTS = Limits()
_SURROGATES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Content:
    """What one of the readers made of the bytes."""

    media: Media
    text: str
    tables: tuple[Table, ...] = ()
    lines: tuple[LineBox, ...] = ()
    title: str | None = None
    encoding: str | None = None
    pages: int | None = None
    warnings: tuple[str, ...] = ()
    unread: tuple[int, ...] = ()


def read(data: bytes, *, name: str, limits: Limits = _DEFAULTS) -> Document:
    """Read a document; UnreadableDocument (LimitExceeded where a limit is the cause) says in one line why not."""
    require(len(data), limits.size, "bytes")
    content = _content(data, name, limits)
    _require_words(content.text)
    source = Source(name=name, media=content.media, encoding=content.encoding, size=len(data), pages=content.pages,
                    sha256=hashlib.sha256(data).hexdigest(), text=_SURROGATES.sub("\ufffd", content.text))
    return Document(source=source, tables=content.tables, lines=content.lines, title=content.title,
                    warnings=content.warnings, unread=content.unread,
                    recognised=tuple(sorted({line.page for line in content.lines if line.sure})))


def _require_words(text: str) -> None:
    if not text.strip():
        raise UnreadableDocument("no text in it, at most white space")


def _content(data: bytes, name: str, limits: Limits) -> _Content:
    media = sniff_bytes(data)
    # a fifth of the time to the first report, which most formats need not spend
    if media == "pdf":
        from infer.read.pdf import read_pdf

        pdf = read_pdf(data, limits)
        return _Content(media="pdf", text=pdf.builder.text, tables=tuple(pdf.builder.tables), lines=pdf.lines,
                        title=pdf.title, pages=pdf.pages, warnings=pdf.warnings, unread=pdf.unread)
    if media == "docx":
        from infer.read.docx import read_docx

        docx = read_docx(data, limits)
        return _Content(media="docx", text=docx.builder.text, tables=tuple(docx.builder.tables), title=docx.title)
    if media == "image":
        from infer.read.image import read_image

        image = read_image(data, limits)
        return _Content(media="image", text=image.text.builder.text, tables=tuple(image.text.builder.tables),
                        lines=image.text.lines, pages=image.pages, unread=image.unread)
    return _decoded_content(data, name, limits)


def _decoded_content(data: bytes, name: str, limits: Limits) -> _Content:
    decoded = decode(data)
    text = html.unescape(decoded.text) if is_escaped_html(decoded.text) else decoded.text
    if is_html(text, name):
        page = read_html(text, limits)
        return _Content(media="html", text=page.builder.text, tables=tuple(page.builder.tables), title=page.title,
                        encoding=decoded.encoding, warnings=decoded.warnings)
    text = normalise_newlines(text)
    _require_words(text)
    require(len(text), limits.characters, "characters of text")
    tables = tables_in_text(text)
    require(sum(len(table.cells) for table in tables), limits.cells, "table cells")
    return _Content(media="text", text=text, tables=tables, encoding=decoded.encoding, warnings=decoded.warnings)
