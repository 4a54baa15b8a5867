"""What a report says of one cell, all things considered: one figure, several that it may be, or none."""
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Literal

from infer.comparing.readings import Held, Kept, Quote, Reading
from report.identities.cells import BLANK, applicants
from report.identities.figures import admits, same
from report.identities.formulas import Key

Missing = Literal["absent", "blank", "unread"]
_NOTHING: Final = Held()


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """The readings that a cell may have, the taken one first; `sure` where there is one and no doubt of it.

    `also` are figures of the running text that differ from a cell of the form that is sure; `place` is where digits run
    together that can be cut in several ways. `floor`: what the filled applicants of a row without a total add up to.
    """

    key: Key
    readings: tuple[Reading, ...] = ()
    sure: bool = False
    missing: Missing | None = None
    also: tuple[Reading, ...] = ()
    place: Quote | None = None
    floor: float = 0

    @property
    def least(self) -> float:
        return min((reading.least for reading in self.readings), default=self.floor)

    @property
    def most(self) -> float:
        return max((reading.most for reading in self.readings), default=float("inf"))


def figure_of(kept: Kept, key: Key) -> Figure:
    """A sure cell of the form goes before the text; an unsure one that the text confirms is sure.

    Where the total of a row is empty and all its applicants are filled, it is their sum. A blank is no zero.
    """
    held = kept.cells.get(key, _NOTHING)
    made = _of_form(key, held) if held.form or held.aside else _of_text(key, held)
    return made if made.readings else _summed(kept, made)


def _of_form(key: Key, held: Held) -> Figure:
    certain = _distinct(reading for reading in held.form if reading.sure)
    if len(certain) == 1:
        also = tuple(reading for reading in held.text if not _agree(reading, certain[0]))
        return Figure(key=key, readings=certain, sure=True, also=_distinct(also))
    if certain:
        return Figure(key=key, readings=certain)
    possible = [*held.form, *held.aside]
    for said in held.text:
        confirmed = next((one for one in possible if said.sure and same(one.value, said.value)), None)
        if confirmed is not None and said.qualifier is None:
            return Figure(key=key, readings=(confirmed,), sure=True)
    return Figure(key=key, readings=_distinct([*possible, *held.text]), place=held.place)


def _of_text(key: Key, held: Held) -> Figure:
    said = _distinct(held.text)
    if said:
        return Figure(key=key, readings=said, sure=len(said) == 1 and said[0].sure)
    if not held.states:
        return Figure(key=key, missing="absent")
    return Figure(key=key, missing="blank" if set(held.states) <= BLANK else "unread")


def _summed(kept: Kept, made: Figure) -> Figure:
    """The total of a row by its applicants, at least by those that are filled."""
    if made.key[1]:
        return made
    parts = [figure_of(kept, part) for part in applicants(made.key[0])]
    readings = [part.readings[0] for part in parts if len(part.readings) == 1]
    if len(readings) < len(parts):
        return replace(made, floor=sum(part.least for part in parts))
    first = readings[0]
    total = replace(
        first, value=sum(reading.value for reading in readings), confidence=min(one.confidence for one in readings),
        quote=replace(first.quote, fact="+".join(one.quote.fact for one in readings), after="",
                      words=" + ".join(one.quote.words for one in readings), end=readings[-1].quote.end))
    return Figure(key=made.key, readings=(total,), sure=all(part.sure for part in parts))


def _agree(said: Reading, cell: Reading) -> bool:
    return admits(said.value, said.qualifier, cell.value)


def _distinct(readings: Iterable[Reading]) -> tuple[Reading, ...]:
    """Each figure once, the surest way to read it first; of digits that run together every place counts."""
    found: dict[object, Reading] = {}
    for reading in readings:
        place = (reading.quote.start, reading.quote.end) if reading.in_form and not reading.sure else None
        found.setdefault((reading.value, reading.qualifier, place), reading)
    return tuple(found.values())


def go_together(readings: Sequence[Reading]) -> bool:
    """Whether the readings may hold at once: digits that run together are cut in one way, with none left between."""
    runs: dict[tuple[str, tuple[int, int]], list[Reading]] = {}
    for reading in readings:
        if reading.in_form and reading.run != (reading.quote.start, reading.quote.end):
            runs.setdefault((reading.quote.document, reading.run), []).append(reading)
    return all(_in_one_cut(sorted(held, key=lambda one: one.quote.start)) for held in runs.values())


def _in_one_cut(held: list[Reading]) -> bool:
    return all(one.quote.end == other.quote.start for one, other in pairwise(held))
