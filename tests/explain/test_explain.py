"""gongkai explain, as its users meet it."""
import json
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from infer.cli import app
from infer.model.reliability import reliability
from infer.results.explained import FACTS_SHOWN
from infer.results.notes import mover_label
from tests.conftest import ROOT
from tests.explain.made import TEXT

pytest.importorskip("onnxruntime")

EXAMPLE = ROOT / "examples" / "07_beixiu_district_2020.txt"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "柳溪镇.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def results(report: Path) -> Path:
    other = report.with_name("桃源镇.txt")
    other.write_text(TEXT.replace("柳溪", "桃源").replace("7件", "9件"), encoding="utf-8")
    assert run("extract", report.name, other.name, "-o", "all.jsonl", "-q").exit_code == 0
    return report.with_name("all.jsonl")


def run(*arguments: str, data: str | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=data)


def page(*arguments: str) -> str:
    result = run("explain", *arguments)
    assert result.exit_code == 0, result.stderr
    return result.stdout


def told(*arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in page(*arguments, "--json").splitlines()]


def refused(*arguments: str) -> str:
    result = run("explain", *arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.count("\n") == 1
    return result.stderr


def test_page_shows_words_readings_scores_and_checks(report: Path) -> None:
    said = page(str(report), "310条")
    assert "我镇主动公开政府信息【310条】，其中" in said
    assert "规则的等级" in said
    assert "模型的得分" in said
    assert "✓ 各部分与总数" in said
    assert "各部分 310，总数 310" in said
    assert "勾稽相符" in said


def test_page_shows_the_features_that_moved_most_and_all_when_asked(report: Path) -> None:
    few, all_of_them = page(str(report), "310条"), page(str(report), "310条", "-v")
    assert "起点" in few
    assert "both.alike.score" not in few
    assert "both.alike.score" in all_of_them
    assert "parts_of_whole.proactive.total" in all_of_them


def test_no_line_is_wider_than_a_page() -> None:
    lines = page(str(EXAMPLE), "requests.new", "-v").splitlines()
    assert all(cell_len(line) <= 100 and line == line.rstrip() for line in lines)


def test_of_many_facts_the_first_are_told_and_the_rest_named() -> None:
    few, whole = page(str(EXAMPLE), "requests.new"), page(str(EXAMPLE), "requests.new", "-v")
    assert few.count("\n读法\n") == FACTS_SHOWN
    assert "个，-v 全部说明：f" in few
    assert whole.count("\n读法\n") > FACTS_SHOWN
    assert "全部说明" not in whole


def test_rules_alone_have_no_score_of_a_model(report: Path) -> None:
    [one] = told(str(report), "310条", "--rules-only")
    assert [(reading["by"], reading["measured"]["score"]) for reading in one["readings"]] == [("rule", None)]
    assert "规则与模型" not in page(str(report), "310条", "--rules-only")


def test_the_model_alone_has_no_tier_of_the_rules(report: Path) -> None:
    [one] = told(str(report), "310条", "--model-only")
    assert [(reading["by"], reading["measured"]["tier"]) for reading in one["readings"]] == [("model", None)]


def test_an_id_words_and_a_value_name_the_same_fact(report: Path) -> None:
    [by_words] = told(str(report), "310条")
    name = by_words["fact"]["id"]
    assert told(str(report), name) == told(str(report), "310") == [by_words]
    assert by_words in told(str(report), "proactive.total")


def test_a_document_on_standard_input() -> None:
    result = run("explain", "-", "310条", "--json", data=TEXT)
    assert json.loads(result.stdout)["report"] == "stdin"


def test_a_form_cell_is_told_with_its_place() -> None:
    said = page(str(EXAMPLE), "documents.normative.new_disclosed")
    assert "表 1 第 3 行第 3 列" in said
    assert "起点" not in said


def test_a_report_of_a_result_is_told_with_its_scores(results: Path) -> None:
    [one] = told(str(results), "9件", "--report", "桃源镇")
    assert (one["report"], one["fact"]["value"], one["note"]) == ("桃源镇.txt", 9, None)
    assert one["readings"][0]["measured"]["movers"]


def test_a_result_as_an_array_is_read_too(results: Path) -> None:
    run("extract", "桃源镇.txt", "-o", "all.json", "-q")
    assert told("all.json", "9件") == told(str(results), "9件", "--report", "桃源镇.txt")


@pytest.mark.parametrize("mode", ["--rules-only", "--model-only"])
def test_a_result_is_told_by_who_read_it(mode: str, report: Path) -> None:
    run("extract", report.name, "-o", "one.jsonl", "-q", mode)
    assert told("one.jsonl", "310条") == told(report.name, "310条", mode)


@pytest.mark.parametrize(("text", "note", "words"), [
    (None, "no_source", "找不到原文件"), (TEXT.replace("7件", "8件"), "other_source", "原文件已改动")])
def test_a_result_whose_source_is_gone_or_changed_tells_what_it_holds(
    report: Path, text: str | None, note: str, words: str,
) -> None:
    run("extract", report.name, "-o", "one.jsonl", "-q")
    report.unlink()
    if text:
        report.write_text(text, encoding="utf-8")
    [one] = told("one.jsonl", "7件")
    assert one["note"] == note
    assert [reading["measured"] for reading in one["readings"]] == [None] * len(one["readings"])
    assert words in page("one.jsonl", "7件")


def test_a_fact_that_is_not_there_is_one_line_with_what_is_near(report: Path) -> None:
    assert "柳溪镇.txt: no fact “proactive.totl”; near it: proactive.total" in refused(str(report), "proactive.totl")


@pytest.mark.parametrize(("arguments", "words"), [
    (("gone.txt", "f1"), "gone.txt: no such file or folder"),
    ((".", "f1"), "documents; name one"),
    (("all.jsonl", "f1"), "several reports; choose one with --report NAME, such as 柳溪镇.txt or 桃源镇.txt"),
    (("all.jsonl", "f1", "--report", "桃花镇"), "no report called 桃花镇; near it: 桃源镇.txt"),
    (("柳溪镇.txt", "f1", "--report", "柳溪镇"), "it is a document"),
    (("broken.jsonl", "f1"), "broken.jsonl, line 1: not a report"),
    (("broken.json", "f1"), "broken.json: not a list of reports"),
    (("broken.pdf", "f1"), "broken.pdf: "),
])
def test_a_report_that_is_not_there_is_one_line(results: Path, arguments: tuple[str, ...], words: str) -> None:
    results.with_name("broken.jsonl").write_text("{}\n")
    results.with_name("broken.json").write_text("[{]\n")
    results.with_name("broken.pdf").write_bytes(b"%PDF-1.4\nno pages follow\n")
    assert words in refused(*arguments)


def test_rules_alone_with_a_model_is_refused(report: Path) -> None:
    assert run("explain", str(report), "f1", "--rules-only", "--model", "x").exit_code == 2


def test_a_model_that_cannot_be_used_is_said(report: Path) -> None:
    result = run("explain", str(report), "310条", "--model", "nowhere")
    assert (result.exit_code, result.stderr.count("\n")) == (0, 1)
    assert result.stderr.startswith("no model, the prose is read by rules alone: ")


def test_a_document_cannot_write_to_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT.replace("我镇", "我\x1b[31m镇[bold]"), encoding="utf-8")
    said = page(str(path), "310条")
    assert "\x1b" not in said
    assert "[bold]" in said


@pytest.mark.parametrize("mode", reliability().modes)
def test_every_measured_feature_has_a_chinese_name(mode: str) -> None:
    features = reliability().modes[mode].features  # type: ignore[index]
    assert features
    assert [name for name in features if mover_label(name).isascii()] == []


def test_a_feature_of_another_version_goes_by_its_id() -> None:
    assert mover_label("both.of_tomorrow") == "both.of_tomorrow"
    assert mover_label("fresh") == "fresh"
