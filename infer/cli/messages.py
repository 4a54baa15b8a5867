"""What a run tells its user on standard error: progress, failures, the closing line."""
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from rich.console import Console

from infer.batch import Failure, Objection
from infer.cli.progress import Bar, Lines, Watch
from report.facts import Producer


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

    def say_producer(self, made_by: Producer) -> None:
        self.say(f"gongkai {made_by.gongkai}, vocabulary {made_by.vocabulary}, forms {made_by.forms}, "
                 f"rules {made_by.rules}, model {made_by.model or 'none'}")

    def say_nothing_to_do(self, written: int, failed: int, output: Path) -> None:
        self.failed = failed
        self.say(f"{output} is up to date: {_reports(written)}{_not_read(failed)}; --again reads everything anew"
                 f"{', --retry what failed' if failed else ''}")

    def say_end(self, written: int, output: Path | None) -> None:
        if output is not None or self.failed:
            where = f", written to {output}" if output else ""
            self.say(f"{_reports(written)}{_not_read(self.failed)}{where}")

    def say_stopped(self, error: BaseException, *, kept: Path | None) -> None:
        why = "interrupted" if isinstance(error, KeyboardInterrupt) else getattr(error, "strerror", None) or str(error)
        self.say(f"{why}; what was read so far is kept in {kept}, and the same command goes on from there" if kept
                 else why)

    def shower(self, *, full: bool) -> Callable[[bytes], bytes]:
        """A line of a result as the readable view on standard output, in colours unless NO_COLOR is set."""
        from infer.results.lines import decode
        from infer.results.view import render

        show = partial(render, console=Console(file=sys.stdout), full=full)
        return lambda line: show(decode(line)).encode("utf-8", "replace")

    @contextmanager
    def progress(self, count: Callable[[], int], *, shown: bool) -> Iterator[Watch]:
        """A bar on a terminal; elsewhere a line a minute, of which a short run has none."""
        if not shown:
            yield Watch()
        elif not sys.stderr.isatty():
            yield Lines(count, self.say)
        else:
            with Bar(count(), self._console) as bar:
                yield bar


def _reports(written: int) -> str:
    return f"{written} {'report' if written == 1 else 'reports'}"


def _not_read(failed: int) -> str:
    return f", {failed} not read" if failed else ""
