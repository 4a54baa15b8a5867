"""gongkai compare, as its users meet it."""
import importlib.util
import json
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from rich.cells import cell_len
from typer.testing import CliRunner, Result

from infer.cli import app
from infer.results import encode
from tests.comparing.made import COUNTY, DISTRICT, MADE, reports, text

pytest.importorskip("altair")


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "results.jsonl"
    path.write_bytes(b"\n".join(encode(one) for one in reports()) + b"\n")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["compare", *map(str, arguments)])


def test_the_table_names_breaks_with_both_reports_and_both_figures(results: Path) -> None:
    done = run(results)
    assert (done.exit_code, done.stderr) == (0, "")
    for words in (COUNTY, DISTRICT, "缺年", "100 + 5 ≠ 104", "3 ≠ 2 ✗", "2020-mirror.txt", "2022-corrected.txt",
                  "可能是同一机关"):
        assert words in done.stdout
    assert max(cell_len(line) for line in done.stdout.splitlines()) <= 100


def test_verbose_shows_what_holds_and_what_was_copied(results: Path) -> None:
    brief, full = run(results, "--as-one").stdout, run(results, "--as-one", "-v").stdout
    assert "年终评议" not in brief
    assert "年终评议" in full.replace("\n", "").replace(" ", "")
    assert "500 + 0 = 500" in full


def test_json_holds_all_of_it(results: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.json"
    done = run(results, "--as-one", "-o", output)
    assert (done.exit_code, list(tmp_path.glob("*.partial"))) == (0, [])
    assert "10 reports, 1 issuer, 6 that do not hold, 1 doubtful" in done.stderr.replace("\n", "")
    made = json.loads(output.read_bytes())
    assert (made["schema"], made["reports"]) == ("gongkai/comparison/1", 10)
    issuer, = made["issuers"]
    broken = [link for link in issuer["links"] if link["status"] == "breaks"]
    assert len(broken) == 6
    assert all(term["quote"]["words"] and term["document"] for link in broken for term in link["terms"])
    assert json.loads(run(results, "--as-one", "--format", "json").stdout) == made


def test_the_page_is_one_file_in_two_languages(results: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.html"
    assert run(results, "-o", output, "--title", "对比 <b>", "--language", "en").exit_code == 0
    made = output.read_text(encoding="utf-8")
    assert made.count("<svg") >= 5
    assert 'data-lang="en"' in made
    assert "对比 &lt;b&gt;" in made
    for word in ("http-equiv=\"Content-Security-Policy\"", "Carry-over", "结转链", "27(4)"):
        assert word in made
    for outside in ("src=", "@import", "url(", "<link"):
        assert outside not in made


def test_documents_are_read_and_one_that_cannot_be_is_told(tmp_path: Path) -> None:
    for made in MADE[:2]:
        (tmp_path / f"{made.year}.txt").write_text(text(made), encoding="utf-8")
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.4 nothing")
    done = run(tmp_path)
    assert done.exit_code == 1
    assert "bad.pdf: " in done.stderr
    assert "100 + 5 ≠ 104" in done.stdout


def test_nothing_to_compare_is_one_line(tmp_path: Path) -> None:
    done = run(tmp_path / "none.txt", "-o", tmp_path / "out.html")
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-1] == "no report to compare"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [
    ["-o", "."], ["-o", "none/out.html"], ["--as-one", "--issuers", "x.csv"], ["-", "-"]])
def test_wrong_use_is_refused_before_anything_is_read(results: Path, arguments: list[str]) -> None:
    assert run(results, *arguments).exit_code == 2


def test_a_result_is_not_written_over_itself(results: Path) -> None:
    before = results.read_bytes()
    assert run(results, "--format", "json", "-o", results).exit_code == 2
    assert results.read_bytes() == before


def test_bad_issuers_are_one_line(results: Path, tmp_path: Path) -> None:
    path = tmp_path / "issuers.csv"
    path.write_text("name\n甲\n", encoding="utf-8")
    done = run(results, "--issuers", path)
    assert done.exit_code == 1
    assert "no columns issuer and name" in done.stderr


def test_a_page_of_its_own_in_the_folder_is_no_report(tmp_path: Path) -> None:
    for made in MADE[:2]:
        (tmp_path / f"{made.year}.txt").write_text(text(made), encoding="utf-8")
    output = tmp_path / "out.html"
    assert run(tmp_path, "-o", output).exit_code == 0
    assert run(tmp_path, "-o", output).exit_code == 0
    done = run(tmp_path)
    assert (done.exit_code, "a page of `gongkai compare`, no report" in done.stderr) == (1, True)


def test_a_missing_extra_is_one_line_and_only_the_page_needs_it(
        results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec

    def find(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "altair" else real(name, package)

    monkeypatch.setattr("infer.cli.compare.find_spec", find)
    done = run(results, "-o", tmp_path / "out.html")
    assert (done.exit_code, done.stderr) == (2, "the package altair is not installed; pip install 'gongkai[compare]'\n")
    assert run(results).exit_code == 0
