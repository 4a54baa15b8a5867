"""What keeps a PDF from taking time or memory without end: sizes before it is opened, counts while it is read.

pdfminer follows whatever a file says: references to themselves, tables of two thousand million objects,
previous tables that lead back. Its classes are replaced by ones that count, which count nothing outside `bounded`.
"""

import base64
import io
import re
import zlib
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Final

import pdfminer.pdfdocument
import pdfminer.pdfinterp
import pdfminer.pdftypes
import pdfplumber.pdf
from pdfminer.lzw import LZWDecoder
from pdfminer.pdfdocument import PDFBaseXRef, PDFDocument, PDFXRefStream
from pdfminer.pdfinterp import PDFContentParser
from pdfminer.pdfparser import PDFParser, PDFStreamParser

from infer.read.limits import Limits, require

_STREAM: Final = re.compile(rb"(?<!end)stream\r?\n")
_END: Final = re.compile(rb"endstream")
_ESCAPED: Final = re.compile(rb"#([0-9a-fA-F]{2})")
_FILTER: Final = re.compile(
    rb"/(FlateDecode|Fl|RunLengthDecode|RL|ASCIIHexDecode|AHx|ASCII85Decode|A85|LZWDecode|LZW)\b"
)
_FLATE: Final = frozenset({b"FlateDecode", b"Fl"})
_NO_HEX: Final = re.compile(rb"[^0-9a-fA-F]+")
_DICTIONARY_WITHIN: Final = 4_096
_MOST_FILTERS: Final = 8
_ZLIB: Final = b"\x78"
_CHUNK: Final = 1 << 16
_ROOM: Final = 1 << 20
_END_OF_RUNS: Final = 128


@dataclass(slots=True)
class _Budget:
    """What one document has used."""

    limits: Limits
    words: int = 0
    lookups: int = 0
    tables: set[int] = field(default_factory=set)

    def word(self) -> None:
        self.words += 1
        if self.words > self.limits.words:
            require(self.words, self.limits.words, "words of drawing and objects")

    def lookup(self) -> None:
        self.lookups += 1
        if self.lookups > self.limits.words:
            require(self.lookups, self.limits.words, "references followed")


_budget: ContextVar[_Budget | None] = ContextVar("budget of the PDF being read", default=None)


@contextmanager
def bounded(limits: Limits) -> Iterator[None]:
    """Within it, reading a PDF raises LimitExceeded where it goes on for too long."""
    token = _budget.set(_Budget(limits))
    try:
        yield
    finally:
        _budget.reset(token)


class _Document(PDFDocument):
    """A document that counts references followed, and reads each table of objects once."""

    def getobj(self, objid: int) -> object:
        if (budget := _budget.get()) is not None:
            budget.lookup()
        return super().getobj(objid)

    def read_xref_from(self, parser: PDFParser, start: int, xrefs: list[PDFBaseXRef]) -> None:
        budget = _budget.get()
        if budget is None:
            return super().read_xref_from(parser, start, xrefs)
        if start in budget.tables:
            return None
        budget.tables.add(start)
        super().read_xref_from(parser, start, xrefs)
        listed = sum(abs(count) for xref in xrefs if isinstance(xref, PDFXRefStream) for _, count in xref.ranges)
        require(listed, budget.limits.elements, "objects")
        return None


class _Content(PDFContentParser):
    """The parser of what pages draw."""

    def nexttoken(self) -> Any:
        if (budget := _budget.get()) is not None:
            budget.word()
        return super().nexttoken()


class _Objects(PDFStreamParser):
    """The parser of objects in streams."""

    def nexttoken(self) -> Any:
        if (budget := _budget.get()) is not None:
            budget.word()
        return super().nexttoken()


