"""What a run tells its user on standard error: progress, failures, the closing line."""
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from infer.batch import Failure, Objection
from infer.inputs import Input, Missing
from infer.labelling import Labelling
from infer.pipeline import producer

Found = Iterable[Input | Missing]
Watched = Callable[[Found], Found]


class Messages:
    """Lines for people; `failed` counts the documents that gave no result, `refused` the corrections."""

    def __init__(self, *, verbose: bool) -> None:
        self._console = Console(stderr=True)
        self._verbose = verbose
        self.failed = 0
        self.refused = 0

    def say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)

    def fail(self, failure: Failure) -> None:
        if isinstance(failure, Objection):
            self.refused += 1
        else:
            self.failed += 1
        self.say(f"{failure.name}: {failure.reason}")
        if self._verbose and failure.trace:
            self.say(failure.trace)

    def say_producer(self, labels: Labelling) -> None:
        made_by = producer(labels)
        self.say(f"gongkai {made_by.gongkai}, vocabulary {made_by.vocabulary}, forms {made_by.forms}, "
                 f"rules {made_by.rules}, model {made_by.model or 'none'}")

    def say_end(self, written: int, output: Path | None) -> None:
        if output is not None or self.failed:
            failed = f", {self.failed} not read" if self.failed else ""
            where = f", written to {output}" if output else ""
            self.say(f"{written} {'report' if written == 1 else 'reports'}{failed}{where}")

    def say_stopped(self, error: BaseException, *, kept: Path | None) -> None:
        why = "interrupted" if isinstance(error, KeyboardInterrupt) else getattr(error, "strerror", None) or str(error)
        self.say(f"{why}; what was read so far is kept in {kept}" if kept else why)

    def view_console(self) -> Console:
        """Where the readable view is shown: standard output, in colours unless NO_COLOR is set."""
        return Console(file=sys.stdout)

    @contextmanager
    def progress(self, count: Callable[[], int], *, shown: bool) -> Iterator[Watched]:
        """A bar that moves with the documents passed through what this yields; counted only if it is shown."""
        if not shown:
            yield lambda found: found
            return
        columns = (BarColumn(bar_width=30), MofNCompleteColumn(), TimeRemainingColumn(),
                   TextColumn("{task.description}", markup=False))
        with Progress(*columns, console=self._console, transient=True) as bar:
            task = bar.add_task("", total=count())

            def watched(found: Found) -> Found:
                for document in found:
                    bar.update(task, description=document.name)
                    yield document
                    bar.advance(task)

            yield watched
