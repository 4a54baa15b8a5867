"""The parts of the report: those prescribed, their order and numbers, and what is empty or stands twice."""
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from infer.checking.findings import Finding
from infer.checking.layout import layout
from infer.checking.places import Draft
from infer.checking.wording import FIRST_YEAR_OF_2019, edition_of, found
from report.facts import Section
from report.identities.rules import SectionRow, rules
from report.numerals import parse_number

_TOP: Final = 1
_SHORTEST: Final = 28
_LEAST_FOUND: Final = 3
_NUMERALS: Final = re.compile(r"[一二三四五六七八九十]+")
_LINE: Final = re.compile(r"^[ \t　]*([一二三四五六七八九十]{1,3})[ 　]*[、.．][ 　]*(\S[^\n\t。]{1,40})$", re.MULTILINE)
_SENTENCE: Final = re.compile(r"[^。！？\n]{12,}[。！？]?")
_SPACE: Final = re.compile(r"\s+")
_FORM_WORDS: Final = re.compile(r"勾稽关系|[\t|｜]|申请人无正当理由|年度报告》?$")


def check_outline(draft: Draft) -> Iterator[Finding]:
    if draft.report.meta.kind not in ("report", "template") or not draft.report.sections:
        return
    if draft.year is not None and draft.year >= FIRST_YEAR_OF_2019:
        yield from _missing(draft)
        yield from _order(draft)
    yield from _numbers(draft)
    yield from _empty(draft)
    yield from _copied(draft)


def _titles(draft: Draft) -> list[tuple[int, str, int]]:
    """The second reading: lines that begin with 一、 and say little more, with number, title and place."""
    return [(int(parse_number(match[1]) or 0), match[2].strip(), match.start()) for match in _LINE.finditer(draft.text)]


def _twice(parts: Sequence[Section]) -> bool:
    """A heading set again right above its table is no fault of the numbers."""
    return any(one.topic == other.topic and one.number == other.number for one, other in pairwise(parts))


def _missing(draft: Draft) -> Iterator[Finding]:
    """Missed by the sections and by the plain look at the lines; else a person should look."""
    failed = [check for check in draft.report.checks if check.id == "sections.required" and check.status == "fail"]
    held = len(rules()["section"]) - len(failed)
    titles = " ".join(title for _, title, _ in _titles(draft))
    for check in failed:
        row = next(row for row in rules()["section"] if check.subject == f"topic={row['topic']}")
        stands = re.search(row["words"], titles) is not None
        sure = not stands and held >= _LEAST_FOUND and (check.fault == "source" or len(_titles(draft)) >= _LEAST_FOUND)
        yield found("section.missing" if sure else "reading.section", draft, part=row["zh"])


def _official(draft: Draft) -> list[tuple[SectionRow, Section]]:
    rows = {row["topic"]: row for row in rules()["section"]}
    first: dict[str, Section] = {}
    for part in draft.parts:
        if part.topic in rows:
            first.setdefault(part.topic, part)
    return [(rows[topic], part) for topic, part in first.items()]


def _order(draft: Draft) -> Iterator[Finding]:
    official = [row["topic"] for row in rules()["section"]]
    held = sorted(_official(draft), key=lambda pair: pair[1].start)
    for (before, _), (row, part) in pairwise(held):
        if official.index(row["topic"]) < official.index(before["topic"]):
            yield found("section.order", draft, places=[draft.of_section(part)], part=row["zh"], before=before["zh"])


def _numbers(draft: Draft) -> Iterator[Finding]:
    """A number left out or set twice, where sections and plain lines have the same numbers."""
    check = next((one for one in draft.report.checks if one.id == "sections.numbering"), None)
    lines = _titles(draft)
    if check is None or check.status != "fail" or _twice(draft.parts):
        return
    if str(check.left.value) != ", ".join(str(number) for number, *_ in lines):
        return
    missing = {row["topic"] for row in rules()["section"]} - {part.topic for part in draft.parts}
    if missing and len(lines) + len(missing) == max(one for one, *_ in lines):
        return  # told as a missing part
    expected = [int(one) for one in str(check.right.value).split(", ")]
    wrong = [(number, title, start) for (number, title, start), due in zip(lines, expected, strict=True)
             if number != due]
    if len(wrong) == 1 or (wrong and wrong[0][0] != 1):
        places = [draft.of_words(start, start + draft.text[start:].index(title) + len(title))
                  for _, title, start in wrong[:1]]
        yield found("section.number", draft, places=places,
                    numbers="、".join(_numeral(number) for number, *_ in lines))


def _numeral(number: int) -> str:
    return "十" * (number >= 10) + "零一二三四五六七八九"[number % 10] * bool(number % 10)


def _empty(draft: Draft) -> Iterator[Finding]:
    rows = {row["topic"]: row for row in rules()["section"]}
    again = {one.start for one, other in pairwise(draft.parts) if one.topic == other.topic}
    tables = {table.section for table in layout().tables} if edition_of(draft) else set()
    cells = [fact.evidence.start for fact in draft.cells()]
    for section in draft.parts:
        if section.topic in tables or any(section.start <= place < section.end for place in cells):
            continue  # a table left out is told by name
        words = f"section={section.number}{section.title}"
        plain = _NUMERALS.fullmatch(section.number) and not re.search(r"\d", section.title)
        if section.topic in rows and plain and section.start not in again and any(
                check.id == "sections.empty" and check.subject == words for check in draft.report.checks):
            yield found("section.empty", draft, places=[draft.of_section(section)],
                        part=f"{section.number}、{section.title}")


def _copied(draft: Draft) -> Iterator[Finding]:
    told: list[tuple[int, int]] = []
    for check in draft.report.checks:
        if check.id == "sections.copied":
            copies = [part for part in draft.report.sections if f"{part.number}{part.title}" == check.right.value]
            told += [(part.start, part.end) for part in copies]
            yield found("section.copied", draft, places=[draft.of_section(part) for part in copies[:1]],
                        part=check.right.value, original=check.left.value)
    yield from _repeated(draft, told)


def _repeated(draft: Draft, told: list[tuple[int, int]]) -> Iterator[Finding]:
    """Sentences of some length that stand twice, neighbours as one finding."""
    held: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for match in _SENTENCE.finditer(draft.text):
        words = _SPACE.sub("", match[0])
        if len(words) >= _SHORTEST and not _FORM_WORDS.search(match[0]) and match[0][-1] in "。！？":
            held[words].append(match.span())
    reach = 0
    for places in sorted(one for one in held.values() if len(one) > 1):
        again = places[1]
        if places[0][0] >= reach and not any(start <= again[0] < end for start, end in told):
            yield found("paragraph.copied", draft, places=[draft.of_words(*place) for place in places],
                        times=len(places))
        reach = max(reach, places[0][1] + 1)
