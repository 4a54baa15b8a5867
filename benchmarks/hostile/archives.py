"""DOCX and other archives: bombs, lies about sizes, archives in archives, names that climb, parts that are missing."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

from benchmarks.hostile.texts import Family, Named, report_text
from tests.robustness.containers import packed, word
from tests.robustness.mutations import damage

_PART: Final = "word/document.xml"
_DEFLATED: Final = 8
_MEGABYTE: Final = 1_000_000
_NAMES: Final = (
    "../../../../etc/passwd",
    "/etc/passwd",
    "..\\..\\windows\\win.ini",
    "C:\\x",
    "word/../../x",
    "\0",
    "word/\0document.xml",
    "CON",
    "a" * 65_000,
    "word//document.xml",
    "./word/document.xml",
    "word/document.xml/",
    "\u202excod",
    "~/x",
    "word/" * 9_000,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A member as it stands in the archive, whatever is true of it; `size` and `crc` as the archive states them."""

    name: bytes
    packed: bytes
    size: int
    crc: int
    method: int = _DEFLATED
    flags: int = 0
    at: int | None = None
    """another member's place, where both share their bytes"""


def archive(members: Sequence[Member]) -> bytes:
    """A ZIP file written by hand."""
    body, central = bytearray(), bytearray()
    for one in members:
        place = len(body) if one.at is None else one.at
        fixed = (20, one.flags, one.method, 0, 33, one.crc, len(one.packed), one.size, len(one.name), 0)
        if one.at is None:
            body += struct.pack("<4s5H3I2H", b"PK\x03\x04", *fixed) + one.name + one.packed
        central += struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, *fixed, 0, 0, 0, 0, place) + one.name
    count = len(members) & 0xFFFF
    return bytes(body + central) + struct.pack(
        "<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(central), len(body), 0
    )


def member(name: str, data: bytes) -> Member:
    """One that is what it says."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return Member(
        name=name.encode(), packed=packer.compress(data) + packer.flush(), size=len(data), crc=zlib.crc32(data)
    )


@cache
def laughter(block: bytes, count: int) -> tuple[bytes, int]:
    """A block repeated, deflated without ever being held in memory, and its checksum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    parts, crc = [], 0
    for _ in range(count):
        parts.append(packer.compress(block))
        crc = zlib.crc32(block, crc)
    return b"".join(parts) + packer.flush(), crc


def _others() -> Iterator[Member]:
    with zipfile.ZipFile(io.BytesIO(packed("<x/>"))) as source:
        yield from (member(name, source.read(name)) for name in source.namelist() if name != _PART)


def bomb(chance: Random) -> Named:
    """A main part (or another) that unfolds to hundreds of megabytes; at times the archive says that it is small."""
    megabytes = chance.choice((10, 50, 299, 400, 1_000))
    block = (chance.choice((b" ", b"<w:p/>", "<w:p><w:r><w:t>公开</w:t></w:r></w:p>".encode(), b"\0")) * _MEGABYTE)[
        :_MEGABYTE
    ]
    data, crc = laughter(block, megabytes)
    size = chance.choice((megabytes * len(block), 1_000, 0, 2**32 - 1))
    name = chance.choice(
        (_PART, _PART, "word/styles.xml", "word/media/image1.png", "docProps/core.xml", "[Content_Types].xml")
    )
    one = Member(name=name.encode(), packed=data, size=size, crc=crc)
    return "bomb.docx", archive([*(other for other in _others() if other.name != one.name), one])


def overlapping(chance: Random) -> Named:
    """Thousands of members that share one body (a bomb in the manner of Fifield)."""
    data, crc = laughter(b"a" * _MEGABYTE, chance.choice((1, 20)))
    first = Member(name=b"word/0", packed=data, size=_MEGABYTE, crc=crc)
    shared = (
        Member(name=b"word/%d" % number, packed=data, size=_MEGABYTE, crc=crc, at=0)
        for number in range(1, chance.choice((50, 5_000)))
    )
    return "shared.docx", archive([first, *shared])


def nested(chance: Random) -> Named:
    """Archives in archives, each of several copies of the one inside."""
    inner = packed(f"<x>{report_text(chance)}</x>")
    for _ in range(chance.choice((1, 5, 40))):
        inner = archive([member(name, inner) for name in ("word/a.docx", "b.zip")[: chance.choice((1, 1, 1, 2))]])
        if len(inner) > _MEGABYTE:
            break
    return chance.choice(("nest.docx", "nest.zip", "nest.txt")), inner


def names_that_climb(chance: Random) -> Named:
    """Members whose names lead out of the archive, stand twice, or are none."""
    listed = [member(name, b"x" * 9) for name in chance.sample(_NAMES, 4)]
    whole = chance.random() < 0.5
    parts = [member(_PART, b"<x/>")] * chance.choice((1, 2)) if whole else []
    return "names.docx", archive([*_others(), *parts, *listed])


def odd_members(chance: Random) -> Named:
    """Encrypted, packed by a method nobody has, sized beyond the file, with a checksum that is not theirs."""
    data = f'<w:document xmlns:w="x">{report_text(chance)}</w:document>'.encode()
    sound = member(_PART, data)
    odd = chance.choice(
        (
            Member(name=sound.name, packed=sound.packed, size=sound.size, crc=sound.crc, flags=1),
            Member(
                name=sound.name,
                packed=sound.packed,
                size=sound.size,
                crc=sound.crc,
                method=chance.choice((1, 9, 12, 14, 93, 99)),
            ),
            Member(name=sound.name, packed=sound.packed, size=sound.size, crc=0),
            Member(name=sound.name, packed=sound.packed[:-9], size=sound.size, crc=sound.crc),
            Member(name=sound.name, packed=chance.randbytes(500), size=sound.size, crc=sound.crc),
            Member(name=sound.name, packed=data, size=len(data) * 9, crc=sound.crc, method=0),
        )
    )
    return "odd.docx", archive([*_others(), odd])


def many_members(chance: Random) -> Named:
    """Tens of thousands of empty members."""
    empty = member("", b"")
    return "many.docx", archive(
        [
            Member(name=b"word/%d" % number, packed=empty.packed, size=0, crc=0)
            for number in range(chance.choice((1_000, 60_000)))
        ]
    )


def parts_missing(chance: Random) -> Named:
    """Without one or several of the parts that every Word file has."""
    held = [*_others(), member(_PART, b"<x/>")]
    return "missing.docx", archive(chance.sample(held, chance.randrange(1, len(held))))


def damaged(chance: Random) -> Named:
    """Bytes of a sound Word file changed, cut, repeated."""
    data = word(report_text(chance), chance)
    for _ in range(chance.choice((1, 3))):
        data = damage(data, chance)
    return "damaged.docx", data


FAMILIES: Final[Mapping[Family, float]] = {
    bomb: 0.7,
    overlapping: 0.5,
    nested: 1,
    names_that_climb: 1,
    odd_members: 1.5,
    many_members: 0.3,
    parts_missing: 1,
    damaged: 3,
}
"""Each with its share; what is large is rare."""
