"""What reading one document cost its process: seconds of the processor and the most memory it held."""
import os
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.hostile.drawing import family_of, hostile
from infer.inputs import Input

_STATUS: Final = Path("/proc/self/status")
_RESET: Final = Path("/proc/self/clear_refs")
_HIGH_WATER: Final = "5"
_FIELDS: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """`megabytes`: the peak of the process; `before`: what it held when it began to read."""

    number: int
    seconds: float
    megabytes: float
    before: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile(Input):
    """A document that is made where it is read; what it costs stands in `ledger` once its bytes are let go."""

    number: int
    ledger: Path

    def read(self) -> bytes:
        _, data = hostile(self.number)
        return _Watched(data, self.number, self.ledger)


class _Watched(bytes):
    """Bytes that note when they are let go, which whoever reads them does when they are done with."""

    def __new__(cls, data: bytes, number: int, ledger: Path) -> "_Watched":
        made = super().__new__(cls, data)
        made._number, made._ledger = number, ledger
        _forget_peak()
        made._before = _held("VmRSS")
        made._begin = time.process_time()
        return made

    _number: int
    _ledger: Path
    _before: float
    _begin: float

    def __del__(self) -> None:
        line = f"{self._number} {time.process_time() - self._begin:.3f} {_held('VmHWM'):.1f} {self._before:.1f}\n"
        # one write of a short line is whole, whoever else writes
        place = os.open(self._ledger, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.write(place, line.encode())
        os.close(place)


def _forget_peak() -> None:
    try:
        _RESET.write_text(_HIGH_WATER, encoding="ascii")
    except OSError:
        return


def _held(field: str) -> float:
    """In megabytes; the peak of the process's whole life where /proc is none."""
    try:
        rows = _STATUS.read_text(encoding="ascii").splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(row.split()[1]) / 1024 for row in rows if row.startswith(f"{field}:"))


def documents(first: int, count: int, ledger: Path, family: str | None = None) -> Iterator[Hostile]:
    """Numbers from `first` on; of one family where it is named."""
    found, number = 0, first
    while found < count:
        kind = family_of(number)
        if family is None or kind.startswith(family):
            found += 1
            yield Hostile(name=f"{number}.{kind}", path=Path(__file__), number=number, ledger=ledger)
        number += 1


def costs(ledger: Path) -> dict[int, Cost]:
    """What was noted, by document; one that took its process with it is not there."""
    lines = ledger.read_text(encoding="ascii").splitlines() if ledger.exists() else []
    rows = [line.split() for line in lines]
    return {int(row[0]): Cost(number=int(row[0]), seconds=float(row[1]), megabytes=float(row[2]), before=float(row[3]))
            for row in rows if len(row) == _FIELDS}
