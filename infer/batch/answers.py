"""What one document comes to: its result, or one line why there is none."""
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from infer.inputs import Missing

if TYPE_CHECKING:
    from infer.reviewing import Account

R = TypeVar("R", covariant=True)

Cause = Literal["input", "document", "fault", "limit", "process"]
"""Not to be had; refused by the reader; a fault of ours; over time or memory; its process died."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """A document without a result: one line why, and the traceback where the fault is ours."""

    name: str
    reason: str
    trace: str | None = None
    cause: Cause = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection(Failure):
    """A correction that was refused; `name` is its file and row."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer(Generic[R]):
    """A result or a Failure, of which bytes (as they were when reading began), and how long it took.

    `account`: what became of the corrections that are about it.
    """

    result: R
    sha256: str | None = None
    size: int | None = None
    modified: int | None = None
    seconds: float = 0.0
    account: "Account | None" = None


def missing(document: Missing) -> Answer[Failure]:
    """What is not there, as an answer."""
    return Answer(result=Failure(name=document.name, reason=document.reason, cause="input"))
