"""The notation of sentence patterns (README.md beside this file), parsed into a tree."""
import re
from dataclasses import dataclass
from typing import Final, Literal

from annotations.errors import AnnotationError
from annotations.scheme import SCOPES
from report import vocabulary
from report.spans import Scope

Style = Literal["any", "zh", "approx", "wan", "plain"]
Part = Literal["whole", "part", "part2", "over"]

CHANNELS: Final = frozenset(vocabulary().dimensions["channel"])
CATEGORIES: Final = frozenset({"topic", "village", "unit"})
WORDS: Final = frozenset(
    (
        *("self", "issuer", "place", "area", "phone", "email", "url", "postcode", "docno", "date", "monthday"),
        *("person", "street", "village", "unit", "account"),
    )
)
META: Final = frozenset({"ISSUER", "YEAR", "DATE", "INDEX", "DOCNO"})
_DIMENSIONS: Final = ("mode", "applicant", "channel")
_RANGE = re.compile(r"(\d+)-(\d+)")
_YEAR = re.compile(r"year([+-]\d+)?")
_LIST = re.compile(r"\*(\d+)-(\d+) (.*?): ?", re.S)
_OPEN: Final = {"other": "count", "money": "money", "rate": "rate", "share": "rate"}
_UNITS: Final = {"rate": ("%",), "share": ("%",)}


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they stand."""

    words: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of these."""

    options: tuple["Sequence", ...]


@dataclass(frozen=True, slots=True)
class Fragment:
    """A pattern of fragments.toml under this name."""

    name: str


