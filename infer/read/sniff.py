"""What kind of file the bytes are, by their content; the name decides only where the content does not."""
import io
import re
import tomllib
import zipfile
from functools import cache
from importlib.resources import files
from pathlib import PurePath
from typing import Any

from report.document import Media
from report.errors import UnreadableDocument

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_PDF_WITHIN = 1024
_PROLOGUE = re.compile(r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+", re.DOTALL)
_HTML_START = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_STRUCTURE = re.compile(r"</?(?:html|body|p|div|table|tbody|tr|td|th|span|ul|li|h[1-6]|section|article|title)\b[^<>]*>",
                        re.IGNORECASE)
_ESCAPED = re.compile(r"&lt;/?(?:p|div|table|tr|td|span|strong)\b", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_HTML_NAMES = frozenset({".html", ".htm", ".shtml", ".xhtml", ".jsp", ".aspx", ".php"})
_TAGS_OF_HTML = 4


@cache
def _signatures() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(files("infer.read").joinpath("sniff.toml").read_text(encoding="utf-8"))


def sniff_bytes(data: bytes) -> Media | None:
    """PDF, DOCX or an image by magic, None for what must be decoded first; UnreadableDocument names anything else."""
    if not data:
        raise UnreadableDocument("an empty file")
    if b"%PDF-" in data[:_PDF_WITHIN] and b"<" not in data[:data.index(b"%PDF-")]:
        return "pdf"
    if data.startswith(b"PK\x03\x04"):
        return _sniff_zip(data)
    if data.startswith(_OLE):
        raise UnreadableDocument(_ole_reason(data))
    if any(_is_picture(data, signature) for signature in _signatures()["picture"]):
        return "image"
    for signature in _signatures()["magic"]:
        if data.startswith(bytes.fromhex(signature["hex"])) and not _is_prose(data, signature["hex"]):
            raise UnreadableDocument(signature["reason"])
    return None


def _is_picture(data: bytes, signature: dict[str, Any]) -> bool:
    then = bytes.fromhex(signature.get("then", ""))
    return data.startswith(bytes.fromhex(signature["hex"])) and data.startswith(then, signature.get("at", 0))


def _is_prose(data: bytes, magic: str) -> bool:
    """Text may begin with the letters of a short magic (MZ, RIFF); a binary file has NUL bytes soon after."""
    short = len(magic) <= 8 and bytes.fromhex(magic).isalpha()
    return short and b"\0" not in data[:_PDF_WITHIN]


def _ole_reason(data: bytes) -> str:
    return next(str(row["reason"]) for row in _signatures()["ole"] if row["stream"].encode("utf-16-le") in data)


def _sniff_zip(data: bytes) -> Media:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableDocument("a damaged or truncated ZIP or DOCX file") from error
    if any(member.startswith("word/") for member in members):
        return "docx"
    raise UnreadableDocument(next(row["reason"] for row in _signatures()["zip"]
                                  if any(member.startswith(row["member"]) for member in members or [""])))


def is_html(text: str, name: str) -> bool:
    """Whether text is HTML: it begins so or is full of tags; a single tag is enough under an HTML name."""
    prologue = _PROLOGUE.match(text)
    if _HTML_START.match(text, prologue.end() if prologue else 0):
        return True
    wanted = 1 if PurePath(name).suffix.lower() in _HTML_NAMES else _TAGS_OF_HTML
    pattern = _ANY_TAG if wanted == 1 else _STRUCTURE
    return sum(1 for _, _ in zip(pattern.finditer(text), range(wanted), strict=False)) >= wanted


def is_escaped_html(text: str) -> bool:
    """Whether text is HTML whose tags were escaped once more (&lt;p&gt;)."""
    return sum(1 for _, _ in zip(_ESCAPED.finditer(text), range(_TAGS_OF_HTML), strict=False)) >= _TAGS_OF_HTML
