"""Numbers as reports write them: 1,136, 2.5万, 20余万, 百余, 二十一, 二〇二一."""

import re
from decimal import Decimal

from report.spans import Qualifier

_MULTIPLIERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_DIGITS = str.maketrans("〇零○Ｏ一二两三四五六七八九", "00001223456789")
_ARABIC = re.compile(r"(\d[\d,. ]*)([余多几来]*)(十万|百万|千万|万|亿|千|百)?([余多几来]*)$")
_COMPOUND = re.compile(r"(\d+)([万亿])(\d+)(千万|百万|千|百)[余多来]*$")
_CHINESE = re.compile(r"[〇零○一二两三四五六七八九十百千万亿]+$")
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟貳參陸", "一二三四五六七八九十百千二三六")
_LOOSE = re.compile(r"[余多来]+")
MORE = "余多来"
MOST_DIGITS = 15  # as many as every reader of JSON keeps; no report counts so high


def to_number(value: Decimal) -> int | float:
    """An int where the value is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def parse_number(words: str) -> Decimal | None:
    """Value of a numeral in the folded view, without its measure word; None where it names no definite number (几十)."""
    words = words.strip().translate(_FORMAL)
    words = words.removeprefix("上")
    compound = _COMPOUND.match(words)
    if compound:
        if max(len(compound[1]), len(compound[3])) > MOST_DIGITS:
            return None
        return sum(
            (Decimal(n) * _MULTIPLIERS[unit] for n, unit in (compound.group(1, 2), compound.group(3, 4))), Decimal(0)
        )
    arabic = _ARABIC.match(words)
    if arabic:
        digits = arabic[1].replace(",", "").replace(" ", "").rstrip(".")
        if "几" in arabic[2] or digits.count(".") > 1 or len(digits) > MOST_DIGITS:
            return None
        factor = arabic[3] or ""
        scale = 100_000 if factor == "十万" else _MULTIPLIERS.get(factor, 1)
        return Decimal(digits) * scale
    return _parse_chinese(_LOOSE.sub("", words))


def _parse_chinese(words: str) -> Decimal | None:
    if not words or not _CHINESE.match(words):
        return None
    if not re.search(r"[十百千万亿]", words):
        return Decimal(words.translate(_DIGITS))
    if words[0] in "百千万亿":
        words = "一" + words
    # its import takes as long as that of all other packages of a reader of plain text
    import cn2an

    try:
        return Decimal(str(cn2an.cn2an(words, "smart")))
    except (ValueError, KeyError):  # cn2an looks up a power of ten that it does not know: 亿一
        return None


def parse_year(words: str) -> int | None:
    """Four digits, Arabic or Chinese: 2021, 二〇二一, 二○二一."""
    digits = words.translate(_DIGITS)
    return int(digits) if re.fullmatch(r"20\d\d|19\d\d", digits) else None


def qualifier(before: str, numeral: str, after: str) -> Qualifier | None:
    """余, 多, 超, 以上: at_least; 约, 近, 左右: about; 不超过, 以内: at_most. `before`, `after`: the adjacent words."""
    if re.search(r"(不超过|不多于|至多|最多)$", before) or re.match(r"(以内|以下)", after):
        return "at_most"
    if re.search(r"(约|近|将近|接近|大概|左右|上下)$", before) or re.match(r"(左右|上下)", after):
        return "about"
    loose = any(mark in numeral for mark in MORE) or numeral.startswith("上")
    if loose or re.search(r"(超|超过|逾|多达|不少于|至少|突破|超出)$", before) or re.match(r"(以上|之多|余|多)", after):
        return "at_least"
    return None