@dataclass(frozen=True, slots=True)
class Repeat:
    """`least` to `most` times the item, with one of the separators between."""

    least: int
    most: int
    separators: tuple[str, ...]
    item: "Sequence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number with its measure word; `indicator` None is an open figure drawn from `low` to `high`."""

    kind: Literal["count", "money", "rate"]
    indicator: str | None
    scope: Scope = "own"
    measures: tuple[str, ...] = ("",)
    low: int = 1
    high: int = 30
    part: Part = "whole"
    share: bool = False
    style: Style = "any"
    by: tuple[tuple[str, str], ...] = ()
    tie: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Nothing:
    """The words that name what there is none of."""

    indicator: str
    scope: Scope
    words: "Sequence"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A category or channel; `words` None is drawn from the word list of its kind."""

    type: Literal["CATEGORY", "CHANNEL"]
    kind: str
    words: "Sequence | None"
    tie: str = ""


@dataclass(frozen=True, slots=True)
class Plain:
    """A word or number without a label, invented by the composer."""

    name: str
    low: int = 0
    high: int = 0


@dataclass(frozen=True, slots=True)
class Meta:
    """ISSUER, YEAR, DATE, INDEX or DOCNO, labelled."""

    name: str


Node = Text | Choice | Fragment | Repeat | Quantity | Nothing | Name | Plain | Meta
Sequence = tuple[Node, ...]


def parse(pattern: str) -> Sequence:
    """Parse a pattern; raises AnnotationError with the place of the first fault."""
    parser = _Parser(pattern)
    nodes = parser.sequence("")
    if parser.place < len(pattern):
        raise parser.error("unexpected " + pattern[parser.place])
    return nodes


class _Parser:
    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.place = 0

    def error(self, why: str) -> AnnotationError:
        return AnnotationError(f"pattern {self.pattern!r}, character {self.place}: {why}")

    def sequence(self, stops: str) -> Sequence:
        nodes: list[Node] = []
        words = ""
        while self.place < len(self.pattern) and self.pattern[self.place] not in stops:
            character = self.pattern[self.place]
            if character == "\\" and self.place + 1 < len(self.pattern):
                words += self.pattern[self.place + 1]
                self.place += 2
            elif character in "[<{":
                nodes += [Text(words)] if words else []
                words = ""
                self.place += 1
                nodes.append({"[": self.choice, "<": self.fragment, "{": self.slot}[character]())
            elif character in "]>}|":
                raise self.error(f"unexpected {character}")
            else:
                words += character
                self.place += 1
        return tuple([*nodes, Text(words)] if words else nodes)

    def expect(self, character: str) -> None:
        if self.pattern[self.place : self.place + 1] != character:
            raise self.error(f"{character} expected")
        self.place += 1

    def choice(self) -> Node:
        options = [self.sequence("|]")]
        while self.pattern[self.place : self.place + 1] == "|":
            self.place += 1
            options.append(self.sequence("|]"))
        self.expect("]")
        return Choice(tuple(options))

    def fragment(self) -> Node:
        end = self.pattern.find(">", self.place)
        if end < 0:
            raise self.error("> expected")
        name = self.pattern[self.place : end]
        self.place = end + 1
        return Fragment(name)

    def slot(self) -> Node:
        repeat = _LIST.match(self.pattern, self.place)
        if repeat:
            self.place = repeat.end()
            item = self.sequence("}")
            self.expect("}")
            separators = tuple(one.replace("\\n", "\n") for one in repeat[3].split("|"))
            return Repeat(int(repeat[1]), int(repeat[2]), separators, item)
        end = self.place + len(re.match(r"[^:}]*", self.pattern[self.place :])[0])  # type: ignore[index]
        head = self.pattern[self.place : end].split(" ")
        self.place = end
        words: Sequence | None = None
        if self.pattern[self.place : self.place + 1] == ":":
            self.place += 1
            words = self.sequence("}")
        self.expect("}")
        return self.node(head, words)

    def node(self, head: list[str], words: Sequence | None) -> Node:
        name = head[0]
        if name == "none":
            return self.nothing(head[1:], words)
        if name in ("cat", "chan"):
            return self.name(name, head[1:], words)
        if words is not None:
            raise self.error(f"{name} takes no words")
        if name in META:
            return Meta(name)
        if name in WORDS or _YEAR.fullmatch(name):
            return Plain(name)
        if name in ("n", "zh"):
            low, high = self.range(head[1] if len(head) > 1 else "1-9")
            return Plain(name, low, high)
        return self.quantity(head)

    def nothing(self, rest: list[str], words: Sequence | None) -> Node:
        indicator, scope = self.indicator(rest[0] if rest else "")
        if words is None:
            raise self.error("none needs words")
        return Nothing(indicator=indicator, scope=scope, words=words)

    def name(self, head: str, rest: list[str], words: Sequence | None) -> Node:
        tie = next((one[1:] for one in rest if one.startswith("#")), "")
        kinds = [one for one in rest if not one.startswith("#")]
        known = CATEGORIES if head == "cat" else CHANNELS
        kind = kinds[0] if kinds else ("topic" if head == "cat" else "website")
        if kind not in known or len(kinds) > 1:
            raise self.error(f"{head} has no kind {' '.join(kinds)}")
        return Name(type="CATEGORY" if head == "cat" else "CHANNEL", kind=kind, words=words, tie=tie)

    def indicator(self, words: str) -> tuple[str, Scope]:
        indicator, _, scope = words.partition("@")
        if indicator not in vocabulary():
            raise self.error(f"no indicator {indicator!r}")
        return indicator, self.scope(scope)

    def scope(self, words: str) -> Scope:
        known: Scope | None = next((one for one in SCOPES if one == (words or "own")), None)
        if known is None:
            raise self.error(f"no scope {words!r}")
        return known

    def range(self, words: str) -> tuple[int, int]:
        match = _RANGE.fullmatch(words)
        if match is None or int(match[1]) > int(match[2]):
            raise self.error(f"no range {words!r}")
        return int(match[1]), int(match[2])

    def quantity(self, head: list[str]) -> Node:
        indicator, _, scope = head[0].partition("@")
        is_open = indicator in _OPEN
        if not is_open:
            self.indicator(head[0])
        kind = _OPEN[indicator] if is_open else vocabulary()[indicator].kind
        options = _Options(self)
        for word in head[1:]:
            options.take(word)
        if kind == "money" and any(unit and not unit.endswith("元") for unit in options.measures or ("?",)):
            raise self.error("money needs 元 or 万元")
        low, high = options.bounds
        return Quantity(
            kind=kind,  # type: ignore[arg-type]
            indicator=None if is_open else indicator, scope=self.scope(scope),
            measures=options.measures or _UNITS.get(indicator, ("%",) if kind == "rate" else ("",)),
            low=low, high=high, part=options.part, share=indicator == "share", style=options.style,
            by=tuple(options.by), tie=options.tie,
        )


class _Options:
    """The words behind a quantity's head."""

    def __init__(self, parser: _Parser) -> None:
        self.parser = parser
        self.measures: tuple[str, ...] = ()
        self.bounds = (1, 30)
        self.part: Part = "whole"
        self.style: Style = "any"
        self.by: list[tuple[str, str]] = []
        self.tie = ""

    def take(self, word: str) -> None:
        if word in ("part", "part2", "over"):
            self.part = word  # type: ignore[assignment]
        elif word in ("zh", "approx", "wan", "plain"):
            self.style = word  # type: ignore[assignment]
        elif word.startswith("#"):
            self.tie = word[1:]
        elif _RANGE.fullmatch(word):
            self.bounds = self.parser.range(word)
        elif "=" in word:
            self.dimension(word)
        elif self.measures:
            raise self.parser.error(f"unknown flag {word!r}")
        else:
            self.measures = tuple(word.split("/"))

    def dimension(self, word: str) -> None:
        name, _, key = word.partition("=")
        if name not in _DIMENSIONS or key not in vocabulary().dimensions[name]:
            raise self.parser.error(f"no dimension {word!r}")
        self.by.append((name, key))
