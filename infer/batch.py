"""Many documents: each gives its result or the reason why not, and none stops the rest."""
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from infer.inputs import Input, Missing
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


def extract_each(found: Iterable[Input | Missing], finish: Callable[[Report], T]) -> Iterator[T | Failure]:
    """What `finish` makes of each report, in order; a report it cannot finish is a failure of that document alone."""
    for document in found:
        if isinstance(document, Missing):
            yield Failure(name=document.name, reason=document.reason)
        else:
            yield _extract_one(document, finish)


def _extract_one(document: Input, finish: Callable[[Report], T]) -> T | Failure:
    try:
        data = document.read()
    except OSError as error:
        return Failure(name=document.name, reason=error.strerror or str(error))
    try:
        return finish(extract(data, name=document.name))
    except UnreadableDocument as error:
        return Failure(name=document.name, reason=error.reason)
    # a fault of ours in one document out of a million must not cost the others
    except Exception as error:
        return Failure(name=document.name, reason=f"internal error: {_one_line(error)}", trace=traceback.format_exc())


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")
