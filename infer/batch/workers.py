"""A process that reads one document after another, and can be ended at any moment."""
import logging
import multiprocessing
import signal
import time
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.context import BaseContext
from typing import TYPE_CHECKING, Any, Final

from infer.batch.answers import Answer, Failure
from infer.batch.bounds import UNBOUNDED, Bounds, cap_memory, ended_by_the_system
from infer.choice import Choice
from infer.inputs import Input
from report.errors import GongkaiError
from report.facts import Producer, Report

if TYPE_CHECKING:
    from infer.reviewing import Corrections

METHOD: Final = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_PRELOADED: Final = ("infer.batch.reading", "models.session", "infer.batch.preloading")
_ENDING: Final = 5.0


class NoWorker(GongkaiError):
    """Processes end before they have read anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setup:
    """What a process is told once: who reads, what is made of each report, and within which bounds."""

    choice: Choice
    finish: Callable[[Report], Any]
    bounds: Bounds = UNBOUNDED
    verbose: bool = False
    corrections: "Corrections | None" = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """The first thing a process says: what its results are made by, and why by rules alone if they are."""

    producer: Producer
    problem: str | None


def start_serving() -> None:
    """Begin to load the reading path in the process that the others are copies of."""
    if METHOD == "forkserver":
        from multiprocessing.forkserver import ensure_running

        _context()
        ensure_running()


@cache
def _context_of(method: str) -> BaseContext:
    context = multiprocessing.get_context(method)
    if method == "forkserver":
        context.set_forkserver_preload(list(_PRELOADED))
    return context


def _context() -> BaseContext:
    return _context_of(METHOD)


class Worker:
    """A process as its parent sees it; `busy` is since when it has been at its document."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        context: Any = _context()
        self.connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, setup), daemon=True)
        self._process.start()
        theirs.close()
        self.ready: Ready | None = None
        self.busy: float | None = None
        self.served = 0
        self._name = ""

    @property
    def pid(self) -> int | None:
        return self._process.pid  # type: ignore[no-any-return]

    def wait_ready(self) -> Ready:
        """Block until its model is loaded."""
        while self.ready is None:
            self.receive()
        return self.ready

    def give(self, document: Input, data: bytes | None) -> bool:
        """Hand it a document; False if it has died meanwhile."""
        self._name = document.name
        try:
            self.connection.send((document, data))
        except OSError:
            return False
        self.busy = time.monotonic()
        self.served += 1
        return True

    def receive(self) -> Answer[Any] | None:
        """Its answer, or None if it said that it is ready. A dead one answers too, with its document's Failure."""
        try:
            said = self.connection.recv()
        except (EOFError, OSError):
            return self._died()
        if isinstance(said, Ready):
            self.ready = said
            # the time until it was ready is not the document's
            self.busy = time.monotonic() if self.busy else None
            return None
        self.busy = None
        if isinstance(said.result, Failure) and said.result.cause == "limit":
            # what is left of its memory is in pieces
            self.end()
        return said  # type: ignore[no-any-return]

    @property
    def overdue(self) -> float | None:
        """Seconds until its document has had its time; None if nothing is due."""
        if self.busy is None or self.ready is None or not self._setup.bounds.seconds:
            return None
        return self.busy + self._bounds.seconds - time.monotonic()

    def stop(self) -> Answer[Any]:
        """End it because of its document."""
        self.end()
        return self._failed(self._bounds.too_long, "limit")

    def end(self) -> None:
        """End it now, if it has not ended."""
        if self.connection.closed:
            return
        self._process.kill()
        self._process.join(_ENDING)
        self.connection.close()

    @property
    def _bounds(self) -> Bounds:
        return self._setup.bounds.of(self._name)

    @property
    def dead(self) -> bool:
        return bool(self.connection.closed)

    def _died(self) -> Answer[Any]:
        self._process.join(_ENDING)
        code = self._process.exitcode
        self.end()
        if self.ready is None:
            raise NoWorker(f"a reading process could not start ({_ended(code)})")
        if code == -getattr(signal, "SIGALRM", 0):
            return self._failed(self._bounds.too_long, "limit")
        return self._failed(f"the process that read it ended ({_ended(code)})", "process")

    def _failed(self, reason: str, cause: Any) -> Answer[Any]:
        seconds = time.monotonic() - self.busy if self.busy else 0.0
        self.busy = None
        return Answer(result=Failure(name=self._name, reason=reason, cause=cause), seconds=seconds)


def _ended(code: int | None) -> str:
    if code is None:
        return "it does not answer"
    if code >= 0:
        return f"exit status {code}"
    name = signal.Signals(-code).name
    return f"{name}, as the system does where memory runs out" if name == "SIGKILL" else name


def _serve(connection: Connection, setup: Setup) -> None:
    """Ctrl-C ends the parent, which keeps what was written; the model is loaded once a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    from infer.batch.reading import answer
    from infer.labelling import labelling
    from infer.pipeline import producer

    if not setup.verbose:
        _hush()
    labels = labelling(setup.choice)
    connection.send(Ready(producer=producer(labels), problem=labels.problem))
    cap_memory(setup.bounds)
    while True:
        try:
            document, data = connection.recv()
        except (EOFError, OSError):
            return
        with ended_by_the_system(setup.bounds.of(document.name)):
            found = answer(document, setup.finish, labels, data, setup.corrections)
        if isinstance(found.result, Failure) and found.result.cause == "limit":
            found = replace(found, result=replace(found.result, reason=setup.bounds.too_large))
        connection.send(found)


def _hush() -> None:
    """Oddities of a document that its reader's own warnings cover."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    warnings.simplefilter("ignore")
