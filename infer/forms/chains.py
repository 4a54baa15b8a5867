"""Which labels together are a table: those that stand in the form's order with nothing but values between them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

from infer.forms.labels import Occurrence
from infer.forms.view import LetterView
from report.forms import Element, FormTable, forms

LOOK_BACK = 8
FOREIGN_LIMIT = 45
MARK_LIMIT = 2
CHAINS_PER_TABLE = 6
OCCURRENCE_LIMIT = 6_000
HEAD_WEIGHT, LETTER_WEIGHT, LETTER_LIMIT = 1.5, 0.5, 8
FOREIGN_COST, MARK_COST, SKIP_COST = 0.2, 6.0, 0.05
# A label weighs less than a sentence mark costs: prose that uses the form's words does not chain.


@dataclass(frozen=True, slots=True)
class Match:
    """letters[start:end] is the label of the table's element number `element`."""

    element: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chain:
    """A table as found: its labels in order; `headless` where its numbers had to prove it."""

    table: FormTable
    matches: tuple[Match, ...]
    score: float
    headless: bool = False

    @property
    def start(self) -> int:
        return self.matches[0].start

    @property
    def end(self) -> int:
        return self.matches[-1].end

    def element(self, match: Match) -> Element:
        return self.table.elements[match.element]


@dataclass(frozen=True, slots=True)
class _Node:
    match: Match
    score: float
    previous: int


def find_chains(view: LetterView, occurrences: Sequence[Occurrence]) -> list[Chain]:
    """All tables of the document in the order of the text; of two that overlap, the one with more to show for it."""
    occurrences = occurrences[:OCCURRENCE_LIMIT]
    foreign = count_foreign(view, occurrences)
    chains: list[Chain] = []
    for t, table in enumerate(forms().tables):
        chains += _chains_of(table, _candidates(t, occurrences), view, foreign)
    taken: list[Chain] = []
    for chain in sorted(chains, key=lambda chain: -chain.score):
        if all(chain.end <= other.start or chain.start >= other.end for other in taken):
            taken.append(chain)
    return sorted(taken, key=lambda chain: chain.start)


def count_foreign(view: LetterView, occurrences: Sequence[Occurrence]) -> list[int]:
    """For each place the letters before it that are neither digits nor words of the tables' frames or of absence."""
    counts = [0 if letter.isdigit() else 1 for letter in view.letters]
    for occurrence in occurrences:
        if occurrence.frame:
            counts[occurrence.start : occurrence.end] = [0] * (occurrence.end - occurrence.start)
    for match in _absent().finditer(view.letters):
        counts[match.start() : match.end()] = [0] * len(match.group())
    return [0, *accumulate(counts)]


@cache
def _absent() -> re.Pattern[str]:
    """Cells in words, the short one only between others."""
    words = sorted((word for word in forms().states["not_applicable"] if len(word) > 1), key=len, reverse=True)
    return re.compile(rf"{'|'.join(words)}|无无+")


def _candidates(table: int, occurrences: Sequence[Occurrence]) -> list[tuple[Match, ...]]:
    found = (
        tuple(Match(e, occurrence.start, occurrence.end) for t, e in occurrence.elements if t == table)
        for occurrence in occurrences
    )
    return [matches for matches in found if matches]


def _chains_of(
    table: FormTable, candidates: list[tuple[Match, ...]], view: LetterView, foreign: list[int]
) -> list[Chain]:
    chains: list[Chain] = []
    while len(chains) < CHAINS_PER_TABLE and candidates:
        chain = _best_chain(table, candidates, view, foreign)
        if not _is_form(chain):
            break
        chains.append(chain)
        candidates = [
            matches for matches in candidates if matches[0].end <= chain.start or matches[0].start >= chain.end
        ]
    return chains


def _best_chain(table: FormTable, candidates: Sequence[Sequence[Match]], view: LetterView, foreign: list[int]) -> Chain:
    nodes: list[_Node] = []
    bounds = [0]
    for i, matches in enumerate(candidates):
        first = bounds[max(0, i - LOOK_BACK)]
        earlier = range(bounds[i] - 1, first - 1, -1)
        links = [
            (n, cost) for n in earlier if (cost := _gap_cost(nodes[n].match, matches[0], view, foreign)) is not None
        ]
        nodes += [_extend(table, match, links, nodes) for match in matches]
        bounds.append(len(nodes))
    best = max(range(len(nodes)), key=lambda n: nodes[n].score)
    return Chain(table, _path(nodes, best), nodes[best].score)


def _gap_cost(before: Match, after: Match, view: LetterView, foreign: list[int]) -> float | None:
    """None where prose stands between."""
    letters = foreign[after.start] - foreign[before.end]
    if letters > FOREIGN_LIMIT:
        return None
    marks = view.marks[view.places[after.start]] - view.marks[view.places[before.end - 1] + 1]
    return None if marks > MARK_LIMIT else FOREIGN_COST * letters + MARK_COST * marks


def _extend(table: FormTable, match: Match, links: Sequence[tuple[int, float]], nodes: Sequence[_Node]) -> _Node:
    score, previous = 0.0, -1
    for n, cost in links:
        skipped = match.element - nodes[n].match.element - 1
        if skipped >= 0 and (gained := nodes[n].score - cost - SKIP_COST * skipped) > score:
            score, previous = gained, n
    return _Node(match, score + _weight(table.elements[match.element], match), previous)


def _weight(element: Element, match: Match) -> float:
    if element.kind == "head":
        return HEAD_WEIGHT
    return HEAD_WEIGHT + LETTER_WEIGHT * min(match.end - match.start, LETTER_LIMIT)


def _path(nodes: Sequence[_Node], last: int) -> tuple[Match, ...]:
    path: list[Match] = []
    while last >= 0:
        path.append(nodes[last].match)
        last = nodes[last].previous
    return tuple(reversed(path))


def _is_form(chain: Chain) -> bool:
    elements = [chain.element(match) for match in chain.matches]
    rows = sum(element.kind == "row" and not element.optional for element in elements)
    known = {element.part for element in elements} | {element.kind for element in elements}
    table = chain.table
    return (
        rows >= table.minimum
        and len(elements) >= table.minimum_elements
        and (not table.needs or not known.isdisjoint(table.needs))
    )
