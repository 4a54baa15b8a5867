"""gongkai panel, as its users meet it."""
import importlib.util
from importlib.machinery import ModuleSpec
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infer.cli import app
from tests.panel.made import page, results

pytest.importorskip("polars")


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["panel", *arguments])
    return done.exit_code, done.stderr


def test_results_become_a_panel_with_what_belongs_to_it(tmp_path: Path) -> None:
    held = results(tmp_path, page(), page(year=2013))
    status, said = run(str(held), "-o", str(tmp_path / "panel.csv"))
    assert (status, "2 reports" in said) == (0, True)
    assert sorted(path.name for path in tmp_path.glob("panel*")) == [
        "panel.codebook.csv", "panel.csv", "panel.datapackage.json", "panel.problems.csv"]


def test_problems_are_told_on_standard_error(tmp_path: Path) -> None:
    held = results(tmp_path, page(), page())
    status, said = run(str(held), "-o", str(tmp_path / "panel.parquet"))
    assert status == 0
    assert "1.txt (0.txt): a copy" in said
    assert "1.txt" not in run(str(held), "-q", "-o", str(tmp_path / "panel.parquet"))[1]


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    held = results(tmp_path, page())
    status, said = run(str(held), str(tmp_path / "none.jsonl"), "-o", str(tmp_path / "panel.parquet"))
    assert status == 1
    assert "none.jsonl: no such file or folder" in said
    assert "1 reports" in said


@pytest.mark.parametrize("name", ["panel.doc", "panel", "none/panel.csv"])
def test_wrong_outputs_are_refused_before_anything_is_read(tmp_path: Path, name: str) -> None:
    assert run(str(tmp_path), "-o", str(tmp_path / name))[0] == 2


def test_an_old_panel_stays_until_the_new_one_is_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held, output = results(tmp_path, page()), tmp_path / "panel.csv"
    output.write_text("old", encoding="utf-8")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setitem(__import__("infer.panel.writing", fromlist=["_WRITERS"])._WRITERS, ".csv", fail)
    status, said = run(str(held), "-o", str(output))
    assert (status, "No space left on device" in said) == (1, True)
    assert output.read_text(encoding="utf-8") == "old"


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec

    def without(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "duckdb" else found(name, package)

    monkeypatch.setattr("infer.cli.panel.find_spec", without)
    status, said = run(str(tmp_path), "-o", str(tmp_path / "panel.csv"))
    assert (status, said.strip()) == (2, "the package duckdb is not installed; pip install 'gongkai[panel]'")
