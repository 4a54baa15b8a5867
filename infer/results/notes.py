"""Notes, reasons and warnings in Chinese for the view; the result itself keeps its English sentences."""
import re
from functools import cache

from infer.results.wording import group_of, one_line, wording
from report.facts import Warning

_HOLE = "{}"
_JOINTS = (("; ", "；"), (": ", "："))
_OF_ONE_RELATION = ("score", "against")


def note_label(note: str) -> str:
    """A note or reason part by part; a part that wording.toml does not know, such as a heading, stays as it is."""
    known = _known(note)
    if known is not None:
        return known
    for joint, zh in _JOINTS:
        head, found, rest = note.partition(joint)
        if found:
            return f"{note_label(head)}{zh}{note_label(rest)}"
    return one_line(note)


def _known(note: str) -> str | None:
    for pattern, zh in _patterns():
        if match := pattern.fullmatch(note):
            return zh.format(*match.groups())
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """[notes] with a group for each {}; those that say most come first."""
    notes = sorted(wording().notes.items(), key=lambda note: -len(note[0]))
    return tuple((re.compile("([^;:]+)".join(map(re.escape, en.split(_HOLE)))), zh) for en, zh in notes)


def warning_label(warning: Warning) -> str:
    """The wording of its code, with the numbers of its message in the places for them, or what follows its colon."""
    zh = wording().warnings.get(warning.code)
    if zh is None:
        return one_line(warning.message)
    _, colon, why = warning.message.partition(": ")
    if colon and zh.endswith(f"：{_HOLE}"):
        return zh.format(one_line(why))
    numbers = re.findall(r"\d+", warning.message)
    return zh.format(*numbers) if zh.count(_HOLE) == len(numbers) else one_line(warning.message)


def mover_label(name: str) -> str:
    """A feature that moves a confidence, in Chinese: rule.kin.none is 原文说没有，另一方读作同类的其他指标."""
    words = wording()
    if name in words.movers:
        return words.movers[name]
    parts = name.split(".")[1:]
    if parts[:1] == ["of"] and len(parts) == 2:
        return f"指标属{group_of(parts[1])}"
    relation, own = words.relations.get(parts[0]) if parts else None, words.movers.get(parts[-1]) if parts else None
    if relation and len(parts) == 1:
        return relation
    return f"{own}，{relation}" if own and relation and parts[-1] not in _OF_ONE_RELATION else own or name
