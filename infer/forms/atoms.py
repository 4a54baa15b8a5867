"""The words of cells, taken apart at every place where a boundary is certain."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from report.facts import State
from report.forms import forms

ATOM_LIMIT = 100
"""No row has more cells; what goes on longer is no row of a form."""
ZERO_LETTERS = frozenset("OoО〇○")
"""Typed for a zero; only zeros around them can tell."""
_NEXT_SECTION = r"[一二三四五六七八九十]{1,2}、|第[一二三四五六七八九十]{1,3}条"
_LOOSE_DECIMALS = r"[ \t]?\.[ \t]?\d+(?![\d.、)年])"
_LOST_MARK = r"(?<![^\s|])\?(?=[+-]?\d)|(?<=\w)\?(?=[\s|]|$)"
_CUT_OFF = re.compile(r"\s{0,2}[.,]\s{0,2}\d")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?!,)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """Either digits, one number or several run together, or a word of state; places are those of the folded text.

    `digits` are only the digits, `places` where each stands; `sign` leads the first number, `tail` (.90) ends the last.
    `group` counts white space.
    """

    start: int
    end: int
    group: int
    state: State = "value"
    digits: str = ""
    places: tuple[int, ...] = ()
    sign: str = ""
    tail: str = ""
    unit: str = ""
    whole: bool = False

    @property
    def is_run(self) -> bool:
        return bool(self.digits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A cell as read: its words in the folded text, their state and number, and the measure word in it."""

    start: int
    end: int
    state: State
    value: Decimal | None = None
    unit: str = ""

    @property
    def number(self) -> Decimal:
        """What the cell adds to a sum: blank and dash add nothing."""
        return self.value if self.value is not None else Decimal(0)


@cache
def _value_pattern() -> re.Pattern[str]:
    states = forms().states
    absent = "|".join(sorted(states["not_applicable"], key=len, reverse=True))
    scales = sorted(forms().scales, key=len, reverse=True)
    units = "|".join([*scales, *sorted(forms().measures, key=len, reverse=True)])
    return re.compile(
        rf"(?P<space>(?:[\s|]|{_LOST_MARK})+)"
        rf"|(?P<number>(?P<sign>[+-])?(?P<digits>\d+)(?P<tail>\.\d+|{_LOOSE_DECIMALS})?(?:[ \t]?(?P<unit>{units}))?)"
        rf"|(?P<letter>[{''.join(sorted(ZERO_LETTERS))}])(?=[\s|\dO]|$)|(?P<dash>[-_]+)"
        rf"|(?P<slash>[/\\])|(?P<absent>{absent})(?=\W|{absent}|\d|$|{_NEXT_SECTION})"
    )


def read_atoms(text: str, start: int, end: int, *, signed: bool) -> tuple[Atom, ...]:
    """Atoms from start on, up to the first word that is no value."""
    atoms: list[Atom] = []
    place, group = start, 0
    while place < end and len(atoms) < ATOM_LIMIT:
        if grouped := _grouped(text, place, end, behind=atoms[-1] if atoms else None):
            atoms.append(_number_with_commas(grouped, group))
            place = grouped.end()
            continue
        match = _value_pattern().match(text, place, end)
        if match is None or match.end() == place:
            break
        if match.lastgroup == "space" or match["space"]:
            group += 1
        else:
            atoms += _atoms_of(match, group, signed=signed)
        place = match.end()
    return tuple(_without_year(atoms, text, place, end))


def _grouped(text: str, place: int, end: int, *, behind: Atom | None) -> re.Match[str] | None:
    """A number with commas; one that another number touches ends where its last three digits do."""
    touches = behind is not None and behind.whole and behind.end == place
    if place and (text[place - 1].isdigit() or text[place - 1] == ".") and not touches:
        return None
    return _GROUPED.match(text, place, end)


def _number_with_commas(match: re.Match[str], group: int) -> Atom:
    places = tuple(i for i in range(match.start(), match.end()) if match.string[i].isdigit())
    sign = match.group()[0] if match.group()[0] in "+-" else ""
    return Atom(
        start=match.start(),
        end=match.end(),
        group=group,
        digits=match.group().replace(",", "").lstrip("+-"),
        places=places,
        sign=sign,
        whole=True,
    )


