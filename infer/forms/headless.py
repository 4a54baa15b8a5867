"""Tables that have lost their heads: section two by its row labels, the disputes by their fifteen numbers."""

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from infer.forms import applicants, groups
from infer.forms.atoms import read_atoms
from infer.forms.chains import OCCURRENCE_LIMIT, Chain, Match, count_foreign
from infer.forms.labels import Occurrence
from infer.forms.rows import Grids, Row, fit_grid, read_rows
from infer.forms.view import LetterView
from report.forms import FormTable, forms

ROWS_UNDER_A_HEADING, ROWS_ALONE = 2, 4
DISPUTES = "disputes"
CELLS_OF_DISPUTES = 15
GAP_LIMIT = 160
_LISTED = re.compile(r"[,、;:。!?]")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")


def find_headless(
    view: LetterView, occurrences: Sequence[Occurrence], chains: Sequence[Chain], grids: Grids
) -> list[Chain]:
    """Tables beside those found by their heads, each only where its numbers are as many and such as it needs."""
    found = [*_disclosures(view, occurrences, chains, grids), *_disputes(view, grids)]
    return [chain for chain in found if all(chain.end <= other.start or chain.start >= other.end for other in chains)]


def _disputes(view: LetterView, grids: Grids) -> Iterator[Chain]:
    table = next(table for table in forms().tables if table.id == DISPUTES)
    row = next(n for n, element in enumerate(table.elements) if element.kind == "row")
    for match in _anchors(table).finditer(view.letters):
        last = match.start("last") if match["last"] else match.start()
        matches = [Match(0, match.start(), last)] if last > match.start() else []
        chain = Chain(table, (*matches, Match(row, last, match.end())), 0.0, headless=True)
        if _has_fifteen(read_rows(chain, view, grids)[0]):
            yield chain


@cache
def _anchors(table: FormTable) -> re.Pattern[str]:
    """The section's heading and what is left of the heads, or one row of heads."""
    words = {word for element in table.elements for word in element.words} | set(forms().frames)
    heads = "|".join(sorted(words, key=len, reverse=True))
    columns = "".join([element.words[0] for element in table.elements if element.kind == "column"][: groups.SIZE])
    return re.compile(
        rf"(?:(?:{'|'.join(table.headings)})(?:{heads})*?|{columns}(?:{heads})*?)(?P<last>{heads})?(?!{heads})"
    )


def _has_fifteen(row: Row) -> bool:
    """Fifteen cells apart, or digits that the groups' sums cut into fifteen."""
    if cells := fit_grid(row, CELLS_OF_DISPUTES):
        return any(cell.piece.state != "blank" for cell in cells) and all(
            cell.piece.state != "unreadable" for cell in cells
        )
    found = groups.group_splits(row.atoms, CELLS_OF_DISPUTES)
    return found.exact or (bool(found.splits) and all(map(groups.adds_up, found.splits)))


def _disclosures(
    view: LetterView,
    occurrences: Sequence[Occurrence],
    chains: Sequence[Chain],
    grids: Grids,
) -> Iterator[Chain]:
    tables = [(t, table) for t, table in enumerate(forms().tables) if table.layout == "columns"]
    if any(chain.table.layout == "columns" for chain in chains):
        return
    for run in _runs(view, occurrences, {t for t, _ in tables}):
        needed = ROWS_UNDER_A_HEADING if _is_under_heading(view, run[0], tables[0][1]) else ROWS_ALONE
        found = [chain for t, table in tables if (chain := _chain(run, t, table)) and _fits(chain, view, grids)]
        if len(run) >= needed and (chain := _one(found, chains)):
            yield chain


def _runs(view: LetterView, occurrences: Sequence[Occurrence], tables: set[int]) -> Iterator[list[Occurrence]]:
    """Row labels of section two with nothing but numbers between them."""
    run: list[Occurrence] = []
    foreign = count_foreign(view, occurrences)
    for occurrence in occurrences[:OCCURRENCE_LIMIT]:
        if not any(t in tables and forms().tables[t].elements[e].kind == "row" for t, e in occurrence.elements):
            continue
        if run and not _are_neighbours(run[-1], occurrence, view, foreign):
            yield run
            run = []
        run.append(occurrence)
    if run:
        yield run


def _are_neighbours(before: Occurrence, after: Occurrence, view: LetterView, foreign: Sequence[int]) -> bool:
    """Values between the labels, or words of the tables' frames; no list of a sentence."""
    start, end = view.places[before.end - 1] + 1, view.places[after.start]
    if end - start > GAP_LIMIT:
        return False
    framed = foreign[after.start] == foreign[before.end] and not view.letters[before.end : after.start].isdigit()
    if framed and after.start > before.end:
        return True
    words = view.folded.text[start:end]
    atoms = read_atoms(view.folded.text, start, end, signed=True)
    rest = view.folded.text[atoms[-1].end if atoms else start : end]
    return not any(map(str.isalnum, rest)) and not _LISTED.search(_THOUSANDS.sub("", words))


def _is_under_heading(view: LetterView, first: Occurrence, table: FormTable) -> bool:
    before = view.letters[max(0, first.start - max(map(len, table.headings)) - 12) : first.start]
    return (
        re.search(rf"(?:{'|'.join(table.headings)})(?:第二十条第[一二三四五六七八九]项|信息内容)*$", before) is not None
    )


def _chain(run: Sequence[Occurrence], number: int, table: FormTable) -> Chain | None:
    """The run as rows of the table; None where it has others or another order."""
    matches = [Match(e, o.start, o.end) for o in run for t, e in o.elements if t == number]
    ordered = all(a.element < b.element for a, b in itertools.pairwise(matches))
    return Chain(table, tuple(matches), 0.0, headless=True) if ordered and len(matches) == len(run) else None


def _fits(chain: Chain, view: LetterView, grids: Grids) -> bool:
    rows = read_rows(chain, view, grids)
    filled = sum(bool(row.atoms) for row in rows)
    return filled > 1 and all(_has_cells(row, len(row.element.cells)) for row in rows)


def _has_cells(row: Row, count: int) -> bool:
    """As many cells as the row needs, or digits run together that can be as many."""
    if not row.atoms or len(row.atoms) == count or fit_grid(row, count):
        return True
    return len(row.atoms) == 1 and len(row.atoms[0].digits) >= count


def _one(found: Sequence[Chain], chains: Sequence[Chain]) -> Chain | None:
    """Of two editions that the numbers allow, the one of the requests table; none where it is not known."""
    if len(found) < 2:
        return found[0] if found else None
    parts = {chain.element(match).part for chain in chains for match in chain.matches}
    form = "2021" if parts & applicants.ITS_PARTS else "2019" if applicants.ONE_OUTCOME in parts else ""
    return next((chain for chain in found if chain.table.form == form), None)
