"""One text in every format that gongkai reads: plain in many encodings, HTML, DOCX and PDF."""

import html
import io
import zipfile
from functools import cache
from random import Random
from typing import Final
from xml.sax.saxutils import escape

import docx
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

ENCODINGS: Final = (
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "gb18030",
    "gb18030",
    "big5",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "latin-1",
)
_DOCUMENT: Final = "word/document.xml"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
_BODY: Final = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}'
    "</w:body></w:document>"
)
_CONTROLS: Final = dict.fromkeys(
    [*(code for code in range(32) if code not in (9, 10, 13)), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)
_FONT, _SIZE, _PITCH, _LEFT, _TOP, _BOTTOM = "STSong-Light", 11, 18, 50, 800, 40
_WIDEST, _MOST_LINES = 44, 60


def plain(text: str, chance: Random) -> bytes:
    """In some encoding, at times decoded as another and saved again."""
    encoding = chance.choice(ENCODINGS)
    data = text.encode(encoding, "replace")
    return data.decode("latin-1").encode("utf-8") if chance.random() < 0.1 else data


def page(text: str, chance: Random) -> bytes:
    """HTML: a paragraph a line, a table row where cells are drawn, with tags left open now and then."""
    close = chance.random() < 0.8
    rows = "".join(_html_line(line, close=close) for line in text.splitlines())
    if chance.random() < 0.3:
        rows = f"<table><tr><td>{rows}"
    head = chance.choice(
        ('<!DOCTYPE html><html><head><meta charset="utf-8"><title>年度报告</title></head><body>', "<html>", "")
    )
    return f"{head}{rows}{'</body></html>' if close else ''}".encode("utf-8", "replace")


def _html_line(line: str, *, close: bool) -> str:
    if "|" not in line:
        return f"<p>{html.escape(line)}" + "</p>" * close
    cells = "".join(f"<td>{html.escape(cell)}" + "</td>" * close for cell in line.split("|"))
    return f"<table><tr>{cells}" + "</tr></table>" * close


def word(text: str, chance: Random) -> bytes:
    """DOCX of paragraphs and tables."""
    body = "".join(_word_line(line) for line in text.translate(_CONTROLS).splitlines())
    return packed(_BODY.format(body))


def _word_line(line: str) -> str:
    if "|" not in line:
        return f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>"
    cells = "".join(f"<w:tc><w:p><w:r><w:t>{escape(cell)}</w:t></w:r></w:p></w:tc>" for cell in line.split("|"))
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


@cache
def _word_parts() -> tuple[tuple[str, bytes], ...]:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    with zipfile.ZipFile(buffer) as archive:
        return tuple((name, archive.read(name)) for name in archive.namelist() if name != _DOCUMENT)


def packed(document: str) -> bytes:
    """A Word file around this word/document.xml."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in (*_word_parts(), (_DOCUMENT, document.encode("utf-8", "replace"))):
            archive.writestr(zipfile.ZipInfo(name, _EPOCH), data)
    return buffer.getvalue()


def unpacked(data: bytes) -> str:
    """The word/document.xml of a Word file."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(_DOCUMENT).decode("utf-8")


@cache
def _register_font() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont(_FONT))


def paper(text: str, chance: Random) -> bytes:
    """PDF of lines of text, its streams not compressed, so that damage to the bytes is damage to the words."""
    _register_font()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=(595, 842), invariant=True, pageCompression=0)
    lines = [
        line[start : start + _WIDEST]
        for line in text.translate(_CONTROLS).splitlines()
        for start in range(0, len(line), _WIDEST)
    ]
    y = _BOTTOM
    for line in lines[:_MOST_LINES]:
        if y <= _BOTTOM:
            canvas.showPage()
            canvas.setFont(_FONT, _SIZE)
            y = _TOP
        canvas.drawString(_LEFT, y, line)
        y -= _PITCH
    canvas.save()
    return buffer.getvalue()
