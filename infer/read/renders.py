"""Pages of a PDF as pictures, drawn by pdfium."""
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any, Final

import numpy as np
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdftypes import PDFStream, resolve1

from infer.read.limits import Limits, require
from infer.read.ocr import Picture
from infer.read.pictures import DPI
from infer.read.ruled import Rectangle
from infer.read.scan import Paper
from report.errors import UnreadableDocument

_POINTS: Final = 72.0
_PAPER: Final = 255


def require_small_images(document: PDFDocument, limits: Limits) -> None:
    """By the sizes that the images state, before any is decoded."""
    for stream in _streams(document):
        if str(resolve1(stream.get("Subtype"))) == "/'Image'":
            width, height = resolve1(stream.get("Width")), resolve1(stream.get("Height"))
            if isinstance(width, int) and isinstance(height, int):
                require(width * height, limits.pixels, "pixels of an image")


def _streams(document: PDFDocument) -> Iterator[PDFStream]:
    for number in sorted({number for xref in document.xrefs for number in xref.get_objids()}):
        try:
            found = document.getobj(number)
        except Exception:  # noqa: S112  (a damaged object is none that is drawn)
            continue
        if isinstance(found, PDFStream):
            yield found


def papers(data: bytes, areas: Mapping[int, Sequence[Rectangle]], limits: Limits) -> Iterator[Paper]:
    """Pages by number from 1; of each only the given areas, in points from its top left, the rest as white paper."""
    with _careful():
        document = _pdfium().PdfDocument(data)
    try:
        for number, parts in areas.items():
            with _careful():
                picture = _drawn(document[number - 1], limits)
            yield Paper(picture=_only(picture, parts), number=number, dpi=DPI, unit=_POINTS)
    finally:
        document.close()


def _drawn(page: Any, limits: Limits) -> Picture:
    width, height = page.get_size()
    require(int(width * height * (DPI / _POINTS) ** 2), limits.pixels, "pixels of a page")
    bitmap = page.render(scale=DPI / _POINTS, fill_color=(_PAPER,) * 4)
    picture: Picture = np.ascontiguousarray(bitmap.to_numpy()[:, :, :3])
    page.close()
    return picture


def _pdfium() -> Any:
    return import_module("pypdfium2")


@contextmanager
def _careful() -> Iterator[None]:
    try:
        yield
    except (_pdfium().PdfiumError, IndexError) as error:
        raise UnreadableDocument(f"a damaged PDF ({type(error).__name__})") from error


def _only(picture: Picture, parts: Sequence[Rectangle]) -> Picture:
    kept = np.full_like(picture, _PAPER)
    for part in parts:
        x0, top, x1, bottom = (max(0, round(value * DPI / _POINTS)) for value in part)
        kept[top:bottom, x0:x1] = picture[top:bottom, x0:x1]
    return kept
