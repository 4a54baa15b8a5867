"""gongkai train fit"""
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from train.fit import Watcher

EXAMPLE = "Example: gongkai train fit annotations/written --base base/ -o runs/first"


def fit(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", exists=True, file_okay=False,
                                           help="Labelled documents with their splits.toml.")],
    base: Annotated[Path, typer.Option("--base", exists=True, file_okay=False, help="Folder of `train base`.")],
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False,
                                         help="Folder for the run; the model stands in model/ below it.")],
    recipe: Annotated[str, typer.Option("--recipe", help="A recipe's name or file.")] = "default",
    extra: Annotated[list[Path] | None, typer.Option(
        "--extra", exists=True, file_okay=False, help="More labelled documents, to train on only.")] = None,
    synthetic: Annotated[int, typer.Option(
        "--synthetic", min=0, help="How many synthetic reports to train on too.")] = 0,
    share: Annotated[float, typer.Option("--share", min=0.0, max=1.0, help="Share of the training documents.")] = 1.0,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Decides everything that chance would.")] = 0,
    device: Annotated[Literal["auto", "cpu", "cuda"], typer.Option("--device", help="Where to compute.")] = "auto",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no closing line.")] = False,
) -> None:
    """Fit a model. The same command in the same folder goes on where the run was stopped, with the same result.

    Synthetic reports are made of the written corpus' own training patterns, so dev and test stay unseen.
    """
    from train.cli.saying import one_line, quiet_transformers, say

    with one_line():
        from train.corpora import gather
        from train.fit import Job
        from train.fit import fit as run
        from train.recipe import read_recipe

        quiet_transformers()
        data = gather(corpus, share=share, extra=extra or (), synthetic=synthetic, seed=seed)
        job = Job(corpus=data, base=base,
                  recipe=read_recipe(recipe), seed=seed, output=output, device=device,
                  command=" ".join(["gongkai train", *sys.argv[1:]]))
        with _watching(shown=not quiet) as watcher:
            record = run(job, watcher).record
    if not quiet:
        best = record["history"][record["best_epoch"] - 1]
        say(f"dev F1 {best['dev_f1']:.3f} (types {best['dev_types_f1']:.3f}) in epoch {best['epoch']}, "
            f"{record['seconds']:.0f} s, written to {output / 'model'}")


@contextmanager
def _watching(*, shown: bool) -> "Iterator[Watcher]":
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
    return (f"epoch {row['epoch']:.0f}: loss {row['loss']:.3f}, dev F1 {row['dev_f1']:.3f} "
            f"(P {row['dev_precision']:.3f}, R {row['dev_recall']:.3f}), types {row['dev_types_f1']:.3f}")


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
        self._score = f", dev F1 {row['dev_f1']:.3f}"
        self._bar.console.print(_line(row), highlight=False)
