"""What the command makes of a cluster's answers, and a worker of its orders; no cluster is needed."""
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from infer.batch.answers import Answer, Failure
from infer.batch.cluster import running, working
from infer.batch.cluster.running import Cluster
from infer.batch.cluster.working import Order, Trouble, packed, read_block, unpacked
from infer.batch.journal import Copied
from infer.batch.running import Step
from infer.batch.workers import NoWorker, Ready, Setup
from infer.choice import Choice
from infer.inputs import Held, Input, Missing
from report.facts import Producer, Report

BY = Producer(gongkai="1", vocabulary="v", forms="f", rules="r", model="m")


def unused(report: Report) -> bytes:
    raise AssertionError


SETUP = Setup(choice=Choice(), finish=unused)


class Fake(Cluster):
    """Answers itself: `replies` to the numbers that it is asked for."""

    def __init__(self, replies: Any) -> None:
        super().__init__(None, SETUP, 2)
        self._ready = Ready(producer=BY, problem=None)
        self.replies = replies
        self.windows: list[int] = []

    def _cores(self) -> int:
        return 2

    def _answers(self, todo: Any, order: Order) -> Iterator[tuple[int, Answer[Any] | Trouble]]:
        self.windows.append(len(todo))
        yield from self.replies(todo)


def read(todo: Any) -> Iterator[tuple[int, Answer[Any]]]:
    for number, document in todo:
        yield number, Answer(result=document.name.encode())


def steps(folder: Path, count: int) -> Iterator[Step]:
    for number in range(count):
        path = folder / f"{number}.txt"
        yield Step(document=Input(name=path.name, path=path),
                   kept=Copied(record=None, result=b"x") if number % 3 == 1 else None)  # type: ignore[arg-type]


def test_kept_missing_and_read_documents_keep_their_order_from_window_to_window(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(running, "_WINDOW", (10, 10))
    cluster = Fake(read)
    found = list(cluster.run([*steps(tmp_path, 24), Step(document=Missing(name="none", reason="no such file"))]))
    assert [step.document.name for step in found] == [*(f"{number}.txt" for number in range(24)), "none"]
    assert all(step.kept or step.result == step.document.name.encode() for step in found[:-1])
    assert found[-1].result == Failure(name="none", reason="no such file", cause="input")
    assert cluster.windows == [7, 6, 3]


def test_what_is_kept_is_not_held_without_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "_HELD", 2)
    cluster = Fake(read)
    assert len(list(cluster.run(steps(tmp_path, 12)))) == 12
    assert cluster.windows == [3, 4, 1]


@pytest.mark.parametrize("wrong", [
    lambda todo: list(read(todo))[1:], lambda todo: list(read(todo))[:-1],
    lambda todo: [*list(read(todo))[:1], *list(read(todo))]])
def test_an_answer_that_is_lost_or_comes_twice_ends_the_run(wrong: Any, tmp_path: Path) -> None:
    with pytest.raises(NoWorker, match="the cluster lost its answer"):
        list(Fake(wrong).run(steps(tmp_path, 9)))


def test_a_file_that_only_the_head_sees_is_no_missing_document(tmp_path: Path) -> None:
    def gone(todo: Any) -> Iterator[tuple[int, Answer[Any]]]:
        for number, document in todo:
            yield number, Answer(result=Failure(name=document.name, reason="No such file or directory", cause="input"))

    [step] = Fake(gone).run(steps(tmp_path, 1))
    assert isinstance(step.result, Failure)
    (tmp_path / "0.txt").touch()
    with pytest.raises(NoWorker, match=r"0\.txt is on this machine and not on the worker's"):
        list(Fake(gone).run(steps(tmp_path, 1)))


def test_a_worker_that_would_read_by_another_model_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        def __init__(self, setup: Setup, jobs: int) -> None:
            self.ended = False

        def ready(self) -> Ready:
            return Ready(producer=replace(BY, model="another"), problem=None)

        def end(self) -> None:
            self.ended = True

    monkeypatch.setitem(sys.modules["__main__"].__dict__, "__file__", "ray")
    monkeypatch.setattr(working, "Crew", Other)
    block = packed([(4, Held(name="a", path=None, data=b"")), (5, Held(name="b", path=None, data=b""))])
    answers = list(unpacked(read_block(block, Order(run="1", setup=SETUP, producer=BY))))
    assert [number for number, _ in answers] == [4, 5]
    assert isinstance(answers[0][1], Trouble)
    assert "model another and not by" in answers[0][1].reason
    with pytest.raises(NoWorker, match="model another and not by"):
        list(Fake(lambda todo: [(0, answers[0][1])]).run(steps(Path(), 1)))
