"""What guidelines.md says of each label: notes and examples from guidelines.toml, and the tables made of them."""
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Final

import msgspec

from annotations.corpus.document import AnnotatedDocument, Annotation, annotated
from annotations.errors import AnnotationError
from annotations.scheme import NAMES, OTHER, QUANTITIES, Label, scheme
from report import SpanType, vocabulary
from report.spans import Scope

BREAK: Final = "↵"
_SPAN: Final = re.compile(
    r"⟦(?P<words>[^⟦⟧]+?) (?P<type>[A-Z_]+)(?: (?P<indicator>[a-z_.]+))?(?: (?P<scope>[a-z_]+))?(?: #(?P<link>\d+))?⟧")
_TYPES: Final = {"count": SpanType.COUNT, "money": SpanType.FEE, "rate": SpanType.RATE}


class Usage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A type or scope: what to mark, what not, one example."""

    do_zh: str
    do_en: str
    dont_zh: str
    dont_en: str
    example: str


class Border(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The same words with a span that ends where it should, and with one that does not."""

    right: str
    wrong: str
    zh: str
    en: str


class IndicatorNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When an indicator is meant."""

    zh: str
    en: str
    example: str


class Trap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A way in which reports mislead, by its number in the field guide."""

    number: int
    name_zh: str
    name_en: str
    zh: str
    en: str
    examples: tuple[str, ...]


class Guidelines(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of guidelines.toml."""

    types: dict[SpanType, Usage]
    scopes: dict[Scope, Usage]
    borders: tuple[Border, ...]
    indicators: dict[str, IndicatorNote]
    traps: tuple[Trap, ...]


@cache
def guidelines() -> Guidelines:
    """The guidelines that ship with gongkai. Raises AnnotationError where a label lacks its row."""
    data = files("annotations").joinpath("guidelines.toml").read_bytes()
    try:
        found = msgspec.toml.decode(data, type=Guidelines)
    except msgspec.MsgspecError as error:
        raise AnnotationError(f"guidelines.toml: {error}") from None
    rows = {*found.types, *found.scopes, *found.indicators}
    wanted = {*scheme().types, *scheme().scopes, *vocabulary().indicators}
    if missing := sorted(map(str, wanted - rows)):
        raise AnnotationError(f"guidelines.toml says nothing of {', '.join(missing)}")
    if unknown := sorted(map(str, rows - wanted)):
        raise AnnotationError(f"guidelines.toml speaks of what is no label: {', '.join(unknown)}")
    return found


def parse_example(line: str) -> AnnotatedDocument:
    """The text of a marked-up line with its spans and links. Raises AnnotationError for a span that cannot stand."""
    text, at = "", 0
    marks: list[Annotation] = []
    ties: dict[str, list[int]] = {}
    for match in _SPAN.finditer(line):
        text += line[at : match.start()]
        at = match.end()
        label = _label(match)
        if match["link"]:
            ties.setdefault(match["link"], []).append(len(marks))
        marks.append(Annotation.of(label, len(text), len(text) + len(match["words"])))
        text += match["words"]
    text += line[at:]
    if "⟦" in text or "⟧" in text:
        raise AnnotationError(f"a bracket without its label: {line}")
    links = tuple(link for tied in ties.values() for link in _links(tied, marks, line))
    text = text.replace(BREAK, "\n")
    return annotated(AnnotatedDocument(name=line, text=text, annotations=tuple(marks), links=links))


def _label(match: re.Match[str]) -> Label:
    tag = match["type"]
    if match["indicator"]:
        tag += f":{match['indicator']}" + (f"@{match['scope']}" if match["scope"] else "")
    try:
        label = Label.parse(tag)
    except ValueError as error:
        raise AnnotationError(f"{match[0]}: {error}") from None
    faults = scheme().faults(label)
    if label.type in QUANTITIES and not match["indicator"]:
        faults.append(f"{label.type} needs an indicator or {OTHER}")
    if faults:
        raise AnnotationError(f"{match[0]}: {'; '.join(faults)}")
    return label


def _links(tied: list[int], marks: list[Annotation], line: str) -> list[tuple[int, int]]:
    found = [(one, other) for one in tied for other in tied
             if marks[one].type in QUANTITIES and marks[other].type in NAMES]
    if not found:
        raise AnnotationError(f"a link needs a quantity and a name: {line}")
    return found


def tables() -> str:
    """The generated part of guidelines.md."""
    found = guidelines()
    types = ((f"{words.zh} {kind}", found.types[kind]) for kind, words in scheme().types.items())
    scopes = ((f"{words.zh} {scope}", found.scopes[scope]) for scope, words in scheme().scopes.items())
    return "\n".join((
        "### 标签类型 · Types\n", *_usages(types),
        "\n### 范围 · Scopes\n", *_usages(scopes),
        "\n### 边界对错 · Borders, right and wrong\n", *_borders(found.borders),
        "\n### 指标 · Indicators\n", *_indicators(found),
        "### 二十五个陷阱 · The 25 traps\n", *_traps(found.traps),
    ))


def _usages(rows: Iterable[tuple[str, Usage]]) -> Iterator[str]:
    yield "| 标签 label | 标 · do | 不标 · don't | 例 example |\n| --- | --- | --- | --- |"
    for name, row in rows:
        yield f"| {name} | {_both(row.do_zh, row.do_en)} | {_both(row.dont_zh, row.dont_en)} | {_cell(row.example)} |"


def _borders(rows: Iterable[Border]) -> Iterator[str]:
    yield "| 对 right | 错 wrong | 说明 why |\n| --- | --- | --- |"
    for row in rows:
        yield f"| {_cell(row.right)} | {_cell(row.wrong)} | {_both(row.zh, row.en)} |"


def _indicators(found: Guidelines) -> Iterator[str]:
    for group in scheme().groups:
        yield f"**{group.zh}**\n\n| 指标 indicator | 类型 type | 何时用 · when | 例 example |\n| --- | --- | --- | --- |"
        for name in group.indicators:
            row, known = found.indicators[name], vocabulary()[name]
            yield f"| `{name}`<br>{known.zh} | {_TYPES[known.kind]} | {_both(row.zh, row.en)} | {_cell(row.example)} |"
        yield ""


def _traps(rows: Iterable[Trap]) -> Iterator[str]:
    for row in rows:
        yield f"{row.number}. **{row.name_zh} · {row.name_en}.** {row.zh} {row.en}\n"
        yield from (f"   - {_shown(example)}" for example in row.examples)
        yield ""


def _both(zh: str, en: str) -> str:
    return f"{zh}。<br>{en}"


def _cell(example: str) -> str:
    return _shown(example).replace("|", "\\|")


def _shown(example: str) -> str:
    parse_example(example)
    return f"`{example}`"