def _rows_bounded(predict: Callable[..., bytes], place: int) -> Callable[..., bytes]:
    """A predictor that keeps no row longer than a reader can hold; `place`: where colours, columns and bits stand."""

    def predicted(*given: Any) -> bytes:
        if (budget := _budget.get()) is not None:
            colors, columns, bits = given[place : place + 3]
            require(abs(colors * columns * bits) // 8, budget.limits.elements, "bytes in a row of a stream")
        return predict(*given)

    return predicted


for _name, _place in (("apply_png_predictor", 1), ("apply_tiff_predictor", 0)):
    setattr(pdfminer.pdftypes, _name, _rows_bounded(getattr(pdfminer.pdftypes, _name), _place))
setattr(pdfplumber.pdf, "PDFDocument", _Document)  # noqa: B010 - mypy knows neither name
setattr(pdfminer.pdfinterp, "PDFContentParser", _Content)  # noqa: B010
setattr(pdfminer.pdfdocument, "PDFStreamParser", _Objects)  # noqa: B010


def require_small(data: bytes, limits: Limits) -> None:
    """Unpack every stream and forget it, up to the limit: pdfminer itself would unpack without one."""
    ends = [match.start() for match in _END.finditer(data)]
    total = last = 0
    for match in _STREAM.finditer(data):
        filters = _filters(data, match.start())
        begin = match.end()
        if not filters and data[begin : begin + 1] == _ZLIB:
            filters = [b"Fl"]
        # whatever is no deflated data is unpacked once, else a file of beginnings would take its square in time
        if not filters or (filters[0] not in _FLATE and begin < last):
            continue
        place = bisect_left(ends, begin)
        end = ends[place] if place < len(ends) else len(data)
        last = max(last, end)
        require(len(filters), _MOST_FILTERS, "filters upon each other")
        for size in _unpacked_sizes(memoryview(data)[begin:end], filters):
            total += size
            require(total, limits.decompressed, "bytes when decompressed")


def _filters(data: bytes, stream: int) -> list[bytes]:
    """Names of filters in the dictionary before a stream, in their order."""
    words = data[max(0, stream - _DICTIONARY_WITHIN) : stream]
    words = words[words.rfind(b" obj") + 1 :]
    return _FILTER.findall(_ESCAPED.sub(lambda match: bytes([int(match[1], 16)]), words))


def _unpacked_sizes(packed: memoryview, filters: list[bytes]) -> Iterator[int]:
    """Sizes of the pieces that the last filter gives."""
    pieces: Iterable[bytes] = (bytes(packed[place : place + _CHUNK]) for place in range(0, len(packed), _CHUNK))
    for name in filters:
        pieces = _UNPACKERS[name](pieces)
    return map(len, pieces)


def _inflated(pieces: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj()
    try:
        for piece in pieces:
            rest = piece
            while rest and not unpacker.eof:
                yield unpacker.decompress(rest, _ROOM)
                rest = unpacker.unconsumed_tail
            if unpacker.eof:
                return
    except zlib.error:
        return


def _run_out(pieces: Iterable[bytes]) -> Iterator[bytes]:
    data, place = b"".join(pieces), 0
    while place < len(data) and data[place] != _END_OF_RUNS:
        length = data[place]
        if length < _END_OF_RUNS:
            yield data[place + 1 : place + 2 + length]
            place += 2 + length
        else:
            yield data[place + 1 : place + 2] * (257 - length)
            place += 2


def _of_hex(pieces: Iterable[bytes]) -> Iterator[bytes]:
    digits = _NO_HEX.sub(b"", b"".join(pieces).partition(b">")[0])
    yield bytes.fromhex(digits[: len(digits) // 2 * 2].decode())


def _of_base85(pieces: Iterable[bytes]) -> Iterator[bytes]:
    try:
        yield base64.a85decode(b"".join(pieces).partition(b"~")[0])
    except ValueError:
        return


def _of_lzw(pieces: Iterable[bytes]) -> Iterator[bytes]:
    yield from LZWDecoder(io.BytesIO(b"".join(pieces))).run()


_UNPACKERS: Final[Mapping[bytes, Callable[[Iterable[bytes]], Iterator[bytes]]]] = {
    b"FlateDecode": _inflated,
    b"Fl": _inflated,
    b"RunLengthDecode": _run_out,
    b"RL": _run_out,
    b"LZWDecode": _of_lzw,
    b"LZW": _of_lzw,
    b"ASCIIHexDecode": _of_hex,
    b"AHx": _of_hex,
    b"ASCII85Decode": _of_base85,
    b"A85": _of_base85,
}
