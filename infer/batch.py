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
from typing import Final, Generic, TypeVar

from infer.inputs import Input, Missing
from infer.labelling import DEFAULT, Choice, Labelling, labelling
from infer.pipeline import extract
from infer.reviewing import Account, Corrections, Ledger, corrected
from report.errors import UnreadableDocument
from report.facts import Report

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document without a result: one line why, and the traceback where the fault is ours."""

    name: str
    reason: str
    trace: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(Failure):
    """A correction that was refused; `name` is its file and row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer(Generic[T]):
    """What became of a document, and of the corrections that are about it."""

    result: T | Failure
    account: Account | None = None


def extract_each(
    found: Iterable[Input | Missing], finish: Callable[[Report], T], *, choice: Choice = DEFAULT, jobs: int = 1,
    labels: Labelling | None = None, ledger: Ledger | None = None,
) -> Iterator[T | Failure]:
    """What `finish` makes of each report, in order; a report it cannot finish is a failure of that document alone.

    Reports are corrected by what `ledger` holds before `finish` sees them; a refused correction is an Objection.

    With `jobs` over 1 that many processes read at once, each with a Labelling of its own, and `finish` must be a
    function of a module. `labels`: what `choice` gives, where the caller has it already.
    """
    yield from objections(ledger)
    corrections = ledger.corrections if ledger else None
    if jobs > 1:
        answers = _in_processes(found, partial(_in_process, finish=finish), (choice, corrections), jobs)
    else:
        held = labels or labelling(choice)
        answers = (_answer(document, finish, held, corrections) for document in found)
    for answer in answers:
        yield from objections(ledger, answer.account)
        yield answer.result


def objections(ledger: Ledger | None, account: Account | None = None) -> Iterator[Objection]:
    """What is refused of a document's corrections, or without an account what no document is needed to refuse."""
    if ledger is not None:
        for refused in ledger.refused() if account is None else ledger.note(account):
            yield Objection(name=refused.origin, reason=refused.reason)


def _answer(
    document: Input | Missing, finish: Callable[[Report], T], labels: Labelling, corrections: Corrections | None,
) -> _Answer[T]:
    if isinstance(document, Missing):
        return _Answer(result=Failure(name=document.name, reason=document.reason))
    try:
        data = document.read()
    except OSError as error:
        return _Answer(result=Failure(name=document.name, reason=error.strerror or str(error)))
    account = None
    try:
        report = extract(data, name=document.name, labels=labels)
        if corrections is not None:
            done = corrected(report, corrections)
            report, account = done.report, done.account
        return _Answer(result=finish(report), account=account)
    except UnreadableDocument as error:
        return _Answer(result=Failure(name=document.name, reason=error.reason), account=account)
    # a fault of ours in one document out of a million must not cost the others
    except Exception as error:
        return _Answer(account=account, result=Failure(
            name=document.name, reason=f"internal error: {_one_line(error)}", trace=traceback.format_exc()))


def _in_processes(
    found: Iterable[Input | Missing], answer: Callable[[Input | Missing], _Answer[T]],
    begun: tuple[Choice, Corrections | None], jobs: int,
) -> Iterator[_Answer[T]]:
    """At most a few documents for each process are under way, so that a list of any length takes no memory."""
    context = get_context("spawn")
    waiting: deque[tuple[Input | Missing, Future[_Answer[T]]]] = deque()
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=begun) as pool:
        for document in found:
            waiting.append((document, pool.submit(answer, document)))
            if len(waiting) > _AHEAD * jobs:
                yield _result(*waiting.popleft())
        while waiting:
            yield _result(*waiting.popleft())


def _result(document: Input | Missing, future: "Future[_Answer[T]]") -> _Answer[T]:
    try:
        return future.result()
    except BrokenProcessPool:
        reason = "the process that read it, or one beside it, was ended from outside"
        return _Answer(result=Failure(name=document.name, reason=reason))


def _begin(choice: Choice, corrections: Corrections | None) -> None:
    """Ctrl-C ends the parent, which keeps what was written; the model is loaded once a process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _begun.append((labelling(choice), corrections))


def _in_process(document: Input | Missing, finish: Callable[[Report], T]) -> _Answer[T]:
    labels, corrections = _begun[0]
    return _answer(document, finish, labels, corrections)


_AHEAD: Final = 4
_begun: list[tuple[Labelling, Corrections | None]] = []


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")
