"""The same command again: nothing to do, or only what has changed, and one line that says so."""
import json
import os
from pathlib import Path

import pytest

import infer.batch.preloading
import infer.batch.workers
from infer.batch.locking import locked
from infer.read.extra import recogniser_version
from infer.results import read_results
from tests.batch.made import TEXT, extract, write_reports


@pytest.fixture(autouse=True)
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    infer.batch.preloading.load()
    monkeypatch.setattr(infer.batch.workers, "METHOD", "fork")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five documents, one of them broken, and their results in out.jsonl."""
    write_reports(tmp_path / "in", 5)
    assert extract(tmp_path / "in", tmp_path / "out.jsonl").status == 1
    return tmp_path


def records(folder: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (folder / "out.jsonl.manifest").read_text(encoding="utf-8").splitlines()]


def again(folder: Path, *more: str) -> tuple[int, list[str]]:
    ran = extract(folder / "in", folder / "out.jsonl", *more)
    said = [line.replace(f"{folder}/", "") for line in ran.said]
    return ran.status, said


def test_manifest_says_of_each_document_what_was_read_when_by_what(folder: Path) -> None:
    first, *_, broken, last = records(folder)
    assert str(first["name"]).endswith("in/000.txt")
    assert (first["outcome"], first["size"]) == ("read", (folder / "in" / "000.txt").stat().st_size)
    assert len(str(first["sha256"])) == 64
    made: dict[str, object] = first["made"]  # type: ignore[assignment]
    assert set(made) == {"gongkai", "vocabulary", "forms", "rules", "model", "options"}
    assert (broken["outcome"], broken["cause"], broken["place"]) == ("failed", "document", None)
    place: dict[str, int] = last["place"]  # type: ignore[assignment]
    line = (folder / "out.jsonl").read_bytes()[place["part"]:place["part"] + place["length"]]
    assert json.loads(line)["source"]["name"] == last["name"]


def test_nothing_changed_nothing_done(folder: Path) -> None:
    before = (folder / "out.jsonl").stat()
    status, said = again(folder)
    assert (status, said) == (1, ["out.jsonl is up to date: 4 reports, 1 not read; --again reads everything anew, "
                                  "--retry what failed"])
    after = (folder / "out.jsonl").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_file_that_was_only_touched_is_as_it_was(folder: Path) -> None:
    os.utime(folder / "in" / "001.txt", (1, 1))
    assert "up to date" in again(folder)[1][0]


def test_changed_new_and_gone_documents_are_said(folder: Path) -> None:
    (folder / "in" / "001.txt").write_text(TEXT.format(999), encoding="utf-8")
    (folder / "in" / "0011.txt").write_text(TEXT.format(998), encoding="utf-8")
    (folder / "in" / "004.txt").unlink()
    kept = {record["name"]: record["at"] for record in records(folder)}
    status, said = again(folder)
    assert said == ["3 of 5 documents are read already and kept", "1 changed since and read again: in/001.txt",
                    "1 no longer there and left out", "4 reports, 1 not read, written to out.jsonl"]
    assert status == 1
    assert len(list(read_results(folder / "out.jsonl"))) == 4
    assert all(kept[record["name"]] == record["at"] for record in records(folder)
               if str(record["name"]).endswith(("000.txt", "002.txt")))
    extract(folder / "in", folder / "fresh.jsonl")
    assert (folder / "fresh.jsonl").read_bytes() == (folder / "out.jsonl").read_bytes()


def test_other_options_read_all_again_and_say_why(folder: Path) -> None:
    _, said = again(folder, "--min-confidence", "0.5")
    # with the extra its version is an option too
    plain = said[0].replace(f", {recogniser_version()}", "")
    assert plain == "5 read again, since made by another options (rules, jsonl, now rules, jsonl, from 0.5)"
    assert "up to date" in again(folder, "--min-confidence", "0.5")[1][0]


def test_other_rules_read_all_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infer.pipeline.rules_digest", lambda: "0123456789ab")
    assert "made by another rules (" in again(folder)[1][0]


def test_again_reads_everything_and_retry_what_failed(folder: Path) -> None:
    wanted = (folder / "out.jsonl").read_bytes()
    assert "read already" not in "".join(again(folder, "--again")[1])
    _status, said = again(folder, "--retry")
    assert said[:2] == ["4 of 5 documents are read already and kept", "1 that failed tried again"]
    assert said[2].startswith("in/003.txt: ")
    assert (folder / "out.jsonl").read_bytes() == wanted


def test_what_went_over_a_limit_is_tried_again_under_another(folder: Path) -> None:
    manifest = folder / "out.jsonl.manifest"
    lines = manifest.read_text(encoding="utf-8").replace('"cause":"document","limits":null',
                                                         '"cause":"limit","limits":"60 s, 2000 MB"')
    manifest.write_text(lines, encoding="utf-8")
    assert "up to date" in again(folder)[1][0]
    assert again(folder, "--timeout", "90")[1][1] == "1 that failed tried again"


def test_an_output_that_was_edited_is_made_anew(folder: Path) -> None:
    wanted = (folder / "out.jsonl").read_bytes()
    (folder / "out.jsonl").write_bytes(wanted[:100])
    again(folder)
    assert (folder / "out.jsonl").read_bytes() == wanted


def test_two_runs_on_one_output_are_refused(folder: Path) -> None:
    with locked(folder / "out.jsonl.lock"):
        assert again(folder) == (1, ["out.jsonl: another run writes to it"])
    assert not (folder / "out.jsonl.lock").exists()


def test_a_lock_file_that_a_killed_run_left_does_not_lock(folder: Path) -> None:
    (folder / "out.jsonl.lock").touch()
    assert "up to date" in again(folder)[1][0]


def test_going_on_after_an_interruption_is_said(folder: Path) -> None:
    (folder / "out.jsonl").rename(folder / "out.jsonl.partial")
    lines = (folder / "out.jsonl.manifest").read_bytes().splitlines(keepends=True)
    (folder / "out.jsonl.manifest.partial").write_bytes(b"".join(lines[:2]))
    (folder / "out.jsonl.manifest").unlink()
    _, said = again(folder)
    assert said[0] == "2 of 5 documents are read already and kept"
    assert said[-1] == "4 reports, 1 not read, written to out.jsonl"


@pytest.mark.parametrize("suffix", [".jsonl.zst", ".parquet", ".json"])
def test_every_format_holds_the_same_reports(suffix: str, folder: Path) -> None:
    output = folder / f"other{suffix}"
    extract(folder / "in", output)
    assert list(read_results(output)) == list(read_results(folder / "out.jsonl"))
    assert "up to date" in extract(folder / "in", output).said[0]


def test_a_folder_that_is_no_dataset_is_not_written_into(folder: Path) -> None:
    (folder / "mine.parquet").mkdir()
    (folder / "mine.parquet" / "notes.txt").touch()
    assert extract(folder / "in", folder / "mine.parquet").status == 2
    assert [path.name for path in (folder / "mine.parquet").iterdir()] == ["notes.txt"]
