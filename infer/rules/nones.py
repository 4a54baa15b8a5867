"""Statements of none: 未收到申请, 无行政复议、行政诉讼, 未收取任何费用, and a bare 无 under a heading."""

import re
from collections.abc import Iterator, Sequence

from infer.rules.context import Reading, TopicMap
from infer.rules.patterns import Denial, denials, operators, pattern
from infer.rules.prose import Prose, Sentence
from report import Section, Span, SpanType

_PART_FEES = {"检索费": "fees.search", "复制费": "fees.copying", "复印费": "fees.copying", "邮寄费": "fees.postage"}
_WHOLE_SECTION = {
    "requests": ("requests.new",),
    "disputes": ("reconsideration.total", "litigation.total"),
    "fees": ("fees.collected",),
}
CONFIDENCE = 0.85


def find_nones(reading: Reading, sentence: Sentence, topics: TopicMap, year: int | None = None) -> Iterator[Span]:
    """Spans of type NONE in one sentence."""
    if topics.at(sentence.start) == "problems":
        return
    text = reading.marked[sentence.start : sentence.end]
    found: dict[str, tuple[int, int]] = {}
    hits = list(operators().finditer(text))
    for n, hit in enumerate(hits):
        limit = hits[n + 1].start() if n + 1 < len(hits) else len(text)
        reach = _reach(text, hit.end(), limit)
        if pattern("nones.closed").match(text, hit.end()):
            for indicator, start, end in _looking_back(text, hit.start(), topics.at(sentence.start), year):
                found.setdefault(
                    _fee(text, text[start:end]) if indicator == "fees.collected" else indicator, (start, end)
                )
        for indicator, start, end in _objects(text, hit.end(), reach, topics.at(sentence.start), year):
            found.setdefault(_fee(text, text[start:end]) if indicator == "fees.collected" else indicator, (start, end))
    for indicator, place in _listed_fees(text, found.get("fees.collected")):
        found.setdefault(indicator, place)
    for match in pattern("nones.free").finditer(text):
        if pattern("nones.free_context").search(text) or topics.at(sentence.start) == "fees":
            found.setdefault(_fee(text, match[0]), match.span())
    for indicator, (start, end) in found.items():
        yield _span(reading.prose, sentence.start + start, sentence.start + end, indicator)


def _listed_fees(text: str, place: tuple[int, int] | None) -> Iterator[tuple[str, tuple[int, int]]]:
    """未收取检索费、复制费、邮寄费 is none of each of them as well."""
    words = re.split(r"[,;。]", text[place[0] :])[0] if place else ""
    hits = [(indicator, words.find(name), len(name)) for name, indicator in _PART_FEES.items() if name in words]
    if place and len(hits) > 1:
        yield from ((indicator, (place[0] + at, place[0] + at + length)) for indicator, at, length in hits)


def _fee(text: str, words: str) -> str:
    """未收检索费 beside fees that were taken is about the search fee alone."""
    single = [indicator for name, indicator in _PART_FEES.items() if name in words]
    return single[0] if len(single) == 1 and "#" in text else "fees.collected"


def _looking_back(text: str, end: int, topic: str | None, year: int | None) -> Iterator[tuple[str, int, int]]:
    """投诉、复议、诉讼均未发生: what stands before the operator, in its own clause."""
    begin = max(text.rfind(mark, 0, end) for mark in ";,:#") + 1
    yield from _objects(text, begin, end, topic, year)


def _reach(text: str, start: int, limit: int) -> int:
    """Where the operator stops governing: ; or the clause of the next quantity."""
    semicolon = text.find(";", start, limit)
    end = semicolon if semicolon >= 0 else limit
    subject = pattern("nones.new_subject").search(text, start, end + 1)
    if subject:
        end = subject.start()
    quantity = text.find("#", start, end)
    if quantity >= 0:
        comma = max(text.rfind(",", start, quantity), text.rfind("、", start, quantity))
        end = comma if comma >= 0 else start
    return end


def _objects(text: str, start: int, end: int, topic: str | None, year: int | None) -> Iterator[tuple[str, int, int]]:
    window = text[start:end]
    taken: list[tuple[int, int]] = []
    for denial in denials():
        if (denial.topics and topic not in denial.topics) or (
            year is not None and not denial.years[0] <= year <= denial.years[1]
        ):
            continue
        match = denial.object.search(window)
        while match and any(a < match.end() and match.start() < b for a, b in taken):
            match = denial.object.search(window, match.end() + 1)
        if match is None or _blocked(denial, window, match, text):
            continue
        taken.append(match.span())
        yield denial.indicator, start + match.start(), start + match.end()


def _blocked(denial: Denial, window: str, match: re.Match[str], text: str) -> bool:
    near = window[max(0, match.start() - 24) : match.end() + 14]
    if denial.unless and denial.unless.search(near):
        return True
    return bool(denial.needs and not denial.needs.search(text))


def _span(prose: Prose, start: int, end: int, indicator: str) -> Span:
    a, b = prose.to_document(start, end)
    return Span(start=a, end=b, type=SpanType.NONE, indicator=indicator, confidence=CONFIDENCE)


def empty_sections(text: str, sections: Sequence[Section]) -> Iterator[Span]:
    """A section whose whole text is 无 states none of what its heading asks for."""
    for section in sections:
        indicators = _WHOLE_SECTION.get(section.topic or "", ())
        if section.topic == "disputes" and re.search(r"举报|投诉|申诉", section.title):
            indicators = (*indicators, "complaints.total")
        for indicator in indicators:
            body = text[section.start : section.end].split(section.title.strip()[-4:], 1)[-1]
            stripped = re.sub(r"\s", "", body).lstrip("。:：,，")
            if len(stripped) <= 20 and pattern("nones.nothing").match(stripped):
                start = section.end - len(body) + len(body) - len(body.lstrip(" \t\r\n\u3000。:："))
                end = section.start + len(text[section.start : section.end].rstrip())
                if start < end:
                    yield Span(start=start, end=end, type=SpanType.NONE, indicator=indicator, confidence=0.7)
