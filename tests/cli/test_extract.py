"""gongkai extract, as its users meet it."""
import json
import os
import pty
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

import infer.batch.reading
import infer.batch.workers
from infer.batch import Failure
from infer.cli import app
from infer.cli.messages import Messages
from infer.labelling import Labelling
from infer.pipeline import extract
from infer.results import decode, read_results
from report.facts import Report
from report.vocabulary import vocabulary
from tests.conftest import ROOT

GONGKAI = (sys.executable, "-c", "from infer.cli import main; main()")
TEXT = "柳溪镇2022年政府信息公开工作年度报告\n\n一、总体情况\n2022年，我镇主动公开政府信息{}条，其中政府网站公开12条。未收到政府信息公开申请。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two reports, a file that is none of anything, and two files to be left alone."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "towns" / "[旧]").mkdir(parents=True)
    for place, number in (("towns/b.txt", 310), ("towns/[旧]/a.txt", 120)):
        (tmp_path / place).write_text(TEXT.format(number), encoding="utf-8")
    (tmp_path / "towns" / "broken.pdf").write_bytes(b"%PDF-1.4\nno pages follow\n")
    (tmp_path / "towns" / "._b.txt").write_bytes(b"shadow")
    (tmp_path / "towns" / "list.csv").write_text("a,b\n", encoding="utf-8")
    return tmp_path


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run left behind."""

    returncode: int
    stdout: bytes
    stderr: bytes


def run(*arguments: str, data: bytes | None = None) -> Ran:
    """The command in this process, as a pipe would see it."""
    result = CliRunner().invoke(app, arguments, input=data)
    return Ran(returncode=result.exit_code, stdout=result.stdout_bytes, stderr=result.stderr_bytes or b"")


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def totals(lines: bytes) -> list[float | None]:
    return [next(fact.value for fact in decode(line).facts if fact.indicator == "proactive.total" and not fact.by)
            for line in lines.splitlines()]


def test_folder_gives_a_line_for_each_report_and_one_for_each_failure(folder: Path) -> None:
    result = run("extract", "towns")
    assert result.returncode == 1
    assert [decode(line).source.name for line in result.stdout.splitlines()] == ["towns/b.txt", "towns/[旧]/a.txt"]
    assert totals(result.stdout) == [310, 120]
    messages = result.stderr.decode().splitlines()
    assert messages[0].startswith("towns/broken.pdf: ")
    assert messages[1:] == ["2 reports, 1 not read"]


def test_everything_read_is_status_0(folder: Path) -> None:
    result = run("extract", "towns/b.txt")
    assert (result.returncode, result.stderr) == (0, b"")


def test_every_fact_quotes_its_document(folder: Path) -> None:
    report = decode(run("extract", "towns/b.txt").stdout)
    assert report.facts
    assert all(report.source.text[fact.evidence.start:fact.evidence.end] == fact.evidence.text for fact in report.facts)


def test_standard_input(folder: Path) -> None:
    result = run("extract", "-", data=TEXT.format(77).encode())
    assert decode(result.stdout).source.name == "stdin"
    assert totals(result.stdout) == [77]


def test_same_file_named_twice_is_read_once(folder: Path) -> None:
    assert len(run("extract", "towns/b.txt", "towns/*.txt", "./towns/b.txt").stdout.splitlines()) == 1


def test_pattern_without_match_and_missing_file_do_not_stop_the_rest(folder: Path) -> None:
    result = run("extract", "*.docx", "gone.html", "towns/b.txt")
    assert (result.returncode, totals(result.stdout)) == (1, [310])
    assert result.stderr.decode().splitlines()[:2] == ["*.docx: no file matches", "gone.html: no such file or folder"]


def test_folder_without_documents_is_said(folder: Path) -> None:
    (folder / "empty").mkdir()
    result = run("extract", "empty")
    assert result.returncode == 1
    assert b"empty: no document in this folder" in result.stderr


@pytest.mark.parametrize("arguments", [
    ["extract"], ["extract", "-", "-"], ["extract", "towns", "-o", "no/such.jsonl"],
    ["extract", "towns", "-o", "towns"], ["extract", "towns", "--format", "xml"], ["nonsense"],
    ["extract", "towns", "--nonsense"],
])
def test_wrong_use_is_status_2_and_reads_nothing(arguments: list[str], folder: Path) -> None:
    result = run(*arguments)
    assert (result.returncode, result.stdout) == (2, b"")
    assert b"Error: " in result.stderr


def test_output_file_holds_the_reports_and_nothing_else_is_left(folder: Path) -> None:
    result = run("extract", "towns", "-o", "out.jsonl")
    assert (result.returncode, result.stdout) == (1, b"")
    assert [report.source.name for report in read_results("out.jsonl")] == ["towns/b.txt", "towns/[旧]/a.txt"]
    assert result.stderr.decode().splitlines()[-1] == "2 reports, 1 not read, written to out.jsonl"
    assert sorted(path.name for path in folder.iterdir()) == ["out.jsonl", "out.jsonl.manifest", "towns"]


def test_old_result_stands_until_the_new_one_is_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "out.jsonl").write_text("old", encoding="utf-8")
    stop_at_second_document(monkeypatch)
    result = CliRunner().invoke(app, ["extract", "towns", "-o", "out.jsonl"])
    assert result.exit_code == 130
    assert "interrupted; what was read so far is kept in out.jsonl.partial" in result.stderr
    assert (folder / "out.jsonl").read_text(encoding="utf-8") == "old"
    assert totals((folder / "out.jsonl.partial").read_bytes()) == [310]


def stop_at_second_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopping(self: Messages, failure: Failure) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Messages, "fail", stopping)


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM there")
def test_being_told_to_stop_keeps_what_was_read(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    with subprocess.Popen([*GONGKAI, "extract", "towns", "pipe", "-o", "out.jsonl"], stderr=subprocess.PIPE,
                          env=environment()) as process:
        deadline = time.monotonic() + 30
        partial = folder / "out.jsonl.partial"
        while time.monotonic() < deadline and not (partial.exists() and partial.read_bytes().count(b"\n") == 2):
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 130
    assert b"is kept in out.jsonl.partial" in errors
    assert totals(partial.read_bytes()) == [310, 120]


def test_a_fault_of_ours_costs_one_document(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_on_second_document(monkeypatch)
    result = CliRunner().invoke(app, ["extract", "towns"])
    assert result.exit_code == 1
    assert totals(result.stdout_bytes) == [310, 120]
    assert "towns/broken.pdf: internal error: ZeroDivisionError: one two\n" in result.stderr
    assert "Traceback" not in result.stderr


def test_verbose_adds_the_traceback_and_what_was_used(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fail_on_second_document(monkeypatch)
    result = CliRunner().invoke(app, ["extract", "towns", "-v"])
    assert "in failing" in result.stderr
    used = result.stderr.splitlines()[0]
    assert all(words in used for words in (vocabulary().digest, "vocabulary ", "forms ", "rules "))


def fail_on_second_document(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(data: bytes, *, name: str, labels: Labelling) -> Report:
        if name == "towns/broken.pdf":
            raise ZeroDivisionError("one\ntwo")
        return extract(data, name=name, labels=labels)

    monkeypatch.setattr(infer.batch.reading, "extract", failing)
    # a reader that is a copy of this process has its patches
    monkeypatch.setattr(infer.batch.workers, "METHOD", "fork")


def test_json_is_one_array(folder: Path) -> None:
    for arguments in (["--format", "json"], ["-o", "out.json"]):
        result = run("extract", "towns", *arguments)
        text = result.stdout or (folder / "out.json").read_bytes()
        assert [report["source"]["name"] for report in json.loads(text)] == ["towns/b.txt", "towns/[旧]/a.txt"]


def test_json_of_nothing_is_an_empty_array(folder: Path) -> None:
    assert json.loads(run("extract", "towns/broken.pdf", "--format", "json").stdout) == []


def test_table_in_a_pipe_is_plain(folder: Path) -> None:
    page = run("extract", "towns/b.txt", "--format", "table").stdout.decode()
    assert "主动公开政府信息【310条】" in page
    assert "\x1b" not in page


def test_terminal_gets_the_readable_view_and_no_json(folder: Path) -> None:
    page = on_terminal("extract", "towns/b.txt")
    assert "310 条" in page
    assert '"schema"' not in page


def test_terminal_shows_progress_only_where_results_go_elsewhere(folder: Path) -> None:
    assert "\x1b[?25l" in on_terminal("extract", "towns", "-o", "out.jsonl")
    assert "\x1b[?25l" not in on_terminal("extract", "towns", "-o", "out.jsonl", "--quiet")


def on_terminal(*arguments: str) -> str:
    """What a person sees who runs this in a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen([*GONGKAI, *arguments], stdin=theirs, stdout=theirs, stderr=theirs,
                          env={**environment(), "TERM": "xterm-256color", "COLUMNS": "100"}) as process:
        os.close(theirs)
        seen = b"".join(iter(lambda: read_terminal(ours), b""))
        process.wait(30)
    os.close(ours)
    return seen.decode()


