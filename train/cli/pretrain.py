"""gongkai train pretrain"""
from pathlib import Path
from typing import Annotated, Literal

import typer

EXAMPLE = "Example: gongkai train pretrain prose.txt.xz --base base/ -o adapted/"


def pretrain(
    texts: Annotated[list[Path], typer.Argument(
        metavar="TEXT...", exists=True,
        help="Text files (.txt, .txt.xz, a paragraph a line), folders of them, or folders of labelled documents.")],
    base: Annotated[Path, typer.Option("--base", exists=True, file_okay=False, help="Folder of `train base`.")],
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False, help="Folder for the adapted base.")],
    recipe: Annotated[str, typer.Option("--recipe", help="Settings: `pretrain` or a file.")] = "pretrain",
    seed: Annotated[int, typer.Option("--seed", min=0, help="Decides everything that chance would.")] = 0,
    device: Annotated[Literal["auto", "cpu", "cuda"], typer.Option("--device", help="Where to compute.")] = "auto",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no closing line.")] = False,
) -> None:
    """Adapt an encoder to unlabelled text by telling it hidden characters, before `fit`.

    The same command in the same folder goes on where the run was stopped, with the same result.
    """
    from train.cli.saying import one_line, quiet_transformers, say
    from train.cli.watching import watching

    with one_line():
        from train.pretraining import PretrainJob, read_settings
        from train.pretraining import pretrain as run

        quiet_transformers()
        job = PretrainJob(texts=tuple(texts), base=base, settings=read_settings(recipe), seed=seed, output=output,
                          device=device)
        with watching(shown=not quiet) as watcher:
            made = run(job, watcher)["pretraining"]
    if not quiet:
        last = made["history"][-1]
        say(f"held-out loss {last['held_out_loss']:.3f}, {last['held_out_accuracy']:.1%} of the hidden characters "
            f"told, {made['seconds']:.0f} s, written to {output}")
