"""Checks of a report as the page holds them: both sides, and the words of the text that they are about."""
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from infer.results.check_rows import check_label
from infer.results.notes import note_label
from infer.results.wording import number_text
from infer.viewing.clean import clean
from infer.viewing.offsets import Utf16
from infer.viewing.shown import ShownCheck, ShownSide
from infer.viewing.wording import Pair, dictionary, english, interface
from report.checks import Check, Side
from report.facts import Fact, Report, Section

_SIGNS: Final = {("fail", False): "≠", ("fail", True): "＜", ("pass", False): "＝", ("pass", True): "≥"}
_UNKNOWN_SIGN: Final = "？"
_YEARS: Final = range(1900, 2100)
_CHINESE: Final = re.compile(r"[^\x00-\x7f]")
_OF_META: Final = frozenset({"title", "period_start", "period_end", "published_on"})
_NOTED: Final = re.compile(r"(?:^|; )([^;]+?): expected ")
_ORDER: Final = ("fail", "unknown", "pass")


class Checks:
    """Shows the checks of one report."""

    def __init__(self, report: Report, facts: Sequence[Fact], places: Utf16) -> None:
        self._report = report
        self._facts = {fact.id: fact for fact in facts}
        self._numbers = {fact.id: number for number, fact in enumerate(facts)}
        self._places = places
        self._sections: Mapping[str, Section] = {f"{one.number}{one.title}": one for one in reversed(report.sections)}

    def show(self) -> tuple[ShownCheck, ...]:
        """All of them, failed ones first, each as it stands in the report."""
        return tuple(self._check(one) for status in _ORDER for one in self._report.checks if one.status == status)

    def _check(self, check: Check) -> ShownCheck:
        share = any(self._facts[name].unit == "1" for name in check.right.facts if name in self._facts)
        places = sorted({(self._places.at(start), self._places.at(end)) for start, end in self._found(check)})
        return ShownCheck(
            title=(clean(check_label(check, self._facts)), self._english_title(check)), formula=clean(check.formula),
            status=check.status, sign=_SIGNS.get((check.status, "≥" in check.formula), _UNKNOWN_SIGN),
            fault=check.fault, left=self._side(check.left, share=share), right=self._side(check.right, share=share),
            repair=self._repair(check.repair), note=_note(check.note), places=tuple(places))

    def _side(self, side: Side, *, share: bool) -> ShownSide:
        numbers = tuple(self._numbers[name] for name in side.facts if name in self._numbers)
        return ShownSide(value=_value(side.value, share=share), facts=numbers,
                         words=("", "") if numbers else _words(side.expression))

    def _repair(self, repair: str | None) -> tuple[int, str] | None:
        identity, _, value = (repair or "").partition("=")
        return (self._numbers[identity], clean(value)) if identity in self._numbers else None

    def _english_title(self, check: Check) -> str:
        family = family_of(check.id)
        own = check.id.removeprefix(f"{family}.") if family else ""
        named = dictionary()["indicators"].get(own)
        about = [*([named[1]] if named else []), *self._english_subject(check.subject)]
        formula = dictionary()["formulas"].get(check.formula, ("", check.formula))[1]
        name = english().checks[family] if family else formula
        case = ", ".join(dict.fromkeys(word for word in about if word and word != name))
        return clean(f"{name} ({case})" if case else name)

    def _english_subject(self, subject: str) -> Iterator[str]:
        if subject.startswith("section="):
            yield subject.partition("=")[2]
            return
        for part in subject.replace(",", " ").split():
            name, _, value = part.partition("=")
            if value in self._facts:
                yield f"“{self._facts[value].evidence.text}”"
            elif value and name != "level":
                yield ", ".join(_english_word(name, one) for one in value.split("+"))
            elif name != "level":
                yield _english_word("", name)

    def _found(self, check: Check) -> Iterator[tuple[int, int]]:
        """Where the words stand that a check without facts is about, as offsets of the text."""
        if check.left.facts or check.right.facts:
            return
        words = self._report.meta_evidence.get(check.subject) if check.subject in _OF_META else None
        if words:
            yield words.start, words.end
        elif check.subject == "text" and check.right.expression:
            start = self._report.source.text.find(check.right.expression)
            if start >= 0:
                yield start, start + len(check.right.expression)
        for name in _headings(check):
            if name in self._sections:
                yield self._heading(self._sections[name])

    def _heading(self, section: Section) -> tuple[int, int]:
        return heading(section, self._report.source.text)


def heading(section: Section, text: str) -> tuple[int, int]:
    """The words of a section's heading; its title may stand behind brackets and blanks."""
    start = next((place for place in range(section.start, section.end) if not text[place].isspace()), section.start)
    found = text.find(section.title, start, section.end) if section.title else -1
    end = found + len(section.title) if found >= 0 else text.find("\n", start, section.end)
    return start, max(end, start)


def _headings(check: Check) -> Iterator[str]:
    """The headings that a check of the sections names, as number and title."""
    if check.id.startswith("sections."):
        yield check.subject.removeprefix("section=")
        yield from _NOTED.findall(check.note or "")
        if isinstance(check.left.value, str):
            yield check.left.value


def family_of(check: str) -> str | None:
    """The family whose id begins a check's id, the longest."""
    return max((name for name in english().checks if f"{check}.".startswith(f"{name}.")), key=len, default=None)


def _english_word(dimension: str, word: str) -> str:
    for section, key in (("keys", f"{dimension}.{word}"), ("indicators", word)):
        if key in dictionary()[section]:
            return dictionary()[section][key][1]
    return english().subjects.get(word, word)


def _value(value: float | str | None, *, share: bool) -> Pair:
    if value is None:
        return interface()["nothing"]
    if isinstance(value, str):
        words = clean(value)
    elif share:
        words = f"{number_text(round(value * 100, 2))}%"
    else:
        words = str(value) if isinstance(value, int) and value in _YEARS else number_text(value)
    return words, words


def _words(expression: str) -> Pair:
    """What a side without facts was read from or stands for; ids say nothing to a reader."""
    if _CHINESE.search(expression):
        return f"【{clean(expression)}】", f"“{clean(expression)}”"
    return interface().get(f"side_{expression.replace(' ', '_')}", ("", ""))


def _note(note: str | None) -> Pair | None:
    return (note_label(note), clean(note)) if note else None


