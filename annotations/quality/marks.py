"""Checks of spans and links as such: where they stand, where they end, what they are labelled."""
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from annotations.quality.findings import Finding
from annotations.quality.page import Page
from annotations.scheme import NAMES, QUANTITIES, Label, scheme
from report import SpanType
from report.folding import fold

_UNCARRIED: Final = re.compile("[\x00\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
_EDGE: Final = re.compile(r"[\s,、。;:!?·…\u200b-\u200f\u2060\ufeff]")
_PAIRS: Final = {"(": ")", "[": "]", "〔": "〕", "【": "】", "《": "》", "〈": "〉"}
_QUOTES: Final = "\"'"
_PARAGRAPH: Final = re.compile(r"[。!?！？][^\S\n]*\n|\n[^\S\n]*\n")
_SENTENCE: Final = re.compile(r"[。！？]")
_LONGEST: Final = {SpanType.COUNT: 24, SpanType.FEE: 24, SpanType.RATE: 24, SpanType.YEAR: 12, SpanType.DATE: 24,
                   SpanType.NONE: 80}
_LONGEST_NAME: Final = 60


def check_text(page: Page) -> Iterator[Finding]:
    """Characters that cannot be carried; regions and passages outside the text."""
    if (match := _UNCARRIED.search(page.doc.text)) is not None:
        yield page.found("text.character", match.span(), f"U+{ord(match[0]):04X} cannot be carried")
    done = 0
    for region in sorted(page.doc.regions):
        if not page.holds(*region) or region[0] < done:
            yield page.found("region.range", region, "this form region is no part of the text or overlaps another")
        done = max(done, region[1])
    for passage in page.doc.passages:
        if not page.holds(passage.start, passage.end):
            yield page.found("passage.range", (passage.start, passage.end), f"passage {passage.pattern}")


def check_places(page: Page) -> Iterator[Finding]:
    """Spans outside the text, twice, over one another, in a form, over a sentence's end, too long."""
    for mark, count in Counter(page.doc.annotations).items():
        if not page.holds(mark.start, mark.end):
            yield page.found("span.range", mark, f"[{mark.start}:{mark.end}] is no part of the text")
        if count > 1:
            yield page.found("span.duplicate", mark, "stands twice")
    for before, mark in page.pairs():
        if mark.start < before.end and mark != before:
            yield page.found("span.overlap", mark, f"shares characters with {before.label.tag}")
    for mark in page.marks:
        if any(mark.start < end and start < mark.end for start, end in page.doc.regions):
            yield page.found("span.in_region", mark, "stands in an official form")
        if mark.end - mark.start > _LONGEST.get(mark.type, _LONGEST_NAME):
            yield page.found("span.too_long", mark, f"{mark.end - mark.start} characters")
        words = page.doc.words(mark)
        if _SENTENCE.search(words, 0, len(words) - 1) or _PARAGRAPH.search(words):
            yield page.found("span.across_sentences", mark, "goes over a sentence's end")


def check_edges(page: Page) -> Iterator[Finding]:
    """Blanks, punctuation and half pairs of brackets at a span's edges."""
    for mark in page.marks:
        words = page.doc.words(mark)
        view = _folded(words)
        if any(_EDGE.match(edge) for edge in (words[0], words[-1], view[:1], view[-1:])):
            yield page.found("span.untrimmed", mark, "begins or ends with a blank or punctuation")
        elif _half_open(view):
            yield page.found("span.untrimmed", mark, "holds half a pair of brackets or quotes")


@lru_cache(10_000)
def _folded(words: str) -> str:
    return fold(words).text


def _half_open(view: str) -> bool:
    brackets = any(view.count(opening) != view.count(closing) for opening, closing in _PAIRS.items())
    return brackets or any(quote in (view[:1], view[-1:]) and view.count(quote) % 2 for quote in _QUOTES)


def check_labels(page: Page) -> Iterator[Finding]:
    """Labels that the scheme does not allow."""
    for mark in page.doc.annotations:
        for fault in _faults(mark.label):
            yield page.found("label.fault", mark, fault)


@cache
def _faults(label: Label) -> tuple[str, ...]:
    return tuple(scheme().faults(label))


def check_links(page: Page) -> Iterator[Finding]:
    """Links between the wrong spans, or spans too far apart."""
    marks = page.doc.annotations
    for source, target in page.doc.links:
        if not (0 <= source < len(marks) and 0 <= target < len(marks)):
            yield page.found("link.index", (0, 0), f"link {source} -> {target}, but there are {len(marks)} spans")
            continue
        quantity, name = marks[source], marks[target]
        if quantity.type not in QUANTITIES:
            yield page.found("link.source", quantity, f"a link leaves from here to {name.label.tag}")
        if name.type not in NAMES:
            yield page.found("link.target", name, f"a link from {quantity.label.tag} leads here")
        first, last = sorted((quantity, name), key=lambda mark: mark.start)
        between = page.doc.text[first.end : last.start]
        if _PARAGRAPH.search(between) or len(_SENTENCE.findall(between)) > 1:
            words = page.doc.words(name)
            yield page.found("link.far", quantity, f"its {name.type} {words} stands in another paragraph or sentence")
