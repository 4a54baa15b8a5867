"""Many documents: each gives its result or the reason why not, and none stops the rest."""
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from typing import Final, TypeVar

from infer.inputs import Input, Missing
from infer.labelling import DEFAULT, Choice, Labelling, labelling
from infer.pipeline import extract
from report.errors import UnreadableDocument
from report.facts import Report

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document without a result: one line why, and the traceback where the fault is ours."""

    name: str
    reason: str
    trace: str | None = None


def extract_each(
    found: Iterable[Input | Missing], finish: Callable[[Report], T], *, choice: Choice = DEFAULT, jobs: int = 1,
    labels: Labelling | None = None,
) -> Iterator[T | Failure]:
    """What `finish` makes of each report, in order; a report it cannot finish is a failure of that document alone.

    With `jobs` over 1 that many processes read at once, each with a Labelling of its own, and `finish` must be a
    function of a module. `labels`: what `choice` gives, where the caller has it already.
    """
    if jobs > 1:
        yield from _in_processes(found, partial(_in_process, finish=finish), choice, jobs)
        return
    held = labels or labelling(choice)
    for document in found:
        yield _answer(document, finish, held)


def _answer(document: Input | Missing, finish: Callable[[Report], T], labels: Labelling) -> T | Failure:
    if isinstance(document, Missing):
        return Failure(name=document.name, reason=document.reason)
    try:
        data = document.read()
    except OSError as error:
        return Failure(name=document.name, reason=error.strerror or str(error))
    try:
        return finish(extract(data, name=document.name, labels=labels))
    except UnreadableDocument as error:
        return Failure(name=document.name, reason=error.reason)
    # a fault of ours in one document out of a million must not cost the others
    except Exception as error:
        return Failure(name=document.name, reason=f"internal error: {_one_line(error)}", trace=traceback.format_exc())


def _in_processes(
    found: Iterable[Input | Missing], answer: Callable[[Input | Missing], T | Failure], choice: Choice, jobs: int,
) -> Iterator[T | Failure]:
    """At most a few documents for each process are under way, so that a list of any length takes no memory."""
    context = get_context("spawn")
    waiting: deque[tuple[Input | Missing, Future[T | Failure]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(choice,)) as pool:
        for document in found:
            waiting.append((document, pool.submit(answer, document)))
            if len(waiting) > _AHEAD * jobs:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())


def _result(document: Input | Missing, future: "Future[T | Failure]") -> T | Failure:
    try:
        return future.result()
    except BrokenProcessPool:
        return Failure(name=document.name, reason="the process that read it, or one beside it, was ended from outside")


def _begin(choice: Choice) -> None:
    """Ctrl-C ends the parent, which keeps what was written; the model is loaded once a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _labels.append(labelling(choice))


def _in_process(document: Input | Missing, finish: Callable[[Report], T]) -> T | Failure:
    return _answer(document, finish, _labels[0])


_AHEAD: Final = 4
_labels: list[Labelling] = []


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")
