"""How far a run is, how fast, and how long it will go on."""
import time
from collections import deque
from collections.abc import Callable
from typing import Final, Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

_MINUTE: Final = 60.0
_WINDOW: Final = 300.0
_SAMPLE: Final = 1.0
_HOUR: Final = 3600


class Pace:
    """Documents a second over the last five minutes, without those that needed no reading."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._read = 0
        self._samples: deque[tuple[float, int]] = deque([(now(), 0)])

    def step(self) -> None:
        self._read += 1
        now = self._now()
        if now - self._samples[-1][0] >= _SAMPLE:
            self._samples.append((now, self._read))
            while now - self._samples[0][0] > _WINDOW:
                self._samples.popleft()

    @property
    def rate(self) -> float | None:
        """None until there is something to go by."""
        begin, before = self._samples[0]
        seconds = self._now() - begin
        return (self._read - before) / seconds if self._read > before and seconds > 0 else None

    def words(self, left: int) -> str:
        """Rate and remaining time."""
        rate = self.rate
        return f"{rate:.1f}/s, {span(left / rate)} left" if rate else ""


def span(seconds: float) -> str:
    """A length of time in its two largest units."""
    whole = round(seconds)
    if whole < _MINUTE:
        return f"{whole} s"
    if whole < _HOUR:
        return f"{whole // 60} min {whole % 60:02} s"
    return f"{whole // _HOUR} h {whole % _HOUR // 60:02} min"


class Watch:
    """Is told of each document; this one shows nothing."""

    def kept(self, count: int) -> None:
        """So many needed no reading."""

    def read(self, name: str) -> None:
        """One more was read."""


class Lines(Watch):
    """A line a minute, for a log."""

    def __init__(self, count: Callable[[], int], say: Callable[[str], None],
                 now: Callable[[], float] = time.monotonic) -> None:
        self._count = count
        self._say = say
        self._now = now
        self._said = now()
        self._total: int | None = None
        self._done = 0
        self._pace = Pace(now)

    def kept(self, count: int) -> None:
        self._done += count

    def read(self, _name: str) -> None:
        self._done += 1
        self._pace.step()
        if self._now() - self._said < _MINUTE:
            return
        if self._total is None:
            self._total = self._count()
        self._said = self._now()
        self._say(f"{self._done:,} of {self._total:,}, {self._pace.words(max(0, self._total - self._done))}")


class Bar(Watch):
    """A bar that moves, for a terminal."""

    def __init__(self, total: int, console: Console) -> None:
        columns = (BarColumn(bar_width=30), MofNCompleteColumn(), TextColumn("{task.fields[pace]}", markup=False),
                   TextColumn("{task.description}", markup=False))
        self._progress = Progress(*columns, console=console, transient=True)
        self._task = self._progress.add_task("", total=total, pace="")
        self._total = total
        self._done = 0
        self._pace = Pace()

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def kept(self, count: int) -> None:
        self._done += count
        self._progress.update(self._task, completed=self._done)

    def read(self, name: str) -> None:
        self._done += 1
        self._pace.step()
        self._progress.update(self._task, completed=self._done, description=name,
                              pace=self._pace.words(max(0, self._total - self._done)))
