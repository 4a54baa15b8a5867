"""Scores by kind of document."""
import pytest

from tests.train.evaluating.made import case
from train.evaluating.groups import GroupScore, by_group, era

TOWN = case("收到[[3件|COUNT:requests.new]]，[[4元|FEE:other]]", "收到[[3件|COUNT:requests.new]]，[[4|FEE:other]]元",
            name="a", level="town", form="narrative", year=2010, noise=("typos", "spam", "typos"))
CITY = case("收到[[3件|COUNT:requests.new]]", "收到[[3件|COUNT:other]]", name="b", level="city", form="2021", year=2024)
EMPTY = case("无", name="c", year=None, script="traditional")


def test_each_document_counts_in_its_groups() -> None:
    found = by_group([TOWN, CITY, EMPTY])
    assert found["level"] == {
        "city": GroupScore(documents=1, spans=1, precision=0, recall=0, f1=0, types_f1=1),
        "town": GroupScore(documents=1, spans=2, precision=0.5, recall=0.5, f1=0.5, types_f1=0.5),
        "unknown": GroupScore(documents=1, spans=0, precision=None, recall=None, f1=None, types_f1=None)}
    assert {name: one.documents for name, one in found["noise"].items()} == {"none": 2, "spam": 1, "typos": 1}
    assert list(found["era"]) == ["2008-2013", "2021-", "unknown"]
    simplified = found["script"]["simplified"]
    assert (simplified.documents, simplified.spans) == (2, 3)
    assert simplified.f1 == pytest.approx(1 / 3)


@pytest.mark.parametrize(("year", "name"), [
    (2008, "2008-2013"), (2013, "2008-2013"), (2014, "2014-2018"), (2018, "2014-2018"), (2019, "2019-2020"),
    (2020, "2019-2020"), (2021, "2021-"), (None, "unknown")])
def test_eras_are_those_of_the_official_forms(year: int | None, name: str) -> None:
    assert era(year) == name
