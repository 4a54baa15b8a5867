"""Plain text that is none, is broken, or is made to take long."""

import base64
import zlib
from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from tests.robustness.mutations import mutate
from tests.robustness.sources import report_texts

Named = tuple[str, bytes]
Family = Callable[[Random], Named]

WORDS: Final = (
    "□",
    "我",
    "本年",
    "各单位",
    "单位",
    "目前",
    "-",
    "1-",
    "5 ",
    "一",
    "公开",
    "信息",
    "申请",
    "(1)",
    "、",
    ",",
    "其中",
    "条",
    "1条",
    "#",
    '"',
    "年",
    "1",
    "1.",
    " ",
    "网站",
    "均",
    "予以",
    "(",
    "（",
    "《",
    "a",
    "1,",
    "1月1日",
    "委员会",
    "|",
    "\t",
    "\n",
    "\r",
    "<p>",
    "[1]",
    "〔2",
    "&#",
    "&amp;",
    "没有",
    "其中网站公开3条，",
    "2021年",
    "收到申请1件，",
    "（一）",
    "一、",
    "@",
    "http://",
    "a@b.",
    "\u3000",
    "%",
    "万",
    "亿",
    "十",
    "零",
    "0",
    "９",
    "\u200b",
    "\u0301",
    "\ud83d\ude00",
)
_MEGABYTE: Final = 1_000_000
_MAGIC: Final = (
    b"\x7fELF\x02\x01\x01",
    b"\x89PNG\r\n\x1a\n",
    b"GIF89a",
    b"\xff\xd8\xff\xe0",
    b"\x1f\x8b\x08",
    b"SQLite format 3\0",
    b"\xca\xfe\xba\xbe",
    b"MZ\x90\0",
    b"RIFF",
    b"Rar!\x1a\x07",
    b"7z\xbc\xaf'\x1c",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"{\\rtf1",
    b"%!PS",
    b"BM",
    b"II*\0",
    b"\0asm",
    b"OggS",
)
_STRANGE: Final = ("\u202e\u202d\u2066\u2069\u200d\ufe0f\u0301\u0489"
            "\ue000\ufdd0\uffff\ufffe\U000e0041\U0010ffff\u2028\x85\x1b\x7f\x00")


def report_text(chance: Random) -> str:
    """One of the repository's invented reports."""
    return chance.choice(report_texts())


