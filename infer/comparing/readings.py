"""What is kept of a report for comparison: its figures with every reading that the words allow, and its paragraphs."""
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from infer.comparing.paragraphs import Paragraph, paragraphs
from infer.results.wording import one_line
from report.facts import Evidence, Fact, FormId, Kind, Report, State
from report.folding import fold
from report.identities.cells import is_certain
from report.identities.figures import bounds
from report.identities.formulas import Key, key_of
from report.spans import Qualifier

_AROUND: Final = 48
_FARTHEST: Final = 160
"""how far above a cell the label of its row is looked for"""
_HAN: Final = re.compile(r"[\u4e00-\u9fff]")
_DIGITS: Final = re.compile(r"[\d+-]")
_FIGURES: Final = 8
"""fewer figures may be alike by chance"""
_ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of a report amid their line, so that a reader can find them; offsets are those of its text."""

    document: str
    year: int | None
    fact: str
    before: str
    words: str
    after: str
    start: int
    end: int
    page: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read a figure. `sure`: neither ambiguous nor doubtful; `run` bounds the digits it stands among."""

    value: int | float
    qualifier: Qualifier | None
    sure: bool
    confidence: float
    in_form: bool
    run: tuple[int, int]
    quote: Quote

    @property
    def least(self) -> int | float:
        return bounds(self.value, self.qualifier)[0]

    @property
    def most(self) -> int | float:
        return bounds(self.value, self.qualifier)[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """The readings of one cell: taken ones of forms and of the text, those set aside of unsure cells, empty states.

    `place` is the whole of digits that run together.
    """

    form: tuple[Reading, ...] = ()
    text: tuple[Reading, ...] = ()
    aside: tuple[Reading, ...] = ()
    states: tuple[State, ...] = ()
    place: Quote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A report without its text. `digest` is of its words, `figures` of its figures where there are enough of them."""

    document: str
    kind: Kind
    title: str | None
    issuer: str | None
    year: int | None
    form: FormId
    published_on: str | None
    digest: str
    figures: str | None
    cells: dict[Key, Held]
    paragraphs: tuple[Paragraph, ...]


def keep(report: Report) -> Kept:
    """What comparison needs of a report."""
    cells = _cells(report)
    valued = sorted((repr(key), reading.value) for key, held in cells.items() for reading in held.form + held.text)
    return Kept(
        document=report.source.name, kind=report.meta.kind, title=report.meta.title, issuer=report.meta.issuer,
        year=report.meta.report_year, form=report.meta.form, published_on=report.meta.published_on,
        digest=_digest(re.sub(r"[\W_]+", "", fold(report.source.text).text)),
        figures=_digest(repr(valued)) if sum(bool(value) for _, value in valued) >= _FIGURES else None,
        cells=cells, paragraphs=tuple(paragraphs(report)))


def _digest(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _cells(report: Report) -> dict[Key, Held]:
    found: dict[Key, list[Fact]] = defaultdict(list)
    for fact in report.facts:
        if fact.indicator is not None and (fact.scope == "own" or "period" in fact.by):
            found[key_of(fact.indicator, fact.by)].append(fact)
    return {key: _held(facts, report) for key, facts in found.items()}


def _held(facts: list[Fact], report: Report) -> Held:
    stated = [fact for fact in facts if fact.status == "stated"]
    open_places = {fact.reading_of for fact in stated if fact.in_form and (fact.ambiguous or fact.value is None)}
    aside = [fact for fact in facts if fact.status == "alternative" and fact.in_form and fact.reading_of in open_places]
    return Held(
        form=tuple(_readings((fact for fact in stated if fact.in_form), report)),
        text=tuple(_readings((fact for fact in stated if not fact.in_form), report)),
        aside=tuple(_readings(aside, report)),
        states=tuple(dict.fromkeys(fact.state for fact in stated if fact.value is None)),
        place=next((quote(report, fact) for fact in stated if fact.value is None and fact.evidence.text), None))


def _readings(facts: Iterable[Fact], report: Report) -> Iterator[Reading]:
    for fact in facts:
        if fact.value is not None:
            yield Reading(
                value=fact.value, qualifier=fact.qualifier, sure=fact.status == "stated" and is_certain(fact),
                confidence=fact.confidence, in_form=fact.in_form, run=_run(report.source.text, fact.evidence),
                quote=quote(report, fact))


def _run(text: str, words: Evidence) -> tuple[int, int]:
    """Where the digits begin and end among which these words stand without a break."""
    start, end = words.start, words.end
    while start > 0 and _DIGITS.match(text[start - 1]):
        start -= 1
    while end < len(text) and _DIGITS.match(text[end]):
        end += 1
    return start, end


def quote(report: Report, fact: Fact) -> Quote:
    """The fact's words with what stands around them: its clause, or its line with the label of its row."""
    before, after = _surroundings(report.source.text, fact)
    words = fact.evidence
    return Quote(document=report.source.name, year=report.meta.report_year, fact=fact.id, before=before,
                 words=one_line(words.text), after=after, start=words.start, end=words.end, page=words.page)


def _surroundings(text: str, fact: Fact) -> tuple[str, str]:
    words, context = fact.evidence, fact.context
    if context is not None and not fact.in_form and context.start <= words.start <= words.end <= context.end:
        start, end = context.start, context.end
    else:
        start = text.rfind("\n", 0, words.start) + 1
        end = text.find("\n", words.end)
        end = len(text) if end < 0 else end
    before, after = text[start:words.start], text[words.end:end]
    if not _HAN.search(before):
        before = _label_above(text, start) + before
    return _tail(before), _head(after)


def _label_above(text: str, end: int) -> str:
    """The nearest line above that has words, where every cell stands on a line of its own."""
    for line in reversed(text[max(0, end - _FARTHEST):end].splitlines()):
        if _HAN.search(line):
            return f"{line.strip()} {_ELLIPSIS} "
    return ""


@lru_cache(maxsize=64)
def _head(words: str) -> str:
    line = (" " if words[:1].isspace() else "") + one_line(words)
    return line if len(line) <= _AROUND else line[:_AROUND] + _ELLIPSIS


@lru_cache(maxsize=64)
def _tail(words: str) -> str:
    line = one_line(words) + (" " if words[-1:].isspace() else "")
    return line if len(line) <= _AROUND else _ELLIPSIS + line[-_AROUND:]
