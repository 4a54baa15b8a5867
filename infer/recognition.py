"""What recognition in a picture does to facts: how sure their words are, and the marks of figures that do not add up.

A confidence says how often readings like this one are right where the words are; a fact of recognised words is right
only if the words are too. So its confidence is the product of both, and never more than what recognition is sure of.
"""
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from math import prod
from typing import Final

from infer.read.extra import why_not
from report import Check, Document, Fact, Warning

MISREAD: Final = 0.5
"""the most that a figure read in a picture can have which does not add up with others"""
DOUBTFUL: Final = 0.5
_UNWEIGHED: Final = frozenset("()（）[]【】,，.。、;；:：\"“”'‘’《》 \n\t")
_DIGITS: Final = frozenset("0123456789")
_SPLIT: Final = frozenset({"元", "1"})
"""units of which there are parts"""


def sureness(doc: Document, start: int, end: int) -> float | None:
    """How often words recognised like these are all right: the product over their characters; None where none was.

    Marks between words count only within a number: a comma there may be a point.
    """
    first = max(0, bisect_right(doc.lines, start, key=lambda line: line.start) - 1)
    found = None
    for line in doc.lines[first:]:
        if line.start >= end and line.start > start:
            break
        if line.end > start and line.sure:
            places = range(max(start, line.start), min(end, line.end))
            found = (1.0 if found is None else found) * prod(
                line.sure[place - line.start] for place in places if _weighs(doc.text, place))
    return None if found is None else round(found, 4)


def _weighs(text: str, place: int) -> bool:
    around = text[max(0, place - 1):place], text[place + 1:place + 2]
    return text[place] not in _UNWEIGHED or all(one in _DIGITS and one for one in around)


def lowered(facts: Sequence[Fact], take: float) -> tuple[Fact, ...]:
    """Facts of recognised words with what recognition takes from their confidence; what is then too unsure is no longer
    stated where it is running text, and ambiguous where it is a cell."""
    return tuple(_lowered(fact, take) for fact in facts)


def _lowered(fact: Fact, take: float) -> Fact:
    sure = fact.evidence.recognised
    if sure is None:
        return fact
    fact = replace(fact, confidence=round(fact.confidence * sure, 4))
    if _lost_comma(fact):
        return _doubted(fact, "a comma may have been recognised as a point")
    if fact.method == "table":
        return _doubted(fact, "recognised with doubt") if sure < DOUBTFUL and fact.value is not None else fact
    if fact.status == "stated" and fact.indicator and fact.confidence < take:
        return replace(fact, status="alternative", reading_of=fact.reading_of or fact.id,
                       reason=f"not sure enough: {fact.confidence:.2f}, {take:.2f} is asked for")
    return fact


def _lost_comma(fact: Fact) -> bool:
    """5.208条 was 5,208条."""
    return (isinstance(fact.value, float) and not fact.value.is_integer() and fact.unit not in _SPLIT
            and re.search(r"\.\d{3}(?!\d)", fact.evidence.text) is not None)


def _doubted(fact: Fact, why: str) -> Fact:
    reason = f"{fact.reason}; {why}" if fact.reason else why
    return replace(fact, ambiguous=True, confidence=min(fact.confidence, MISREAD), reason=reason)


def marked(facts: Sequence[Fact], checks: Iterable[Check]) -> tuple[Fact, ...]:
    """Of each check of sums that fails, the recognised figures that no other check upholds, as ambiguous."""
    failed: set[str] = set()
    held: set[str] = set()
    for check in checks:
        behind = {*check.left.facts, *check.right.facts}
        if len(behind) > 1:
            (failed if check.status == "fail" else held if check.status == "pass" else set()).update(behind)
    wanted = failed - held or failed
    return tuple(_doubted(fact, "recognised in a picture, and does not add up")
                 if fact.id in wanted and fact.evidence.recognised is not None and fact.value is not None else fact
                 for fact in facts)


def pages_of(pages: Sequence[int]) -> str:
    """1, 3-5."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


def told(doc: Document) -> list[Warning]:
    """Which pages were recognised, and which images nobody has read."""
    found = []
    if doc.recognised:
        found.append(Warning(code="pages_recognised",
                             message=f"pages with text recognised in images: {pages_of(doc.recognised)}"))
    if doc.unread and why_not():
        found.append(Warning(
            code="pages_without_text",
            message=f"pages with images that were not read (pip install 'gongkai[ocr]' reads them): "
                    f"{pages_of(doc.unread)}"))
    elif doc.unread:
        found.append(Warning(code="pages_illegible",
                             message=f"pages on which no words can be made out: {pages_of(doc.unread)}"))
    return found
