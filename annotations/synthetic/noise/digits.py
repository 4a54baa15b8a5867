"""Faults of numbers: their width, blanks in and around them, lost units, dates of which parts are gone."""
import re
from functools import cache
from random import Random
from typing import Final

from annotations.synthetic.draft import Draft, Edit, P
from annotations.synthetic.noise.ground import NUMBER, Ground, any_of
from annotations.synthetic.noise.settings import settings

_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
_DATE: Final = re.compile(r"\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?|\d{1,2}月\d{1,2}日|〔\d{4}〕\d+号|二〇[〇一二三四五六七八九]{2}年")
_LOSABLE: Final = frozenset("年月日〕〇")
_POINT: Final = re.compile(r"(?<=\d)\.(?=\d)")
_BARE: Final = re.compile(r"[\d０-９]+")
_STOPS: Final = frozenset("，、；。,;")
_TORN: Final = 3


def wide_digits(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Numbers in full-width digits."""
    rate = settings().rate("wide_digits", strength)

    def widened(match: re.Match[str]) -> str:
        return match.group().translate(_WIDE) if random.random() < rate else match.group()

    return draft.recast(NUMBER.sub(widened, draft.text))


def number_blanks(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Blanks before and behind numbers, and inside long ones."""
    rate, inside = settings().rate("number_blanks", strength), settings().share("number_blanks", "inside") * strength
    edits: list[Edit] = []
    for match in NUMBER.finditer(draft.text):
        start, end = match.span()
        edits += [(place, place, random.choice(settings().blanks)) for place in (start, end) if random.random() < rate]
        if end - start >= _TORN and match.group().isdecimal() and random.random() < inside:
            place = random.randrange(start + 1, end)
            edits.append((place, place, " "))
    return draft.edit(edits)


def decimal_blanks(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Blanks at decimal points."""
    rate = settings().rate("decimal_blanks", strength)
    places = [place for match in _POINT.finditer(draft.text) for place in match.span() if random.random() < rate]
    return draft.edit([(place, place, " ") for place in places])


def invisible(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Marks that nobody sees, or question marks, on both sides of marked numbers."""
    rate, ground = settings().rate("invisible", strength), Ground(draft)
    edits: set[Edit] = set()
    for mark in draft.marks:
        if not mark.frame and NUMBER.match(draft.words(mark)) and random.random() < rate:
            sign = random.choice(settings().invisible)
            edits |= {(place, place, sign) for place in (mark.start, mark.end) if ground.may_insert(place)}
    return draft.edit(edits)


def units_dropped(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Measure words lost behind marked numbers, some with the comma that follows."""
    rate, comma = settings().rate("units_dropped", strength), settings().share("units_dropped", "comma")
    ground, measures = Ground(draft), frozenset(settings().measures)
    edits: set[Edit] = set()
    for mark in draft.marks:
        number = _BARE.match(draft.text, mark.start, mark.end)
        if mark.frame or not number or draft.text[number.end() : mark.end] not in measures or random.random() >= rate:
            continue
        end = mark.end
        if random.random() < comma and draft.text[end : end + 1] in _STOPS and ground.is_free(end, end + 1):
            end += 1
        if not ground.joins_digits(number.end(), end):
            edits.add((number.end(), mark.end, ""))
            edits |= {(mark.end, end, "")} if end > mark.end else set()
    return draft.edit(edits)


def broken_dates(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """年, 月, 日 or 〇 lost from dates, 〕 from document numbers; some dates lost as a whole."""
    rate, whole = settings().rate("broken_dates", strength), settings().share("broken_dates", "whole")
    ground = Ground(draft)
    edits: list[Edit] = []
    for match in _DATE.finditer(draft.text):
        if random.random() >= rate:
            continue
        places = [n for n in range(*match.span()) if draft.text[n] in _LOSABLE and ground.is_free(n - 1, n + 2)]
        if random.random() < whole and ground.is_free(*match.span()) and not ground.joins_digits(*match.span()):
            edits.append((*match.span(), ""))
        elif places:
            lost = random.sample(places, random.randint(1, len(places)))
            edits += [(n, n + 1, "") for n in lost if n + 1 < match.end() or not ground.has_digit(n + 1)]
    return draft.edit(edits)


@cache
def measured() -> re.Pattern[str]:
    """The place between a number and its measure word."""
    return re.compile(rf"(?<=\d)(?={any_of(settings().measures).pattern})")