def read_terminal(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    # Linux reports the other end's closing as an error
    except OSError:
        return b""


def test_quiet_leaves_failures_but_no_closing_line(folder: Path) -> None:
    messages = run("extract", "towns", "--quiet").stderr.decode().splitlines()
    assert [message.partition(":")[0] for message in messages] == ["towns/broken.pdf"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_full_disk_is_one_line(folder: Path) -> None:
    for arguments in (["-o", "/dev/full"], []):
        with open("/dev/full", "wb") as full:
            result = subprocess.run([*GONGKAI, "extract", "towns/b.txt", *arguments], stdout=full,
                                    stderr=subprocess.PIPE, check=False, env=environment())
        assert (result.returncode, result.stderr) == (1, b"No space left on device\n")
    assert not Path("/dev/full").is_file()


def test_reader_that_has_seen_enough_is_no_fault(folder: Path) -> None:
    with subprocess.Popen([*GONGKAI, "extract", "towns", "towns/b.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          env=environment()) as process:
        assert process.stdout is not None
        process.stdout.close()
        assert process.stderr is not None
        errors = process.stderr.read()
    assert b"Traceback" not in errors
    assert b"BrokenPipe" not in errors


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are Unicode there")
def test_file_name_outside_utf8_is_read_and_named(folder: Path) -> None:
    os.rename(os.fsencode("towns/b.txt"), "towns/报告.txt".encode("gbk"))
    names = [decode(line).source.name for line in run("extract", "towns").stdout.splitlines()]
    assert len(names) == 2
    assert any("\ufffd" in name for name in names)
