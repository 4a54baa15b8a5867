"""gongkai explain: the words, the readings and their scores, the checks."""
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from infer.cli import app
from tests.conftest import ROOT

TEXT = "柳溪镇2021年政府信息公开工作年度报告\n\n2021年，柳溪镇主动公开政府信息73条，其中网站公开50条、公开栏23条。\n"


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "柳溪镇.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def told(path: Path, fact: str, *options: str) -> list[dict[str, Any]]:
    result = CliRunner().invoke(app, ["explain", str(path), fact, "--json", *options])
    assert result.exit_code == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_both_readings_and_their_scores_are_told(report: Path) -> None:
    (one,) = told(report, "73条")
    (reading,) = one["readings"]
    assert (one["fact"]["indicator"], one["fact"]["value"]) == ("proactive.total", 73)
    assert reading["by"] == "both"
    assert 0 < reading["score"] <= 1
    assert 0 < reading["tier"] <= 1
    assert reading["movers"]


def test_the_checks_that_name_the_fact_are_told(report: Path) -> None:
    (one,) = told(report, "73条")
    assert [(check["id"].split(".")[0], check["status"]) for check in one["checks"]] == [("parts_of_whole", "pass")]
    assert one["fact"]["confidence"] >= one["before_checks"]


def test_rules_alone_have_no_score_of_a_model(report: Path) -> None:
    (one,) = told(report, "73条", "--rules-only")
    assert [reading["score"] for reading in one["readings"]] == [None]


def test_an_id_an_indicator_and_a_value_name_the_same_fact(report: Path) -> None:
    (by_words,) = told(report, "73条")
    name = by_words["fact"]["id"]
    assert told(report, name) == told(report, "73") == [by_words]
    assert by_words in told(report, "proactive.total")


def test_a_form_cell_is_explained_by_its_table() -> None:
    path, = (ROOT / "examples").glob("07_beixiu_district_2020.*")
    assert "表格" in CliRunner().invoke(app, ["explain", str(path), "requests.new"]).stdout


def test_the_words_stand_marked_in_their_sentence(report: Path) -> None:
    result = CliRunner().invoke(app, ["explain", str(report), "73条"])
    assert "主动公开政府信息【73条】，其中网站公开50条" in result.stdout


def test_what_is_not_there_is_one_line_with_what_is_like_it(report: Path) -> None:
    result = CliRunner().invoke(app, ["explain", str(report), "proactive.totl"])
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "no fact 'proactive.totl'" in result.stderr
    assert "proactive.total" in result.stderr
