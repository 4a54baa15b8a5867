"""The same filled form in every state: the values come back, or the reader says that it cannot."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infer.forms import FormCell, read_forms
from report.document import Document
from tests.forms.made import (
    DRIFT,
    Form,
    as_grid,
    as_lines,
    as_loose_run,
    as_pipes,
    as_run,
    document,
    drift,
    make_form,
    seeded,
)

Render = Callable[[Form, Random], Document]
APART: dict[str, Render] = {
    "grid": lambda form, _: as_grid(form),
    "pages": lambda form, _: as_grid(form, pages=True),
    "pipes": lambda form, _: as_pipes(form),
    "lines": lambda form, _: as_lines(form),
    "indented": lambda form, _: as_lines(form, gap="\n\n", indent="\t"),
}
TOGETHER: dict[str, Render] = {"run": lambda form, _: as_run(form), "loose": as_loose_run}
seeds = st.integers(0, 10**6)


def by_key(doc: Document) -> dict[tuple[str, str], FormCell]:
    return {(cell.indicator, cell.by.get("applicant", "")): cell for cell in read_forms(doc).cells}


def assert_nothing_wrong(form: Form, doc: Document) -> None:
    """Every value stands where the truth has it, unless it is said to be ambiguous, and is what its words say."""
    for key, cell in by_key(doc).items():
        assert 0 <= cell.start <= cell.end <= len(doc.text)
        if cell.value is None:
            assert cell.state not in ("value", "zero")
        else:
            assert cell.ambiguous or form.truth[key] == cell.value, (key, doc.text[cell.label_start : cell.end + 9])
            assert int(doc.text[cell.start : cell.end]) == cell.value


@pytest.mark.parametrize("layout", APART)
@pytest.mark.parametrize("zero", ["0", "-", "——", "／", "无"])
@settings(max_examples=20)
@given(seed=seeds)
def test_cells_that_stand_apart_are_all_read(layout: str, zero: str, seed: int) -> None:
    form = make_form(seeded(seed), zero=zero, large=seed % 2 == 0)
    cells = by_key(APART[layout](form, seeded(seed)))
    assert {key: cell.value for key, cell in cells.items()} == form.truth
    assert not any(cell.ambiguous for cell in cells.values())


@pytest.mark.parametrize("layout", ["grid", "pages", "pipes"])
@settings(max_examples=20)
@given(seed=seeds)
def test_blank_cells_of_a_table_stay_blank(layout: str, seed: int) -> None:
    form = make_form(seeded(seed), zero="")
    cells = by_key(APART[layout](form, seeded(seed)))
    assert {key: cell.value for key, cell in cells.items()} == form.truth
    assert {cell.state for cell in cells.values() if cell.value is None} == {"blank"}


@pytest.mark.parametrize("layout", TOGETHER)
@settings(max_examples=20)
@given(seed=seeds)
def test_cells_run_together_are_split_by_the_identities(layout: str, seed: int) -> None:
    form = make_form(seeded(seed), large=seed % 2 == 0)
    doc = TOGETHER[layout](form, seeded(seed))
    assert_nothing_wrong(form, doc)
    requests = [cell for key, cell in by_key(doc).items() if key[0].startswith("requests.")]
    assert sum(cell.value is None for cell in requests) <= len(requests) * 0.2


@pytest.mark.parametrize("layout", [*APART, *TOGETHER])
@pytest.mark.parametrize("zero", ["0", "-", "—", "", "/"])
@settings(max_examples=20)
@given(seed=seeds)
def test_no_layout_gives_a_wrong_value_in_silence(layout: str, zero: str, seed: int) -> None:
    form = make_form(seeded(seed), zero=zero, large=seed % 3 == 0)
    assert_nothing_wrong(form, (APART | TOGETHER)[layout](form, seeded(seed)))


@pytest.mark.parametrize("layout", ["lines", "run", "loose"])
@settings(max_examples=20)
@given(seed=seeds)
def test_drifted_labels_are_known(layout: str, seed: int) -> None:
    form = make_form(seeded(seed))
    doc = (APART | TOGETHER)[layout](form, seeded(seed))
    drifted = document(drift(doc.text))
    assert any(words in drifted.text for words in DRIFT.values())
    assert_nothing_wrong(form, drifted)
    assert by_key(drifted).keys() == by_key(doc).keys()


@settings(max_examples=20)
@given(seed=seeds)
def test_white_space_and_line_breaks_inside_labels_change_nothing(seed: int) -> None:
    random = seeded(seed)
    form = make_form(random)
    doc = as_lines(form)
    torn = "".join(
        a + ("\n" if random.random() < 0.3 and "一" <= a <= "鿿" and "一" <= b <= "鿿" else "")
        for a, b in zip(doc.text, doc.text[1:] + " ", strict=True)
    )
    assert {key: cell.value for key, cell in by_key(document(torn)).items()} == form.truth


def test_traditional_characters_with_pinyin_are_read_at_their_own_offsets() -> None:
    form = make_form(seeded(7))
    text = (
        as_lines(form)
        .text.replace("政府信息公开申请数量", "政府信息公開(kāi)申請數(shù)量")
        .replace("总计", "總(zǒng)計")
    )
    doc = document(text)
    assert_nothing_wrong(form, doc)
    assert {key: cell.value for key, cell in by_key(doc).items()} == form.truth


def test_two_copies_of_a_form_are_both_read() -> None:
    first, second = make_form(seeded(1)), make_form(seeded(2))
    doc = document(as_run(first).text + as_lines(second).text)
    readings = read_forms(doc)
    totals = [cell.value for cell in readings.cells if cell.indicator == "requests.processed_total" and not cell.by]
    key = ("requests.processed_total", "")
    assert totals == [first.truth[key], second.truth[key]]
    assert readings.detected == "2021"


def test_the_regions_hold_the_cells_and_not_the_prose() -> None:
    doc = as_run(make_form(seeded(3)))
    readings = read_forms(doc)
    covered = "".join(doc.text[start:end] for start, end in readings.regions)
    assert all(
        any(start <= cell.start and cell.end <= end for start, end in readings.regions) for cell in readings.cells
    )
    assert "全年主动公开" not in covered
    assert "2024年" not in covered


@pytest.mark.parametrize("words", [{"信息": "資訊"}, {"信息": "資訊", "文件": "檔案"}, {"政府信息": "政府資訊", "复议": "覆議"}])
@pytest.mark.parametrize("layout", ["lines", "run"])
def test_vocabulary_of_gateways_is_that_of_the_form(words: dict[str, str], layout: str) -> None:
    form = make_form(seeded(41))
    plain = (APART | TOGETHER)[layout](form, seeded(41))
    text = plain.text
    for mainland, other in words.items():
        text = text.replace(mainland, other)
    expected = [(cell.indicator, cell.by, cell.value, cell.start, cell.end) for cell in read_forms(plain).cells]
    found = [(cell.indicator, cell.by, cell.value, cell.start, cell.end) for cell in read_forms(document(text)).cells]
    assert found == expected
