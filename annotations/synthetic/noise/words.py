"""Faults of words outside marks: typos, spam, garbled runs, passages that stand twice."""
import re
from random import Random
from typing import Final

from annotations.synthetic.draft import Draft, Edit, P
from annotations.synthetic.noise.ground import IDEOGRAPH, Ground, any_of, without_overlaps
from annotations.synthetic.noise.settings import settings

_GARBLED: Final = re.compile(rf"[{IDEOGRAPH}，。（）、·]{{2,6}}|[\u3000]{{2,}}")
_DENIAL: Final = re.compile("[未没無沒无零免非否不]")
"""Without these a statement of none would say something else."""
_EMAIL: Final = re.compile(r"[\w.-]+@[\w.-]+\.\w+")
_HIDDEN: Final = "[email protected]"
_PAIR: Final = re.compile(rf"[{IDEOGRAPH}]{{2}}")
_SENTENCE: Final = re.compile(r"(?:(?<=[。\n])|^)[^。\n]{8,80}。")
_LONGEST_TITLE: Final = 80
_UNCLEAR: Final = re.compile(r"[\ufffd\d|]")


def typos(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Key words mistyped, and neighbours that change places."""
    rate, swap = settings().rate("typos", strength), settings().share("typos", "swap") * strength
    ground = Ground(draft)
    wrong: dict[str, list[str]] = {}
    for right, other in settings().typos:
        wrong.setdefault(right, []).append(other)
    edits: list[Edit] = [
        (*match.span(), random.choice(wrong[match.group()]))
        for match in any_of(tuple(wrong)).finditer(draft.text)
        if random.random() < rate and ground.is_free(*match.span())
    ]
    edits += [
        (*match.span(), match.group()[::-1])
        for match in _PAIR.finditer(draft.text)
        if random.random() < swap and ground.is_free(*match.span()) and not settings().numerals & set(match.group())
    ]
    return draft.edit(without_overlaps(edits))


def spam(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """A mirror's keyword instead of one of the report's words."""
    rate, ground = settings().rate("spam", strength), Ground(draft)
    targets = [word for word in settings().spam_targets if word in draft.text]
    if not targets:
        return draft
    target, keyword = random.choice(targets), random.choice(settings().spam)
    places = [match.span() for match in re.finditer(target, draft.text)]
    return draft.edit([(*place, keyword) for place in places if random.random() < rate and ground.is_free(*place)])


def mojibake(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """Runs of words read in the wrong encoding, e-mail addresses hidden."""
    rate, ground = settings().rate("mojibake", strength), Ground(draft)
    edits: list[Edit] = [
        (*match.span(), garbled(match.group()))
        for match in _GARBLED.finditer(draft.text)
        if random.random() < rate and ground.is_free(*match.span()) and not _DENIAL.search(match.group())
    ]
    edits += [
        (*match.span(), _HIDDEN)
        for match in _EMAIL.finditer(draft.text)
        if random.random() < strength and ground.is_free(*match.span())
    ]
    return draft.edit(without_overlaps(edits))


def garbled(words: str) -> str:
    """The words as GBK of which the first byte is lost: （一）begins ?。ㄒ唬; blanks are question marks."""
    if words.isspace():
        return "?" * (2 * len(words))
    shifted = words.encode("gbk", "replace")[1:].decode("gbk", "replace")
    return "?" + _UNCLEAR.sub("?", shifted)


def repeats(draft: Draft[P], random: Random, strength: float) -> Draft[P]:
    """The title once more, sometimes inside a sentence; sentences without marks that stand twice."""
    rate, title = settings().rate("repeats", strength), settings().share("repeats", "title") * strength
    ground = Ground(draft)
    twice = [
        match.span()
        for match in _SENTENCE.finditer(draft.text)
        if random.random() < rate and ground.is_free(*match.span())
    ]
    copy = draft.edit([(end, end, draft.text[start:end]) for start, end in twice])
    end = copy.text.find("\n") + 1
    if not 1 < end <= _LONGEST_TITLE or random.random() >= title:
        return copy
    return copy.repeat(0, end, end) if random.random() < title else _pasted(copy, end - 1, random)


def _pasted(draft: Draft[P], end: int, random: Random) -> Draft[P]:
    """The title in the middle of something."""
    ground = Ground(draft)
    places = [n for n in range(end + 1, len(draft.text)) if ground.is_open(n) and not _DENIAL.match(draft.text, n - 1)]
    return draft.repeat(0, end, random.choice(places)) if places else draft
