"""A run that is killed goes on and ends as if it had not been."""
import shutil
from pathlib import Path

import pytest

import infer.batch.preloading
import infer.batch.workers
from benchmarks import kills
from infer.results import read_results
from tests.batch.made import dies, extract, write_reports

SUFFIXES = (".jsonl", ".jsonl.zst", ".parquet", ".json")


@pytest.fixture
def forked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Readers begin at once, as copies of this process, in which everything is loaded."""
    infer.batch.preloading.load()
    monkeypatch.setattr(infer.batch.workers, "METHOD", "fork")


@pytest.mark.slow
def test_six_random_kills_leave_no_trace(tmp_path: Path) -> None:
    kills.write_documents(tmp_path / "in", 200)
    seconds = kills.run(tmp_path / "in", tmp_path / "plain.jsonl")
    outcome = kills.measure(tmp_path / "in", tmp_path / "plain.jsonl", tmp_path / "killed.jsonl", kills=6,
                            seconds=min(seconds, 6.0))
    assert (outcome.documents, outcome.reports, outcome.lost, outcome.twice) == (200, 198, 0, 0)
    assert outcome.same_bytes
    assert outcome.left_over == []


@pytest.mark.slow
@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_kill_before_any_step_loses_nothing(suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_parts(monkeypatch)
    write_reports(tmp_path / "in", 6)
    extract(tmp_path / "in", tmp_path / f"plain{suffix}")
    wanted = kills.digest(tmp_path / f"plain{suffix}")
    output = tmp_path / f"out{suffix}"
    arguments = ["extract", str(tmp_path / "in"), "-o", str(output), "--rules-only", "-j", "1"]
    step = 0
    # each kill one step later, with what the kills before left behind
    while dies(step, output, arguments):
        step += 1
    assert step > 8
    assert kills.digest(output) == wanted
    assert not list(tmp_path.glob("out*partial*"))
    assert len(list(read_results(output))) == 5


@pytest.mark.slow
@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_finished_output_survives_kills_while_it_is_renewed(
    suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_parts(monkeypatch)
    write_reports(tmp_path / "in", 6)
    output = tmp_path / f"out{suffix}"
    extract(tmp_path / "in", output)
    (tmp_path / "in" / "001.txt").write_text("柳溪镇2022年政府信息公开工作年度报告\n主动公开9条。", encoding="utf-8")
    (tmp_path / "in" / "0005.txt").write_text("柳溪镇2021年政府信息公开工作年度报告\n主动公开8条。", encoding="utf-8")
    extract(tmp_path / "in", tmp_path / f"plain{suffix}")
    arguments = ["extract", str(tmp_path / "in"), "-o", str(output), "--rules-only", "-j", "1"]
    step = 0
    while dies(step, output, arguments):
        # a folder cannot take another's place in one step
        assert suffix == ".parquet" or len(list(read_results(output))) in (5, 6)
        step += 2
    assert kills.digest(output) == kills.digest(tmp_path / f"plain{suffix}")
    assert sorted(path.name for path in tmp_path.glob("out*")) == [output.name, f"{output.name}.manifest"]


@pytest.mark.usefixtures("forked")
@pytest.mark.parametrize("suffix", [".jsonl", ".json"])
def test_torn_ends_are_cut(suffix: str, tmp_path: Path) -> None:
    write_reports(tmp_path / "in", 5)
    output = tmp_path / f"out{suffix}"
    extract(tmp_path / "in", output)
    wanted, manifest = output.read_bytes(), Path(f"{output}.manifest").read_bytes()
    lines = manifest.splitlines(keepends=True)
    cases = [(wanted[:-9], manifest), (wanted, manifest[:-9]), (wanted[:len(wanted) // 2], manifest),
             (wanted, b"".join(lines[:2]) + b'{"name":"0'), (b"", manifest), (wanted, b""),
             (wanted[:-700] + bytes(700), manifest), (wanted + b'{"schema":', manifest)]
    for data, records in cases:
        output.unlink(missing_ok=True)
        Path(f"{output}.manifest").unlink(missing_ok=True)
        Path(f"{output}.partial").write_bytes(data)
        Path(f"{output}.manifest.partial").write_bytes(records)
        extract(tmp_path / "in", output)
        assert output.read_bytes() == wanted
        assert Path(f"{output}.manifest").read_bytes().count(b"\n") == 5


def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two reports a part, and a frame for each."""
    monkeypatch.setattr("infer.batch.places._ROWS", 2)
    monkeypatch.setattr("infer.batch.places._FRAME", 1000)


@pytest.mark.usefixtures("forked")
def test_a_part_that_is_finished_is_not_written_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_parts(monkeypatch)
    write_reports(tmp_path / "in", 7)
    output = tmp_path / "out.parquet"
    arguments = ["extract", str(tmp_path / "in"), "-o", str(output), "--rules-only", "-j", "1"]
    step = 0
    while dies(step, output, arguments) and not (tmp_path / "out.parquet.partial" / "part-00001.parquet").exists():
        shutil.rmtree(tmp_path / "out.parquet.partial", ignore_errors=True)
        for path in tmp_path.glob("out.parquet.*"):
            path.unlink()
        step += 1
    first = tmp_path / "out.parquet.partial" / "part-00000.parquet"
    before = first.stat().st_mtime_ns, first.stat().st_ino
    extract(tmp_path / "in", output)
    after = (output / "part-00000.parquet").stat()
    assert (after.st_mtime_ns, after.st_ino) == before
