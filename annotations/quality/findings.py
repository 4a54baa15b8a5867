"""What an audit finds, and the rules by which it does (audit.toml)."""
import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal

if TYPE_CHECKING:
    from annotations.quality.page import Page

Severity = Literal["error", "warning"]
Check = Callable[["Page"], Iterable["Finding"]]
OPEN: Final = "【"
CLOSE: Final = "】"
_EACH_SIDE: Final = 60
_BLANKS: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule's id, how bad what it finds is, and what that is."""

    id: str
    severity: Severity
    finds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A place (half-open, in the document's text) where labels look wrong; `context` has the words in 【】."""

    rule: str
    severity: Severity
    document: str
    start: int
    end: int
    words: str
    context: str
    message: str


def finding(rule: str, name: str, text: str, place: tuple[int, int], message: str) -> Finding:
    """A finding at a place of a text, with the words around it on one line."""
    start, end = (max(0, min(bound, len(text))) for bound in place)
    before = text[max(0, start - _EACH_SIDE) : start]
    context = f"{before}{OPEN}{text[start:end]}{CLOSE}{text[end : end + _EACH_SIDE]}"
    return Finding(rule=rule, severity=rules()[rule].severity, document=name, start=place[0], end=place[1],
                   words=text[start:end], context=_BLANKS.sub(" ", context).strip(), message=message)


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the file."""
    return {name: Rule(id=name, **row) for name, row in settings()["rules"].items()}


@cache
def settings() -> dict[str, Any]:
    """audit.toml"""
    words = files("annotations.quality").joinpath("audit.toml").read_text(encoding="utf-8")
    data: dict[str, Any] = tomllib.loads(words)
    return data


@cache
def expression(table: str, key: str) -> re.Pattern[str]:
    """A pattern of audit.toml, compiled."""
    return re.compile(settings()[table][key])


@cache
def any_of(*tables: str) -> re.Pattern[str]:
    """What any pattern of these tables of audit.toml matches."""
    return re.compile("|".join(f"(?:{words})" for table in tables for words in settings()[table].values()))
