"""Rows that stand in another place than the form prints them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from infer.forms.chains import OCCURRENCE_LIMIT, Chain, Match, count_foreign
from infer.forms.labels import Occurrence
from infer.forms.view import LetterView
from report.forms import forms

SHORTEST = 4
_VALUES = frozenset("0123456789+-/|")


def recover_moved(chains: Sequence[Chain], view: LetterView, occurrences: Sequence[Occurrence]) -> list[Chain]:
    """Add to each table the labels inside it that its order left out, if no other row bears their words."""
    if not chains:
        return []
    foreign = count_foreign(view, occurrences)
    free = [occurrence for occurrence in occurrences[:OCCURRENCE_LIMIT] if not _is_taken(occurrence, chains)]
    return [_with_moved(chain, view, free, foreign) for chain in chains]


def _is_taken(occurrence: Occurrence, chains: Sequence[Chain]) -> bool:
    return any(
        match.start < occurrence.end and occurrence.start < match.end for chain in chains for match in chain.matches
    )


def _with_moved(chain: Chain, view: LetterView, occurrences: Sequence[Occurrence], foreign: Sequence[int]) -> Chain:
    table = forms().tables.index(chain.table)
    known, found = {match.element for match in chain.matches}, list(chain.matches)
    end = chain.end
    for occurrence in occurrences:
        if occurrence.start < chain.start or (occurrence.start > end and foreign[occurrence.start] > foreign[end]):
            continue
        element = _row_of(occurrence, table)
        if element is not None and element not in known and _stands_before_values(occurrence, chain, view):
            found.append(Match(element, occurrence.start, occurrence.end))
            known.add(element)
            end = max(end, occurrence.end)
    return replace(chain, matches=tuple(sorted(found, key=lambda match: match.start)))


def _row_of(occurrence: Occurrence, table: int) -> int | None:
    """The one row of the table that the words can be."""
    elements = [e for t, e in occurrence.elements if t == table]
    if len(elements) != 1 or occurrence.end - occurrence.start < SHORTEST:
        return None
    element = forms().tables[table].elements[elements[0]]
    return elements[0] if element.kind == "row" and _is_own(table, element.words) else None


@cache
def _word_counts(table: int) -> Counter[str]:
    return Counter(word for element in forms().tables[table].elements for word in element.words)


def _is_own(table: int, words: Sequence[str]) -> bool:
    return all(_word_counts(table)[word] == 1 for word in words)


def _stands_before_values(occurrence: Occurrence, chain: Chain, view: LetterView) -> bool:
    place = view.places[occurrence.end - 1] + 1
    behind = view.folded.text[place : place + 40].lstrip(" \t\n)\"'》")
    units = (*forms().measures, *forms().scales) if chain.table.layout == "statistics" else ()
    return bool(behind) and (behind[0] in _VALUES or behind.startswith(units))
