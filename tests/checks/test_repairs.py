"""Whatever table adds up passes; one wrong cell is seen, and what is proposed for it is what stood there."""
from hypothesis import given, settings
from hypothesis import strategies as st

from report.checks import Check
from report.facts import FormId
from tests.checks.made import APPLICANTS, COLUMNS, FLOW, Table, cell, cells, empty_table, outcomes, run, small_table

COUNTS = st.one_of(st.just(0), st.integers(0, 4000))
RESULTS = ("upheld", "corrected", "other", "pending", "total")


@st.composite
def consistent_tables(draw: st.DrawFn, form: FormId) -> Table:
    """Outcomes and carry-over at will; the other cells follow."""
    table = empty_table(form)
    for column in APPLICANTS:
        filled = draw(st.dictionaries(st.sampled_from(outcomes(form)), COUNTS, max_size=6))
        table |= {(row, column): value for row, value in filled.items()}
        processed, carried_out = sum(filled.values()), draw(COUNTS)
        carried_in = draw(st.integers(0, processed + carried_out))
        values = (processed + carried_out - carried_in, carried_in, processed, carried_out)
        table |= {(row, column): value for row, value in zip(FLOW, values, strict=True)}
    for row, _ in list(table):
        table[row, "total"] = sum(table[row, column] or 0 for column in APPLICANTS)
    return table


FORMS: st.SearchStrategy[FormId] = st.sampled_from(["2019", "2021"])
TABLES = FORMS.flatmap(lambda form: st.tuples(st.just(form), consistent_tables(form)))


def _failed(table: Table, form: FormId) -> list[Check]:
    return [one for one in run(cells(table), form=form).values() if one.status == "fail"]


@settings(max_examples=40, deadline=None)
@given(TABLES, st.data())
def test_consistent_tables_pass_with_any_zero_left_blank(made: tuple[FormId, Table], data: st.DataObject) -> None:
    form, table = made
    zeros = [key for key, value in table.items() if value == 0]
    blank = data.draw(st.sets(st.sampled_from(zeros))) if zeros else set()
    found = run(cells(table | dict.fromkeys(blank)), form=form)
    assert {one.status for one in found.values()} <= {"pass"}


@settings(max_examples=40, deadline=None)
@given(TABLES, st.data())
def test_a_single_wrong_cell_is_found_and_mended(made: tuple[FormId, Table], data: st.DataObject) -> None:
    form, table = made
    key = data.draw(st.sampled_from(sorted(table)))
    right = table[key]
    wrong = data.draw(COUNTS.filter(lambda value: value != right))
    failed = _failed(table | {key: wrong}, form)
    assert failed
    assert {one.repair for one in failed} == {f"{'/'.join(key)}={right}"}


@settings(max_examples=40, deadline=None)
@given(TABLES, st.data())
def test_a_repair_of_a_table_without_row_totals_is_right_or_not_offered(
    made: tuple[FormId, Table], data: st.DataObject,
) -> None:
    form, table = made
    table |= {(row, "total"): None for row in data.draw(st.sets(st.sampled_from(outcomes(form))))}
    key = data.draw(st.sampled_from([key for key in sorted(table) if key[1] != "total"]))
    failed = _failed(table | {key: data.draw(COUNTS.filter(lambda value: value != table[key]))}, form)
    assert failed
    assert {one.repair for one in failed} <= {None, f"{'/'.join(key)}={table[key]}"}


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4), st.sampled_from(range(5)), st.integers(0, 60))
def test_a_repair_of_a_dispute_is_right_or_not_offered(parts: list[int], place: int, wrong: int) -> None:
    values = [*parts, sum(parts)]
    right, values[place] = values[place], wrong
    facts = [cell(f"reconsideration.{name}", value) for name, value in zip(RESULTS, values, strict=True)]
    found = run(facts)["reconsideration.parts", "report"]
    assert (found.status == "pass") == (right == wrong)
    assert found.repair in (None, f"reconsideration.{RESULTS[place]}={right}")


def test_a_dispute_is_mended_where_only_the_total_can_be_wrong() -> None:
    values = (8, 2, 0, 0, 0)
    facts = [cell(f"reconsideration.{name}", value) for name, value in zip(RESULTS, values, strict=True)]
    assert run(facts)["reconsideration.parts", "report"].repair == "reconsideration.total=10"


def test_two_wrong_cells_have_no_single_repair() -> None:
    table = small_table()
    table["requests.granted", "natural_person"] = 7
    table["requests.carried_out", "enterprise"] = 4
    failed = _failed(table, "2021")
    assert len(failed) == 4
    assert {one.repair for one in failed} == {None}


def test_a_blank_cell_may_be_the_one_to_fill() -> None:
    table = small_table()
    table["requests.new", "enterprise"] = None
    assert {one.repair for one in _failed(table, "2021")} == {"requests.new/enterprise=2"}
    assert len(COLUMNS) == 7
