"""Statements of none: 未收到申请, 无行政复议、行政诉讼, 未收取任何费用, and a bare 无 under a heading."""
import re
from collections.abc import Iterator, Sequence

from infer.rules.context import Reading, TopicMap
from infer.rules.patterns import Denial, denials, operators
from infer.rules.prose import Prose, Sentence
from report import Section, Span, SpanType

_NEW_SUBJECT = re.compile(r",(?=[^,;#]{0,14}(?:共|收到|受理|办理|发生|为|达|已|均)[^,;]{0,10}#)")
_FREE = re.compile(r"(?:暂?不|未|均未|从未|没有|无|不曾|零)(?:予)?(?:收取|收)(?:过)?(?:任何)?(?:的)?[^,;。#]{0,20}?费(?:用)?|(?:暂不|均不|不|未|无|零)收费|免费(?:提供|公开)|均为免费|免收[^,;。#]{0,8}费(?!用?#)|(?:信息处理费|费用)[^,;。#]{0,10}未[^,;。#]{0,6}收取")
_PART_FEES = {"检索费": "fees.search", "复制费": "fees.copying", "复印费": "fees.copying", "邮寄费": "fees.postage"}
_FREE_CONTEXT = re.compile(r"信息公开|政府信息|依申请|申请|检索|复制|邮寄|处理费|收费")
_NOTHING = re.compile(r"(?:[(（].{0,6}[)）])?(?:以上)?(?:本年度?|我\S{1,3}|□+年?度?|\d{4}年度?|目前|今年|历年|三项|两项|各项)*(?:暂|均|都|全部|皆)*(?:无|没有|未发生|为?零|为0|未产生|未出现|无此类情况|没有发生此类情况|无相关情况|无此情况|未发生此类情况|没有此类情况|无此项内容|未涉及|没有发生|无申请|未收费|无此相关情况)(?:。|$)")
_WHOLE_SECTION = {"requests": ("requests.new",), "disputes": ("reconsideration.total", "litigation.total"), "fees": ("fees.collected",)}
_CLOSED = re.compile(r"(?:发生|收到|接到|产生|出现|受理|办理|有|涉及)?(?:过)?(?:[,;]|$)")
CONFIDENCE = 0.85


def find_nones(reading: Reading, sentence: Sentence, topics: TopicMap) -> Iterator[Span]:
    """Spans of type NONE in one sentence."""
    if topics.at(sentence.start) == "problems":
        return
    text = reading.marked[sentence.start:sentence.end]
    found: dict[str, tuple[int, int]] = {}
    hits = list(operators().finditer(text))
    for n, hit in enumerate(hits):
        limit = hits[n + 1].start() if n + 1 < len(hits) else len(text)
        reach = _reach(text, hit.end(), limit)
        if _CLOSED.match(text, hit.end()):
            for indicator, start, end in _looking_back(text, hit.start(), topics.at(sentence.start)):
                found.setdefault(indicator, (start, end))
        for indicator, start, end in _objects(text, hit.end(), reach, topics.at(sentence.start)):
            found.setdefault(_fee(text, text[start:end]) if indicator == "fees.collected" else indicator, (start, end))
    for match in _FREE.finditer(text):
        if _FREE_CONTEXT.search(text) or topics.at(sentence.start) == "fees":
            found.setdefault(_fee(text, match[0]), match.span())
    for indicator, (start, end) in found.items():
        yield _span(reading.prose, sentence.start + start, sentence.start + end, indicator)


def _fee(text: str, words: str) -> str:
    """未收检索费 beside fees that were taken is about the search fee alone."""
    single = [indicator for name, indicator in _PART_FEES.items() if name in words]
    return single[0] if len(single) == 1 and re.search(r"收取[^;。]*#", text) else "fees.collected"


def _looking_back(text: str, end: int, topic: str | None) -> Iterator[tuple[str, int, int]]:
    """投诉、复议、诉讼均未发生: what stands before the operator, in its own clause."""
    begin = max(text.rfind(mark, 0, end) for mark in ";,:#") + 1
    yield from _objects(text, begin, end, topic)


def _reach(text: str, start: int, limit: int) -> int:
    """Where the operator stops governing: ; or the clause of the next quantity."""
    semicolon = text.find(";", start, limit)
    end = semicolon if semicolon >= 0 else limit
    subject = _NEW_SUBJECT.search(text, start, end + 1)
    if subject:
        end = subject.start()
    quantity = text.find("#", start, end)
    if quantity >= 0:
        comma = max(text.rfind(",", start, quantity), text.rfind("、", start, quantity))
        end = comma if comma >= 0 else start
    return end


def _objects(text: str, start: int, end: int, topic: str | None) -> Iterator[tuple[str, int, int]]:
    window = text[start:end]
    taken: list[tuple[int, int]] = []
    for denial in denials():
        if denial.topics and topic not in denial.topics:
            continue
        match = denial.object.search(window)
        while match and any(a < match.end() and match.start() < b for a, b in taken):
            match = denial.object.search(window, match.end() + 1)
        if match is None or _blocked(denial, window, match, text):
            continue
        taken.append(match.span())
        yield denial.indicator, start + match.start(), start + match.end()


def _blocked(denial: Denial, window: str, match: re.Match[str], text: str) -> bool:
    near = window[max(0, match.start() - 24):match.end() + 14]
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
            body = text[section.start:section.end].split(section.title.strip()[-4:], 1)[-1]
            stripped = re.sub(r"\s", "", body).lstrip("。:：,，")
            if len(stripped) <= 20 and _NOTHING.match(stripped):
                start = section.end - len(body) + len(body) - len(body.lstrip(" \t\r\n\u3000。:："))
                end = section.start + len(text[section.start:section.end].rstrip())
                if start < end:
                    yield Span(start=start, end=end, type=SpanType.NONE, indicator=indicator, confidence=0.7)
