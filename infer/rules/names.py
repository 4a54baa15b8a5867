"""The name of what was disclosed: cut out of the words around a number."""

import re

from infer.rules.context import Reading
from infer.rules.patterns import lexicon, pattern

Range = tuple[int, int]
_OFFICES = ("办公室", "办公厅")


def trim(text: str, start: int, end: int) -> Range:
    """Cut connectives and counting words off both ends of a name."""
    words = lexicon().words
    lead = words["category.lead"].match(text[start:end])
    if lead:
        start += lead.end()
    tail = words["category.tail"].search(text[start:end])
    if tail:
        end = start + tail.start()
    while start < end and text[start] in "的等了和及与、,;:":
        start += 1
    while start < end and text[end - 1] == "的":
        end -= 1
    if text[start:end].count('"') % 2 and start > 0 and text[start - 1] == '"':
        start -= 1
    return start, max(start, end)


def trim_text(clause: str) -> str:
    """A list item without connectives and counting words."""
    start, end = trim(clause, 0, len(clause))
    return clause[start:end]


def without_count_words(name: str, noun: Range) -> tuple[str, Range]:
    counting = pattern("disclosure.before_total").match(name)
    return (name[counting.end() :], (noun[0] + counting.end(), noun[1])) if counting else (name, noun)


def body_only(reading: Reading, noun: Range) -> Range:
    """市级机关公开56208条: the body, without the verb."""
    name = reading.marked[noun[0] : noun[1]]
    short = re.sub(r"(?:共|合计)?(?:主动)?(?:公开|发布)$", "", name)
    words = lexicon().words
    if short != name and words["subunit.tail"].search(short) and not words["subunit.not"].search(short):
        return noun[0], noun[0] + len(short)
    return noun


def is_issuer(name: str, issuer: str) -> bool:
    short, part = re.sub(r"人民|\s", "", issuer), re.sub("人民", "", name)
    # an office reports on its whole government, of which 区政府 is one part
    within = part in short and (short.endswith(part) or not short.endswith(_OFFICES))
    return len(name) >= 3 and (within or short in name)
