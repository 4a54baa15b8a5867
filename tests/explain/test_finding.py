"""Which facts an id, an indicator, words or a value name, and what is said where they name none."""
from dataclasses import replace

import pytest

from infer.results.finding import NoSuchFact, find_facts
from report.facts import Evidence, Fact
from tests.results import made

ALT = made.said("f10", "consultations.total", 420, "420条", status="alternative", reading_of="f3", method="model")
FACTS = (*made.PROSE, ALT)


def ids(wanted: str, facts: tuple[Fact, ...] = FACTS, text: str = made.TEXT) -> list[str]:
    return [fact.id for fact in find_facts(facts, text, wanted)]


@pytest.mark.parametrize(("wanted", "found"), [
    ("f2", ["f2"]),
    ("f10", ["f10"]),
    ("proactive.total", ["f1", "f2", "f3", "f4"]),
    ("主动公开政府信息数", ["f1", "f2", "f3", "f4"]),
    ("860条", ["f2"]),
    ("政府网站860", ["f2"]),
    ("政府网站 860 条，微信公众号", ["f2"]),
    ("其中政府网站860条，微信公众号420条", ["f2", "f3"]),
    ("８６０条", ["f2"]),
    ("政府網站860條", ["f2"]),
    ("1,280", ["f1"]),
    ("98.5%", ["f7"]),
    ("25000元", ["f8"]),
    ("60余人次", ["f5"]),
    ("行政复议申请", ["f6"]),
    ("consultations.total", ["f5", "f10"]),
])
def test_words_name_their_facts(wanted: str, found: list[str]) -> None:
    assert ids(wanted) == found


@pytest.mark.parametrize("wanted", ["60条", "128", "0条"])
def test_a_number_is_not_a_part_of_another(wanted: str) -> None:
    with pytest.raises(NoSuchFact):
        ids(wanted)


def test_a_reading_that_lost_stands_behind_the_one_that_won() -> None:
    assert ids("420条") == ["f3"]


def test_of_two_readings_that_were_both_not_taken_one_is_named() -> None:
    doubted = replace(made.PROSE[2], status="alternative", reading_of="f3")
    assert ids("420条", (doubted, ALT)) == ["f3"]


def test_a_value_is_found_however_it_is_written() -> None:
    text = "共收到七件。"
    seven = Fact(id="f1", indicator="requests.new", value=7, unit="件", state="value", method="rule", confidence=0.9,
                 evidence=Evidence(start=3, end=5, text="七件"))
    assert ids("7件", (seven,), text) == ids("7", (seven,), text) == ids("七件", (seven,), text) == ["f1"]


@pytest.mark.parametrize(("wanted", "said"), [
    ("f99", "no fact “f99”: they are f1 to f10"),
    ("proactive.totl", "no fact “proactive.totl”; near it: proactive.total"),
    ("proposals.received", "no fact “proposals.received”: it states none of this indicator; near it: proposals."),
    ("861条", "no fact “861条”; near it: 860条"),
    ("投入", "no fact “投入”: the words are there, but no number was read from them; near it: "),
    ("", "no fact “”"),
    ("\x1b[31m", "no fact “"),
])
def test_what_is_not_there_is_one_line_with_what_is_near(wanted: str, said: str) -> None:
    with pytest.raises(NoSuchFact) as refused:
        ids(wanted)
    assert str(refused.value).startswith(said)
    assert str(refused.value).isprintable()


def test_the_numbers_nearest_to_the_words_are_named() -> None:
    with pytest.raises(NoSuchFact, match=r"f8 “2\.5万元”"):
        ids("投入经费")


def test_nothing_is_near_in_a_report_without_facts() -> None:
    with pytest.raises(NoSuchFact, match="it states none"):
        ids("f1", ())
