"""The channels by name, in the order in which a copy suffers them."""
from collections.abc import Mapping
from random import Random
from typing import Final, Protocol

from annotations.errors import AnnotationError
from annotations.synthetic.draft import Draft, P
from annotations.synthetic.noise import digits, pages, punctuation, script, words


class Channel(Protocol):
    """A fault: strength 0 leaves the draft as it is, 1 strikes as often as noise.toml allows.

    Marks keep their digits in order, and no digit comes to stand beside a number that is marked.
    """

    def __call__(self, draft: Draft[P], random: Random, strength: float, /) -> Draft[P]: ...


CHANNELS: Final[Mapping[str, Channel]] = {
    "typos": words.typos,
    "spam": words.spam,
    "repeats": words.repeats,
    "broken_dates": digits.broken_dates,
    "units_dropped": digits.units_dropped,
    "enumeration_lost": punctuation.enumeration_lost,
    "brackets": punctuation.brackets,
    "punctuation": punctuation.punctuation,
    "mojibake": words.mojibake,
    "encyclopaedia": script.encyclopaedia,
    "gateway": script.gateway,
    "traditional": script.traditional,
    "pinyin": script.pinyin,
    "wide_digits": digits.wide_digits,
    "decimal_blanks": digits.decimal_blanks,
    "number_blanks": digits.number_blanks,
    "invisible": digits.invisible,
    "joined_lines": pages.joined_lines,
    "line_breaks": pages.line_breaks,
    "page_numbers": pages.page_numbers,
}


def add_noise(draft: Draft[P], random: Random, strengths: Mapping[str, float]) -> Draft[P]:
    """Several channels, in the order of CHANNELS. Raises AnnotationError for a name that is none."""
    unknown = sorted(set(strengths) - set(CHANNELS))
    if unknown:
        raise AnnotationError(f"no noise channel {unknown[0]}; there are {', '.join(CHANNELS)}")
    for name, channel in CHANNELS.items():
        if strengths.get(name):
            draft = channel(draft, random, strengths[name])
    return draft
