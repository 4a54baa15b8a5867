"""Numbers with their measure words in running text, and the numbers that are none (quantities.toml)."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Literal

from report.numerals import parse_number, qualifier
from report.spans import Qualifier

MASK = "□"
MEASURED = "#"
MeasureClass = Literal["rate", "money", "person", "item", "event", "thing", "generic", "bare"]
_ARABIC = (
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?: \d{3})+(?![\d.])|\d(?: \d){2,6}(?![\d.])"
    r"|\d+[万亿]\d+[千百](?:万)?|\d+(?:\.\d+)?"
)
_NUMERAL = "[〇零一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟]"
_CHINESE = rf"(?<![数几])(?:上(?=[百千万]))?{_NUMERAL}+(?:[万亿]{_NUMERAL}*)*"
_FACTOR = r"(?:[余多来]?(?:十万|百万|千万|万|亿|千|百))?"
_NOT_POINTS = "(?!(?<=分)[别管类析享解工散局支会钟公布])"
_NO_NUMBER = re.compile(r"\d{16,}|[〇零一二两三四五六七八九十百千]{24,}|[\x21-\x7e]{2000,}")
_MONEY = {"亿元": 100_000_000, "万元": 10_000, "万余元": 10_000, "万多元": 10_000, "千元": 1000, "元": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its measure word: bounds in the view, value in base units (元, fraction of 1)."""

    start: int
    end: int
    number_end: int
    measure: str
    kind: MeasureClass
    value: Decimal
    qualifier: Qualifier | None
    words_are_digits: bool = True


@dataclass(frozen=True, slots=True)
class _Lexicon:
    classes: dict[str, MeasureClass]
    quantity: re.Pattern[str]
    distractors: tuple[tuple[str, re.Pattern[str]], ...]


@cache
def _lexicon() -> _Lexicon:
    data = tomllib.loads(files("infer.rules").joinpath("quantities.toml").read_text(encoding="utf-8"))
    classes: dict[str, MeasureClass] = {word: kind for kind, words in data["measures"].items() for word in words}
    measures = "|".join(re.escape(word) for word in sorted(classes, key=len, reverse=True))
    quantity = re.compile(
        rf"(?P<number>(?:(?<![\d.])(?:{_ARABIC}){_FACTOR}|{_CHINESE}(?:[余多]?[万亿])?)[余多来]{{0,2}})"
        rf"[\s\"?]{{0,2}}(?P<measure>{measures}){_NOT_POINTS}"
    )
    distractors = tuple((row["name"], re.compile(row["pattern"])) for row in data["distractor"])
    return _Lexicon(classes, quantity, distractors)


def mask_distractors(text: str) -> str:
    """The text with dates, telephone and document numbers, articles and slogans blanked out, same length.

    Runs too long for any number go first: the patterns then need no bound of their own.
    """
    text = _NO_NUMBER.sub(lambda match: MASK * len(match[0]), text)
    for _, pattern in _lexicon().distractors:
        text = pattern.sub(lambda match: MASK * len(match[0]), text)
    return text


def find_quantities(masked: str) -> list[Quantity]:
    """Every number with a measure word in a masked text, in order."""
    lexicon = _lexicon()
    found: list[Quantity] = []
    for match in lexicon.quantity.finditer(masked):
        value = parse_number(match["number"])
        if value is None:
            continue
        measure = match["measure"]
        found.append(
            Quantity(
                start=match.start(),
                end=match.end(),
                number_end=match.end("number"),
                measure=measure,
                kind=lexicon.classes[measure],
                words_are_digits=match["number"][0].isdigit(),
                value=_in_base_units(value, measure),
                qualifier=qualifier(
                    masked[max(0, match.start() - 3) : match.start()],
                    match["number"] + measure[:1] * ("余" in measure),
                    masked[match.end() : match.end() + 2],
                ),
            )
        )
    return found


def _in_base_units(value: Decimal, measure: str) -> Decimal:
    if measure == "%":
        return value / 100
    if measure == "‰":
        return value / 1000
    return value * _MONEY.get(measure, 1)


_BARE = re.compile(r"(?<=[\u4e00-\u9fff:)\"])(?P<number>\d{1,7})(?=[\u4e00-\u9fff,、;。)\n]|$)")


def find_bare(masked: str, quantities: list[Quantity]) -> list[Quantity]:
    """Numbers whose measure word was lost, between words of a list (要闻310镇文件24公告96)."""
    taken = {position for quantity in quantities for position in range(quantity.start, quantity.end)}
    return [
        Quantity(
            start=match.start(),
            end=match.end(),
            number_end=match.end(),
            measure="",
            kind="bare",
            value=Decimal(match["number"]),
            qualifier=None,
        )
        for match in _BARE.finditer(masked)
        if match.start() not in taken
    ]
