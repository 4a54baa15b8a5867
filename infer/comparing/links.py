"""An identity between the reports of two years of one issuer, and whether it holds."""
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Final, Literal

from infer.comparing.figures import Figure, Missing, figure_of, go_together
from infer.comparing.readings import Kept, Quote, Reading
from report.identities.figures import same
from report.identities.formulas import Key

When = Literal["before", "after"]
Relation = Literal["=", ">=", "<="]
Status = Literal["holds", "may_hold", "breaks", "doubtful", "missing"]
_COMBINATIONS: Final = 20_000
_SHOWN: Final = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A term of an identity: a cell of the earlier or the later report, added or subtracted."""

    when: When
    key: Key
    sign: Literal[1, -1] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """`chain` names the family, `subject` its case. `loose`: a break may have causes that no report need tell."""

    chain: str
    subject: Key
    left: tuple[Operand, ...]
    right: tuple[Operand, ...]
    relation: Relation = "="
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """An operand as read: its figures, and the words of the one that counts; `also` says what else the text gives."""

    side: Literal["left", "right"]
    when: When
    sign: Literal[1, -1]
    indicator: str
    by: dict[str, str]
    document: str
    year: int
    value: int | float | None
    values: tuple[int | float, ...]
    sure: bool
    missing: Missing | None
    quote: Quote | None
    also: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An identity between two reports. `left`, `right` are its sides, None where they cannot be told.

    `versions` names other reports of these years by which it would stand differently.
    """

    chain: str
    indicator: str
    by: dict[str, str]
    before: int
    after: int
    relation: Relation
    status: Status
    left: int | float | None
    right: int | float | None
    terms: tuple[Term, ...]
    notes: tuple[str, ...] = ()
    versions: tuple[tuple[str, Status], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Choice:
    """One reading for every operand."""

    readings: tuple[Reading, ...]
    left: tuple[float, float]
    right: tuple[float, float]

    def holds(self, relation: Relation) -> bool:
        (low, high), (least, most) = self.left, self.right
        if relation == ">=":
            return high >= least or same(high, least)
        if relation == "<=":
            return low <= most or same(low, most)
        return (low <= most or same(low, most)) and (least <= high or same(least, high))


def link(identity: Identity, before: Kept, after: Kept) -> Link | None:
    """The identity between these reports; None where one of them says nothing of it."""
    operands = (*identity.left, *identity.right)
    figures = [figure_of(before if one.when == "before" else after, one.key) for one in operands]
    if any(all(figure.missing == "absent" for one, figure in zip(operands, figures, strict=True) if one.when == when)
           for when in ("before", "after")):
        return None
    if any(figure.missing for figure in figures):
        return _made(identity, (before, after), figures, None, "missing")
    choices = list(_choices(identity, figures))
    fits = [choice for choice in choices if choice.holds(identity.relation)]
    taken = next((held[0] for held in (fits, choices) if len(held) == 1), None)
    figures = [replace(figure, readings=_used(figure, number, choices)) for number, figure in enumerate(figures)]
    return _made(identity, (before, after), figures, taken, _status(identity, figures, fits),
                 notes=_notes(identity, figures, fits, len(choices)))


def _used(figure: Figure, number: int, choices: Sequence[_Choice]) -> tuple[Reading, ...]:
    """Of a figure's readings those that go together with the other figures'."""
    used = {id(choice.readings[number]) for choice in choices}
    return tuple(reading for reading in figure.readings if id(reading) in used) or figure.readings


def _status(identity: Identity, figures: Sequence[Figure], fits: Sequence[_Choice]) -> Status:
    if fits:
        return "holds" if all(len(figure.readings) == 1 for figure in figures) else "may_hold"
    return "breaks" if all(figure.sure for figure in figures) and not identity.loose else "doubtful"


def _notes(identity: Identity, figures: Sequence[Figure], fits: Sequence[_Choice], choices: int) -> tuple[str, ...]:
    if fits:
        single = all(len(figure.readings) == 1 for figure in figures)
        return () if single else ("one_reading",) if len(fits) == 1 else ("some_readings",)
    notes = ["no_reading"] if choices > 1 else []
    if not all(figure.sure for figure in figures):
        notes.append("unsure")
    return (*notes, *(["loose"] if identity.loose else []))


def _choices(identity: Identity, figures: Sequence[Figure]) -> Iterator[_Choice]:
    """Every way to read all of the figures at once."""
    left = len(identity.left)
    signs = [one.sign for one in (*identity.left, *identity.right)]
    for readings in islice(product(*(figure.readings for figure in figures)), _COMBINATIONS):
        if go_together(readings):
            yield _Choice(readings=readings, left=_sum(readings[:left], signs[:left]),
                          right=_sum(readings[left:], signs[left:]))


def _sum(readings: Sequence[Reading], signs: Sequence[int]) -> tuple[float, float]:
    low = sum(one.least if sign > 0 else -one.most for one, sign in zip(readings, signs, strict=True))
    high = sum(one.most if sign > 0 else -one.least for one, sign in zip(readings, signs, strict=True))
    return low, high


def _made(identity: Identity, reports: tuple[Kept, Kept], figures: Sequence[Figure], taken: _Choice | None,
          status: Status, *, notes: tuple[str, ...] = ()) -> Link:
    before, after = reports
    indicator, by = identity.subject
    return Link(
        chain=identity.chain, indicator=indicator, by=dict(by), before=before.year or 0, after=after.year or 0,
        relation=identity.relation, status=status, notes=notes,
        left=_point(taken.left) if taken else None, right=_point(taken.right) if taken else None,
        terms=tuple(_terms(identity, before, after, figures, taken)))


def _point(bounds: tuple[float, float]) -> int | float | None:
    """A side's value; None where 余 and 约 leave it open."""
    return bounds[0] if same(*bounds) else None


def _terms(identity: Identity, before: Kept, after: Kept, figures: Sequence[Figure],
           taken: _Choice | None) -> Iterator[Term]:
    operands = (*identity.left, *identity.right)
    for number, (one, figure) in enumerate(zip(operands, figures, strict=True)):
        report = before if one.when == "before" else after
        reading = taken.readings[number] if taken else next(iter(figure.readings), None)
        alone = reading if taken or len(figure.readings) == 1 else None
        words = reading.quote if alone and reading else figure.place or (reading.quote if reading else None)
        values = tuple(dict.fromkeys(reading.value for reading in figure.readings))
        yield Term(
            side="left" if number < len(identity.left) else "right", when=one.when, sign=one.sign,
            indicator=one.key[0], by=dict(one.key[1]), document=report.document, year=report.year or 0,
            value=alone.value if alone else None, values=values[:_SHOWN], sure=figure.sure, missing=figure.missing,
            quote=words, also=tuple(said.quote for said in figure.also))
