"""Numbers as reports write them: 73, 1,136, 60余, 2.5万, 两, 百分之百."""
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final

import cn2an

from annotations.synthetic.template import Quantity

_TWO: Final = frozenset("件条项个次篇人期宗份家处场起种名批位")
_LOOSE: Final = ("余", "余", "多")


@dataclass(frozen=True, slots=True)
class Written:
    """The words of a quantity and the value they state, in base units."""

    words: str
    value: Decimal


def write(quantity: Quantity, value: int, rng: Random, *, exact: bool) -> Written:
    """Words of a value; `exact` forbids rounding where no flag asks for it.

    Money is in 元, rates in per cent, shares in hundredths of one.
    """
    measure = rng.choice(quantity.measures)
    if quantity.share:
        percent = round(Decimal(value) / 100, rng.choice((0, 1, 2, 2)))
        return Written(f"{_trim(percent)}{measure}", percent)
    if quantity.kind == "rate":
        return _rate(Decimal(value), measure, rng)
    if quantity.kind == "money":
        return _money(value, measure, quantity, rng)
    return _count(value, measure, quantity, rng, exact=exact)


def _count(value: int, measure: str, quantity: Quantity, rng: Random, *, exact: bool) -> Written:
    style = quantity.style if quantity.style != "any" else _draw_style(value, rng, exact=exact)
    if style == "zh" and 0 <= value < 100:
        return Written(_chinese(value, measure) + measure, Decimal(value))
    if style == "wan" and value >= 1000:
        return _in_wan(value, measure, rng, loose=False)
    if style == "approx" and value >= 10:
        return _approximate(value, measure, rng)
    digits = f"{value:,}" if value >= 1000 and rng.random() < 0.03 else str(value)
    return Written(digits + measure, Decimal(value))


def _draw_style(value: int, rng: Random, *, exact: bool) -> str:
    draw = rng.random()
    if 0 <= value <= 10:
        return "zh" if draw < 0.07 else "plain"
    if exact:
        return "plain"
    if value >= 10_000:
        return "wan" if draw < 0.45 else "approx" if draw < 0.55 else "plain"
    return "approx" if draw < 0.06 else "plain"


def _chinese(value: int, measure: str) -> str:
    if value == 0:
        return "零"
    if value == 2 and measure[:1] in _TWO:
        return "两"
    words = str(cn2an.an2cn(value))
    return words.removeprefix("一") if 10 <= value < 20 else words


def _in_wan(value: int, measure: str, rng: Random, *, loose: bool) -> Written:
    places = rng.choice((0, 1, 1, 2)) if value >= 100_000 else 2 if value < 10_000 else rng.choice((1, 1, 2))
    number = round(Decimal(value) / 10_000, places)
    mark = rng.choice(_LOOSE) if loose else ""
    return Written(f"{_trim(number)}万{mark}{measure}", number * 10_000)


def _approximate(value: int, measure: str, rng: Random) -> Written:
    if value >= 20_000 and rng.random() < 0.6:
        return _in_wan(value, measure, rng, loose=True)
    step = 10 ** max(1, len(str(value)) - rng.choice((1, 2)))
    number = value // step * step or value // 10 * 10
    if number == 100 and rng.random() < 0.2:
        return Written(f"百余{measure}", Decimal(100))
    return Written(f"{number}{rng.choice(_LOOSE)}{measure}", Decimal(number))


def _money(value: int, unit: str, quantity: Quantity, rng: Random) -> Written:
    if unit.startswith("万") or (not unit and any(one.startswith("万") for one in quantity.measures)):
        number = Decimal(value) / 10_000
        if number != round(number, 4):
            number = round(number, 4)
        return Written(f"{_trim(number)}{unit}", number * 10_000)
    if quantity.style == "approx" and value >= 100:
        rounded = value // 100 * 100
        return Written(f"{rounded}余{unit}", Decimal(rounded))
    cents = Decimal(rng.randint(1, 9)) / 10 if value < 1000 and rng.random() < 0.1 else Decimal(0)
    amount = value + cents
    digits = f"{amount:,}" if value >= 1000 and rng.random() < 0.05 else _trim(Decimal(amount))
    return Written(digits + unit, Decimal(amount))


def _rate(value: Decimal, measure: str, rng: Random) -> Written:
    if measure == "%" and value == 100 and rng.random() < 0.06:
        return Written("百分之百", value)
    places = rng.choice((0, 1, 1, 2))
    if 0 < value < 100:
        value += round(Decimal(str(rng.uniform(-0.45, 0.45))), places)
    value = min(Decimal(100), max(Decimal("0.1"), value))
    return Written(f"{_trim(value)}{measure}", value)


def _trim(number: Decimal) -> str:
    words = f"{number:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
