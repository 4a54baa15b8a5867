"""Checks across documents: one masked sentence labelled two ways, labels too rare to learn, texts that stand twice."""
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import intern
from typing import Final

from annotations.corpus.document import AnnotatedDocument, Annotation
from annotations.corpus.masking import HAN
from annotations.quality.findings import Finding, finding
from annotations.quality.page import Page
from annotations.scheme import QUANTITIES, Label

RARE: Final = 5
"""fewer examples of a type and indicator than this are rare"""
FEWEST_DOCUMENTS: Final = 20
"""in a smaller corpus every label is rare"""
_STANDS_ALONE: Final = 12
"""a sentence with fewer Han characters means what the one before it says"""
_LEANING: Final = ("其中", "均", "上述", "以上", "分别", "包括", "另", "同时", "此外", "共", "按", "从", "全部")
_LONGEST_SHOWN: Final = 40


@dataclass(slots=True)
class _Way:
    """One way of labelling a masked sentence: how often, and where first."""

    tags: str
    count: int
    doc: AnnotatedDocument
    start: int
    end: int


class Consistency:
    """Collects the sentences of documents one by one and says which were labelled in more than one way.

    A sentence is compared with its numbers and names masked, the report's own year told from the year before and from
    other years, within one form, and, if it is short or leans on the one before it, together with that one. The scopes
    own and aggregate count as one, for they depend on whose report it is. Distant labels are passed over.
    """

    def __init__(self) -> None:
        self._ways: dict[int, list[_Way]] = {}

    def add(self, page: Page) -> None:
        if page.doc.provenance.method == "distant":
            return
        inside = _marks_by_unit(page)
        for number, (unit, mask) in enumerate(zip(page.units, page.masks, strict=True)):
            if unit.is_sentence:
                tags = intern(" ".join(sorted(
                    "{}-{} {}".format(*mask.range_of(mark.start, mark.end), _tag(mark))
                    for mark in inside.get(number, ()) if mark.type in QUANTITIES)))
                self._count(hash(_key(page, number)), tags, page.doc, (unit.start, unit.end))

    def _count(self, key: int, tags: str, doc: AnnotatedDocument, place: tuple[int, int]) -> None:
        ways = self._ways.setdefault(key, [])
        for way in ways:
            if way.tags == tags:
                way.count += 1
                return
        ways.append(_Way(tags, 1, doc, *place))

    def findings(self) -> Iterator[Finding]:
        """Every way but the commonest, with the place of the commonest."""
        for ways in self._ways.values():
            if len(ways) < 2:
                continue
            usual, *others = sorted(ways, key=lambda way: -way.count)
            for way in others:
                here, there = _differences(way.tags, usual.tags)
                place = f"{usual.doc.name} [{usual.start}:{usual.end}]"
                yield finding("sentence.two_ways", way.doc.name, way.doc.text, (way.start, way.end),
                              f"{way.count}x {here} but {usual.count}x {there}, as in {place}")


def _marks_by_unit(page: Page) -> dict[int, list[Annotation]]:
    found: dict[int, list[Annotation]] = {}
    for mark in page.marks:
        number = page.unit_at(mark.start)
        if number is not None:
            found.setdefault(number, []).append(mark)
    return found


def _tag(mark: Annotation) -> str:
    scope = "own" if mark.scope == "aggregate" else mark.scope
    return Label(mark.type, mark.indicator, scope).tag


def _key(page: Page, number: int) -> tuple[str, ...]:
    mask = page.masks[number]
    key = (page.doc.provenance.form or "", mask.text, mask.years)
    leans = mask.text.startswith(_LEANING) or len(HAN.findall(mask.text)) < _STANDS_ALONE
    return (*key, page.masks[number - 1].text) if leans and number else key


def _differences(here: str, there: str) -> tuple[str, str]:
    """The labels of either way that the other lacks."""
    one, other = Counter(_split(here)), Counter(_split(there))
    return _shown(one - other), _shown(other - one)


def _split(tags: str) -> list[str]:
    words = tags.split(" ")
    return [f"{label} at {place}" for place, label in zip(words[::2], words[1::2], strict=False)]


def _shown(tags: Counter[str]) -> str:
    return ", ".join(sorted(tags)) or "no label"


def rare_labels(docs: Sequence[AnnotatedDocument], fewest: int) -> Iterator[Finding]:
    """Types and indicators that are used, but fewer times than `fewest`; nothing in a corpus of a few documents."""
    if len(docs) < FEWEST_DOCUMENTS:
        return
    examples: dict[str, list[tuple[AnnotatedDocument, Annotation]]] = {}
    for doc in docs:
        for mark in doc.annotations:
            examples.setdefault(Label(mark.type, mark.indicator).tag, []).append((doc, mark))
    for tag, found in sorted(examples.items()):
        if len(found) < fewest:
            doc, mark = found[0]
            yield finding("label.rare", doc.name, doc.text, (mark.start, mark.end), f"{tag}: {len(found)} in all")


def texts_twice(docs: Iterable[AnnotatedDocument]) -> Iterator[Finding]:
    """Documents whose text an earlier one by the same annotator has."""
    seen: dict[tuple[int, str | None], AnnotatedDocument] = {}
    for doc in docs:
        first = seen.setdefault((hash(doc.text), doc.annotator), doc)
        if first is not doc:
            yield finding("document.twice", doc.name, doc.text, (0, min(len(doc.text), _LONGEST_SHOWN)),
                          f"the same text as {first.name}")
