"""`gongkai check` as its users meet it."""
import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from infer.cli import app
from infer.pipeline import extract
from infer.results import encode
from tests.checking.documents import WRITERS
from tests.checking.drafting import Fault, source, spoil

WRONG = Fault(row="（一）予以公开", column="总计", to="65")


def run(*arguments: str, given: bytes | None = None) -> Result:
    return CliRunner().invoke(app, ["check", *arguments], input=given)


@pytest.fixture
def clean(tmp_path: Path) -> str:
    path = tmp_path / "clean.docx"
    path.write_bytes(WRITERS["docx"](source("town_2023")))
    return str(path)


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    path = tmp_path / "wrong.docx"
    path.write_bytes(WRITERS["docx"](spoil(source("county_2022"), WRONG)))
    return str(path)


@pytest.fixture
def blank(tmp_path: Path) -> str:
    path = tmp_path / "blank.html"
    path.write_bytes(WRITERS["html"](spoil(source("town_2023"), Fault(row="4.保护第三方", column="自然人", to="-"))))
    return str(path)


def test_a_clean_draft_passes(clean: str) -> None:
    result = run(clean)
    assert result.exit_code == 0
    assert re.fullmatch(r"\S+clean\.docx\.+Passed\n", result.stdout)
    assert result.stderr == ""


def test_an_error_fails_with_place_sum_slip_and_what_is_asked(wrong: str) -> None:
    result = run(wrong)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0].endswith("Failed (1 error)")
    assert "“（一）予以公开”一行：自然人 42 ＋ 商业企业 7 ＋ 科研机构 1" in result.stdout
    for words in ("错误", "位置  三、收到和处理政府信息公开申请情况，表格", "现在是“65”", "由 65 改为 55", "国办公开办函〔2021〕30号"):
        assert words in result.stdout


def test_warnings_alone_pass(blank: str) -> None:
    result = run(blank)
    assert result.exit_code == 0
    assert result.stdout.splitlines()[0].endswith("Passed (1 warning)")


def test_one_unreadable_draft_does_not_stop_the_others(clean: str, tmp_path: Path) -> None:
    result = run(str(tmp_path / "none.docx"), clean)
    assert result.exit_code == 1
    assert "none.docx: no such file or folder" in result.stderr
    assert "clean.docx" in result.stdout


def test_json_holds_everything(wrong: str, clean: str) -> None:
    result = run(wrong, clean, "--format", "json")
    assert result.exit_code == 1
    first, second = json.loads(result.stdout)
    assert (first["schema"], first["errors"], second["errors"]) == ("gongkai/check/1", 1, 0)
    assert first["findings"][0]["kind"] == "table.cell"
    assert first["findings"][0]["places"][0]["column"] == "总计"
    assert len(result.stderr.splitlines()) == 2


@pytest.mark.parametrize(("name", "begins"), [
    ("found.html", "<!doctype html>"), ("found.md", "## "), ("found.json", "[\n"), ("found.txt", "")])
def test_the_suffix_chooses_and_the_file_appears_whole(wrong: str, tmp_path: Path, name: str, begins: str) -> None:
    output = tmp_path / name
    result = run(wrong, "-o", str(output))
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.strip().endswith("Failed (1 error)")
    assert output.read_text(encoding="utf-8").startswith(begins)
    assert "由 65 改为 55" in output.read_text(encoding="utf-8")
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([name, "wrong.docx"])


def test_standard_input_and_results_are_checked_too(wrong: str, tmp_path: Path) -> None:
    data = Path(wrong).read_bytes()
    assert run("-", given=data).exit_code == 1
    held = tmp_path / "result.jsonl"
    held.write_bytes(encode(extract(data, name="wrong.docx")) + b"\n")
    assert "由 65 改为 55" in run(str(held)).stdout


def test_last_year_s_report_is_set_beside_it(clean: str, wrong: str) -> None:
    result = run(clean, "--previous", wrong)
    assert result.exit_code == 0
    assert "给出的去年报告对不上" in result.stdout


@pytest.mark.parametrize(("arguments", "status"), [
    ([], 2), (["-", "-"], 2), (["x.docx", "--format", "pdf"], 2), (["x.docx", "-o", "nowhere/x.html"], 2)])
def test_wrong_use(arguments: list[str], status: int) -> None:
    assert run(*arguments).exit_code == status


def test_two_processes_find_the_same(wrong: str, clean: str) -> None:
    alone, together = run(wrong, clean), run(wrong, clean, "--jobs", "2")
    assert alone.stdout == together.stdout
