"""gongkai panel, as its users meet it."""
import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import infer.panel.extra
from infer.results import encode
from tests.conftest import ROOT
from tests.panel.conftest import Command
from tests.panel.made import made_fact, made_report, write_results
from tests.panel.reading import READERS, Rows


def read(path: Path, name: str = "facts") -> Rows:
    return READERS[path.suffix[1:]](path, name)  # type: ignore[arg-type]


def test_documents_are_read_where_they_are_no_results(panel: Command, tmp_path: Path) -> None:
    ran = panel(ROOT / "examples" / "11_linsha_town_2024.txt", "-o", tmp_path / "out.parquet")
    assert (ran.code, ran.output) == (0, "")
    rows = read(tmp_path / "out.parquet")
    assert {row["issuer"] for row in rows} == {"临沙镇"}
    assert {row["level"] for row in rows} == {"township"}


def test_files_stand_beside_a_format_of_one_table(panel: Command, tmp_path: Path) -> None:
    results = write_results(tmp_path / "in.jsonl", made_report(made_fact(5)))
    (tmp_path / "out").mkdir()
    ran = panel(results, "-o", tmp_path / "out" / "p.csv")
    names = ["p.codebook.csv", "p.comparability.csv", "p.csv", "p.csv.datapackage.json", "p.problems.csv"]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    assert all(name in ran.messages for name in names)
    assert "1 report, 1 facts, written to" in ran.messages


def test_workbook_and_database_hold_all_and_wide_leaves_the_long_table_out(panel: Command, tmp_path: Path) -> None:
    results = write_results(tmp_path / "in.jsonl", made_report(made_fact(5)))
    assert panel(results, "-o", tmp_path / "a.duckdb").code == 0
    assert panel(results, "-o", tmp_path / "b.duckdb", "--wide").code == 0
    packages = [json.loads((tmp_path / f"{stem}.duckdb.datapackage.json").read_text()) for stem in "ab"]
    names = [[one["name"] for one in package["resources"]] for package in packages]
    sides = ["codebook", "comparability", "problems"]
    assert names == [["facts", "reports", *sides], ["reports", *sides]]


FACTS = (
    made_fact(5, number=1), made_fact(7, number=2, confidence=0.6, method="model"),
    made_fact(8, number=3, status="alternative", reason="not sure enough"),
    made_fact(9, None, number=4, counted="栏目"),
)


@pytest.mark.parametrize(("options", "values"), [
    ((), [5, 7]), (("--min-confidence", "0.9"), [5]), (("--status", "all"), [5, 7, 8]),
    (("--status", "alternative"), [8]), (("--open",), [5, 7, 9]),
])
def test_which_facts_are_rows(options: tuple[str, ...], values: list[int], panel: Command, tmp_path: Path) -> None:
    results = write_results(tmp_path / "in.jsonl", made_report(*FACTS))
    assert panel(results, "-o", tmp_path / "out.csv", *options).code == 0
    assert [row["value"] for row in read(tmp_path / "out.csv")] == values


def test_look_alikes_are_left_out_and_told(panel: Command, tmp_path: Path) -> None:
    other = made_report(made_fact(9), name="half.html", text="半年", kind="periodic_statistics")
    results = write_results(tmp_path / "in.jsonl", made_report(made_fact(5)), other)
    ran = panel(results, "-o", tmp_path / "out.csv")
    assert "half.html: taken for: periodic_statistics" in ran.messages
    assert [row["value"] for row in read(tmp_path / "out.csv")] == [5]
    assert panel(results, "-o", tmp_path / "out.csv", "--lookalikes").code == 0
    assert [row["value"] for row in read(tmp_path / "out.csv")] == [5, 9]


def test_a_figure_said_twice_differently_is_no_value_of_a_wide_row(panel: Command, tmp_path: Path) -> None:
    text = made_fact(13, number=1, method="both", words="13件")
    facts = (text, made_fact(14, number=2), made_fact(None, "requests.granted", number=3),
             made_fact(3, "requests.granted", number=4, method="rule"), made_fact(0, "complaints.total", number=5),
             made_fact(2, "requests.carried_in", number=6, by={"applicant": "total"}),
             made_fact(90, "requests.replied", number=7, scope="cumulative", by={"period": "cumulative"}),
             made_fact(4, "requests.new", number=8, by={"mode": "online"}),
             made_fact(6, "requests.new", number=9, by={"category": "土地类"}))
    results = write_results(tmp_path / "in.jsonl", made_report(*facts))
    ran = panel(results, "-o", tmp_path / "out.parquet", "--wide")
    (row,) = read(tmp_path / "out.parquet", "reports")
    assert (row["req_new"], row["conflicts"], row["req_granted"], row["complaints_total"]) == (None, 1, 3, 0)
    assert (row["req_carried_in"], row["req_replied"], row["req_new_online"]) == (2, None, 4)
    assert "req_new: 13 件 (text 13件), 14 件 (form)" in ran.messages


