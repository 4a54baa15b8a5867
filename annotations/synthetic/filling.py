"""From a sentence to words: numbers and names put in, and the label of each kept with its place."""
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import pow
from random import Random
from typing import Final

from annotations.scheme import Label
from annotations.synthetic.expanding import Atom, Sentence
from annotations.synthetic.figures import Figures
from annotations.synthetic.names import Names
from annotations.synthetic.numbers import write
from annotations.synthetic.template import Meta, Name, Nothing, Plain, Quantity, Text
from report import SpanType, vocabulary

_STOP = re.compile(r"[。；;\n]")
_EITHER = re.compile(r"增\s*[/／、]?\s*减[^，,。；;]{0,6}$")
_LESS = re.compile(r"(?:减|取消|下放|少|降)[^，,。；;]{0,6}$")
_MORE = re.compile(r"(?:增|新)[^，,。；;]{0,6}$")
_SIGN = re.compile(r"(?:净|共)?(?:增加|减少|新增|取消|增|减)了?$")
_SIGNED: Final = 0.3
_META: Final = {"ISSUER": SpanType.ISSUER, "YEAR": SpanType.YEAR, "DATE": SpanType.DATE,
                "INDEX": SpanType.INDEX_NUMBER, "DOCNO": SpanType.DOCUMENT_NUMBER}
_TYPES: Final = {"count": SpanType.COUNT, "money": SpanType.FEE, "rate": SpanType.RATE}
_WHOLE_PARTS: Final = 0.8
"""how often several parts make up their whole; a lone one seldom does"""
_LONE_PART: Final = 0.1
CONTRADICTION: Final = 25
"""The field guide's trap of prose that says another number than the form."""


class Unfit(Exception):
    """The sentence does not suit this report's numbers; another one must take its place."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a sentence and their label (half-open)."""

    start: int
    end: int
    label: Label


@dataclass(frozen=True, slots=True)
class Filled:
    """A sentence as it stands in the report; `links` are pairs of marks (quantity, name)."""

    sentence: Sentence
    text: str
    marks: tuple[Mark, ...]
    links: tuple[tuple[int, int], ...]
    contradicts: tuple[str, ...]


