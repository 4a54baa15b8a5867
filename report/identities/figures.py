"""When two figures agree, approximate ones included."""
import re
from math import inf, isclose

from report.facts import Fact
from report.spans import Qualifier

ABOUT = 0.1
NOISE = 1e-9
_PERCENT = re.compile(r"[\d０-９]+(?:[.．]([\d０-９]+))?\s*[%％]")
_DECIMALS_UNSEEN = 2


def figure(fact: Fact) -> int | float:
    """The value of a fact that has one."""
    if fact.value is None:
        raise ValueError(f"fact {fact.id} is {fact.state}")
    return fact.value


def same(left: int | float, right: int | float) -> bool:
    """Equal but for the noise of binary fractions."""
    return left == right or isclose(left, right, rel_tol=NOISE)


def bounds(value: int | float, qualifier: Qualifier | None) -> tuple[int | float, int | float]:
    """The least and most that the words admit: 余 and 以上 any more, 约 and 近 a tenth either way."""
    if qualifier == "at_least":
        return value, inf
    if qualifier == "at_most":
        return 0, value
    if qualifier == "about":
        return value * (1 - ABOUT), value * (1 + ABOUT)
    return value, value


def admits(value: int | float, qualifier: Qualifier | None, other: int | float) -> bool:
    """Whether `other` may be what was meant by the figure."""
    low, high = bounds(value, qualifier)
    return low <= other <= high or same(value, other)


def rate_agrees(rate: Fact, actual: float) -> bool:
    """Rounded or cut off at the decimals that the percentage is written with."""
    stated = figure(rate)
    written = _PERCENT.search(rate.evidence.text)
    decimals = len(written[1] or "") if written else _DECIMALS_UNSEEN
    step = 10.0 ** -(decimals + 2)
    if rate.qualifier is not None and admits(stated, rate.qualifier, actual):
        return True
    return -step / 2 - NOISE <= actual - stated < step - NOISE
