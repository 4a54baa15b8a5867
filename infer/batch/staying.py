"""Whether what was read of a document earlier is what reading it now would give."""
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Final, Literal

from infer.batch.bounds import Bounds
from infer.batch.manifest import Made, Record
from infer.inputs import Input, Missing

_CHUNK: Final = 2**20
_NAMED: Final = 3

Change = Literal["made", "again", "changed", "new"]
"""Made by other versions or options; failed and to be tried again; another file now; not there before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What this run would make results by. `retry`: what failed is read again."""

    made: Made
    bounds: Bounds
    retry: bool = False


def change(record: Record | None, document: Input | Missing, settings: Settings) -> Change | None:
    """Why the document has to be read again, None if it has not."""
    if record is None or record.name != document.name:
        return "new"
    if record.made != settings.made:
        return "made"
    if record.outcome == "failed" and (settings.retry or record.limits not in (None, str(settings.bounds))):
        return "again"
    return None if _same(record, document) else "changed"


def _same(record: Record, document: Input | Missing) -> bool:
    if isinstance(document, Missing):
        return record.cause == "input" and record.reason == document.reason
    # standard input is no longer what it was
    if document.path is None:
        return False
    try:
        stat = document.path.stat()
        if record.cause == "input":
            document.path.open("rb").close()
            return False
        if (stat.st_size, stat.st_mtime_ns) == (record.size, record.modified):
            return True
        return stat.st_size == record.size and record.sha256 is not None and digest(document.path) == record.sha256
    except OSError as error:
        return record.cause == "input" and record.reason == (error.strerror or str(error))


def digest(path: Path) -> str:
    """The sha256 of a file of any size."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


@dataclass(slots=True, kw_only=True)
class Survey:
    """What a run finds of its documents: how many are kept, and how many must be read, by why."""

    total: int = 0
    kept: int = 0
    gone: int = 0
    read: dict[Change, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    other: str | None = None

    def add(self, why: Change | None, record: Record | None, document: Input | Missing, made: Made) -> None:
        self.total += 1
        if why is None:
            self.kept += 1
            return
        self.read[why] = self.read.get(why, 0) + 1
        if why == "changed" and len(self.names) < _NAMED:
            self.names.append(document.name)
        if why == "made" and record is not None and self.other is None:
            self.other = ", ".join(differences(record.made, made))

    def lines(self) -> Iterator[str]:
        """One line for each thing worth knowing, none of a run that begins."""
        if self.kept:
            yield f"{self.kept:,} of {self.total:,} documents are read already and kept"
        if count := self.read.get("changed"):
            more = ", …" if count > len(self.names) else ""
            yield f"{count:,} changed since and read again: {', '.join(self.names)}{more}"
        if count := self.read.get("made"):
            yield f"{count:,} read again, since made by another {self.other}"
        if count := self.read.get("again"):
            yield f"{count:,} that failed tried again"
        if self.gone:
            yield f"{self.gone:,} no longer there and left out"


def differences(before: Made, now: Made) -> Iterator[str]:
    """What makes results differ, each with its value before and now."""
    for one in fields(Made):
        old, new = getattr(before, one.name), getattr(now, one.name)
        if old != new:
            yield f"{'version' if one.name == 'gongkai' else one.name} ({old or 'none'}, now {new or 'none'})"
