"""PDF that is hostile: tables without end, circles, deep trees, streams that unfold, fonts that are none."""

import zlib
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random
from typing import Final

from benchmarks.hostile.texts import Family, Named, report_text
from tests.robustness.containers import paper
from tests.robustness.mutations import damage

_CATALOG: Final = b"<</Type/Catalog/Pages 2 0 R>>"
_PAGES: Final = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
_FONT: Final = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
_SHOWN: Final = b"BT /F1 11 Tf 50 700 Td (disclosed 3 items, received 5 requests in 2021) Tj ET "
_MEGABYTE: Final = 1_000_000


def pdf(objects: Sequence[bytes], *, trailer: bytes = b"", xref: bool = True) -> bytes:
    """A file of these objects, numbered from 1; the first is its catalogue."""
    data, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, one)
    start = len(data)
    if xref:
        data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        data += b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(
        data + b"trailer\n<</Root 1 0 R/Size %d%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, start)
    )


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%b>>stream\n%b\nendstream" % (len(data), entries, data)


def one_page(content: bytes, *, font: bytes = _FONT, page: bytes = b"", others: Sequence[bytes] = ()) -> bytes:
    """A file of one page; `content` is the object 4, `font` 5, `others` from 6 on."""
    box = b"" if b"/MediaBox" in page else b"/MediaBox[0 0 595 842]"
    leaf = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>/XObject<</X 6 0 R>>>>%b%b>>" % (
        box,
        page,
    )
    return pdf([_CATALOG, _PAGES, leaf, content, font, *others])


@cache
def zeros(megabytes: int, sign: bytes = b" ") -> bytes:
    """Deflated megabytes of one sign."""
    packer = zlib.compressobj(9)
    return b"".join([*(packer.compress(sign * _MEGABYTE) for _ in range(megabytes)), packer.flush()])


def cross_references(chance: Random) -> Named:
    """A table of objects that is huge, that leads to itself, or that points behind the end."""
    data = one_page(stream(_SHOWN))
    head, tail = data[: data.index(b"xref\n")], data[data.index(b"trailer\n") :]
    table = chance.choice(
        (
            b"xref\n0 4000000000\n",
            b"xref\n0 %d\n" % 10**30,
            b"xref\n-5 9\n",
            b"xref\n0 300000\n" + b"0000000009 00000 n \n" * 300_000,
            b"xref\n0 6\n" + b"9999999999 00000 n \n" * 6,
            b"xref\n" + b"0 0\n" * 100_000,
        )
    )
    previous = chance.choice(
        (b"/Prev %d>>" % len(head), b"/Prev 0>>", b"/Prev -1>>", b"/XRefStm %d>>" % len(head), b">>")
    )
    return "xref.pdf", head + table + tail.replace(b">>", previous, 1)


def reference_streams(chance: Random) -> Named:
    """A table of objects in a stream whose widths, index or predictor ask for too much."""
    entries = chance.choice(
        (
            b"/W[1 2 2]/Index[0 2000000000]",
            b"/W[0 0 0]/Index[0 2000000000]",
            b"/W[2000000000 1 1]",
            b"/W[1 2 1]/Size 2000000000",
            b"/W[1 2 1]/DecodeParms<</Predictor 12/Columns 2000000000>>",
            b"/W[-1 2 1]/Index[0 -5]",
            b"/W[1 2 1]/Prev 9",
        )
    )
    packed = zeros(chance.choice((1, 30)), b"\0")
    start = b"%PDF-1.7\n"
    one = (
        b"1 0 obj\n"
        + stream(
            packed, b"/Type/XRef/Root 2 0 R/Filter/FlateDecode" + entries + b"/Size 9" * (b"/Size" not in entries)
        )
        + b"\nendobj\n"
    )
    return "streams.pdf", start + one + b"startxref\n%d\n%%%%EOF" % len(start)


