"""gongkai train average"""
from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "Example: gongkai train average runs/seed0/model runs/seed1/model runs/seed2/model -o runs/mean/model"


def average(
    models: Annotated[list[Path], typer.Argument(
        metavar="MODEL", exists=True, file_okay=False, help="Folders of models that differ in --seed alone.")],
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False, help="Folder to write to.")],
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No closing line.")] = False,
) -> None:
    """Average the weights of models that went on from one base by one recipe on one corpus (a model soup).

    The result is read as fast as one of them. Where it was measured here it was better than each: docs/training.md.
    """
    from train.cli.saying import command_line, one_line, quiet_transformers, say

    with one_line():
        from train.averaging import average as mean
        from train.folder import RECORD, write_trained
        from train.replacing import replacing

        quiet_transformers()
        trained = mean(models, command=command_line())
        with replacing(output, known_by=RECORD) as folder:
            write_trained(folder, trained)
        if not quiet:
            say(f"the mean of {len(models)} models, written to {output}")
