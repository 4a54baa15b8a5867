"""gongkai train fit"""
from pathlib import Path
from typing import Annotated, Literal

import typer

EXAMPLE = "Example: gongkai train fit annotations/written --base base/ -o runs/first"


def fit(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", exists=True, file_okay=False,
                                           help="Labelled documents with their splits.toml.")],
    base: Annotated[Path, typer.Option("--base", exists=True, file_okay=False,
                                       help="Folder of `train base` or `pretrain`, or a trained model.")],
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False,
                                         help="Folder for the run; the model stands in model/ below it.")],
    recipe: Annotated[str, typer.Option("--recipe", help="A recipe's name or file.")] = "default",
    extra: Annotated[list[Path] | None, typer.Option(
        "--extra", exists=True, file_okay=False, help="More labelled documents, to train on only.")] = None,
    times: Annotated[int, typer.Option(
        "--times", min=1, help="How many times over the documents of --extra count.")] = 1,
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
    from train.cli.saying import command_line, one_line, quiet_transformers, say
    from train.cli.watching import watching

    with one_line():
        from train.corpora import gather
        from train.fit import Job
        from train.fit import fit as run
        from train.recipe import read_recipe

        quiet_transformers()
        data = gather(corpus, share=share, extra=extra or (), times=times, synthetic=synthetic, seed=seed)
        job = Job(corpus=data, base=base,
                  recipe=read_recipe(recipe), seed=seed, output=output, device=device,
                  command=command_line())
        with watching(shown=not quiet) as watcher:
            record = run(job, watcher).record
    if not quiet:
        best = record["history"][record["best_epoch"] - 1]
        say(f"dev F1 {best['dev_f1']:.3f} (types {best['dev_types_f1']:.3f}) in epoch {best['epoch']}, "
            f"{record['seconds']:.0f} s, written to {output / 'model'}")
