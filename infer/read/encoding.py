"""Bytes to text: which encoding they are in, and what was wrong with them."""
import codecs
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from infer.read.mojibake import repair
from report.errors import UnreadableDocument

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig", "utf-8"), (codecs.BOM_UTF32_LE, "utf-32", "utf-32"),
         (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"))
_DECLARED = re.compile(rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_DECLARED_WITHIN = 8192
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SCRIPTS_OF_CHANCE = re.compile(r"[\u0080-\u07ff]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_NEUTRAL = frozenset("，。、；：？！“”‘’（）《》〈〉【】〔〕「」『』—…·．％－～｜０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩"
                     "\u3000\xa0\u2002\u2003\ufeff")
_SAMPLE = 20_000
_BROKEN_SHARE = 0.05
_MOSTLY = 0.9
_COMMON_ENOUGH = 0.35
_CONTROL_SHARE = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """Text, the encoding it was in, and warning codes: broken_bytes, mojibake, mojibake_repaired."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = field(default=())


@cache
def _data() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("infer.read").joinpath("encoding.toml").read_text(encoding="utf-8"))


@cache
def common_characters() -> frozenset[str]:
    """The commonest characters of official prose, simplified and traditional."""
    data = _data()
    return frozenset(f"{data['simplified']}{data['traditional']}")


def commonness(text: str) -> float:
    """The share of common characters among all that are not ASCII; punctuation of Chinese text is neutral."""
    strange = [character for character in text[:_SAMPLE] if character > "\x7f" and character not in _NEUTRAL]
    common = common_characters()
    return sum(character in common for character in strange) / len(strange) if strange else 0.0


def decode(data: bytes) -> Decoded:
    """Decode text or HTML; UnreadableDocument where the bytes are no text in any encoding of Chinese."""
    decoded = _decode(data)
    if len(_CONTROLS.findall(decoded.text)) > _CONTROL_SHARE * len(decoded.text):
        raise UnreadableDocument("binary data, not a text")
    text, warning = repair(decoded.text, commonness, tuple(_data()["mojibake"]["traces"]))
    warnings = decoded.warnings + ((warning,) if warning else ())
    return Decoded(text=text, encoding=decoded.encoding, warnings=warnings)


def _decode(data: bytes) -> Decoded:
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            return _lenient(data, codec, name)
    wide = _utf16_without_bom(data)
    if wide:
        return _lenient(data, wide, wide)
    if (text := _strict(data, "utf-8")) is not None and not _is_chance_utf8(text, data):
        return Decoded(text=text, encoding="utf-8", warnings=_broken(text))
    return _declared(data) or _guess(data)


def _lenient(data: bytes, codec: str, name: str) -> Decoded:
    text = data.decode(codec, errors="replace")
    return Decoded(text=text, encoding=name, warnings=_broken(text))


def _broken(text: str) -> tuple[str, ...]:
    return ("broken_bytes",) if "\ufffd" in text else ()


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_chance_utf8(text: str, data: bytes) -> bool:
    """A few GBK words are valid UTF-8 by chance; they come out as Cyrillic, Arabic and accents, without one Han."""
    chance = _SCRIPTS_OF_CHANCE.findall(text)
    if not chance or _HAN.search(text):
        return False
    other = _strict(data, "gb18030")
    return other is not None and commonness(other) > _COMMON_ENOUGH


def _utf16_without_bom(data: bytes) -> str | None:
    """The byte order in which a file with NULs is text; in Chinese they stand on both sides (开 is 5F 00)."""
    if b"\0" not in data[:_SAMPLE]:
        return None
    samples = {codec: data[:_SAMPLE].decode(codec, errors="ignore") for codec in ("utf-16-le", "utf-16-be")}
    codec, text = max(samples.items(), key=lambda sample: (commonness(sample[1]), _ascii_share(sample[1])))
    plausible = commonness(text) > _COMMON_ENOUGH or _ascii_share(text) > _MOSTLY
    return codec if plausible and not _CONTROLS.search(text) else None


def _ascii_share(text: str) -> float:
    return sum(character < "\x80" for character in text) / max(len(text), 1)


def _declared(data: bytes) -> Decoded | None:
    """What a page declares holds only if its bytes agree to the last one and give Chinese."""
    found = _DECLARED.search(data[:_DECLARED_WITHIN])
    codec = _data()["declared"].get(found[1].decode("ascii").lower()) if found else None
    text = _strict(data, codec) if codec else None
    if codec is None or text is None or commonness(text) < _COMMON_ENOUGH:
        return None
    return Decoded(text=text, encoding=codec)


def _guess(data: bytes) -> Decoded:
    """UTF-8 with a few broken bytes, else GB18030 or Big5, whichever gives more of the common characters."""
    text = data.decode("utf-8", errors="replace")
    good = sum(character > "\x7f" for character in text) - text.count("\ufffd")
    if text.count("\ufffd") <= max(_BROKEN_SHARE * good, 1 if good > 3 else 0):
        return Decoded(text=text, encoding="utf-8", warnings=("broken_bytes",))
    candidates = [(codec, data.decode(codec, errors="replace")) for codec in ("gb18030", "big5hkscs", "utf-8")]
    codec, text = max(candidates, key=lambda candidate: commonness(candidate[1]))
    if commonness(text) < _COMMON_ENOUGH and "\ufffd" in text:
        raise UnreadableDocument("no text in any known encoding (UTF-8, UTF-16, GB18030, Big5)")
    return Decoded(text=text, encoding=codec, warnings=_broken(text))
