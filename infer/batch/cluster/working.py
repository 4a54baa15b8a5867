"""What a Ray worker does with a block of documents: fetches and hands them to a reader that can be ended."""
import hashlib
import pickle
import platform
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from infer.batch.answers import Answer, Failure
from infer.batch.cluster.documents import Stored, why_not
from infer.batch.reading import too_large
from infer.batch.running import Crew, Step
from infer.batch.workers import Setup
from infer.inputs import Held, Input
from report.errors import GongkaiError
from report.facts import Producer

if TYPE_CHECKING:
    import pyarrow as pa

_AHEAD: Final = 4
"""documents that are fetched while others are read"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What every worker of a run is told; `run` tells one from the next. `producer`: what it has to read by."""

    run: str
    setup: Setup
    producer: Producer


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a worker cannot read at all."""

    reason: str


class _Own:
    """The reader of this process, which stays from block to block."""

    run: str = ""
    crew: Crew | None = None


def packed(documents: Sequence[tuple[int, Input]]) -> "pa.Table":
    """A block of documents with their numbers."""
    import pyarrow as pa

    return pa.table({"number": pa.array([number for number, _ in documents], pa.int64()),
                     "held": pa.array([pickle.dumps(one) for _, one in documents], pa.large_binary())})


def read_block(block: "pa.Table", order: Order) -> "pa.Table":
    """An answer for each document, under its number. Runs on a Ray worker."""
    import pyarrow as pa

    documents = [pickle.loads(held) for held in block["held"].to_pylist()]  # noqa: S301
    try:
        answers: list[Any] = [pickle.dumps(answer) for answer in _answers(_reader(order), documents, order)]
    except GongkaiError as error:
        _dismiss()
        answers = [pickle.dumps(Trouble(reason=f"on {platform.node()}: {error}"))] * len(documents)
    return pa.table({"number": block["number"], "held": pa.array(answers, pa.large_binary())})


def unpacked(block: "pa.Table") -> Iterator[tuple[int, Answer[Any] | Trouble]]:
    """The answers of a block with their documents' numbers."""
    for number, held in zip(block["number"].to_pylist(), block["held"].to_pylist(), strict=True):
        yield number, pickle.loads(held)  # noqa: S301


def _reader(order: Order) -> Crew:
    if _Own.crew is None or _Own.run != order.run:
        _dismiss()
        # a reader begins by running its parent's main program, which here is Ray's
        sys.modules["__main__"].__dict__.pop("__file__", None)
        crew = Crew(order.setup, 1)
        _Own.crew, _Own.run = crew, order.run
        by = crew.ready().producer
        if by != order.producer:
            raise GongkaiError(f"reads by {_words(by)} and not by {_words(order.producer)}")
    return _Own.crew


def _dismiss() -> None:
    if _Own.crew is not None:
        _Own.crew.end()
    _Own.crew, _Own.run = None, ""


def _words(by: Producer) -> str:
    return f"gongkai {by.gongkai}, vocabulary {by.vocabulary}, forms {by.forms}, rules {by.rules}, model {by.model}"


def _answers(crew: Crew, documents: Sequence[Input], order: Order) -> Iterator[Answer[Any]]:
    for document, step in zip(documents, crew.run(_steps(documents, order.setup.bounds.seconds)), strict=True):
        if step.answer is None:
            raise GongkaiError(f"{document.name} was not read")
        yield _dated(step.answer, document, step.document) if isinstance(document, Stored) else step.answer


def _dated(answer: Answer[Any], document: Stored, read: Any) -> Answer[Any]:
    """With what the reader of mere bytes could not know, or did not live to say."""
    if not isinstance(read, Held):
        return answer
    return replace(answer, sha256=hashlib.sha256(read.data).hexdigest(), size=len(read.data),
                   modified=document.stamp[1] if document.stamp else None)


def _steps(documents: Sequence[Input], seconds: float) -> Iterator[Step]:
    """The documents as they can be handed to a reader, which opens no connection; a few are fetched ahead."""
    pool = ThreadPoolExecutor(_AHEAD)
    fetched: deque[tuple[Input, Future[bytes] | Answer[Any] | None]] = deque()
    rest = iter(documents)
    try:
        while True:
            while len(fetched) < _AHEAD and (document := next(rest, None)) is not None:
                fetched.append((document, _begun(pool, document)))
            if not fetched:
                return
            yield _step(*fetched.popleft(), seconds)
    finally:
        # one that never comes holds up nobody
        pool.shutdown(wait=False, cancel_futures=True)


def _begun(pool: ThreadPoolExecutor, document: Input) -> Future[bytes] | Answer[Any] | None:
    if not isinstance(document, Stored):
        return None
    size, modified = document.stamp or (0, None)
    return too_large(document, size, modified) or pool.submit(document.read)


def _step(document: Input, fetching: Future[bytes] | Answer[Any] | None, seconds: float) -> Step:
    if fetching is None:
        return Step(document=document)
    if isinstance(fetching, Answer):
        return Step(document=document, answer=fetching)
    try:
        data = fetching.result(seconds or None)
    # whatever a filesystem's package raises is about this document
    except Exception as error:
        reason = f"not fetched within {seconds:g} s" if isinstance(error, TimeoutError) else why_not(error)
        return Step(document=document, answer=Answer(result=Failure(name=document.name, reason=reason, cause="input")))
    return Step(document=Held(name=document.name, path=None, data=data))
