"""gongkai train study"""
from pathlib import Path
from typing import Annotated, Literal

import typer

EXAMPLE = "Example: gongkai train study annotations/written --base base/ -o runs/study --strategy chosen --seed 1"


def study(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", exists=True, file_okay=False,
                                           help="Labelled documents with their splits.toml.")],
    base: Annotated[Path, typer.Option("--base", exists=True, file_okay=False,
                                       help="An encoder: folder of `train base` or `pretrain`.")],
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False,
                                         help="Folder for the runs; the figures: STRATEGY-UNIT-SEED.json.")],
    strategy: Annotated[Literal["chosen", "random", "all"], typer.Option(
        "--strategy", help="What is annotated next: what `annotate next` picks, anything, or all of it at once.")],
    unit: Annotated[Literal["sentence", "report"], typer.Option("--unit", help="What is picked.")] = "sentence",
    shares: Annotated[list[float] | None, typer.Option(
        "--share", min=0.0, max=1.0, help="Shares of the whole effort at which a model is fitted.  "
                                          "[default: 0.1, 0.15, 0.2, 0.3, 0.4]")] = None,
    steps: Annotated[int, typer.Option("--steps", min=1, help="Steps of the optimizer in each fit, about.")] = 500,
    recipe: Annotated[str, typer.Option("--recipe", help="A recipe's name or file.")] = "full",
    seed: Annotated[int, typer.Option("--seed", min=0, help="Decides everything that chance would.")] = 0,
    device: Annotated[Literal["auto", "cpu", "cuda"], typer.Option("--device", help="Where to compute.")] = "auto",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
) -> None:
    """Measure how many annotations `annotate next` saves: training labels are hidden, then uncovered bit by bit.

    Each strategy and seed is a run of its own and can run beside the others; docs/active_learning.py joins them.
    """
    from train.cli.saying import command_line, one_line, quiet_transformers, say
    from train.cli.watching import watching

    with one_line():
        from train.corpora import read_splitted
        from train.recipe import read_recipe
        from train.studying import SHARES, StudyJob
        from train.studying import study as run

        quiet_transformers()
        job = StudyJob(corpus=read_splitted(corpus), base=base, recipe=read_recipe(recipe), output=output, unit=unit,
                       strategy=strategy, seed=seed, shares=tuple(shares or SHARES), steps=steps, device=device,
                       command=command_line())
        with watching(shown=not quiet) as watcher:
            points = run(job, watcher)
    for point in points:
        say(f"{point.share:.0%}: {point.sentences} sentences, {point.labels} labels: span F1 {point.span_f1:.3f}, "
            f"fact F1 {point.fact_f1:.3f} (model alone {point.model_fact_f1:.3f})")
