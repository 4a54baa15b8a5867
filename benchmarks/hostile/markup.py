"""XML inside DOCX: entities from outside, laughs, depth, parts that point elsewhere, tables that never end."""

import io
import zipfile
from collections.abc import Mapping
from random import Random
from typing import Final

from benchmarks.hostile.texts import Family, Named, report_text
from tests.robustness.containers import packed

_W: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARAGRAPH: Final = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
PARTS: Final = (
    "word/document.xml",
    "[Content_Types].xml",
    "_rels/.rels",
    "docProps/core.xml",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
)
PLACES: Final = (
    "file:///etc/passwd",
    "/etc/passwd",
    "http://127.0.0.1:9/x.dtd",
    "ftp://127.0.0.1/x",
    "php://filter/x",
    "expect://id",
    "\\\\127.0.0.1\\share\\x",
    "netdoc:/etc/passwd",
    "jar:file:///x!/y",
)


def changed(part: str, data: bytes) -> bytes:
    """A sound Word file with one part replaced."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(packed(body("公开3条")))) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in dict.fromkeys((*source.namelist(), part)):
            target.writestr(zipfile.ZipInfo(name), data if name == part else source.read(name))
    return buffer.getvalue()


def sound(part: str) -> str:
    """What the part is in a sound file."""
    with zipfile.ZipFile(io.BytesIO(packed(body("公开3条")))) as source:
        return source.read(part).decode()


def body(words: str, doctype: str = "") -> str:
    """A main part of one paragraph."""
    return f'{doctype}<w:document xmlns:w="{_W}"><w:body>{_PARAGRAPH.format(words)}</w:body></w:document>'


def with_doctype(part: str, doctype: str, reference: str) -> bytes:
    """The part with a DTD, and a reference to one of its entities where it has text."""
    if part == PARTS[0]:
        return body(reference, doctype).encode()
    whole = sound(part)
    start = whole.index("?>") + 2 if whole.startswith("<?xml") else 0
    end = whole.rindex("</")
    return f"{whole[:start]}{doctype}{whole[start:end]}{reference}{whole[end:]}".encode()


def outside(chance: Random) -> Named:
    """An entity, a parameter entity or a whole DTD that stands in a file or on the network (XXE)."""
    place, part = chance.choice(PLACES), chance.choice(PARTS)
    doctype = chance.choice(
        (
            f'<!DOCTYPE x [<!ENTITY e SYSTEM "{place}">]>',
            f'<!DOCTYPE x [<!ENTITY e PUBLIC "-//x" "{place}">]>',
            f'<!DOCTYPE x SYSTEM "{place}" [<!ENTITY e "x">]>',
            f'<!DOCTYPE x [<!ENTITY % p SYSTEM "{place}"> %p; <!ENTITY e "x">]>',
            f'<!DOCTYPE x [<!NOTATION n SYSTEM "{place}"><!ENTITY e SYSTEM "{place}" NDATA n>]>',
        )
    )
    return "outside.docx", changed(part, with_doctype(part, doctype, "&e;"))


def laughs(chance: Random) -> Named:
    """Entities of entities of entities (billion laughs), or one long one many times (quadratic blow-up)."""
    part, levels = chance.choice(PARTS), chance.choice((3, 9, 30))
    many = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, levels))
    doctype, reference = chance.choice(
        (
            (f'<!DOCTYPE x [<!ENTITY e0 "haha">{many}]>', f"&e{levels - 1};"),
            (f'<!DOCTYPE x [<!ENTITY e0 "{"a" * 100_000}">]>', "&e0;" * 20_000),
            ('<!DOCTYPE x [<!ENTITY a "&b;"><!ENTITY b "&a;">]>', "&a;"),
        )
    )
    return "laughs.docx", changed(part, with_doctype(part, doctype, reference))


def deep(chance: Random) -> Named:
    """Elements inside each other."""
    depth, part = chance.choice((50, 255, 2_000, 100_000)), chance.choice(PARTS[:2])
    tag = chance.choice(
        (
            "w:tbl><w:tr><w:tc",
            "w:p",
            "w:sdt><w:sdtContent",
            "w:ins",
            "w:r",
            "w:p><w:r><w:txbxContent",
            "w:p><w:hyperlink",
        )
    )
    opening, closing = f"<{tag}>" * depth, "".join(f"</{one}>" for one in reversed(tag.split("><"))) * depth
    words = (
        f'<w:document xmlns:w="{_W}"><w:body>{opening}{_PARAGRAPH.format("公开3条")}{closing}</w:body></w:document>'
    )
    return "deep.docx", changed(part, words.encode())


def wide(chance: Random) -> Named:
    """Very many paragraphs, cells, runs or attributes, or spans over everything."""
    count = chance.choice((1_000, 30_000, 150_000))
    wide = chance.choice((9, 10**9, -5, "x", "９"))
    span = f'<w:tc><w:tcPr><w:gridSpan w:val="{wide}"/><w:vMerge/></w:tcPr><w:p/></w:tc>'
    inner = chance.choice(
        (
            "<w:p/>" * count,
            _PARAGRAPH.format("1") * count,
            f"<w:p>{'<w:r><w:t>公开</w:t></w:r>' * count}</w:p>",
            f"<w:tbl><w:tr>{'<w:tc><w:p/></w:tc>' * count}</w:tr></w:tbl>",
            f"<w:tbl>{'<w:tr><w:tc><w:p/></w:tc><w:tc/></w:tr>' * (count // 2)}</w:tbl>",
            f"<w:tbl>{f'<w:tr>{span * 10}</w:tr>' * (count // 30)}</w:tbl>",
            f"<w:p><w:r>{'<w:tab/><w:br/>' * count}</w:r></w:p>",
            "<w:p " + " ".join(f'w:a{number}="1"' for number in range(count)) + "/>",
            f"<w:p><w:r><w:t>{'公' * 12_000_000}</w:t></w:r></w:p>",
        )
    )
    return "wide.docx", packed(f'<w:document xmlns:w="{_W}"><w:body>{inner}</w:body></w:document>')


def relations(chance: Random) -> Named:
    """Relations that point outside, to each other, to nothing, or that are very many."""
    place = chance.choice(
        (*PLACES, "../../../../etc/passwd", "document.xml", "", "../word/document.xml", "\0", "a" * 70_000)
    )
    mode = chance.choice(('TargetMode="External"', "", 'TargetMode="Internal"', 'TargetMode="x"'))
    kind = chance.choice(("officeDocument", "image", "styles", "aFChunk", "attachedTemplate", "hyperlink", "x"))
    count = chance.choice((1, 1, 500, 20_000))
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{_RELATION}/{kind}" Target="{place}" {mode}/>' for number in range(count)
    )
    whole = (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'
    )
    return "relations.docx", changed(chance.choice(("_rels/.rels", "word/_rels/document.xml.rels")), whole.encode())


def encodings(chance: Random) -> Named:
    """XML in an encoding that it does not declare, or with characters that no XML may hold."""
    whole = (
        f'<?xml version="1.0" encoding="{chance.choice(("utf-16", "utf-7", "gb18030", "none", "utf-8"))}"?>'
        + body(report_text(chance).replace("<", "").replace("&", ""))
    )
    data = whole.encode(chance.choice(("utf-8", "utf-16", "gb18030", "utf-32")), "replace")
    return "encoded.docx", changed(
        PARTS[0], chance.choice((data, data[:-20], data + b"\0\0", b"\0" + data, data.replace(b"w:t", b"\x0b:t")))
    )


FAMILIES: Final[Mapping[Family, float]] = {outside: 3, laughs: 2, deep: 1.5, wide: 1, relations: 1, encodings: 1}
"""Each with its share."""
