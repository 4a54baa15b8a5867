"""Many documents read at once, their results in the order of the documents."""
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any, Final, TypeVar

from infer.batch.answers import Answer, Failure, Objection, missing
from infer.batch.bounds import UNBOUNDED, Bounds
from infer.batch.workers import Ready, Setup, Worker
from infer.choice import DEFAULT, Choice
from infer.inputs import Input, Missing
from report.facts import Report

if TYPE_CHECKING:
    from infer.labelling import Labelling
    from infer.reviewing import Account, Ledger

T = TypeVar("T")

_AHEAD: Final = 64
_SPARE: Final = 2
_HELD: Final = 64 * 2**20
_SERVED: Final = 500
"""documents after which a process gives way to a fresh one: what libraries keep of each adds up"""


@dataclass(slots=True, kw_only=True)
class Step:
    """A document on its way; one that is `kept` needs no reading and keeps its place among the others."""

    document: Input | Missing
    kept: Any = None
    answer: Answer[Any] | None = None

    @property
    def done(self) -> bool:
        return self.answer is not None or self.kept is not None

    @property
    def account(self) -> "Account | None":
        """What became of its corrections."""
        return self.answer.account if self.answer else None

    @property
    def result(self) -> Any:
        """What reading it gave."""
        if self.answer is None:
            raise ValueError(f"{self.document.name} was not read")
        return self.answer.result


def extract_each(
    found: Iterable[Input | Missing], finish: Callable[[Report], T], *, choice: Choice = DEFAULT, jobs: int = 1,
    labels: "Labelling | None" = None, bounds: Bounds = UNBOUNDED, ledger: "Ledger | None" = None,
) -> Iterator[T | Failure]:
    """What `finish` makes of each report, in order; a report it cannot finish is a failure of that document alone.

    With `jobs` over 1 that many processes read at once, each with a Labelling of its own, and `finish` must be a
    function of a module; so too where each document has its `bounds`. `labels`: what `choice` gives, where the caller
    has it already. Reports are corrected by what `ledger` holds before `finish` sees them; a refused correction is an
    Objection.
    """
    yield from objections(ledger)
    corrections = ledger.corrections if ledger else None
    if jobs > 1 or bounds != UNBOUNDED:
        setup = Setup(choice=choice, finish=finish, bounds=bounds, corrections=corrections)
        with crew(setup, jobs) as readers:
            for step in readers.run(Step(document=document) for document in found):
                yield from objections(ledger, step.account)
                yield step.result
        return
    from infer.batch.reading import answer
    from infer.labelling import labelling

    held = labels or labelling(choice)
    for document in found:
        if isinstance(document, Missing):
            yield missing(document).result
            continue
        said = answer(document, finish, held, corrections=corrections)
        yield from objections(ledger, said.account)
        yield said.result


def objections(ledger: "Ledger | None", account: "Account | None" = None) -> Iterator[Objection]:
    """What is refused of a document's corrections, or without an account what no document is needed to refuse."""
    if ledger is not None:
        for refused in ledger.refused() if account is None else ledger.note(account):
            yield Objection(name=refused.origin, reason=refused.reason)


class Crew:
    """Processes that each read one document at a time; one that dies or is stopped costs its document only."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._at: dict[Worker, Step | None] = {}
        self._todo: deque[Step] = deque()
        self._waiting: deque[Step] = deque()
        self._held = 0

    def ready(self) -> Ready:
        """What reads, once the first process has loaded it. NoWorker if it cannot."""
        return (next(iter(self._at)) if self._at else self._start()).wait_ready()

    def run(self, steps: Iterable[Step]) -> Iterator[Step]:
        """Each step in its order, answered or kept; a few documents a process are held, however many there are."""
        source: Iterator[Step] | None = iter(steps)
        while True:
            while source is not None and self._has_room():
                step = next(source, None)
                if step is None:
                    source = None
                else:
                    self._take(step)
            self._hand_out()
            yield from self._finished()
            if self._waiting:
                if not self._waiting[0].done:
                    self._wait()
            elif source is None:
                return

    def end(self) -> None:
        """End all processes now."""
        for worker in self._at:
            worker.end()
        self._at.clear()

    def _has_room(self) -> bool:
        return (len(self._todo) < _SPARE * self._jobs and self._held < _HELD
                and len(self._waiting) < _AHEAD * self._jobs and not (self._waiting and self._waiting[0].done))

    def _take(self, step: Step) -> None:
        self._waiting.append(step)
        if step.done:
            return
        if isinstance(step.document, Missing):
            step.answer = missing(step.document)
        else:
            self._todo.append(step)

    def _finished(self) -> Iterator[Step]:
        while self._waiting and self._waiting[0].done:
            step = self._waiting.popleft()
            self._held -= _weight(step)
            yield step

    def _hand_out(self) -> None:
        while self._todo and (worker := self._idle()) is not None:
            step = self._todo[0]
            document = step.document
            if not isinstance(document, Input):
                raise TypeError(document)
            data = sys.stdin.buffer.read() if document.path is None else None
            if worker.give(document, data):
                self._at[worker] = self._todo.popleft()
            else:
                self._dismiss(worker)

    def _idle(self) -> Worker | None:
        free = next((worker for worker, step in self._at.items() if step is None), None)
        return free or (self._start() if len(self._at) < self._jobs else None)

    def _start(self) -> Worker:
        worker = Worker(self._setup)
        self._at[worker] = None
        return worker

    def _dismiss(self, worker: Worker) -> None:
        worker.end()
        del self._at[worker]

    def _wait(self) -> None:
        """Until a process says something or has had its time; those that died say so by closing their end."""
        due = [left for worker in self._at if (left := worker.overdue) is not None]
        by = {worker.connection: worker for worker in self._at}
        for connection in wait(list(by), max(0.0, min(due)) if due else None):
            worker = by[connection]
            if worker in self._at:
                self._hear(worker)
        late = [worker for worker in self._at if (left := worker.overdue) is not None and left <= 0]
        for worker in late:
            if not worker.connection.poll():
                self._settle(worker, worker.stop())

    def _hear(self, worker: Worker) -> None:
        if self._at[worker] is None and worker.ready is not None:
            # idle and yet readable: it has ended
            self._dismiss(worker)
        elif (said := worker.receive()) is not None:
            self._settle(worker, said)

    def _settle(self, worker: Worker, said: Answer[Any]) -> None:
        step = self._at[worker]
        if step is not None:
            step.answer = said
            self._held += _weight(step)
        self._at[worker] = None
        if worker.dead or worker.served >= _SERVED:
            self._dismiss(worker)
        self._hand_out()


@contextmanager
def crew(setup: Setup, jobs: int) -> Iterator[Crew]:
    """A crew whose processes are gone afterwards."""
    readers = Crew(setup, jobs)
    try:
        yield readers
    finally:
        readers.end()


def _weight(step: Step) -> int:
    result = step.answer.result if step.answer else None
    return len(result) if isinstance(result, bytes) else 0


def usable_cores() -> int:
    """Cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