def circles(chance: Random) -> Named:
    """Objects that are themselves: pages, lengths, fonts, parents, forms drawn within themselves."""
    leaf = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
    objects = [_CATALOG, _PAGES, leaf, stream(_SHOWN), _FONT]
    drawn = stream(
        _SHOWN + b"/X Do", b"/Type/XObject/Subtype/Form/Resources<</XObject<</X 6 0 R>>/Font<</F1 5 0 R>>>>"
    )
    return "circles.pdf", chance.choice(
        (
            pdf([_CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"]),
            pdf([_CATALOG, b"2 0 R"]),
            pdf([b"1 0 R"]),
            pdf([*objects[:3], b"<</Length 4 0 R>>stream\nx\nendstream", _FONT]),
            pdf([*objects[:4], b"5 0 R"]),
            pdf(
                [
                    *objects[:2],
                    leaf.replace(b"/Parent 2 0 R", b"/Parent 3 0 R").replace(b"/MediaBox[0 0 595 842]", b""),
                    *objects[3:],
                ]
            ),
            one_page(stream(b"/X Do"), others=[drawn]),
            one_page(stream(b"/X Do " * 2_000 + _SHOWN), others=[drawn]),
            pdf([*objects[:3], stream(_SHOWN, b"/Filter 7 0 R"), _FONT, b"null", b"[7 0 R]"]),
            pdf([_CATALOG, b"<</Type/Pages/Kids 6 0 R/Count 1>>", *objects[2:], b"[6 0 R 3 0 R]"]),
        )
    )


def trees(chance: Random) -> Named:
    """Pages below pages below pages, or very many of them, or arrays and dictionaries within each other."""
    depth = chance.choice((20, 900, 5_000))
    if chance.random() < 0.3:
        sign = chance.choice((b"[", b"<<", b"<</A", b"(", b"[<<"))
        return "trees.pdf", one_page(stream(_SHOWN + sign * depth * 20), page=b"/A " + sign * depth)
    if chance.random() < 0.5:
        kids = b" ".join([b"3 0 R"] * depth)
        return "trees.pdf", pdf(
            [
                _CATALOG,
                b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, depth),
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
                stream(_SHOWN),
            ]
        )
    nodes = [
        b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (number - 1, number + 1)
        for number in range(2, depth + 2)
    ]
    return "trees.pdf", pdf([_CATALOG, *nodes, b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % depth])


def unfolding(chance: Random) -> Named:
    """Content that unfolds to hundreds of megabytes, by one filter or by several in a row."""
    megabytes = chance.choice((5, 50, 290, 1_000))
    packed = zeros(megabytes, chance.choice((b" ", b"q ", b"\0", b"0 0 m ")[:1]))
    hexed = packed.hex().encode() + b">"
    runs = b"\x81 " * (4_000 * min(megabytes, 300))
    content = chance.choice(
        (
            stream(packed, b"/Filter/FlateDecode"),
            stream(zlib.compress(packed), b"/Filter[/FlateDecode/FlateDecode]"),
            stream(zlib.compress(zlib.compress(packed)), b"/Filter[/Fl/Fl/Fl]"),
            stream(hexed, b"/Filter[/ASCIIHexDecode/FlateDecode]"),
            stream(runs, b"/Filter/RunLengthDecode"),
            stream(zlib.compress(runs), b"/Filter[/FlateDecode/RunLengthDecode]"),
            stream(b"\x80" + b"\x0b\x60\x50\x22" * 200_000, b"/Filter/LZWDecode"),
            stream(b"z" * 20_000_000, b"/Filter/ASCII85Decode"),
            stream(packed, b"/Filter/FlateDecode/DecodeParms<</Predictor 15/Columns 1000000000>>"),
            stream(packed, b"/Filter[" + b"/FlateDecode" * 5_000 + b"]"),
            stream(b"\n" + packed, b"/Filter/FlateDecode"),
        )
    )
    return "unfolding.pdf", one_page(content)


def object_streams(chance: Random) -> Named:
    """Objects in a stream that says there are very many of them, or that unfolds to very much."""
    packed = zeros(chance.choice((1, 50, 400)), b"1 ")
    entries = b"/Type/ObjStm/Filter/FlateDecode/N %d/First %d" % (
        chance.choice((5, 10**9)),
        chance.choice((10, 10**9, -1)),
    )
    objects = [_CATALOG, _PAGES, b"<</Type/Page/Parent 2 0 R/Contents 4 0 R/MediaBox[0 0 9 9]>>", stream(_SHOWN)]
    return "objects.pdf", pdf([*objects, stream(packed, entries)], xref=chance.random() < 0.5)


def fonts(chance: Random) -> Named:
    """Fonts with maps over all codes, widths without end, programs that are none."""
    laid = chance.choice(
        (
            b"<0000> <FFFFFFFF> <0000>",
            b"<00> <FFFFFFFFFFFFFFFF> <4E00>",
            b"<0000> <FFFF> [" + b"<4E00>" * 60_000 + b"]",
            b"<FFFF> <0000> <0000>",
            b"<0> <zz> <1>",
            b"<0000> <0F00> <" + b"4E00" * 5_000 + b">",
        )
    )
    mapped = (
        b"begincmap 1 begincodespacerange <00> <FFFF> endcodespacerange "
        + b"1 beginbfrange "
        + laid
        + b" endbfrange endcmap"
    )
    program = chance.choice(
        (
            b"%!PS-AdobeFont" + b"/a" * 90_000,
            chance.randbytes(3_000),
            b"\0\1\0\0" + b"\xff" * 3_000,
            b"OTTO",
            b"\1\0\4\4" + b"\xff" * 900,
        )
    )
    font = chance.choice(
        (
            b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[7 0 R]/ToUnicode 6 0 R>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/X/FirstChar 0/LastChar 2000000000/Widths[1 2]"
            b"/ToUnicode 6 0 R/FontDescriptor 8 0 R>>",
            b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1e30 1e30]/FontMatrix[1e30 0 0 1e30 0 0]"
            b"/CharProcs<</a 4 0 R>>/Encoding<</Differences[0/a 2000000000/a -5/b]>>>>",
            b"<</Type/Font/Subtype/TrueType/Encoding 6 0 R/FontDescriptor 8 0 R>>",
            b"<</Subtype/Type0>>",
            b"[]",
            b"null",
            b"(x)",
            b"<</Type/Font/Subtype/Type0/Encoding 6 0 R/DescendantFonts[7 0 R 7 0 R]>>",
        )
    )
    widths = chance.choice((b"[0 2000000000 5]", b"[0[" + b"5 " * 90_000 + b"]]", b"[9 1 7]", b"(x)", b"[0[5 0 R]]"))
    below = (
        b"<</Type/Font/Subtype/CIDFontType2/CIDSystemInfo<</Registry(Adobe)/Ordering(%b)>>"
        b"/W %b/DW 1e400/FontDescriptor 8 0 R>>"
        % (chance.choice((b"GB1", b"Identity", b"../../x", b"A" * 9_000)), widths)
    )
    described = b"<</Type/FontDescriptor/Ascent 1e30/Descent (x)/FontBBox[1 2]"
    described += b"/FontFile 9 0 R/FontFile2 9 0 R/FontFile3 9 0 R>>"
    return "fonts.pdf", one_page(
        stream(_SHOWN), font=font, others=[stream(mapped), below, described, stream(program)]
    )


