"""Sentences of the running text, and their patterns: numbers and names masked, so that equal wording can be counted."""
import re
import tomllib
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from annotations.corpus.document import AnnotatedDocument
from report import SpanType
from report.folding import Folded, fold
from report.numerals import parse_year

NUMBER: Final = "0"
NAME: Final = "X"
HAN: Final = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]")
_NAMED: Final = frozenset({SpanType.ISSUER, SpanType.CATEGORY, SpanType.CHANNEL})
_UNIT: Final = re.compile(r"[^。!?\n]*(?:[。!?]+[\"')\]]*|\n|$)")
_FINAL: Final = re.compile(r"[。!?][\"')\]]*$")
_OPENING: Final = "“‘「『"
_WORDS: Final = re.compile(r"\S+")
_PLACE: Final = re.compile(r".{1,12}?(?:自治区|自治州|街道|社区|省|市|县|区|乡|镇|村|旗|盟)(?!直|属|场|级)")
_SHORTEST_NAME: Final = 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A stretch of running text up to 。！？ or a line's end: half-open bounds, and its words folded, without blanks.

    `places[i]` is where `words[i]` stands in the text. A line's end inside an annotation ends no unit.
    """

    start: int
    end: int
    words: str
    places: tuple[int, ...]

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as sentences do; headings, header fields and bits of tables do not."""
        return _FINAL.search(self.words) is not None


@dataclass(frozen=True, slots=True)
class Masked:
    """`starts[i]` and `ends[i]` bound in the text what the i-th masked character stands for.

    `years` says of each year in it whether it is the report's own (Y), the one before (P) or another (0).
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    years: str = ""

    def range_of(self, start: int, end: int) -> tuple[int, int]:
        """Half-open range of masked characters that overlap text[start:end]."""
        return bisect_right(self.ends, start), bisect_right(self.starts, end - 1)


def pieces(doc: AnnotatedDocument) -> list[tuple[int, int]]:
    """The running text: what stands outside the official forms, as half-open bounds."""
    found, start = [], 0
    for region in sorted(doc.regions):
        if start < region[0]:
            found.append((start, region[0]))
        start = max(start, region[1])
    if start < len(doc.text):
        found.append((start, len(doc.text)))
    return found


def units(doc: AnnotatedDocument) -> tuple[Unit, ...]:
    """Every unit of the running text that is not blank, in order."""
    return tuple(unit for start, end in pieces(doc) for unit in _units(doc, start, end))


def _units(doc: AnnotatedDocument, start: int, end: int) -> Iterator[Unit]:
    folded = fold(doc.text[start:end])
    view = _joined(folded, [(a.start - start, a.end - start) for a in doc.annotations
                            if start <= a.start and a.end <= end and "\n" in doc.words(a)])
    original = doc.text[start:end]
    for first_place, last_place in _bounds(view, folded, original):
        runs = [run.span() for run in _WORDS.finditer(view, first_place, last_place)]
        if runs:
            places = tuple(start + place for first, last in runs for place in folded.starts[first:last])
            words = "".join([view[first:last] for first, last in runs])
            yield Unit(places[0], places[-1] + 1, words, places)


def _bounds(view: str, folded: Folded, original: str) -> Iterator[tuple[int, int]]:
    """Half-open bounds of the units in the view, without a quote at the end that opens the next sentence."""
    done = 0
    while done < len(view) and (match := _UNIT.match(view, done)) is not None:
        end = match.end()
        while end > done + 1 and original[folded.starts[end - 1]] in _OPENING:
            end -= 1
        yield done, end
        done = end


def _joined(folded: Folded, wrapped: Collection[tuple[int, int]]) -> str:
    """The view with the line ends inside of annotations as blanks."""
    if not wrapped:
        return folded.text
    inside = {place for start, end in wrapped for place in range(start, end)}
    pairs = zip(folded.text, folded.starts, strict=True)
    return "".join(" " if character == "\n" and place in inside else character for character, place in pairs)


def sentences(doc: AnnotatedDocument) -> tuple[Unit, ...]:
    """The units that end as sentences do."""
    return tuple(unit for unit in units(doc) if unit.is_sentence)


def compact(words: str) -> str:
    """Folded and without white space, as the words of a unit are."""
    return "".join(fold(words).text.split())


def names_of(doc: AnnotatedDocument, types: Collection[SpanType] = _NAMED) -> frozenset[str]:
    """Names annotated in the document, its issuer and the issuer's place (大营县 of 大营县财政局), folded."""
    found = {compact(doc.words(a)) for a in doc.annotations if a.type in types}
    issuers = {compact(doc.words(a)) for a in doc.annotations if a.type is SpanType.ISSUER}
    if doc.provenance.issuer:
        issuers.add(compact(doc.provenance.issuer))
    found |= issuers | {place for issuer in issuers for place in places_of(issuer)}
    return frozenset(name for name in found if len(name) >= _SHORTEST_NAME)


