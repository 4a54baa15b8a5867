"""Reading one document, in whichever process."""
import hashlib
import os
import time
import traceback
from collections.abc import Callable
from typing import Final, TypeVar

from infer.batch.answers import Answer, Failure
from infer.inputs import Input
from infer.labelling import Labelling
from infer.pipeline import extract
from infer.read.limits import Limits, require
from infer.reviewing import Account, Corrections, corrected
from report.errors import LimitExceeded, UnreadableDocument
from report.facts import Report

T = TypeVar("T")
_LIMITS: Final = Limits()


def answer(
    document: Input, finish: Callable[[Report], T], labels: Labelling, data: bytes | None = None,
    corrections: Corrections | None = None,
) -> Answer[T | Failure]:
    """Read one document and correct it; `data` where the caller has its bytes already."""
    begin = time.perf_counter()
    try:
        stat = None if data is not None or document.path is None else document.path.stat()
        if stat is not None and stat.st_size > _LIMITS.size:
            return _too_large(document, stat)
        held = document.read() if data is None else data
    except OSError as error:
        return Answer(result=Failure(name=document.name, reason=error.strerror or str(error), cause="input"))
    accounts: list[Account] = []
    result = _result(document.name, held, _corrected(finish, corrections, accounts), labels)
    return Answer(result=result, account=accounts[0] if accounts else None,
                  sha256=hashlib.sha256(held).hexdigest(), size=len(held),
                  modified=stat.st_mtime_ns if stat else None, seconds=time.perf_counter() - begin)


def _corrected(
    finish: Callable[[Report], T], corrections: Corrections | None, accounts: list[Account],
) -> Callable[[Report], T]:
    """`finish` of the report as reviewers left it; what became of their decisions goes to `accounts`."""
    if corrections is None:
        return finish

    def finished(report: Report) -> T:
        done = corrected(report, corrections)
        accounts.append(done.account)
        return finish(done.report)

    return finished


def _too_large(document: Input, stat: os.stat_result) -> Answer[Failure]:
    """Refused by its size before it is read; the reader says the same of what it is given."""
    try:
        require(stat.st_size, _LIMITS.size, "bytes")
    except LimitExceeded as error:
        failure = Failure(name=document.name, reason=error.reason)
    return Answer(result=failure, size=stat.st_size, modified=stat.st_mtime_ns)


def _result(name: str, data: bytes, finish: Callable[[Report], T], labels: Labelling) -> T | Failure:
    try:
        return finish(extract(data, name=name, labels=labels))
    except UnreadableDocument as error:
        return Failure(name=name, reason=error.reason)
    except MemoryError:
        return Failure(name=name, reason="needed more memory than there is", cause="limit")
    # a fault of ours in one document out of a million must not cost the others
    except Exception as error:
        return Failure(name=name, reason=f"internal error: {_one_line(error)}", trace=traceback.format_exc(),
                       cause="fault")


def _one_line(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}".rstrip(": ")
