"""What stands in the cells of a sheet, and what spreadsheets make of it: dates, 1.2E+15, 1,130, １１３０."""
import re
from datetime import date
from decimal import Decimal
from typing import Final

from infer.reviewing.vocabulary import words
from report import GongkaiError
from report.folding import fold
from report.numerals import MOST_DIGITS, to_number
from report.vocabulary import FREE_DIMENSIONS, PERIODS, vocabulary

_SCIENTIFIC: Final = re.compile(r"[+-]?\d+([.,]\d+)?e[+-]?\d+", re.IGNORECASE)
_DATED: Final = re.compile(
    r"\d{1,4}[/-]\d{1,2}([/-]\d{1,4})?|(\d{2,4}年)?\d{1,2}月(\d{1,2}日)?|[a-z]{3}-\d{1,2}|\d{1,2}-[a-z]{3}(-\d{2,4})?",
    re.IGNORECASE)
_BROKEN: Final = re.compile(r"#[A-Z/0!?]+[?!]?|#+")
_GROUPED: Final = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_NUMBER: Final = re.compile(r"([+-]?\d+(?:\.\d+)?)(百万|千万|[万亿千])?")
_SHARE: Final = ("%", "‰")
_FACTORS: Final = {"千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_WHOLE: Final = re.compile(r"\d+(\.0+)?")
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_DAY: Final = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})日?(?:\s+\d.*)?")
_NEXT_DIMENSION: Final = re.compile(r"[;；]\s*(?=[a-z_]+\s*[=＝])")
_PLACE: Final = re.compile(r"(\d+)-(\d+)")


class BadCell(GongkaiError):
    """One line: what is wrong with a cell, its column first."""


def damage(cell: str) -> str | None:
    """What a spreadsheet seems to have done to a number or a hash."""
    plain = fold(cell).text.strip()
    if _SCIENTIFIC.fullmatch(plain):
        return f"the spreadsheet shortened it to {plain}"
    if _BROKEN.fullmatch(plain):
        return f"the spreadsheet wrote {plain} in its place"
    return f"the spreadsheet made a date of it, {plain}" if _DATED.fullmatch(plain) else None


def hash_of(cell: str, column: str) -> str | None:
    """64 hexadecimal digits."""
    plain = fold(cell).text.strip().lower()
    if not plain:
        return None
    if not _HASH.fullmatch(plain):
        raise BadCell(f"{column}: {damage(cell) or 'it is not 64 hexadecimal digits'}")
    return plain


def offset(cell: str, column: str) -> int:
    """A count of characters."""
    plain = fold(cell).text.strip()
    whole = plain.replace(",", "") if _GROUPED.fullmatch(plain) else plain
    if not _WHOLE.fullmatch(whole):
        raise BadCell(f"{column}: {damage(cell) or f'{plain!r} is no place'}" if plain else f"{column} is empty")
    return int(whole.partition(".")[0])


def span(cell: str, column: str) -> tuple[int, int] | None:
    """START-END."""
    plain = fold(cell).text.strip()
    if not plain:
        return None
    match = _PLACE.fullmatch(plain)
    if match is None:
        raise BadCell(f"{column}: {damage(cell) or f'{plain!r} is no START-END'}")
    return int(match[1]), int(match[2])


def amount(cell: str, unit: str, base: str) -> int | float | None:
    """The number in its base unit; `unit` is what the row gives."""
    plain = "".join(fold(cell).text.split())
    if not plain:
        return None
    found = damage(cell)
    share = plain[-1] if plain.endswith(_SHARE) else ""
    number = plain.removesuffix(share).replace(",", "") if _GROUPED.fullmatch(plain.removesuffix(share)) else (
        plain.removesuffix(share))
    match = _NUMBER.fullmatch(number)
    if found or match is None or len(match[1]) > MOST_DIGITS:
        raise BadCell(f"value: {found or f'{plain!r} is no number'}")
    factor = Decimal(_FACTORS.get(match[2] or "", 1)) * _scale(share or unit, base)
    return to_number(Decimal(match[1]) * factor)


def _scale(unit: str, base: str) -> Decimal:
    if unit in ("", base):
        return Decimal(1)
    kept, factor = words().scales.get(unit, ("", Decimal(1)))
    if kept != base:
        raise BadCell(f"unit: it is counted in {base}, not in {unit}")
    return factor


def day(cell: str) -> str | None:
    """ISO 8601."""
    plain = fold(cell).text.strip()
    if not plain:
        return None
    match = _DAY.fullmatch(plain)
    try:
        return date(*map(int, match.groups())).isoformat() if match else _raise_no_day(plain)
    except ValueError:
        return _raise_no_day(plain)


def _raise_no_day(plain: str) -> str:
    raise BadCell(f"date: {plain!r} is no day; write it as 2026-03-05")


def meant(kind: str, cell: str, column: str) -> str | None:
    """The word of words.toml that the cell names; None where it is empty."""
    if not cell.strip():
        return None
    found = words().meant(kind, cell)
    if found is None:
        known = ", ".join(dict.fromkeys(words().named[kind].values()))
        raise BadCell(f"{column}: {cell.strip()!r} is none of {known}")
    return found


def dimensions(cell: str, indicator: str | None) -> tuple[tuple[str, str], ...]:
    """NAME=KEY; NAME=KEY, with keys that the vocabulary lists or, for category and subunit, the report's words."""
    found: dict[str, str] = {}
    for part in filter(None, map(str.strip, _NEXT_DIMENSION.split(cell.strip()))):
        name, equals, key = part.replace("＝", "=", 1).partition("=")
        name, key = name.strip(), key.strip()
        if not equals or not key:
            raise BadCell(f"dimensions: {part!r} is no NAME=KEY")
        if name in found:
            raise BadCell(f"dimensions: {name} stands twice")
        found[name] = _key(name, key, indicator)
    return tuple(sorted(found.items()))


def _key(name: str, key: str, indicator: str | None) -> str:
    if name == "period":
        if key not in PERIODS:
            raise BadCell(f"dimensions: period={key} is none of {', '.join(sorted(PERIODS))}")
        return key
    allowed = {*vocabulary()[indicator].by, *FREE_DIMENSIONS} if indicator else set[str]()
    if name not in allowed:
        raise BadCell(f"dimensions: {indicator or 'an open fact'} is not split by {name}")
    if name in FREE_DIMENSIONS:
        return key
    keys = vocabulary().dimensions[name]
    listed = next((one for one, zh in keys.items() if key in (one, zh)), None)
    if listed is None:
        raise BadCell(f"dimensions: {name}={key} is none of {', '.join(keys)}")
    return listed
