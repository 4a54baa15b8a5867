"""An output on its way: what is kept of earlier runs, what is read, each with its record, and the name at the end."""
import os
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any, BinaryIO, Final

from infer.batch.answers import Answer, Failure
from infer.batch.earlier import Earlier
from infer.batch.manifest import Record, encode_record, key_of, read_manifest
from infer.batch.places import Kept, Places, remove, sync_folder
from infer.batch.running import Step
from infer.batch.staying import Settings, Survey, change, digest
from infer.batch.stores import Store
from infer.inputs import Input, Missing

Find = Callable[[], Iterator[Input | Missing]]

_SYNC: Final = 2.0
_TAIL: Final = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A document that needs no reading: its record, and its result if it has one."""

    record: Record
    result: bytes | None


class Journal:
    """Writes results with their records in the order of the documents, so that a run can go on where one was killed.

    `find` gives the documents anew each time. Used under the output's lock.
    """

    def __init__(self, places: Places, settings: Settings, find: Find) -> None:
        self._places = places
        self._settings = settings
        self._find = find
        self._store: Store = places.partial.store()
        self._records: BinaryIO | None = None
        self._synced = time.monotonic()
        self._walk: Iterator[Input | Missing] = iter(())
        self._earlier: Earlier | None = None
        self.read = self.failed = 0

    def finished(self) -> bool:
        """Whether the output is there and every document as it was; `read` and `failed` say what it holds then."""
        done = self._places.done
        if not done.finished:
            return False
        for document, known in zip_longest(self._find(), read_manifest(done.manifest)):
            if document is None or known is None or change(known[0], document, self._settings) is not None:
                self.read = self.failed = 0
                return False
            self._count(known[0])
        if not self._places.partial.data.exists():
            # a kill may have come between the renaming and the clearing
            self._places.clear()
        return True

    def prepare(self, *, again: bool) -> Survey | None:
        """Open the output where it can go on. What the run will find, None if nothing was read before."""
        if again and not self._places.again.exists():
            self._places.clear()
            self._places.again.touch()
        kept = self._cut_torn()
        self._walk = self._find()
        if not self._goes_on():
            self._places.set_aside(self._places.partial)
            self.read = self.failed = kept = 0
            self._walk = self._find()
        self._earlier = Earlier([(one.store(), one.manifest) for one in self._sources()])
        survey = self._survey(self._earlier, kept) if kept or len(self._earlier) else None
        self._open(kept)
        return survey

    def _sources(self) -> list[Kept]:
        done = self._places.done
        trusted = not self._places.again.exists() and done.finished
        return [*(one for one in self._places.earlier() if one.manifest.exists()), *([done] if trusted else [])]

    def _cut_torn(self) -> int:
        """How many records of the output under way have their results; the manifest is cut behind them."""
        partial = self._places.partial
        if not (partial.data.exists() and partial.manifest.exists()):
            partial.remove()
            return 0
        tail: deque[tuple[int, int, Record]] = deque(maxlen=_TAIL)
        count = end = 0
        for record, after in read_manifest(partial.manifest):
            tail.append((count, end, record))
            count, end = count + 1, after
        for before, start, record in tail:
            if record.place is not None and self._store.fetch(record.place) is None:
                count, end = before, start
                break
        os.truncate(partial.manifest, end)
        return count

    def _goes_on(self) -> bool:
        """Whether the documents begin with those that the output under way holds, as they are now."""
        for record, _ in read_manifest(self._places.partial.manifest):
            document = next(self._walk, None)
            if document is None or change(record, document, self._settings) is not None:
                return False
            self._count(record)
        return True

    def _survey(self, earlier: Earlier, kept: int) -> Survey:
        survey = Survey()
        known = read_manifest(self._places.partial.manifest) if kept else iter(())
        found = 0
        for document in self._find():
            record = next(known, (None, 0))[0]
            if record is None and (held := earlier.find(document)):
                record, found = held[0], found + 1
            survey.add(change(record, document, self._settings), record, document, self._settings.made)
        if not kept:
            survey.gone = len(earlier) - found
        return survey

    def _open(self, kept: int) -> None:
        partial = self._places.partial
        if not kept:
            for path in self._store.files():
                remove(path)
        self._store.cut(partial.last() if kept else None)
        self._records = partial.manifest.open("ab" if kept else "wb")

    def steps(self) -> Iterator[Step]:
        """The documents behind those that the output holds already; what an earlier run read comes with its result."""
        for document in self._walk:
            yield Step(document=document, kept=self._copied(document))

    def _copied(self, document: Input | Missing) -> Copied | None:
        known = self._earlier.find(document) if self._earlier else None
        if known is None or change(known[0], document, self._settings) is not None:
            return None
        record, store = known
        if record.place is None:
            return Copied(record=record, result=None)
        result = store.fetch(record.place)
        return None if result is None else Copied(record=record, result=result)

    def write(self, step: Step) -> None:
        """Add the outcome of a step."""
        if isinstance(step.kept, Copied):
            record, result = step.kept.record, step.kept.result
        elif step.answer is not None:
            record, result = self._record(step.document, step.answer), step.answer.result
        else:
            raise ValueError(f"{step.document.name} was not read")
        place = self._store.write(result) if isinstance(result, bytes) else None
        records = self._opened()
        records.write(encode_record(replace(record, place=place)))
        records.flush()
        self._count(record)
        if time.monotonic() - self._synced > _SYNC:
            self._sync()

    def _record(self, document: Input | Missing, answer: Answer[Any]) -> Record:
        failure = answer.result if isinstance(answer.result, Failure) else None
        sha256, size, modified = answer.sha256, answer.size, answer.modified
        stopped = failure is not None and failure.cause in ("limit", "process")
        if stopped and sha256 is None and isinstance(document, Input) and document.path is not None:
            sha256, size, modified = _seen(document)
        return Record(
            name=document.name, key=key_of(document), sha256=sha256, size=size, modified=modified,
            outcome="failed" if failure else "read", reason=failure.reason if failure else None,
            cause=failure.cause if failure else None, limits=str(self._settings.bounds) if stopped else None,
            made=self._settings.made, at=datetime.now(UTC).isoformat(timespec="milliseconds"),
            seconds=round(answer.seconds, 3),
        )

    def _count(self, record: Record) -> None:
        if record.outcome == "read":
            self.read += 1
        else:
            self.failed += 1

    def _opened(self) -> BinaryIO:
        if self._records is None:
            raise ValueError(f"{self._places.path} is not open for writing")
        return self._records

    def _sync(self) -> None:
        """Results before the records that speak of them."""
        self._store.sync()
        os.fsync(self._opened().fileno())
        self._synced = time.monotonic()

    def finish(self) -> None:
        """Give everything its name; a kill in between is mended by the next run."""
        places = self._places
        self._store.finish()
        self._sync()
        self.close()
        for path in self._store.files()[1:]:
            remove(path)
        if places.path.is_dir():
            places.set_aside(places.done)
        places.partial.move(places.done)
        sync_folder(places.path)
        places.clear()

    def close(self) -> None:
        """Let go of the files, which stay as they are."""
        self._store.close()
        if self._earlier is not None:
            self._earlier.close()
        if self._records is not None:
            self._records.close()
            self._records = None


def _seen(document: Input) -> tuple[str | None, int | None, int | None]:
    """What can be said of a document whose process could not."""
    from infer.read.limits import Limits

    if document.path is None:
        return None, None, None
    try:
        stat = document.path.stat()
        return (digest(document.path) if stat.st_size <= Limits().size else None), stat.st_size, stat.st_mtime_ns
    except OSError:
        return None, None, None


__all__ = ["Copied", "Journal"]
