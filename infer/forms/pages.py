"""Page numbers among the words of a row: lines of their own that are taken out, bare numbers that may be a cell."""

import itertools
import re
from collections.abc import Sequence

from infer.forms.atoms import ATOM_LIMIT, Atom

_PAGE_NUMBER_LINE = re.compile(r"\n[ \t]*(?:-+[ \t]*\d{1,3}[ \t]*-+|第\s*\d+\s*页[^\n]{0,20})[ \t]*(?=\n)")
_DASHES_AT_ONCE = re.compile(r"[ \t]*\n[ \t]*-+[ \t]*\d{1,3}[ \t]*-+[ \t]*\n")
_LONGEST_PAGE = 3
_FEWEST_ROWS = 3


def without_page_numbers(text: str, start: int, end: int) -> str:
    """The text with white space for page numbers on lines of their own; every place stays."""
    begin = max(0, start - 1)
    window = text[begin : end + 1]
    cleaned = _PAGE_NUMBER_LINE.sub(lambda match: " " * len(match.group()), window)
    return text if cleaned == window else text[:begin] + cleaned + text[end + 1 :]


def are_dashes(text: str, start: int, cells: int) -> bool:
    """The line below the label, with none blank between, is a number between dashes: a page's, or the row's cells."""
    return cells == len("-n-") and _DASHES_AT_ONCE.match(text, start) is not None


def may_hold_page(text: str, label: int, atoms: Sequence[Atom]) -> bool:
    """A short bare number stands on a line of its own, further from the row's other words than these are apart."""
    if len(atoms) > ATOM_LIMIT:
        return False
    places = [(label, label), *((atom.start, atom.end) for atom in atoms)]
    gaps = [text.count("\n", before[1], after[0]) for before, after in itertools.pairwise(places)]
    return any(_is_page_number(text, atom) and _is_set_off(gaps, n) for n, atom in enumerate(atoms) if n)


def are_pages(text: str, rows: Sequence[Sequence[Atom]]) -> list[bool]:
    """For each row whether its one number stands further below its label than any other row's: a page's, perhaps."""
    gaps = [_newlines_before(text, atoms[0].start) if atoms else 0 for atoms in rows]
    if sum(map(bool, rows)) < _FEWEST_ROWS:
        return [False] * len(rows)
    second, first = sorted(gaps)[-2:]
    return [
        len(atoms) == 1 and gap == first > second and _is_page_number(text, atoms[0])
        for atoms, gap in zip(rows, gaps, strict=True)
    ]


def _newlines_before(text: str, place: int) -> int:
    begin = max(0, place - 8)
    words = text[begin:place]
    return words[len(words.rstrip()) :].count("\n")


def _is_set_off(gaps: Sequence[int], n: int) -> bool:
    return min(gaps[n : n + 2]) > max([*gaps[:n], *gaps[n + 2 :]])


def _is_page_number(text: str, atom: Atom) -> bool:
    if not atom.is_run or atom.sign or atom.tail or atom.unit or len(atom.digits) > _LONGEST_PAGE:
        return False
    behind = text[atom.end : atom.end + 8].lstrip(" \t")
    return not behind or behind[0] == "\n"
