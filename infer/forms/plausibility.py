"""How likely a split is where no identity decides; every factor is a rule that can be said in one sentence."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from infer.forms.atoms import Piece
from infer.forms.digits import Split
from report.forms import CellKey

STATED_PER_DIGIT = 10.0
"""A number that the running text states of the row is no accident; each digit makes an accident ten times rarer."""
NEAR = 10.0
"""A number within half and double of one that the running text states (which may count a little differently)."""
PER_MAGNITUDE = 0.1
"""For each order of magnitude beyond what is usual."""
USUAL_STOCK = 100
"""Documents in force are rarely more than a hundred times those issued this year."""
USUAL_PURCHASE = (Decimal(1_000), Decimal(10_000_000))
"""元 for one purchase on the average."""

OFFENCE = 0.02
"""How often an office puts more into a part than into its whole, beside once that it does not."""
_AT_MOST = (("issued", "in_force"), ("new_disclosed", "disclosed_total"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What the running text says: of single cells (by column), and of the row as a whole."""

    cells: Mapping[int, frozenset[Decimal]]
    row: frozenset[Decimal]


def weigh(split: Split, keys: Sequence[CellKey], stated: Stated, *, near: bool) -> float:
    """Relative likelihood of a split; `near` hears numbers of the text that are only close as well."""
    return _stated(split, stated, near=near) * ordinary(split, keys)


def ordinary(split: Split, keys: Sequence[CellKey]) -> float:
    """Relative likelihood of the numbers by their sizes alone."""
    named = {last_name(key): piece.number for key, piece in zip(keys, split, strict=True)}
    order = 1.0 if keeps_order({last_name(key): piece for key, piece in zip(keys, split, strict=True)}) else OFFENCE
    return order * _documents(named) * _disclosed(named) * _items(named) * _purchases(named)


def keeps_order(named: Mapping[str, Piece]) -> bool:
    """No part is more than its whole, and no more items are taken away than there were."""
    for less, more in _AT_MOST:
        if not {less, more} <= named.keys() or named[more].value is None:
            continue
        if named[less].number > named[more].number:
            return False
    if not {"items_change", "items_previous_year"} <= named.keys():
        return True
    return named["items_previous_year"].number + named["items_change"].number >= 0


def is_stated(piece: Piece, column: int, stated: Stated) -> bool:
    return piece.value is not None and (piece.value in stated.cells.get(column, ()) or piece.value in stated.row)


def last_name(key: CellKey) -> str:
    return (key.indicator or "").rpartition(".")[2]


def _stated(split: Split, stated: Stated, *, near: bool) -> float:
    weight = 1.0
    for column, piece in enumerate(split):
        if is_stated(piece, column, stated):
            weight *= STATED_PER_DIGIT ** len(str(abs(int(piece.number))))
        elif near and any(
            number / 2 <= piece.number <= number * 2 for number in stated.cells.get(column, ()) if number >= 10
        ):
            weight *= NEAR
    return weight


def _beyond(value: Decimal, usual: Decimal) -> float:
    """The factor for exceeding the usual."""
    return 1.0 if value <= usual else PER_MAGNITUDE ** math.log10(value / max(usual, Decimal("0.5")))


def _documents(named: Mapping[str, Decimal]) -> float:
    if not {"issued", "repealed", "in_force"} <= named.keys():
        return 1.0
    issued, repealed, in_force = named["issued"], named["repealed"], named["in_force"]
    return _beyond(in_force, USUAL_STOCK * max(issued, Decimal(1))) * _beyond(repealed, issued + in_force)


def _disclosed(named: Mapping[str, Decimal]) -> float:
    if not {"new_made", "new_disclosed", "disclosed_total"} <= named.keys():
        return 1.0
    new = max(named["new_made"], named["new_disclosed"], Decimal(1))
    return _beyond(named["disclosed_total"], USUAL_STOCK * new)


def _items(named: Mapping[str, Decimal]) -> float:
    """Items are added and taken away within the number that there was."""
    if not {"items_previous_year", "items_change"} <= named.keys():
        return 1.0
    return _beyond(abs(named["items_change"]), max(named["items_previous_year"], Decimal(1)))


def _purchases(named: Mapping[str, Decimal]) -> float:
    if "amount" not in named or "items" not in named or not named["items"]:
        return 1.0
    average = named["amount"] / named["items"]
    return _beyond(average, USUAL_PURCHASE[1]) * _beyond(USUAL_PURCHASE[0], max(average, Decimal(1)))