def places_of(issuer: str) -> Iterator[str]:
    """The places that an issuer's name begins with, each alone and all together: 青河市, 大营县, 青河市大营县."""
    start = 0
    while (match := _PLACE.match(issuer, start)) is not None:
        yield match[0]
        if start:
            yield issuer[: match.end()]
        start = match.end()


def pattern(names: Iterable[str]) -> re.Pattern[str]:
    """What masking replaces in a document with these names: group `name` or a number."""
    words = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(f"(?P<name>{words})|{_numbers()}" if words else f"(?P<name>(?!))|{_numbers()}")


def masked(unit: Unit, replaced: re.Pattern[str], year: int | None = None) -> Masked:
    """The unit with every number 0 and every name X; `replaced` comes from pattern()."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    years: list[str] = []
    done = 0
    for match in replaced.finditer(unit.words):
        first, last = match.span()
        words += (unit.words[done:first], NAME if match["name"] else NUMBER)
        starts += (*unit.places[done:first], unit.places[first])
        ends += (*[place + 1 for place in unit.places[done:first]], unit.places[last - 1] + 1)
        if match["year"]:
            years.append(_relation(match["year"], year))
        done = last
    words.append(unit.words[done:])
    starts += unit.places[done:]
    ends += [place + 1 for place in unit.places[done:]]
    return Masked("".join(words), tuple(starts), tuple(ends), "".join(years))


def masked_sentences(doc: AnnotatedDocument) -> tuple[str, ...]:
    """The pattern of every sentence of a document, in order; patterns are counted, leaks found by it."""
    replaced = pattern(names_of(doc))
    return tuple(masked(sentence, replaced).text for sentence in sentences(doc))


def _relation(words: str, year: int | None) -> str:
    named = parse_year(words)
    if named is None or year is None:
        return "0"
    return {0: "Y", -1: "P"}.get(named - year, "0")


@cache
def _numbers() -> str:
    data = tomllib.loads(files("annotations.corpus").joinpath("masking.toml").read_text(encoding="utf-8"))
    measures = "|".join(sorted(map(re.escape, data["measures"]), key=len, reverse=True))
    digit = "[〇零○一二两三四五六七八九]"
    numeral = "[〇零○一二两三四五六七八九十百千万亿]"
    lone = "[统单进唯专同逐之]"
    factor = "(?:[余多]?(?:十万|百万|千万|[万亿千百]))?"
    return "|".join((
        rf"(?P<year>(?:19|20)\d\d|二[〇零○]{digit}{{2}})年(?:\d{{1,2}}月(?:\d{{1,2}}[日号]?)?|{numeral}{{1,2}}月"
        rf"(?:{numeral}{{1,3}}日)?)?",
        rf"\d{{1,2}}月(?:\d{{1,2}}[日号])?|{numeral}{{1,2}}月{numeral}{{1,3}}日",
        rf"百分之(?:{numeral}+(?:点{numeral}+)?|\d[\d.]*)",
        rf"[+-]?\d[\d,.]*(?<![,.]){factor}",
        rf"(?<!{lone})(?!{data['words']})(?:{numeral}{{3,}}|{numeral}{{1,2}}(?={measures})"
        rf"|(?<![^,;:、。]){numeral}{{1,2}}(?=[是、]))",
        rf"(?<=第){numeral}+|(?<=\(){numeral}{{1,2}}(?=\))",
    ))
