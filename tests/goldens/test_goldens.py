"""The results of the examples, whole: any change of a result is a change of a file that a person looks at."""
import json
import os
from pathlib import Path

import pytest

from infer import extract
from tests.conftest import ROOT, UPDATE_GOLDENS, Golden
from tests.goldens.written import golden_text

HERE = Path(__file__).parent
EXAMPLES = sorted((ROOT / "examples").glob("[0-9]*.*"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_result_of_the_example_is_the_golden_one(path: Path, golden: Golden) -> None:
    golden(HERE / f"{path.stem}.json", golden_text(extract(path)))


def test_every_example_has_a_golden_and_every_golden_an_example() -> None:
    assert [path.stem for path in EXAMPLES] == sorted(path.stem for path in HERE.glob("*.json"))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_golden_names_every_fact_with_its_words(path: Path) -> None:
    report = extract(path)
    facts = json.loads(golden_text(report))["facts"]
    assert [fact["text"] for fact in facts] == [report.source.text[slice(*fact["at"])] for fact in facts]
    assert [fact.get("value") for fact in facts] == [fact.value for fact in report.facts]


def test_flag_is_off_in_ci() -> None:
    assert not (os.environ.get("CI") and os.environ.get(UPDATE_GOLDENS)), "goldens must not change in CI"
