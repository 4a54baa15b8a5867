"""The facts that a user means by an id, an indicator, words of the text, or a value; and what is near where none is."""
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Final

from infer.results.wording import indicator_label, number_label, one_line, value_label
from report.errors import GongkaiError
from report.facts import Fact
from report.folding import fold
from report.vocabulary import vocabulary

_ID: Final = re.compile(r"f\d+")
_NAMED: Final = 5
_LIKE: Final = 0.5
_LONGEST: Final = 200
_QUOTED: Final = 40


class NoSuchFact(GongkaiError):
    """One line: what was asked for is not there, and what is near it."""


def find_facts(facts: Sequence[Fact], text: str, wanted: str) -> list[Fact]:
    """The facts meant, in document order; of the readings of one place the first, which is taken if any is."""
    wanted = " ".join(wanted.split())
    found = [fact for fact in facts if fact.id == wanted] or _meant(facts, text, wanted)
    if not found:
        raise NoSuchFact(_nothing(facts, text, wanted))
    ids = {fact.id for fact in found}
    return [fact for fact in found if fact.reading_of in (None, fact.id) or fact.reading_of not in ids]


def _meant(facts: Sequence[Fact], text: str, wanted: str) -> list[Fact]:
    named = [fact for fact in facts if fact.indicator and wanted in (fact.indicator, indicator_label(fact.indicator))]
    if named or not wanted:
        return named
    places = list(_places(text, wanted))
    value = _bare(wanted)
    return [fact for fact in facts
            if value in (_bare(value_label(fact)), number_label(fact).replace(",", "") or None)
            or any(fact.evidence.start < end and start < fact.evidence.end for start, end in places)]


def _places(text: str, wanted: str) -> Iterator[tuple[int, int]]:
    """Where the words stand, in whatever width, script and spacing; 3条 does not stand in 73条."""
    letters = re.sub(r"\s", "", fold(wanted[:_LONGEST]).text)
    if not letters:
        return
    before = r"(?<![\d.,])" if letters[0].isdigit() else ""
    after = r"(?![.,]?\d)" if letters[-1].isdigit() else ""
    view = fold(text)
    for match in re.finditer(before + r"\s*".join(map(re.escape, letters)) + after, view.text):
        yield view.to_original(*match.span())


def _bare(value: str) -> str:
    return re.sub(r"[\s,]", "", fold(value).text)


def _nothing(facts: Sequence[Fact], text: str, wanted: str) -> str:
    said = f"no fact {_quoted(wanted)}"
    if _ID.fullmatch(wanted):
        return f"{said}: {f'they are f1 to {facts[-1].id}' if facts else 'it states none'}"
    if places := list(_places(text, wanted)):
        first = [fact for fact in facts if fact.reading_of in (None, fact.id)]
        nearest = sorted(first, key=lambda fact: min(map(partial(_distance, fact), places)))[:_NAMED]
        near = sorted(nearest, key=lambda fact: fact.evidence.start)
        return f"{said}: the words are there, but no number was read from them" + _near(_named(near))
    like = get_close_matches(wanted, _names(facts), n=_NAMED, cutoff=_LIKE)
    known = f"{said}: it states none of this indicator" if wanted in vocabulary() else said
    return known + _near(dict.fromkeys(map(one_line, like)))


def _distance(fact: Fact, place: tuple[int, int]) -> int:
    return max(fact.evidence.start - place[1], place[0] - fact.evidence.end)


def _near(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    return f"; near it: {listed}" if listed else ""


def _named(facts: Iterable[Fact]) -> Iterator[str]:
    return (f"{fact.id} {_quoted(fact.evidence.text)}" for fact in facts)


def _names(facts: Sequence[Fact]) -> list[str]:
    """What could have been asked for: ids of indicators, their names, the words of facts."""
    indicators = dict.fromkeys(fact.indicator for fact in facts if fact.indicator)
    words = dict.fromkeys(fact.evidence.text for fact in facts if len(fact.evidence.text) > 1)
    return [*indicators, *map(indicator_label, indicators), *words]


def _quoted(words: str) -> str:
    line = one_line(words)
    return f"“{line if len(line) <= _QUOTED else line[: _QUOTED - 1] + '…'}”"
