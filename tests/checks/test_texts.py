"""The running text against the tables."""
from dataclasses import replace

import pytest

from report.facts import Meta
from report.identities import check
from report.spans import Qualifier
from tests.checks.made import cell, cells, run, said, small_table

TEXT = "本年共收到申请11件，其中自然人9件，予以公开及部分公开6件，不予公开2件，行政诉讼5件，共办结约30件，另收到12件。"
TABLE = cells(small_table())


@pytest.mark.parametrize(("words", "value", "status"), [("11件", 11, "pass"), ("12件", 12, "fail")])
def test_a_figure_said_in_both_is_compared(words: str, value: int, status: str) -> None:
    fact = said(TEXT, words, "requests.new", value, unit="件")
    found = run([*TABLE, fact], text=TEXT)["text_vs_table.requests.new", "report"]
    assert (found.status, found.left.value, found.right.value) == (status, value, 11)
    assert (found.left.facts, found.right.facts) == ((words,), ("requests.new/total",))
    assert found.fault == (None if status == "pass" else "source")


def test_parts_are_compared_with_the_same_part() -> None:
    fact = said(TEXT, "9件", "requests.new", 9, unit="件", applicant="natural_person")
    found = run([*TABLE, fact], text=TEXT)
    assert found["text_vs_table.requests.new", "applicant=natural_person"].status == "pass"
    assert ("text_vs_table.requests.new", "report") not in found


def test_a_total_that_the_form_gives_in_parts_is_added_up() -> None:
    fact = said(TEXT, "2件", "requests.denied.total", 2, unit="件")
    found = run([*TABLE, fact], text=TEXT)["text_vs_table.requests.denied.total", "report"]
    assert (found.status, found.right.expression) == ("pass", "保护第三方合法权益 2")


def test_row_totals_left_out_are_added_up_from_the_applicants() -> None:
    table = small_table()
    table["requests.denied.third_party_rights", "total"] = None
    facts = [*cells(table), said(TEXT, "2件", "requests.denied.total", 2, unit="件")]
    assert run(facts, text=TEXT)["text_vs_table.requests.denied.total", "report"].right.expression == (
        "保护第三方合法权益（自然人） 2")


def test_litigation_of_both_kinds_is_added_up() -> None:
    facts = [cell("litigation.direct.total", 4), cell("litigation.after_reconsideration.total", 1),
             said(TEXT, "5件", "litigation.total", 5, unit="件")]
    assert run(facts, text=TEXT)["text_vs_table.litigation.total", "report"].status == "pass"


@pytest.mark.parametrize(("words", "status"), [("6件", "fail"), ("予以公开及部分公开6件", "pass")])
def test_granted_and_partly_granted_named_together_are_added_up(words: str, status: str) -> None:
    table = small_table()
    for column in ("natural_person", "total"):
        table["requests.partially_granted", column] = 1
    text = TEXT if status == "pass" else TEXT.replace("及部分公开", "")
    facts = [*cells(table), said(text, words, "requests.granted", 6, unit="件")]
    assert run(facts, text=text)["text_vs_table.requests.granted", "report"].status == status


@pytest.mark.parametrize(("qualifier", "value", "status"), [
    (None, 10, "fail"), ("at_least", 10, "pass"), ("at_least", 12, "fail"), ("at_most", 12, "pass"),
    ("about", 12, "pass"), ("about", 15, "fail")])
def test_approximate_words_admit_what_they_say(qualifier: Qualifier | None, value: int, status: str) -> None:
    fact = replace(said(TEXT, "30件", "requests.new", value, unit="件"), qualifier=qualifier)
    assert run([*TABLE, fact], text=TEXT)["text_vs_table.requests.new", "report"].status == status


def test_an_unreadable_cell_leaves_it_open_and_a_blank_one_is_not_compared() -> None:
    fact = said(TEXT, "5件", "complaints.total", 5, unit="件")
    unreadable = run([fact, cell("complaints.total", None, state="unreadable")], form="2014", text=TEXT)
    assert unreadable["text_vs_table.complaints.total", "report"].status == "unknown"
    assert run([fact, cell("complaints.total", None)], form="2014", text=TEXT) == {}


def test_a_second_figure_beside_one_that_agrees_is_rather_misread() -> None:
    facts = [*TABLE, said(TEXT, "11件", "requests.new", 11, unit="件"), said(TEXT, "12件", "requests.new", 12, unit="件")]
    found = [one for one in check(facts, Meta(form="2021"), (), TEXT) if one.id == "text_vs_table.requests.new"]
    assert [(one.status, one.fault) for one in found] == [("pass", None), ("fail", "reading")]