def test_one_bad_input_does_not_stop_the_others(panel: Command, tmp_path: Path) -> None:
    good = write_results(tmp_path / "in.jsonl", made_report(made_fact(5)))
    (tmp_path / "bad.jsonl").write_text("{}\n")
    ran = panel(tmp_path / "bad.jsonl", tmp_path / "gone.pdf", good, "-o", tmp_path / "out.csv")
    assert ran.code == 1
    assert [line.split(": ")[0] for line in ran.messages.splitlines()[:2]] == [
        str(tmp_path / "bad.jsonl"), str(tmp_path / "gone.pdf")]
    assert "1 report, 1 facts, 2 not read" in ran.messages
    assert len(read(tmp_path / "out.csv")) == 1


def test_a_line_cut_off_keeps_the_reports_before_it(panel: Command, tmp_path: Path) -> None:
    line = encode(made_report(made_fact(5)))
    (tmp_path / "in.jsonl").write_bytes(line + b"\n" + line[:40])
    ran = panel(tmp_path / "in.jsonl", "-o", tmp_path / "out.csv")
    assert (ran.code, "line 2" in ran.messages, len(read(tmp_path / "out.csv"))) == (1, True, 1)


def test_nothing_to_read_writes_nothing(panel: Command, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(b"")
    ran = panel(tmp_path / "in.jsonl", "-o", tmp_path / "out.csv")
    assert (ran.code, ran.messages) == (1, "no report, no panel\n")
    assert [path.name for path in tmp_path.iterdir()] == ["in.jsonl"]


@pytest.mark.parametrize("arguments", [
    [], ["in.jsonl"], ["in.jsonl", "-o", "out.sav"], ["in.jsonl", "-o", "no/out.csv"], ["in.jsonl", "-o", "."],
    ["-", "-", "-o", "out.csv"], ["in.jsonl", "-o", "out.csv", "--status", "some"],
    ["in.jsonl", "-o", "out.csv", "--min-confidence", "2"],
])
def test_wrong_use_is_status_2(arguments: list[str], panel: Command, tmp_path: Path,
                               monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ran = panel(*arguments)
    assert (ran.code, ran.output) == (2, "")
    assert "Error: " in ran.messages


def test_missing_extra_is_one_line(panel: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(infer.panel.extra, "find_spec", lambda name: None if name == "duckdb" else find_spec(name))
    ran = panel(tmp_path, "-o", tmp_path / "out.csv")
    assert (ran.code, ran.messages) == (2, "duckdb not installed: pip install 'gongkai[panel]'\n")


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_old_panel_stands_where_the_new_one_fails(error: BaseException, panel: Command, tmp_path: Path,
                                                  monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: Any) -> None:
        raise error

    results = write_results(tmp_path / "in.jsonl", made_report(made_fact(5)))
    (tmp_path / "out.csv").write_text("old")
    monkeypatch.setattr("infer.panel.writers.csv.write_csv", failing)
    ran = panel(results, "-o", tmp_path / "out.csv")
    assert ran.code == (130 if isinstance(error, KeyboardInterrupt) else 1)
    assert "nothing was written" in ran.messages
    assert (tmp_path / "out.csv").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.jsonl", "out.csv"]


def test_messages_hold_no_control_characters(panel: Command, tmp_path: Path) -> None:
    report = made_report(made_fact(5), name="a\x1b[31m.txt", issuer=None,
                         text="x")
    results = write_results(tmp_path / "in.jsonl", report)
    ran = panel(results, "-o", tmp_path / "out.csv")
    assert "no_issuer" in ran.messages
    assert "\x1b" not in ran.messages


def test_warnings_and_failed_checks_are_told(panel: Command, example_results: Path, tmp_path: Path) -> None:
    assert panel(example_results, "-o", tmp_path / "out.duckdb").code == 0
    rows = read(tmp_path / "out.duckdb")
    failed = {(row["document"].rpartition("/")[2], row["indicator"]) for row in rows if row["failed_checks"]}
    assert ("13_draft_hutou_county_2023.html", "requests.new") in failed
    reports = {row["document"].rpartition("/")[2]: row for row in read(tmp_path / "out.duckdb", "reports")}
    assert reports["13_draft_hutou_county_2023.html"]["checks_failed"] > 0
