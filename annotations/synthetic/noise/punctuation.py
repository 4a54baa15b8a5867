"""Faults of punctuation: widths mixed, marks exchanged, doubled, lost."""
from random import Random
from typing import Final

from annotations.synthetic.draft import Draft, Edit, P
from annotations.synthetic.noise.ground import Ground, any_of
from annotations.synthetic.noise.settings import settings

_LISTING: Final = "、"
_POINTS: Final = frozenset(".．")


def punctuation(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Marks exchanged for others; never between two digits, where they would make one number of two."""
    rate, others, ground = settings().rate("punctuation", strength), settings().punctuation, Ground(draft)
    edits: list[Edit] = []
    for match in any_of(tuple(others)).finditer(draft.text):
        if random.random() >= rate or not ground.is_free(*match.span()) or ground.joins_digits(*match.span()):
            continue
        other = random.choice(others[match.group()])
        if other not in _POINTS or not ground.has_digit(match.end()):
            edits.append((*match.span(), other))
    return draft.edit(edits)


def brackets(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Brackets lost, or of another kind."""
    rate, share = settings().rate("brackets", strength), settings().share("brackets", "other")
    others, ground = settings().brackets, Ground(draft)
    edits: list[Edit] = []
    for match in any_of(tuple(others)).finditer(draft.text):
        if random.random() >= rate or not ground.is_free(*match.span()):
            continue
        if random.random() < share:
            edits.append((*match.span(), random.choice(others[match.group()])))
        elif ground.may_vanish(*match.span(), others):
            edits.append((*match.span(), ""))
    return draft.edit(edits)


def enumeration_lost(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """、 lost between words."""
    rate, ground = settings().rate("enumeration_lost", strength), Ground(draft)
    places = [match.span() for match in any_of((_LISTING,)).finditer(draft.text) if random.random() < rate]
    lost = [place for place in places if ground.is_free(*place) and ground.may_vanish(*place, _LISTING)]
    return draft.edit([(*place, "") for place in lost])