def words_repeated(chance: Random) -> Named:
    """A few words over and over, which is what patterns with a choice in a loop fear."""
    words = "".join(chance.choices(WORDS, k=chance.choice((1, 1, 2, 3))))
    size = chance.choice((100, 2_000, 20_000, 200_000))
    lead = chance.choice(("", "主动公开政府信息", "其中", "2021年"))
    tail = chance.choice(("", "x", "条", "\n", "。"))
    return "repeated.txt", (lead + words * (size // len(words) + 1) + tail).encode("utf-8", "replace")


def one_line(chance: Random) -> Named:
    """Megabytes without a line break, at times a hundred of them."""
    size = chance.choice((1, 1, 1, 5, 5, 20, 99, 101)) * _MEGABYTE
    words = chance.choice((*WORDS, report_text(chance).replace("\n", ""))).encode("utf-8", "replace")
    return "line.txt", (words * (size // len(words) + 1))[:size]


def nul_bytes(chance: Random) -> Named:
    """A report with NULs between, before or behind its characters."""
    data = report_text(chance).encode(chance.choice(("utf-8", "gb18030", "utf-16-le", "utf-32-be")))
    share = chance.choice((1, 3, 50, 1_000))
    spread = b"\0".join(data[start : start + share] for start in range(0, len(data), share))
    return "nul.txt", chance.choice(
        (spread, b"\0" * chance.randint(1, 9_000) + data, data + b"\0" * 100_000, b"\0" * 5_000)
    )


def broken_utf16(chance: Random) -> Named:
    """UTF-16 of which a byte is gone, with halves exchanged, or with the mark of the other order."""
    data = report_text(chance).encode(chance.choice(("utf-16", "utf-16-le", "utf-16-be")))
    cut = chance.randrange(1, max(2, len(data)))
    return "wide.txt", chance.choice(
        (
            data[:-1],
            data[1:],
            data[:cut] + data[cut + 1 :],
            b"\xfe\xff" + data,
            b"\xff\xfe" + data[::-1],
            b"\xff\xfe\0\0" + data,
            b"\xff\xfe",
            b"\xff\xfe\0",
            b"\0\0\xfe\xff" + data,
        )
    )


def lone_surrogates(chance: Random) -> Named:
    """Halves of characters, in every encoding that can hold them."""
    text = report_text(chance)
    for _ in range(chance.choice((1, 30, 2_000))):
        place = chance.randrange(len(text))
        text = text[:place] + chr(chance.randrange(0xD800, 0xE000)) + text[place:]
    codec = chance.choice(("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"))
    mark = "\ufeff".encode(codec) if chance.random() < 0.5 else b""
    return "halves.txt", mark + text.encode(codec, "surrogatepass")


def binary(chance: Random) -> Named:
    """Another kind of file, or none, under a name that says text, page or Word."""
    body = chance.randbytes(chance.choice((1, 20, 3_000, 400_000)))
    if chance.random() < 0.3:
        body = zlib.compress(body)
    name = chance.choice(("b.txt", "b.html", "b.docx", "b.pdf", "b.doc"))
    return name, chance.choice((*_MAGIC, b"")) + body


def encodings_mixed(chance: Random) -> Named:
    """A report whose parts are in different encodings."""
    text = report_text(chance)
    codecs = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-7", "cp1252", "shift_jis", "euc_kr")
    cuts = sorted(chance.randrange(len(text)) for _ in range(chance.choice((1, 2, 9))))
    parts = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    return "mixed.txt", b"".join(part.encode(chance.choice(codecs), "replace") for part in parts)


def strange_signs(chance: Random) -> Named:
    """A report sown with marks that turn, join or hide what stands beside them."""
    signs = list(report_text(chance))
    for _ in range(chance.choice((5, 500, 5_000))):
        signs.insert(chance.randrange(len(signs)), chance.choice(_STRANGE))
    return "signs.txt", "".join(signs).encode("utf-8", "surrogatepass")


def digit_runs(chance: Random) -> Named:
    """The cells of a form with their digits run together, longer than any report's."""
    text = "".join(report_text(chance).split())
    digits = "".join(chance.choices(chance.choice(("0", "01", "0123456789")), k=chance.choice((12, 40, 400))))
    return "runs.txt", "".join(sign + digits if chance.random() < 0.02 else sign for sign in text).encode()


def tables_drawn(chance: Random) -> Named:
    """Rows of pipes and tabs of every length."""
    rows = []
    for _ in range(chance.choice((10, 1_000, 8_000))):
        sign = chance.choice(("|", "\t", "||", " | "))
        rows.append(
            sign.join(chance.choices(("5", "", "申请", " ", "-", "合计"), k=chance.choice((1, 2, 3, 11, 200))))
        )
    return "rows.txt", "\n".join(rows).encode()


def mail_nests(chance: Random) -> Named:
    """MHTML in MHTML in MHTML, in base64 at each level."""
    body = f"<html><body>{report_text(chance)}</body></html>".encode()
    for level in range(chance.choice((1, 3, 12))):
        packed = base64.encodebytes(body)
        body = (
            b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="b%d"\n\n--b%d\nContent-Type: text/html\n'
            b"Content-Transfer-Encoding: base64\n\n%b\n--b%d--\n" % (level, level, packed, level)
        )
    if chance.random() < 0.3:
        body = b"Content-Type: multipart/mixed; boundary=x\n\n--x\n" * 50_000
    return chance.choice(("m.mht", "m.mhtml", "m.txt")), body


def damaged(chance: Random) -> Named:
    """A report's text with several kinds of damage at once."""
    text = report_text(chance)
    for _ in range(chance.choice((2, 5))):
        text = mutate(text, chance)
    return "damaged.txt", text.encode("utf-8", "replace")


def empty(chance: Random) -> Named:
    """Nothing, or as good as nothing."""
    return "empty.txt", chance.choice(
        (
            b"",
            b" ",
            b"\n" * 100_000,
            b"\xef\xbb\xbf",
            b"\xef\xbb\xbf\n",
            b"\0",
            b"<",
            b"%PDF-",
            b"PK\x03\x04",
            "\u3000".encode() * 9_000,
            b"\xe4\xb8",
            b"&nbsp;" * 9_000,
        )
    )


FAMILIES: Final[Mapping[Family, float]] = {
    words_repeated: 4,
    one_line: 0.15,
    nul_bytes: 1,
    broken_utf16: 1,
    lone_surrogates: 1,
    binary: 2,
    encodings_mixed: 1,
    strange_signs: 1,
    digit_runs: 2,
    tables_drawn: 0.3,
    mail_nests: 0.5,
    damaged: 2,
    empty: 0.5,
}
"""Each with its share; what is large is rare."""
