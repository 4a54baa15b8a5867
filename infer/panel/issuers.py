"""What an issuer's name says of it: how it is written elsewhere, what kind of body it is, what may be the same body."""
import re
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Final

from infer.panel.data import data
from report.folding import fold

_BLANKS: Final = re.compile(r"\s+")
_SHORTEST: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Issuer:
    """A name as written and folded; `group` is the folded name less the words for its government and its office."""

    name: str
    key: str
    group: str
    level: str | None


def issuer(name: str) -> Issuer:
    key = issuer_key(name)
    return Issuer(name=name, key=key, group=_group(key), level=_level(key))


def issuer_key(name: str) -> str:
    """Simplified, half width, without blanks: mirrors of one report write its issuer alike."""
    return _BLANKS.sub("", fold(name).text)


def may_succeed(one: str, other: str) -> bool:
    """Whether two groups differ in the last word of an area's name alone: X县 and X区."""
    return any(_swapped(one, other, ends) for ends in data("issuers")["names"]["successions"])


def _swapped(one: str, other: str, ends: list[str]) -> bool:
    return any({one.removesuffix(first), first} != {one} and one.endswith(first) and other.endswith(second)
               and one.removesuffix(first) == other.removesuffix(second) and len(one) > len(first) + 1
               for first, second in [*combinations(ends, 2), *((b, a) for a, b in combinations(ends, 2))])


def stem(group: str) -> str | None:
    """The part of a group's name that successions share; None where its end is in none of them."""
    ends = sorted({end for row in data("issuers")["names"]["successions"] for end in row}, key=len, reverse=True)
    end = next((end for end in ends if group.endswith(end)), None)
    return group.removesuffix(end) if end and len(group) - len(end) >= _SHORTEST else None


def _group(key: str) -> str:
    for body in data("issuers")["names"]["bodies"]:
        if key.endswith(body) and len(key) - len(body) >= _SHORTEST:
            return key.removesuffix(body)
    return key


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((row["level"], re.compile(f"(?:{row['pattern']})$")) for row in data("issuers")["kind"])


def _level(key: str) -> str | None:
    """X市 alone may be of a prefecture or of a county, which the name does not tell."""
    return next((level for level, pattern in _kinds() if pattern.search(key)), None)
