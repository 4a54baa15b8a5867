"""Copies in traditional characters, with other vocabulary or with readings in brackets."""
from collections.abc import Mapping
from functools import cache
from random import Random
from typing import Final

from opencc import OpenCC

from annotations.synthetic.draft import Draft, P
from annotations.synthetic.noise.ground import Ground, any_of
from annotations.synthetic.noise.settings import settings

_SCRIPTS: Final = ("s2t", "s2t", "s2tw", "s2hk")
_TAIWAN: Final = "s2tw"


def traditional(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Traditional characters, in one of three regions' forms."""
    script = random.choice(_SCRIPTS)
    rate = settings().rate("traditional", strength)
    if rate >= 1:
        return draft.recast(converted(draft.text, script))
    lines = draft.text.split("\n")
    return draft.recast("\n".join([converted(line, script) if random.random() < rate else line for line in lines]))


def gateway(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """A gateway's copy: traditional characters and some words of the other side."""
    return _in_other_words(draft, random, strength, "gateway", settings().gateway)


def encyclopaedia(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """An encyclopaedia's copy: traditional characters, terms replaced."""
    return _in_other_words(draft, random, strength, "encyclopaedia", settings().encyclopaedia)


def pinyin(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """A traditional copy with readings in brackets behind characters."""
    if not strength:
        return draft
    copy = traditional(draft, random, 1.0)
    rate, readings = settings().rate("pinyin", strength), settings().readings
    read = [match for match in any_of(tuple(readings)).finditer(copy.text) if random.random() < rate]
    return copy.edit([(match.end(), match.end(), f"({readings[match.group()]})") for match in read])


def _in_other_words(
    draft: Draft[P], random: Random, strength: float, channel: str, terms: Mapping[str, str]
) -> Draft[P]:
    if not strength:
        return draft
    rate, ground = settings().rate(channel, strength), Ground(draft)
    edits = []
    for match in any_of(tuple(terms)).finditer(draft.text):
        if random.random() < rate and ground.is_whole(*match.span()):
            edits.append((*match.span(), terms[match.group()]))
    copy = draft.edit(edits)
    return copy.recast(converted(copy.text, _TAIWAN))


def converted(text: str, script: str) -> str:
    """As many characters as before: by phrases where these keep the length, else character by character."""
    whole: str = _converter(script).convert(text)
    if len(whole) == len(text):
        return whole
    lines = text.split("\n")
    return "\n".join(map(_converted_line, lines, [script] * len(lines)))


def _converted_line(line: str, script: str) -> str:
    whole: str = _converter(script).convert(line)
    return whole if len(whole) == len(line) else "".join([_character(letter, script) for letter in line])


@cache
def _character(letter: str, script: str) -> str:
    other: str = _converter(script).convert(letter)
    return other if len(other) == 1 else letter


@cache
def _converter(script: str) -> OpenCC:
    return OpenCC(script)
