"""A row of which only some cells are there is weighed by those, in every combination."""
from decimal import Decimal
from itertools import combinations

import pytest

from infer.forms.atoms import Piece
from infer.forms.plausibility import keeps_order, ordinary
from report.forms import CellKey

ROWS = [
    ("documents.normative.issued", "documents.normative.repealed", "documents.normative.in_force"),
    ("documents.normative.new_made", "documents.normative.new_disclosed", "documents.normative.disclosed_total"),
    ("licensing.items_previous_year", "licensing.items_change", "licensing.decisions"),
    ("procurement.items", "procurement.amount"),
]


def piece(value: int) -> Piece:
    return Piece(start=0, end=1, state="value", value=Decimal(value))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_any_part_of_a_row_can_be_weighed(row: tuple[str, ...]) -> None:
    for size in range(1, len(row) + 1):
        for names in combinations(row, size):
            keys = [CellKey(indicator=name) for name in names]
            assert 0 < ordinary(tuple(piece(n + 1) for n in range(size)), keys) <= 1


def test_a_part_above_its_whole_breaks_the_order_only_where_both_are_there() -> None:
    assert not keeps_order({"issued": piece(9), "in_force": piece(2)})
    assert keeps_order({"issued": piece(9)})
    assert not keeps_order({"items_previous_year": piece(3), "items_change": piece(-4)})
    assert keeps_order({"items_change": piece(-4)})
