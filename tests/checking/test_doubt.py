"""A fault of the reading is never told as one of the report: two readings must agree, else a person should look."""
from collections.abc import Sequence
from dataclasses import replace

import pytest

from infer import extract
from infer.checking import Finding, check_report
from report import Report
from report.facts import Fact
from report.identities import check
from tests.checking.documents import WRITERS
from tests.checking.drafting import Fault, source, spoil


def read(text: str, file: str = "docx") -> Report:
    return extract(WRITERS[file](text), name=f"draft.{file}")


def again(report: Report, facts: Sequence[Fact]) -> Report:
    """The report with other facts, its checks computed from them."""
    return replace(report, facts=tuple(facts), checks=check(facts, report.meta, report.sections, report.source.text))


def kinds(report: Report) -> dict[str, str]:
    findings: tuple[Finding, ...] = check_report(report).findings
    return {finding.kind: finding.level for finding in findings}


@pytest.fixture(scope="module")
def contradicting() -> Report:
    """13 requests in the text, 14 in the table."""
    fault = Fault(find="我局共收到政府信息公开申请14件", replace="我局共收到政府信息公开申请13件")
    return read(spoil(source("health_2023"), fault))


@pytest.fixture(scope="module")
def unbalanced() -> Report:
    """65 instead of 55 granted."""
    return read(spoil(source("county_2022"), Fault(row="（一）予以公开", column="总计", to="65")))


def test_what_rules_and_model_read_alike_is_an_error(contradicting: Report) -> None:
    assert kinds(contradicting) == {"text.table": "error"}


@pytest.mark.parametrize("method", ["rule", "model"])
def test_what_one_of_them_read_alone_is_a_note(contradicting: Report, method: str) -> None:
    facts = [replace(fact, method=method) if fact.evidence.text == "13件" else fact  # type: ignore[arg-type]
             for fact in contradicting.facts]
    assert kinds(again(contradicting, facts)) == {"reading.text": "note"}


def test_a_cell_that_is_sure_is_an_error(unbalanced: Report) -> None:
    assert kinds(unbalanced) == {"table.cell": "error"}


def test_a_doubtful_cell_is_a_note(unbalanced: Report) -> None:
    facts = [replace(fact, confidence=0.6) if fact.value == 65 else fact for fact in unbalanced.facts]
    assert kinds(again(unbalanced, facts)) == {"reading.table": "note"}


def test_a_cell_cut_from_longer_digits_is_a_note(unbalanced: Report) -> None:
    """The form's reader is sure, but the plain look at the line sees 165."""
    text = unbalanced.source.text
    place = next(fact.evidence.start for fact in unbalanced.facts if fact.value == 65)
    source_of = replace(unbalanced.source, text=text[:place - 1] + "1" + text[place:])
    assert kinds(replace(unbalanced, source=source_of)) == {"reading.table": "note"}


def test_cells_not_side_by_side_are_a_note(unbalanced: Report) -> None:
    """Words between two cells of a row: one of them may belong elsewhere."""
    text = unbalanced.source.text
    place = next(fact.evidence.start for fact in unbalanced.facts if fact.value == 65)
    source_of = replace(unbalanced.source, text=text[:place - 1] + "注" + text[place:])
    assert kinds(replace(unbalanced, source=source_of)) == {"reading.table": "note"}


def test_digits_that_ran_together_are_a_note() -> None:
    text = source("county_2022").replace("## 二、", "## 二、")
    glued = WRITERS["tabs"](text).decode().replace("\t", "")
    report = extract(glued.encode(), name="draft.txt")
    assert {finding.level for finding in check_report(report).findings} <= {"note"}


def test_no_errors_without_a_model_s_word() -> None:
    """Read by rules alone, the running text has one reading: nothing in it is an error."""
    from infer.labelling import Choice, labelling

    fault = Fault(find="我局共收到政府信息公开申请14件", replace="我局共收到政府信息公开申请13件")
    data = WRITERS["docx"](spoil(source("health_2023"), fault))
    report = extract(data, name="draft.docx", labels=labelling(Choice(mode="rules")))
    assert check_report(report).errors == 0
