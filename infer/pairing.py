"""The reports of two results by their names, whatever their order; what waits for its other half waits on the disk."""
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Literal

from infer.results.lines import decode, encode
from report.facts import Report

Side = Literal["a", "b"]
Pair = tuple[Report | None, Report | None]


def pair(a: Iterable[Report], b: Iterable[Report]) -> Iterator[Pair]:
    """Each document's two reports as soon as both are there, and at the end those of one side alone, by name.

    Both sides are read once and in step: where they are ordered alike, as good as nothing waits.
    """
    waiting = sqlite3.connect("")
    try:
        waiting.execute("create table waiting (number integer primary key, side text, name text, line blob)")
        waiting.execute("create index by_name on waiting (name, side)")
        for one, other in zip_longest(a, b):
            yield from _met(waiting, one, other)
        for side, line in waiting.execute("select side, line from waiting order by name, side, number"):
            yield (decode(line), None) if side == "a" else (None, decode(line))
    finally:
        waiting.close()


def _met(waiting: sqlite3.Connection, one: Report | None, other: Report | None) -> Iterator[Pair]:
    if one is not None and other is not None and one.source.name == other.source.name and not _waits(waiting, one):
        yield one, other
        return
    if one is not None:
        if found := _take(waiting, "b", one):
            yield one, found
        else:
            _leave(waiting, "a", one)
    if other is not None:
        if found := _take(waiting, "a", other):
            yield found, other
        else:
            _leave(waiting, "b", other)


def _waits(waiting: sqlite3.Connection, report: Report) -> bool:
    """A name may stand in a result more than once: the first of one side is the first of the other."""
    return waiting.execute("select 1 from waiting where name = ?", (report.source.name,)).fetchone() is not None


def _take(waiting: sqlite3.Connection, side: Side, report: Report) -> Report | None:
    found = waiting.execute("select number, line from waiting where name = ? and side = ? order by number limit 1",
                            (report.source.name, side)).fetchone()
    if found is None:
        return None
    waiting.execute("delete from waiting where number = ?", (found[0],))
    return decode(found[1])


def _leave(waiting: sqlite3.Connection, side: Side, report: Report) -> None:
    waiting.execute("insert into waiting (side, name, line) values (?, ?, ?)",
                    (side, report.source.name, encode(report)))
