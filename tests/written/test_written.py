"""The gold of the written reports is itself held to the text and the vocabulary."""
import json
import pathlib
import re
from typing import Any

import pytest

from report.vocabulary import FREE_DIMENSIONS, PERIODS, vocabulary

HERE = pathlib.Path(__file__).parent
NAMES = sorted(path.stem for path in HERE.glob("*.json"))
SUM = re.compile(r"[-\d.+ ]+=[-\d.+= ]+")


def load(name: str) -> tuple[dict[str, Any], str]:
    text = (HERE / f"{name}.txt").read_text(encoding="utf-8")
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8")), text


def key(fact: dict[str, Any]) -> tuple[object, ...]:
    return fact["indicator"], tuple(sorted(fact["by"].items())), fact["value"]


def add(expression: str) -> float:
    return sum(float(term) for term in re.findall(r"[-+]?[\d.]+", expression.replace(" ", "")))


def test_every_report_has_its_gold() -> None:
    assert sorted(path.stem for path in HERE.glob("*.txt")) == NAMES
    assert len(NAMES) >= 30


@pytest.mark.parametrize("name", NAMES)
def test_quotes_and_quantities_stand_in_the_text(name: str) -> None:
    gold, text = load(name)
    assert [f["quote"] for f in gold["facts"] if f["quote"] not in text] == []
    assert [q for q in gold["quantities"] if q not in text] == []


@pytest.mark.parametrize("name", NAMES)
def test_facts_use_the_vocabulary(name: str) -> None:
    for fact in load(name)[0]["facts"]:
        indicator = vocabulary()[fact["indicator"]]
        assert fact["unit"] == indicator.unit
        for dimension, value in fact["by"].items():
            listed = PERIODS if dimension == "period" else vocabulary().dimensions.get(dimension, {})
            assert dimension == "period" or dimension in indicator.by
            assert dimension in FREE_DIMENSIONS or value in listed


@pytest.mark.parametrize("name", NAMES)
def test_a_fact_stands_once(name: str) -> None:
    keys = [key(fact) for fact in load(name)[0]["facts"]]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("name", NAMES)
def test_sums_are_what_the_checks_say(name: str) -> None:
    for check in load(name)[0]["checks"]:
        if SUM.fullmatch(check["note"]):
            sides = [add(side) for side in check["note"].split("=")]
            assert (max(sides) - min(sides) < 1e-6) == (check["status"] == "pass"), check
