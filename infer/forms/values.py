"""The words of a row's cells where no grid bounds them: what stands behind the label, noise of the page left out."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from infer.forms.atoms import ATOM_LIMIT, Atom, read_atoms, with_zero_letters
from infer.forms.pages import without_page_numbers
from report.forms import Element, FormTable, forms

_LETTERS = re.compile(r"[^\W\d_]+")
_LISTED = re.compile(r"[,、;](?=\s*\d)")
_CODE = re.compile(r"[A-Z]{1,3}-?\d{0,4}(?=[\s|])")
_VERTICAL = frozenset("三本年度办理结果不予公开无法提供处一二四五六七八")


def read_values(text: str, start: int, end: int, element: Element, table: FormTable, *, inner: bool) -> list[Atom]:
    """Atoms of a row up to the first word foreign to it; `inner` where another label of the table follows."""
    return _read(without_page_numbers(text, start, end), start, end, element, table, inner=inner)


def _read(text: str, start: int, end: int, element: Element, table: FormTable, *, inner: bool) -> list[Atom]:
    signed = table.layout == "columns"
    atoms = (
        _coded(text, start, end) if table.layout == "statistics" else list(read_atoms(text, start, end, signed=signed))
    )
    count = len(forms().applicants) if table.layout == "applicants" else len(element.cells)
    atoms = _listed(text, start, end, atoms, count, signed=signed) or atoms
    if table.layout == "applicants" and inner:
        atoms = _beyond_heads(text, start, end, atoms, count)
    return with_zero_letters(atoms, text)


def _coded(text: str, start: int, end: int) -> list[Atom]:
    """A code with letters as a word without value."""
    code = _CODE.match(text, start, end)
    if not code:
        return list(read_atoms(text, start, end, signed=False))
    first = Atom(start=start, end=code.end(), group=0, state="not_applicable")
    return [first, *(_moved(atom, 1) for atom in read_atoms(text, code.end(), end, signed=False))]


def _listed(text: str, start: int, end: int, atoms: Sequence[Atom], count: int, *, signed: bool) -> list[Atom]:
    """Cells with commas between them, if there are then as many as the row needs."""
    if count < 2 or not atoms or not _LISTED.match(text, atoms[-1].end, end):
        return []
    opened = text[:start] + _LISTED.sub(" ", text[start:end])
    listed = read_atoms(opened, start, end, signed=signed)
    return list(listed) if len(listed) == count else []


def _beyond_heads(text: str, start: int, end: int, atoms: list[Atom], count: int) -> list[Atom]:
    """Go on behind a group's head that is set vertically, and behind heads that a new page repeats within the row."""
    place = atoms[-1].end if atoms else start
    while len(atoms) < ATOM_LIMIT and (rest := _LETTERS.search(text, place, end)):
        is_head = bool(atoms) and len(atoms) < count and rest.group() in _heads()
        if not is_head and not _VERTICAL.issuperset(rest.group()):
            break
        more = read_atoms(text, rest.end(), end, signed=False)
        atoms = [*atoms, *(_moved(atom, len(atoms)) for atom in more)]
        place = max(rest.end(), more[-1].end if more else 0)
    return atoms


@cache
def _heads() -> frozenset[str]:
    return frozenset(forms().frames) | {word for words in forms().applicant_words.values() for word in words}


def _moved(atom: Atom, groups: int) -> Atom:
    return replace(atom, group=atom.group + groups + 1)


def is_foreign(letters: str) -> bool:
    """Whether there are letters besides the heads of tables."""
    return not _VERTICAL.issuperset(_head_words().sub("", letters))


@cache
def _head_words() -> re.Pattern[str]:
    others = {word for table in forms().tables for e in table.elements if e.kind != "row" for word in e.words}
    return re.compile("|".join(sorted(others | _heads(), key=len, reverse=True)))
