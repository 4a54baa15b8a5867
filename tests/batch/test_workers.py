"""Documents that hang, devour memory or end their process cost themselves and no other."""
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from infer.batch import Failure, extract_each
from infer.batch.bounds import Bounds
from infer.batch.running import Step, crew
from infer.batch.workers import NoWorker, Setup
from infer.choice import Choice
from infer.inputs import Input, find_inputs
from report.facts import Report
from tests.batch.made import TEXT
from tests.conftest import ROOT

RULES = Choice(mode="rules")
BOUNDS = Bounds(seconds=2, megabytes=400)


def trouble(report: Report) -> str:
    """What a document's name asks for."""
    name = Path(report.source.name).stem
    if "hang" in name:
        time.sleep(60)
    if "kill" in name:
        os.kill(os.getpid(), signal.SIGKILL)
    if "exit" in name:
        os._exit(3)
    if "memory" in name:
        return str(len(bytearray(2_000_000_000)))
    if "fault" in name:
        raise ZeroDivisionError
    return name


def documents(folder: Path, *names: str) -> Iterator[Input]:
    for name in names:
        path = folder / f"{name}.txt"
        path.write_text(TEXT.format(len(name)), encoding="utf-8")
        yield Input(name=path.name, path=path)


def answers(folder: Path, *names: str, jobs: int = 2, bounds: Bounds = BOUNDS) -> list[str]:
    with crew(Setup(choice=RULES, finish=trouble, bounds=bounds), jobs) as readers:
        found = [step.result for step in readers.run(Step(document=one) for one in documents(folder, *names))]
    return [f"{one.name}: {one.reason}" if isinstance(one, Failure) else one for one in found]


def test_results_come_in_the_order_of_the_documents(tmp_path: Path) -> None:
    names = [f"d{number:03}" for number in range(40)]
    assert answers(tmp_path, *names) == names


@pytest.mark.slow
def test_each_trouble_costs_its_own_document(tmp_path: Path) -> None:
    found = answers(tmp_path, "a", "kill", "b", "hang", "c", "exit", "d", "memory", "e", "fault", "f", "kill2", "g")
    memory = "needed more than 400 MB of memory" if sys.platform == "linux" else "2000000000"
    killed = "the process that read it ended (SIGKILL, as the system does where memory runs out)"
    assert found == [
        "a", f"kill.txt: {killed}", "b", "hang.txt: took longer than 2 s", "c",
        "exit.txt: the process that read it ended (exit status 3)", "d", f"memory.txt: {memory}", "e",
        "fault.txt: internal error: ZeroDivisionError", "f", f"kill2.txt: {killed}", "g",
    ]


@pytest.mark.slow
def test_documents_behind_one_that_hangs_are_read_meanwhile(tmp_path: Path) -> None:
    begin = time.monotonic()
    found = answers(tmp_path, "hang", "hang2", *map(str, range(20)), jobs=2, bounds=Bounds(seconds=3, megabytes=0))
    assert [one for one in found if "took" not in one] == [*map(str, range(20))]
    # both hang at the same time
    assert time.monotonic() - begin < 20


def test_many_jobs_give_what_one_gives(tmp_path: Path) -> None:
    list(documents(tmp_path, "a", "b", "c"))
    arguments = [str(tmp_path), str(tmp_path / "none.txt")]
    alone = list(extract_each(find_inputs(arguments), trouble, choice=RULES))
    assert list(extract_each(find_inputs(arguments), trouble, choice=RULES, jobs=2)) == alone
    assert alone[:3] == ["a", "b", "c"]
    assert isinstance(alone[3], Failure)


@pytest.mark.slow
def test_bounds_hold_for_one_job_too(tmp_path: Path) -> None:
    found = extract_each(documents(tmp_path, "a", "hang", "b"), trouble, choice=RULES, bounds=BOUNDS)
    assert [one.reason if isinstance(one, Failure) else one for one in found] == ["a", "took longer than 2 s", "b"]


def unreachable(report: Report) -> str:
    raise AssertionError


def test_processes_that_cannot_begin_are_one_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infer.batch.workers._serve", _end_at_once)
    with pytest.raises(NoWorker, match="exit status 7"), crew(Setup(choice=RULES, finish=unreachable), 1) as readers:
        readers.ready()


def _end_at_once(connection: object, setup: Setup) -> None:
    os._exit(7)


ORPHAN = """
import os, sys
from pathlib import Path
from infer.batch.bounds import Bounds
from infer.batch.running import Step, crew
from infer.batch.workers import Setup
from infer.choice import Choice
from tests.batch.test_workers import documents, trouble
if __name__ == "__main__":
    with crew(Setup(choice=Choice(mode="rules"), finish=trouble, bounds=Bounds(seconds=2, megabytes=0)), 2) as readers:
        readers.ready()
        for step in readers.run(Step(document=one) for one in documents(Path(sys.argv[1]), "a", "hang")):
            print(*(worker.pid for worker in readers._at), flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_no_reader_outlives_a_parent_that_was_killed(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ORPHAN, str(tmp_path)], stdout=subprocess.PIPE, cwd=ROOT) as parent:
        assert parent.stdout is not None
        pids = parent.stdout.readline().split()
        parent.kill()
    assert pids
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and any(Path(f"/proc/{int(pid)}").exists() for pid in pids):
        time.sleep(0.1)
    assert [pid for pid in pids if Path(f"/proc/{int(pid)}").exists()] == []
