"""How a run is shown while it lasts."""
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from train.fit import Watcher


@contextmanager
def watching(*, shown: bool) -> "Iterator[Watcher]":
    """A bar with loss and F1 on a terminal, else a line an epoch; nothing where it is not wanted."""
    if not (shown and sys.stderr.isatty()):
        yield _Lines(shown=shown)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(bar_width=30), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        yield _Bar(bar, bar.add_task("", total=None))


def _line(row: Mapping[str, float]) -> str:
    words = [f"epoch {row['epoch']:.0f}: loss {row['loss']:.3f}"]
    if "dev_f1" in row:
        words.append(f"dev F1 {row['dev_f1']:.3f} (P {row['dev_precision']:.3f}, R {row['dev_recall']:.3f}), "
                     f"types {row['dev_types_f1']:.3f}")
    if "held_out_loss" in row:
        words.append(f"held out {row['held_out_loss']:.3f} ({row['held_out_accuracy']:.1%} told)")
    return ", ".join(words)


class _Lines:
    def __init__(self, *, shown: bool) -> None:
        self._shown = shown

    def begin(self, steps: int, done: int) -> None:
        if self._shown:
            typer.echo(f"{steps} steps" + (f", going on after {done}" if done else ""), err=True)

    def step(self, step: int, loss: float | None) -> None:
        """Only the bar moves with each step."""

    def epoch(self, row: Mapping[str, float]) -> None:
        if self._shown:
            typer.echo(_line(row), err=True)


class _Bar:
    def __init__(self, bar: Any, task: Any) -> None:
        self._bar = bar
        self._task = task
        self._score = ""

    def begin(self, steps: int, done: int) -> None:
        self._bar.update(self._task, total=steps, completed=done)

    def step(self, step: int, loss: float | None) -> None:
        self._bar.update(self._task, completed=step)
        if loss is not None:
            self._bar.update(self._task, description=f"loss {loss:.3f}{self._score}")

    def epoch(self, row: Mapping[str, float]) -> None:
        self._score = f", dev F1 {row['dev_f1']:.3f}" if "dev_f1" in row else ""
        self._bar.console.print(_line(row), highlight=False)