@dataclass(slots=True)
class Filler:
    """Fills the sentences of one report. `slips`: indicators that prose shall say otherwise than the form."""

    figures: Figures
    names: Names
    rng: Random
    slips: frozenset[str] = frozenset()
    slipped: set[str] = field(default_factory=set)

    def fill(self, sentence: Sentence) -> Filled:
        """Raises Unfit where the report's numbers do not suit the sentence."""
        ties = _ties(sentence.atoms)
        values = _Values(self, sentence, ties)
        text, marks, places, contradicts = "", list[Mark](), dict[int, int](), list[str]()
        for n, atom in enumerate(sentence.atoms):
            if isinstance(atom, Quantity):
                words = self._quantity(atom, values.take(n, text), sentence, contradicts)
                words = self._signed(words, text) if (atom.indicator or "").endswith("items_change") else words
            else:
                words = self._word(atom)
            label = _label(atom)
            if label is not None:
                places[n] = len(marks)
                marks.append(Mark(len(text) - _sign(label, text), len(text) + len(words), label))
            text += words
        links = tuple(sorted((places[quantity], places[name]) for quantity, name in ties))
        return Filled(sentence, text, tuple(marks), links, tuple(contradicts))

    def _word(self, atom: Atom) -> str:
        if isinstance(atom, Text):
            return atom.words
        if isinstance(atom, Meta):
            return self.names.meta(atom.name)
        if isinstance(atom, Plain):
            return self.names.plain(atom)
        if isinstance(atom, Name) and atom.words is None:
            return self.names.draw(atom.type, atom.kind)
        if isinstance(atom, Nothing) and atom.scope == "own" and self.figures.get(atom.indicator):
            raise Unfit
        return self._words(atom.words if isinstance(atom, Nothing | Name) else None)

    def _words(self, words: Sequence[object] | None) -> str:
        return "".join(
            atom.words if isinstance(atom, Text) else self.names.plain(atom)
            for atom in words or ()
            if isinstance(atom, Text | Plain)
        )

    def _quantity(self, atom: Quantity, value: int, sentence: Sentence, contradicts: list[str]) -> str:
        held = self.in_form(atom.indicator) and atom.scope == "own" and atom.part == "whole" and not atom.by
        slips = atom.indicator in self.slips or CONTRADICTION in sentence.pattern.traps
        if held and slips and atom.indicator and atom.indicator not in self.slipped and value > 0:
            value = self._slip(value, atom.kind == "money")
            self.slipped.add(atom.indicator)
            contradicts.append(atom.indicator)
        return write(atom, value, self.rng, exact=atom.indicator is not None and (held or atom.part != "whole")).words

    def _signed(self, words: str, before: str) -> str:
        plus = _EITHER.search(before) and words[0] not in "-0零" and self.rng.random() < _SIGNED
        return "+" + words if plus else words

    def _slip(self, value: int, money: bool) -> int:
        if money:
            return value + max(1, value // self.rng.choice((2, 5, 10)))
        return value + self.rng.choice((1, 1, 2, -1 if value > 1 else 1, 3))

    def in_form(self, indicator: str | None) -> bool:
        """Whether the report's table states the indicator."""
        return indicator is not None and self.figures.form in vocabulary()[indicator].forms


def _sign(label: Label, before: str) -> int:
    """How many characters before a change belong to it: 减少 in 减少6项 is its sign."""
    if not (label.indicator or "").endswith("items_change") or _EITHER.search(before):
        return 0
    match = _SIGN.search(before)
    return len(match[0]) if match else 0


def _label(atom: Atom) -> Label | None:
    if isinstance(atom, Quantity):
        return Label(_TYPES[atom.kind], atom.indicator, atom.scope)
    if isinstance(atom, Nothing):
        return Label(SpanType.NONE, atom.indicator, atom.scope)
    if isinstance(atom, Name):
        return Label(SpanType(atom.type))
    return Label(_META[atom.name]) if isinstance(atom, Meta) else None


def _ties(atoms: Sequence[Atom]) -> list[tuple[int, int]]:
    """(quantity, name) pairs: tied by a number, else the name and the next count of its clause."""
    ties = []
    for n, atom in enumerate(atoms):
        if not isinstance(atom, Name):
            continue
        if atom.tie:
            ties += [(m, n) for m, other in enumerate(atoms)
                     if isinstance(other, Quantity) and set(other.tie) & set(atom.tie)]
            continue
        follower = _next_count(atoms, n)
        if follower is not None:
            ties.append((follower, n))
    return ties


def _next_count(atoms: Sequence[Atom], start: int) -> int | None:
    for n in range(start + 1, len(atoms)):
        atom = atoms[n]
        if isinstance(atom, Text) and _STOP.search(atom.words):
            return None
        if isinstance(atom, Quantity) and atom.kind == "count":
            return n
    return None


class _Values:
    """The values of a sentence's quantities: wholes from the report's figures, parts that go into them."""

    def __init__(self, filler: Filler, sentence: Sentence, ties: Sequence[tuple[int, int]]) -> None:
        self.filler = filler
        self.atoms = sentence.atoms
        self.quantities = {n: atom for n, atom in enumerate(sentence.atoms) if isinstance(atom, Quantity)}
        self.zero = sentence.pattern.zero
        self.channels = {
            quantity: atom.kind
            for quantity, name in ties
            if isinstance(atom := self.atoms[name], Name) and atom.type == "CHANNEL"
        }
        self.named = {quantity for quantity, _ in ties}
        self.drawn: dict[int, int] = {}
        self.wholes: dict[int, int] = {}
        self.last_part: tuple[int, int] | None = None

    def take(self, n: int, before: str) -> int:
        value = self._value(n, self.quantities[n], before)
        if value == 0 and not self.zero:
            raise Unfit
        self.drawn[n] = value
        return abs(value) if _direction(before) < 0 else value

    def _value(self, n: int, atom: Quantity, before: str) -> int:
        rng = self.filler.rng
        if atom.share:
            if self.drawn and not next(reversed(self.drawn.values())):
                raise Unfit
            part, whole = self.last_part or (rng.randint(1, 600), 1000)
            return round(10_000 * part / max(1, whole))
        if atom.indicator is None:
            value = _log_uniform(rng, atom.low, atom.high)
            in_wan = atom.kind == "money" and atom.measures[0].startswith("万")
            return value * 10_000 + rng.choice((0, 0, 1000, 100)) * rng.randint(0, 9) if in_wan else value
        if atom.part == "whole":
            value = self._whole(atom, atom.indicator, before)
            part = n in self.named and atom.indicator == "proactive.total" and value > 1
            return max(1, round(value * rng.uniform(0.03, 0.8))) if part else value
        if n not in self.drawn:
            self._allot(n, atom)
        self.last_part = (self.drawn[n], self.wholes[n])
        return self.drawn[n]

    def _whole(self, atom: Quantity, indicator: str, before: str) -> int:
        figures = self.filler.figures
        value = figures.get(indicator, atom.by, atom.scope)
        if indicator.endswith("items_change") and value:
            direction = _direction(before)
            signed = direction * abs(value) if direction else value
            signed = max(signed, -figures.get(indicator.replace("items_change", "items_previous_year")))
            value = figures.put(indicator, signed)
        return value

    def _allot(self, n: int, atom: Quantity) -> None:
        """Values of all parts that stand with this one under the same whole."""
        rng = self.filler.rng
        parts = self._siblings(n, atom)
        whole = self._whole_of(n, atom)
        if atom.part == "over":
            values = [whole + rng.randint(1, max(2, whole)) for _ in parts]
        else:
            values = _partition(whole, len(parts), rng)
        for part, value in zip(parts, values, strict=True):
            self.drawn[part] = self._known(part, value)
            self.wholes[part] = whole

    def _known(self, n: int, value: int) -> int:
        """The form's own figure of a mode, an applicant or a channel; else the value drawn."""
        atom = self.quantities[n]
        by = atom.by or ((("channel", self.channels[n]),) if n in self.channels else ())
        known = self.filler.figures.values.get((atom.indicator or "", by)) if by else None
        if known is None:
            return value
        if known == 0 and not self.zero:
            raise Unfit
        return known

    def _siblings(self, n: int, atom: Quantity) -> list[int]:
        found = [n]
        for m, other in self.quantities.items():
            if m <= n or (other.indicator, other.scope) != (atom.indicator, atom.scope):
                continue
            if other.part == atom.part:
                found.append(m)
            elif other.part == "whole" or (atom.part == "part2" and other.part == "part"):
                break
        return found

    def _whole_of(self, n: int, atom: Quantity) -> int:
        wanted = ("part",) if atom.part == "part2" else ("whole",)
        before = [m for m, other in self.quantities.items()
                  if m < n and (other.indicator, other.scope) == (atom.indicator, atom.scope) and other.part in wanted]
        if before:
            return self.drawn[before[-1]]
        return self.filler.figures.get(atom.indicator or "", (), atom.scope)


def _direction(before: str) -> int:
    """1 behind words of increase, -1 behind words of decrease, 0 where the number itself must tell."""
    if _EITHER.search(before):
        return 0
    return -1 if _LESS.search(before) else int(bool(_MORE.search(before)))


def _partition(whole: int, parts: int, rng: Random) -> list[int]:
    """Parts above zero that make up the whole, or most of it."""
    spare = whole - parts
    if spare < 0:
        raise Unfit
    if rng.random() > (_WHOLE_PARTS if parts > 1 else _LONE_PART):
        spare = round(spare * rng.uniform(0.4 if parts > 1 else 0, 1))
    weights = [rng.expovariate(1) for _ in range(parts)]
    scale = spare / sum(weights)
    values = [1 + int(weight * scale) for weight in weights]
    values[rng.randrange(parts)] += parts + spare - sum(values)
    return values


def _log_uniform(rng: Random, low: int, high: int) -> int:
    if high <= 20 * max(1, low):
        return rng.randint(low, high)
    return round(max(1, low) * pow(high / max(1, low), rng.random()))
