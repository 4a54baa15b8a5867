"""Notes, reasons and warnings in Chinese for the view; the result itself keeps its English sentences."""
import re
from functools import cache

from infer.results.wording import one_line, wording
from report.facts import Warning

_HOLE = "{}"
_JOINTS = (("; ", "；"), (": ", "："))


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
    """The wording of its code, with the numbers of its message in the places for them."""
    zh = wording().warnings.get(warning.code)
    numbers = re.findall(r"\d+", warning.message)
    if zh is None or zh.count(_HOLE) != len(numbers):
        return one_line(warning.message)
    return zh.format(*numbers)