def drawings(chance: Random) -> Named:
    """Very many lines, boxes, curves or characters, at one place or at impossible ones."""
    count = chance.choice((300, 3_000, 60_000))
    far = chance.choice((b"1e308", b"nan", b"-99999999999", b"0", b"--5", b"1.2.3"))
    one = chance.choice(
        (
            b"%d %d m %d %d l S ",
            b"%d %d %d %d re S ",
            b"%d %d 1 1 re f %d %d m ",
            b"BT /F1 9 Tf %d %d Td (5) Tj ET %% %d %d\n",
            b"%d %d m %d %d 5 5 9 9 c S ",
            b"0 0 " + far + b" " + far + b" re S %% %d %d %d %d\n",
            b"q %% %d %d %d %d\n",
            b"BT /F1 " + far + b" Tf (5) Tj ET %% %d %d %d %d\n",
            b"BI /W 9 /H 9 /BPC 8 ID %d%d%d%d EI ",
        )
    )
    drawn = b"".join(one % tuple(chance.randrange(600) for _ in range(4)) for _ in range(count))
    grid = b"".join(
        b"%d 0 m %d 800 l S 0 %d m 600 %d l S " % (n, n, n, n) for n in range(0, 600, chance.choice((2, 9)))
    )
    return "drawings.pdf", one_page(stream(_SHOWN + chance.choice((drawn, drawn, grid))))


def pages(chance: Random) -> Named:
    """Boxes, rotations and user units that are none."""
    extra = chance.choice(
        (
            b"/MediaBox[0 0 1e308 1e308]",
            b"/MediaBox[0 0 0 0]",
            b"/MediaBox[5]",
            b"/MediaBox(x)",
            b"/MediaBox[9 9 1 1]",
            b"/Rotate 17",
            b"/Rotate (x)",
            b"/CropBox[0 0 -1 -1]",
            b"/UserUnit 1e300",
            b"/MediaBox[/a /b /c /d]",
            b"/Annots[3 0 R 99 0 R]",
            b"/MediaBox null",
        )
    )
    return "pages.pdf", one_page(stream(_SHOWN), page=extra)


def locked(chance: Random) -> Named:
    """Encryption with parameters that are none."""
    key = b"x" * chance.choice((0, 32, 9_000))
    entries = b"/Filter/%b/V %d/R %d/Length %d/P -1/O(%b)/U(%b)" % (
        chance.choice((b"Standard", b"X")),
        chance.choice((0, 1, 2, 4, 5, 99)),
        chance.choice((2, 3, 4, 5, 6, 99)),
        chance.choice((0, 40, 128, 10**9, -8)),
        key,
        key,
    )
    return "locked.pdf", pdf(
        [_CATALOG, _PAGES, b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"],
        trailer=b"/ID[(a)(b)]/Encrypt<<%b>>" % entries,
    )


def damaged(chance: Random) -> Named:
    """Bytes of a sound PDF changed, cut, repeated."""
    data = paper("\n".join(report_text(chance).splitlines()[:12]), chance)
    for _ in range(chance.choice((1, 3))):
        data = damage(data, chance)
    return "damaged.pdf", data


FAMILIES: Final[Mapping[Family, float]] = {
    cross_references: 1,
    reference_streams: 1,
    circles: 1,
    trees: 1,
    unfolding: 1,
    object_streams: 0.7,
    fonts: 1.5,
    drawings: 1.5,
    pages: 1,
    locked: 0.5,
    damaged: 2,
}
"""Each with its share."""
