"""What is fuzzed: bytes go in; nothing comes out but what a reader promises, else the promise that was broken."""
import io
import zipfile
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from typing import Final

from infer.forms import read_forms
from infer.labelling import Choice, Labelling, labelling
from infer.pipeline import extract_document
from infer.read import Limits, read
from infer.results import BadResult, decode, encode
from infer.reviewing.corrections import BadCorrections
from infer.reviewing.sheet import guarded, read_sheet, unguarded
from report import Document
from report.errors import UnreadableDocument
from report.folding import fold
from report.numerals import parse_number, parse_year, qualifier, to_number
from tests.robustness.containers import packed
from tests.robustness.faults import faults

Target = Callable[[bytes], None]
LIMITS: Final = Limits(size=2_000_000, decompressed=20_000_000, pages=20, characters=50_000, cells=5_000,
                       elements=20_000, nesting=500)
"""Small, so that a fuzzer meets the limits too."""


class BrokenPromise(AssertionError):
    """A reader gave what it must not give."""


def _require(kept: object, promise: str) -> None:
    if not kept:
        raise BrokenPromise(promise)


def _document(data: bytes, name: str) -> Document | None:
    try:
        doc = read(data, name=name, limits=LIMITS)
    except UnreadableDocument as error:
        _require("\n" not in error.reason and error.reason, f"a reason of one line, not {error.reason!r}")
        return None
    _require(doc.text.strip(), "text in what was read")
    doc.text.encode()
    for table in doc.tables:
        inside = all(0 <= cell.start <= cell.end <= len(doc.text) for cell in table.cells)
        _require(inside and table.start <= table.end, "cells that stand in the text")
    _require(all(0 <= line.start <= line.end <= len(doc.text) for line in doc.lines), "lines that stand in the text")
    return doc


def html(data: bytes) -> None:
    """A page, whatever encoding it may be in."""
    _document(data, "a.html")


def text(data: bytes) -> None:
    """What a file is, and in which encoding."""
    _document(data, "a.txt")


def pdf(data: bytes) -> None:
    """A PDF."""
    _document(data, "a.pdf")


def docx(data: bytes) -> None:
    """A Word file: the archive as it is, or its main part around these bytes."""
    if data.startswith(b"PK"):
        _document(data, "a.docx")
    else:
        _document(packed(data.decode("utf-8", "replace")), "a.docx")


def docx_part(data: bytes) -> None:
    """Another part of a Word file (the first byte says which) in place of its own."""
    names = ("[Content_Types].xml", "_rels/.rels", "docProps/core.xml", "word/_rels/document.xml.rels",
             "word/styles.xml", "word/document.xml")
    replaced = names[data[0] % len(names)] if data else names[0]
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_plain_word())) as source, zipfile.ZipFile(buffer, "w") as changed:
        for name in source.namelist():
            changed.writestr(name, data[1:] if name == replaced else source.read(name))
    _document(buffer.getvalue(), "a.docx")


@cache
def _plain_word() -> bytes:
    body = "<w:body><w:p><w:r><w:t>主动公开政府信息3条</w:t></w:r></w:p></w:body>"
    return packed(f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{body}'
                  "</w:document>")


def forms(data: bytes) -> None:
    """Cells of the official forms stand in the text."""
    doc = _document(data, "a.txt")
    if doc is None:
        return
    found = read_forms(doc)
    _require(all(0 <= start <= end <= len(doc.text) for start, end in found.regions), "regions that stand in the text")
    _require(all(0 <= cell.start <= cell.end <= len(doc.text) for cell in found.cells), "cells that stand in the text")


@cache
def _rules() -> Labelling:
    return labelling(Choice(mode="rules"))


def report(data: bytes) -> None:
    """A whole report by rules: every promise of a result."""
    doc = _document(data, "a.txt")
    broken = faults(extract_document(doc, _rules())) if doc is not None else []
    _require(not broken, "; ".join(broken))


def numerals(data: bytes) -> None:
    """A numeral is a number of at least 0, or none."""
    words = data.decode("utf-8", "replace")
    view = fold(words)
    _require(len(view.text) == len(view.starts) == len(view.ends), "a place for every character of the view")
    for one in (words, view.text):
        amount = parse_number(one)
        _require(amount is None or _is_plain(amount), f"a plain number, not {amount}")
        year = parse_year(one)
        _require(year is None or 1900 <= year <= 2099, f"a year, not {year}")
        qualifier(one, one, one)


def _is_plain(amount: Decimal) -> bool:
    return amount.is_finite() and 0 <= to_number(amount) < float("inf")


def results(data: bytes) -> None:
    """A line of a result file is refused, or is what it is written as again."""
    try:
        found = decode(data)
    except BadResult:
        return
    _require(decode(encode(found)) == found, "the same report when written and read again")


def corrections(data: bytes) -> None:
    """A sheet of corrections is refused, or has rows of words."""
    try:
        sheet = read_sheet(data)
    except BadCorrections as error:
        _require("\n" not in str(error), "a reason of one line")
        return
    for _, cells in sheet.rows:
        for cell in (cells or {}).values():
            _require(unguarded(guarded(cell)) == cell, "the same cell when guarded and read again")


TARGETS: Final[Mapping[str, Target]] = {
    one.__name__: one for one in (html, text, pdf, docx, docx_part, forms, report, numerals, results, corrections)}
