"""Texts made to take a pattern long, and how fast its time grows with them.

For each part of a pattern that may repeat: what leads to it, what it repeats, and an end that fits nothing.
"""

import math
import re
import signal
import time
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from types import FrameType
from typing import Any, Final

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from re import _constants as kinds  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

_COMMON: Final = '公1 a,年(x\n、"□bcd信'
_REPEATS: Final = (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT)
_CATEGORIES: Final = {
    kinds.CATEGORY_DIGIT: r"\d",
    kinds.CATEGORY_NOT_DIGIT: r"\D",
    kinds.CATEGORY_SPACE: r"\s",
    kinds.CATEGORY_NOT_SPACE: r"\S",
    kinds.CATEGORY_WORD: r"\w",
    kinds.CATEGORY_NOT_WORD: r"\W",
}
_OFTEN: Final = 20
_LONGEST: Final = 40
_SMALLEST: Final = 8
_STEP: Final = 4
_LARGEST: Final = 256
_MEASURABLE: Final = 0.02
_CUT: Final = 1.0
_TIMES: Final = 3


@dataclass(frozen=True, slots=True, order=True)
class Attack:
    """`lead`, then `pump` again and again, then an end."""

    lead: str
    pump: str
    end: str

    def text(self, size: int) -> str:
        return self.lead + (self.pump * (size // len(self.pump) + 1))[: max(size, len(self.pump))] + self.end


def attacks(pattern: re.Pattern[str]) -> list[Attack]:
    """The same each time, in an order that chance made."""
    chance = Random(pattern.pattern)
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    found: set[Attack] = set()
    for _ in range(2):
        for lead, pump in _repeated(tree, chance, ""):
            found |= {
                Attack(lead, pump, "\0"),
                Attack(lead, pump, "x"),
                Attack("", pump, "\0"),
                Attack("", lead + pump, "\0"),
            }
        whole = _sample(tree, chance)
        found |= {Attack("", whole, "\0"), Attack("", whole[:-1], "\0"), Attack("", whole[:1], "\0")}
    held = sorted(one for one in found if one.pump)
    chance.shuffle(held)
    return held


def growth(pattern: re.Pattern[str], attack: Attack, largest: int = _LARGEST) -> float:
    """The power of the length with which time grows (1: in step with it); 0 where it stays too short to tell."""
    before, size = 0.0, _SMALLEST
    while (taken := _seconds(pattern, attack.text(size))) < _MEASURABLE:
        if size >= largest:
            return 0.0
        before, size = taken, _STEP * size
    if taken >= _CUT:
        return math.log(_CUT / max(before, 1e-6), _STEP)
    short = min(_seconds(pattern, attack.text(size)) for _ in range(_TIMES))
    long = min(_seconds(pattern, attack.text(2 * size)) for _ in range(_TIMES))
    return math.log2(max(long, 1e-6) / max(short, 1e-6))


class _TooLong(Exception):
    pass


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise _TooLong


def _seconds(pattern: re.Pattern[str], words: str) -> float:
    """At most `_CUT`."""
    earlier = signal.signal(signal.SIGALRM, _interrupt)
    signal.setitimer(signal.ITIMER_REAL, _CUT)
    begin = time.perf_counter()
    try:
        pattern.search(words)
        pattern.fullmatch(words)
    except _TooLong:
        return _CUT
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)
    return min(_CUT, time.perf_counter() - begin)


def _repeated(nodes: Sequence[tuple[Any, Any]], chance: Random, before: str) -> Iterator[tuple[str, str]]:
    """What leads to each part that may repeat often, and what it repeats."""
    for place, (kind, held) in enumerate(nodes):
        lead = before + _sample(nodes[:place], chance)
        if kind in _REPEATS:
            if held[1] >= _OFTEN:
                yield from ((lead, _sample(one, chance)) for one in _ways(held[2]))
            yield from _repeated(held[2], chance, lead)
        for inner in _inner(kind, held):
            yield from _repeated(inner, chance, lead)


def _ways(nodes: Any) -> list[Any]:
    """Each alternative of what repeats, since one of them alone may be what can be read twice."""
    if len(nodes) != 1 or nodes[0][0] not in (kinds.SUBPATTERN, kinds.ATOMIC_GROUP, kinds.BRANCH):
        return [nodes]
    return [way for inner in _inner(*nodes[0]) for way in _ways(inner)]


def _inner(kind: Any, held: Any) -> list[Any]:
    if kind is kinds.SUBPATTERN:
        return [held[3]]
    if kind is kinds.ATOMIC_GROUP:
        return [held]
    if kind in (kinds.ASSERT, kinds.ASSERT_NOT):
        return [held[1]]
    return list(held[1]) if kind is kinds.BRANCH else []


def _sample(nodes: Any, chance: Random) -> str:
    """Words that this part of a pattern may match."""
    return "".join(_one(kind, held, chance) for kind, held in nodes)


def _one(kind: Any, held: Any, chance: Random) -> str:
    if kind in _REPEATS:
        times = held[0] or chance.choice((0, 1))
        return "".join(_sample(held[2], chance) for _ in range(min(times, _LONGEST)))
    if kind in (kinds.SUBPATTERN, kinds.ATOMIC_GROUP, kinds.BRANCH):
        return _sample(chance.choice(_inner(kind, held)), chance)
    return _sign(kind, held, chance)


def _sign(kind: Any, held: Any, chance: Random) -> str:
    if kind is kinds.LITERAL:
        return chr(held)
    if kind is kinds.NOT_LITERAL:
        return next(sign for sign in _COMMON if ord(sign) != held)
    if kind is kinds.IN:
        return _member(held, chance)
    return chance.choice("公1a") if kind is kinds.ANY else ""


def _member(held: Sequence[tuple[Any, Any]], chance: Random) -> str:
    if held[0][0] is kinds.NEGATE:
        return next((sign for sign in _COMMON if not any(_has(one, sign) for one in held[1:])), "\u9f98")
    kind, value = chance.choice(list(held))
    if kind is kinds.RANGE:
        return chr(chance.choice((value[0], value[1], sum(value) // 2)))
    return (
        chr(value) if kind is kinds.LITERAL else next(sign for sign in (*_COMMON, "-") if _has((kind, value), sign))
    )


def _has(one: tuple[Any, Any], sign: str) -> bool:
    kind, value = one
    if kind is kinds.RANGE:
        return bool(value[0] <= ord(sign) <= value[1])
    return sign == chr(value) if kind is kinds.LITERAL else re.match(_CATEGORIES[value], sign) is not None
