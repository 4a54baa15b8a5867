"""A check (勾稽关系): one identity, both sides as read, and whether it holds."""
from dataclasses import dataclass
from typing import Literal

CheckStatus = Literal["pass", "fail", "unknown"]
Fault = Literal["source", "reading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a check: what it adds up, its value, and the ids of the facts behind it."""

    expression: str
    value: int | float | str | None
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """`id` is the family (requests.balance), `subject` the case (applicant=enterprise, row=requests.new).

    `fault` of a failed check says whether the report or the reading is the likely cause; `repair` proposes the one
    change of one value that makes every identity hold, as fact id and value, and is never applied.
    """

    id: str
    subject: str
    formula: str
    left: Side
    right: Side
    status: CheckStatus
    fault: Fault | None = None
    repair: str | None = None
    note: str | None = None
