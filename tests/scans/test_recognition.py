"""What recognition takes from a fact: its confidence, and the word of figures that do not add up."""
from dataclasses import replace
from typing import Any

import pytest

from infer.read.ocr import likely
from infer.recognition import MISREAD, lowered, marked, pages_of, sureness
from report import Check, Document, Evidence, Fact
from report.checks import CheckStatus, Side
from report.document import LineBox, Source

TAKE = 0.7


def fact(number: int, value: float, *, recognised: float | None = 0.99, confidence: float = 0.95, **more: Any) -> Fact:
    words = str(value)
    made = Fact(id=f"f{number}", indicator="requests.new", by={}, value=value, unit="件", state="value", scope="own",
                method="table", confidence=confidence, status="stated",
                evidence=Evidence(start=0, end=len(words), text=words, recognised=recognised))
    return replace(made, **more)


def test_a_fact_is_never_surer_than_its_words() -> None:
    one, = lowered([fact(1, 12, recognised=0.8)], TAKE)
    assert one.confidence == pytest.approx(0.76)
    assert lowered([fact(1, 12, recognised=None)], TAKE)[0] == fact(1, 12, recognised=None)


def test_a_cell_recognised_with_doubt_is_ambiguous_and_text_is_not_stated() -> None:
    cell, = lowered([fact(1, 12, recognised=0.4)], TAKE)
    assert (cell.ambiguous, cell.status, cell.reason) == (True, "stated", "recognised with doubt")
    text, = lowered([fact(1, 12, recognised=0.4, method="rule")], TAKE)
    assert (text.status, text.reason) == ("alternative", "not sure enough: 0.38, 0.70 is asked for")


def test_a_comma_that_may_have_become_a_point_is_doubted() -> None:
    found = fact(1, 5.208, evidence=Evidence(start=0, end=5, text="5.208", recognised=0.99))
    one, = lowered([found], TAKE)
    assert one.ambiguous
    assert one.confidence <= MISREAD
    money, = lowered([replace(found, unit="元")], TAKE)
    assert not money.ambiguous


def sums(left: str, right: tuple[str, ...], status: CheckStatus) -> Check:
    return Check(id="requests.sum", subject="total", formula="", status=status,
                 left=Side(expression="", value=1, facts=(left,)), right=Side(expression="", value=2, facts=right))


def test_figures_that_do_not_add_up_are_marked_unless_another_sum_upholds_them() -> None:
    facts = [fact(number, number) for number in range(1, 5)]
    found = marked(facts, [sums("f1", ("f2", "f3"), "fail"), sums("f4", ("f2",), "pass")])
    assert [one.ambiguous for one in found] == [True, False, True, False]
    assert all(one.confidence <= MISREAD for one in found if one.ambiguous)


def test_figures_of_text_are_no_fault_of_recognition() -> None:
    facts = [fact(1, 1, recognised=None), fact(2, 2), fact(3, 3)]
    assert [one.ambiguous for one in marked(facts, [sums("f1", ("f2", "f3"), "fail")])] == [False, True, True]


def test_sureness_is_of_all_characters_that_weigh() -> None:
    text = "公开12,345条。"
    sure = (0.9, 0.9, 0.5, 1.0, 0.8, 1.0, 1.0, 1.0, 1.0, 0.1)
    doc = Document(source=Source(name="a", media="image", encoding=None, sha256="", size=1, pages=1, text=text),
                   lines=(LineBox(start=0, end=len(text), page=1, box=(0, 0, 1, 1), sure=sure),))
    assert sureness(doc, 2, 9) == pytest.approx(0.4)
    assert sureness(doc, 0, len(text)) == pytest.approx(0.324)
    plain = replace(doc, lines=(replace(doc.lines[0], sure=()),))
    assert sureness(plain, 2, 9) is None


@pytest.mark.parametrize("character", ["3", "政"])
def test_the_surer_the_model_the_likelier(character: str) -> None:
    found = [likely(character, sure, 0.9) for sure in (0.0, 0.3, 0.6, 0.9, 0.99, 1.0)]
    assert found == sorted(found)
    assert 0 < found[0] < found[-1] < 1


def test_pages_are_told_in_runs() -> None:
    assert pages_of([1, 3, 4, 5, 9]) == "1, 3-5, 9"
