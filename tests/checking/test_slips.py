"""The slip that explains failed sums, and what happened at the keyboard."""
from dataclasses import replace

import pytest

from infer.checking.slips import Slip, find_troubles, misprint
from report.facts import Fact, Meta
from report.identities import check
from tests.checks.made import Table, cells, small_table


def troubles(table: Table) -> list[tuple[Slip, ...]]:
    facts = cells(table)
    checks = check(facts, Meta(form="2021"), (), "")
    return [trouble.slips for trouble in find_troubles(checks, {fact.id: fact for fact in facts})]


def changed(**cell: int) -> Table:
    table = small_table()
    for name, value in cell.items():
        row, column = name.split("__")
        table[f"requests.{row}", column] = value
    return table


def test_sums_that_hold_are_no_trouble() -> None:
    assert troubles(small_table()) == []


def test_one_wrong_cell_is_mended_by_one_change() -> None:
    assert troubles(changed(granted__natural_person=7)) == [
        (Slip(shape="cell", changes={"requests.granted/natural_person": -3}),)]


def test_two_cells_changed_about_are_found() -> None:
    found = troubles(changed(new__natural_person=2, new__enterprise=9))
    assert found == [(Slip(shape="swapped", changes={
        "requests.new/enterprise": -7, "requests.new/natural_person": 7}),)]


def test_a_slip_carried_into_its_total_is_found() -> None:
    found = troubles(changed(processed_total__enterprise=3, processed_total__total=12))
    assert found == [(Slip(shape="carried", changes={
        "requests.processed_total/enterprise": -2, "requests.processed_total/total": -2}),)]


def test_two_independent_faults_have_no_single_slip() -> None:
    assert troubles(changed(granted__natural_person=7, carried_out__legal_service=4)) == [()]


def test_no_change_goes_below_nothing() -> None:
    facts = [replace(fact, value=5) if fact.id == "requests.new/total" else fact for fact in cells(small_table())]
    checks = check(facts, Meta(form="2021"), (), "")
    by_id: dict[str, Fact] = {fact.id: fact for fact in facts}
    for trouble in find_troubles(checks, by_id):
        for slip in trouble.slips:
            assert all((by_id[name].value or 0) + change >= 0 for name, change in slip.changes.items())


@pytest.mark.parametrize(("old", "new", "kind"), [
    (0, 7, "left_out"), (None, 7, "left_out"), (73, 37, "transposed"), (14, 13, "one_digit"), (99, 9, "digit_too_many"),
    (36, 363, "digit_missing"), (18, 42, None), (1.5, 2, None),
])
def test_what_happened_at_the_keyboard(old: float | None, new: float, kind: str | None) -> None:
    assert misprint(old, new) == kind
