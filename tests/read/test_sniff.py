"""What a file is, and the line a user gets for one that cannot be read."""
import hashlib
import io
import zipfile

import pytest

from infer.read import Limits, read
from report.errors import LimitExceeded, UnreadableDocument
from tests.read.made import SIMPLIFIED

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512)


def zipped(*members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in members:
            archive.writestr(member, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(("data", "words"), [
    (b"", "empty file"),
    (b" \r\n\t ", "no text"),
    ("\u3000\n".encode(), "no text"),
    (b"\x89PNG\r\n\x1a\n" + bytes(40), "image"),
    (b"\xff\xd8\xff\xe0" + bytes(40), "image"),
    (b"{\\rtf1\\ansi hello}", "RTF file; save it as .docx"),
    (OLE + "WordDocument".encode("utf-16-le"), "old Word .doc file; save it as .docx"),
    (OLE + "Workbook".encode("utf-16-le"), "old Excel .xls"),
    (OLE + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
    (OLE, "old Office file"),
    (zipped("xl/workbook.xml"), "Excel workbook"),
    (zipped("OFD.xml"), "OFD file"),
    (zipped("报告.txt"), "ZIP archive without a Word document"),
    (b"PK\x03\x04 and no more", "damaged or truncated ZIP"),
    (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", "web archive"),
    (bytes(range(256)) * 40, "text in any known encoding|binary data"),
])
def test_unreadable_file_is_named_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(UnreadableDocument, match=words) as caught:
        read(data, name="report.txt")
    assert "\n" not in caught.value.reason


@pytest.mark.parametrize(("words", "name", "media"), [
    (f"<!doctype html><p>{SIMPLIFIED}", "a.txt", "html"),
    (f"<!-- saved --> <!-- twice -->\n<html><p>{SIMPLIFIED}", "a.txt", "html"),
    (f"<p>一、总体情况</p><p>{SIMPLIFIED}</p>", "a", "html"),
    (f"<br>{SIMPLIFIED}", "a.html", "html"),
    (f"<br>{SIMPLIFIED}", "a.txt", "text"),
    (f"增长率<5%，{SIMPLIFIED}", "a.txt", "text"),
    (SIMPLIFIED, "a.html", "text"),
])
def test_content_decides_before_the_name(words: str, name: str, media: str) -> None:
    assert read(words.encode(), name=name).source.media == media


def test_prose_that_begins_with_the_letters_of_a_magic_is_text() -> None:
    assert read(b"MZ is a county; 12 items were disclosed.", name="a.txt").text.startswith("MZ")


def test_html_escaped_once_more_is_read_as_html() -> None:
    document = read("&lt;p&gt;主动公开12条&lt;/p&gt;&lt;p&gt;收到3件&lt;/p&gt;".encode(), name="a.txt")
    assert document.text == "主动公开12条\n收到3件\n"


@pytest.mark.parametrize(("limits", "words"), [
    (Limits(size=10), "bytes"),
    (Limits(characters=20), "characters of text"),
])
def test_limits_are_said_with_both_numbers(limits: Limits, words: str) -> None:
    with pytest.raises(LimitExceeded, match=f"{words}: [0-9,]+, more than the limit of [0-9]+"):
        read(SIMPLIFIED.encode(), name="a.txt", limits=limits)


def test_source_describes_the_bytes() -> None:
    source = read(b"abc\r\ndef\rghi", name="a.txt").source
    assert (source.name, source.size, source.encoding, source.pages) == ("a.txt", 12, "utf-8", None)
    assert source.sha256 == hashlib.sha256(b"abc\r\ndef\rghi").hexdigest()
    assert source.text == "abc\ndef\nghi"