def _atoms_of(match: re.Match[str], group: int, *, signed: bool) -> Iterator[Atom]:
    if match["number"]:
        sign = match["sign"] or ""
        if sign and not signed:
            yield Atom(start=match.start(), end=match.start() + 1, group=group, state="dash")
            sign = ""
        first = match.start("digits")
        yield Atom(
            start=first - len(sign),
            end=match.end(),
            group=group,
            digits=match["digits"],
            sign=sign,
            places=tuple(range(first, match.end("digits"))),
            tail="".join((match["tail"] or "").split()),
            unit=match["unit"] or "",
        )
        return
    state: State = (
        "unreadable"
        if match["letter"]
        else "dash"
        if match["dash"]
        else "slash"
        if match["slash"]
        else "not_applicable"
    )
    yield Atom(start=match.start(), end=match.end(), group=group, state=state)


def is_cut_off(text: str, atom: Atom) -> bool:
    """The number goes on behind the atom: a point or a comma, and digits."""
    return atom.is_run and _CUT_OFF.match(text, atom.end) is not None


def _without_year(atoms: list[Atom], text: str, place: int, end: int) -> list[Atom]:
    """Take off the year or the list number with which the words behind the values begin."""
    rest = text[place : end + 2].lstrip()
    if not atoms or not atoms[-1].is_run or not rest:
        return atoms
    if atoms[-1].unit:
        return atoms
    cut = 4 if rest[0] == "年" else 1 if re.match(r"[.、)]\s*[^\W\d]", rest) else 0
    return cut_digits(atoms, cut)


def cut_digits(atoms: list[Atom], count: int) -> list[Atom]:
    """Without the last digits; an atom of which nothing remains is left out."""
    if not count or not atoms or atoms[-1].tail:
        return atoms
    last = atoms[-1]
    if len(last.digits) <= count:
        return atoms[:-1]
    kept = last.places[:-count]
    return [*atoms[:-1], replace(last, digits=last.digits[:-count], places=kept, end=kept[-1] + 1)]


def split_dashes(atoms: tuple[Atom, ...], width: int) -> tuple[Atom, ...]:
    """Runs of dashes as one cell for every `width` dashes."""
    found: list[Atom] = []
    for atom in atoms:
        if atom.state != "dash" or atom.end - atom.start < width:
            found.append(atom)
            continue
        found += [replace(atom, start=i, end=min(i + width, atom.end)) for i in range(atom.start, atom.end, width)]
    return tuple(found)


def piece_of(atom: Atom) -> Piece:
    """An atom that is one cell."""
    if not atom.is_run:
        return Piece(start=atom.start, end=atom.end, state=atom.state)
    return cut_piece(atom, 0, len(atom.digits))


def is_nothing(piece: Piece) -> bool:
    return piece.state in ("zero", "dash", "blank", "slash")


def with_zero_letters(atoms: list[Atom], text: str) -> list[Atom]:
    """An O among nothing but zeros is a zero."""
    letters = [atom for atom in atoms if atom.state == "unreadable" and text[atom.start] in ZERO_LETTERS]
    others = [atom for atom in atoms if atom not in letters]
    if not letters or not others or any(atom.digits.strip("0") or atom.tail.strip(".0") for atom in others):
        return atoms
    return [
        replace(atom, state="value", digits="0", places=(atom.start,)) if atom in letters else atom for atom in atoms
    ]


def cut_piece(atom: Atom, first: int, last: int) -> Piece:
    """digits[first:last] of a run as a cell."""
    ends, begins = last == len(atom.digits), first == 0
    words = (atom.sign if begins else "") + atom.digits[first:last] + (atom.tail if ends else "")
    value = Decimal(words)
    return Piece(
        start=atom.start if begins else atom.places[first],
        end=atom.end if ends else atom.places[last - 1] + 1,
        state="zero" if value == 0 else "value",
        value=value,
        unit=atom.unit if ends else "",
    )
