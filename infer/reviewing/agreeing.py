"""Which corrections of a document can stand: on its words, and beside one another."""
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from infer.reviewing.corrections import Correction, Refused, overlap
from infer.reviewing.places import stands
from infer.reviewing.words import says
from report import Report

_QUOTED: Final = 20


def sort_out(rows: Sequence[Correction], report: Report) -> tuple[list[Correction], tuple[Refused, ...]]:
    """Those to apply, each decision once and by place, and those that are refused."""
    faults: dict[str, str] = {}
    decided = [row for row in rows if row.action is not None]
    for row in decided:
        if reason := _fault(row, report.source.text):
            faults[row.origin] = reason
    sound = [row for row in decided if row.origin not in faults]
    for one, reason in (*_undecided(sound, [row for row in rows if row.action is None]), *_conflicts(sound)):
        faults.setdefault(one.origin, reason)
    good = {_content(row): row for row in sorted(sound, key=_order, reverse=True) if row.origin not in faults}
    return sorted(good.values(), key=_order), tuple(
        Refused(origin=origin, reason=reason) for origin, reason in faults.items())


def _order(row: Correction) -> tuple[object, ...]:
    return (row.start, row.end, row.action, str(row.reading), row.date or "", row.reviewer or "", row.note or "",
            row.origin)


def _content(row: Correction) -> object:
    """The same decision written down twice is one."""
    return row.bounds, row.states, None if row.states else row.action


def _fault(row: Correction, text: str) -> str | None:
    if row.action == "settle":
        return None if 0 <= row.start <= row.end <= len(text) else f"the text has only {len(text)} characters"
    if row.words is None or not stands(text, row.bounds, row.words):
        return _moved(row, text)
    reading = row.states
    if reading and reading.value is not None and not says(text[row.start:row.end], reading.value):
        return f"the words {quoted(text[row.start:row.end])} do not say {reading.value}"
    return None


def _moved(row: Correction, text: str) -> str:
    if not 0 <= row.start <= row.end <= len(text):
        return f"there is no place {row.start}-{row.end}: the text has {len(text)} characters"
    there = quoted(text[row.start:row.end])
    lost = " (? stands for characters that were lost in saving: save as CSV UTF-8)" if "?" in (row.words or "") else ""
    return f"the words at {row.start}-{row.end} are {there}, not {quoted(row.words or '')}{lost}"


def quoted(words: str) -> str:
    line = " ".join(words.split())
    return f"“{line if len(line) <= _QUOTED else line[:_QUOTED - 1] + '…'}”"


def _undecided(rows: Sequence[Correction], open_rows: Sequence[Correction]) -> Iterator[tuple[Correction, str]]:
    """A decision speaks for all its words state, so what else was stated of them must be decided as well."""
    for row in rows:
        beside = (other for other in open_rows if other.was_stated and overlap(row.bounds, other.bounds))
        if row.decides and (other := next(beside, None)):
            yield row, f"{short(other, row)} reads the same words and has no action: say confirm or remove there"


def _conflicts(rows: Sequence[Correction]) -> Iterator[tuple[Correction, str]]:
    """Both of two that cannot be true together."""
    held = sorted((row for row in rows if row.action != "settle"), key=_order)
    near: list[Correction] = []
    for row in held:
        near = [one for one in near if one.end > row.start or one.bounds == row.bounds]
        for other in near:
            if overlap(row.bounds, other.bounds) and (reason := _conflict(row, other)):
                yield row, f"{reason} {short(other, row)}"
                yield other, f"{reason} {short(row, other)}"
        near.append(row)
    yield from _of_two_files(held, [row for row in rows if row.action == "settle"])


def _conflict(one: Correction, other: Correction) -> str | None:
    mine, theirs = one.states, other.states
    if mine and theirs:
        if _content(one) == _content(other):
            return None
        if mine.key == theirs.key:
            return "says another value or place than"
        crossing = "label" not in (one.action, other.action) and (one.start - other.start) * (one.end - other.end) > 0
        return "shares only a part of its words with" if crossing else None
    stated, gone = (one, other) if mine else (other, one)
    if gone.action == "remove" and stated.states and gone.reading and gone.bounds == stated.bounds:
        return "contradicts" if gone.reading.key == stated.states.key else None
    return None


def _of_two_files(
    rows: Sequence[Correction], settled: Sequence[Correction],
) -> Iterator[tuple[Correction, str]]:
    """Two files that both decide on the same words must say the same of them."""
    by_place: Mapping[tuple[int, int], dict[str, list[Correction]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        if row.action != "add" and row.place != "form":
            by_place[row.bounds][_file(row)].append(row)
    for bounds, files in by_place.items():
        for one in settled:
            if one.start <= bounds[0] and bounds[1] <= one.end and _file(one) not in files:
                files[_file(one)] = []
        said = {name: {row.states for row in found if row.states} for name, found in files.items()}
        if len({frozenset(one) for one in said.values()}) > 1:
            for name, found in files.items():
                other = next(one for one in files if one != name)
                for row in found:
                    yield row, f"{other} says otherwise of these words"


def _file(row: Correction) -> str:
    return row.origin.rpartition(", ")[0]


def short(other: Correction, row: Correction) -> str:
    """The other's name, its file left out where it is the same."""
    return other.origin.rpartition(", ")[2] if _file(other) == _file(row) else other.origin
