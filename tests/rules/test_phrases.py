"""Phrases of every family of indicators (test_phrases.toml), and numbers of other things (distractors.toml)."""
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.rules.made import named, opened, read_passage

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A passage and its place; `facts` are all its facts with an indicator, `open` values that stand as open facts."""

    text: str
    section: str
    year: int
    facts: tuple[str, ...] = ()
    open: tuple[int | float, ...] = ()


def load(name: str) -> list[Phrase]:
    groups = tomllib.loads((HERE / name).read_text(encoding="utf-8"))["group"]
    return [Phrase(text=case["text"], section=group["section"], year=group["year"], facts=tuple(case.get("facts", ())),
                   open=tuple(case.get("open", ())))
            for group in groups for case in group["cases"]]


@pytest.mark.parametrize("phrase", load("test_phrases.toml"), ids=lambda phrase: phrase.text[:28])
def test_phrase_states_these_facts_and_no_others(phrase: Phrase) -> None:
    facts = read_passage(phrase.text, section=phrase.section, year=phrase.year)
    assert named(facts) == set(phrase.facts)
    assert set(phrase.open) <= set(opened(facts))


@pytest.mark.parametrize("phrase", load("distractors.toml"), ids=lambda phrase: phrase.text[:28])
def test_numbers_of_other_things_get_no_indicator(phrase: Phrase) -> None:
    assert named(read_passage(phrase.text, section=phrase.section, year=phrase.year)) == set()
