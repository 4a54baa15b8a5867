"""The report's sections: those required, their numbers, and those empty or copied."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from report.checks import Check, Fault, Side
from report.facts import Meta, Section
from report.identities.rules import SectionRow, rules
from report.numerals import parse_number

FORMS_WITH_SECTIONS = frozenset({"2019", "2021"})
LONG = 60
TOP = 1
LAST_BEFORE_RESTART = 3
TOPICS_WITH_TABLES = frozenset({"proactive", "requests", "disputes"})
_NUMERAL = re.compile(r"\d+|[一二三四五六七八九十]+")
_CONTENT = re.compile(r"\w")
_SPACE = re.compile(r"\s+")


def check_sections(sections: Sequence[Section], meta: Meta, text: str) -> list[Check]:
    """All checks of the outline; none where no headings were found."""
    if not sections:
        return []
    in_order = sorted(sections, key=lambda section: (section.start, section.level))
    required = _required(in_order, text) if meta.kind == "report" and meta.form in FORMS_WITH_SECTIONS else ()
    return [*required, *_numbering(in_order, text), *_empty(in_order, text), *_copied(in_order, text)]


def _required(sections: list[Section], text: str) -> Iterator[Check]:
    titles = {section.topic: section.title for section in reversed(sections)}
    for row in rules()["section"]:
        title = titles.get(row["topic"])
        fault = _lost_or_absent(row, text) if title is None else None
        yield Check(
            id="sections.required",
            subject=f"topic={row['topic']}",
            formula="格式规定的部分齐全",
            left=Side(expression="required", value=row["zh"]),
            right=Side(expression="found", value=title),
            status="fail" if title is None else "pass",
            fault=fault,
        )


def _lost_or_absent(row: SectionRow, text: str) -> Fault:
    """Where the heading's words stand in the text, the reading may have overlooked it."""
    return "reading" if re.search(row["words"], text) else "source"


def _number(section: Section) -> int | None:
    numeral = _NUMERAL.search(section.number)
    value = parse_number(numeral[0]) if numeral else None
    return int(value) if value is not None else None


def _numbering(sections: list[Section], text: str) -> Iterator[Check]:
    numbered = [
        (number, section) for section in sections if section.level == TOP and (number := _number(section)) is not None
    ]
    if len(numbered) < 2:
        return
    faults = [(expected, section) for expected, number, section in _expected(numbered) if expected != number]
    yield Check(
        id="sections.numbering",
        subject=f"level={TOP}",
        formula="一级标题编号连续",
        left=Side(expression="numbers", value=", ".join(str(number) for number, _ in numbered)),
        right=Side(expression="expected", value=", ".join(str(expected) for expected, *_ in _expected(numbered))),
        status="fail" if faults else "pass",
        fault=_numbering_fault(faults, numbered, text) if faults else None,
        note="; ".join(f"{section.number}{section.title}: expected {expected}" for expected, section in faults) or None,
    )


def _expected(numbered: list[tuple[int, Section]]) -> Iterator[tuple[int, int, Section]]:
    """A repeated number counts as the next, a jump counts on from there; 一 after 三 or more begins another outline."""
    previous = 0
    for number, section in numbered:
        expected = 1 if number == 1 and previous >= LAST_BEFORE_RESTART else previous + 1
        yield expected, number, section
        previous = max(number, expected)


def _numbering_fault(faults: list[tuple[int, Section]], numbered: list[tuple[int, Section]], text: str) -> Fault:
    """A number that stands in the text before the jump was overlooked in reading."""
    starts = [section.start for _, section in numbered]
    for expected, section in faults:
        place = bisect_left(starts, section.start)
        before = starts[place - 1] if place else 0
        if _stands_in(expected, text[before : section.start]):
            return "reading"
    return "source"


def _stands_in(number: int, passage: str) -> bool:
    return any(parse_number(found) == number for found in re.findall(r"([一二三四五六七八九十]+)\s*[、.．]", passage))


def _own_text(sections: list[Section], place: int, text: str) -> str:
    """The words between the heading and the next heading, without white space."""
    section = sections[place]
    end = min(section.end, sections[place + 1].start) if place + 1 < len(sections) else section.end
    words = _SPACE.sub("", text[section.start : end])
    title = _SPACE.sub("", section.title)
    return words.split(title, 1)[-1] if title else words


def _empty(sections: list[Section], text: str) -> Iterator[Check]:
    empty = [
        section
        for place, section in enumerate(sections)
        if _is_part(section)
        and not _has_subsection(sections, place)
        and not _CONTENT.search(_own_text(sections, place, text))
    ]
    for section in empty:
        yield Check(
            id="sections.empty",
            subject=f"section={section.number}{section.title}",
            formula="各部分均有内容",
            left=Side(expression="characters", value=0),
            right=Side(expression="at least", value=1),
            status="fail",
            fault="reading" if section.topic in TOPICS_WITH_TABLES else "source",
            note="its table may be an image" if section.topic in TOPICS_WITH_TABLES else None,
        )
    if not empty:
        yield Check(
            id="sections.empty",
            subject="report",
            formula="各部分均有内容",
            status="pass",
            left=Side(expression="sections", value=len(sections)),
            right=Side(expression="empty", value=0),
        )


def _is_part(section: Section) -> bool:
    """A deeper item that answers to no official part may be a whole sentence, which has no text below it."""
    return section.level == TOP or section.topic is not None


def _has_subsection(sections: list[Section], place: int) -> bool:
    return place + 1 < len(sections) and sections[place + 1].level > sections[place].level


def _copied(sections: list[Section], text: str) -> Iterator[Check]:
    first: dict[str, Section] = {}
    for place, section in enumerate(sections):
        words = _own_text(sections, place, text)
        if len(words) < LONG:
            continue
        original = first.setdefault(words, section)
        if original is not section:
            yield _copy_check(original, section)


def _copy_check(original: Section, copy: Section) -> Check:
    return Check(
        id="sections.copied",
        subject=f"section={copy.number}{copy.title}",
        formula="各部分内容不相重复",
        left=Side(expression="text of", value=f"{original.number}{original.title}"),
        right=Side(expression="text of", value=f"{copy.number}{copy.title}"),
        status="fail",
        fault="source",
    )
