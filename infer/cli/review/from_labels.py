"""gongkai review from-labels"""
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infer.cli.review.writing import OutputOption, written

if TYPE_CHECKING:
    from infer.reviewing import Corrections

EXAMPLE = "Example: gongkai review from-labels labelled/li@example.com -o corrections.csv"


def from_labels(
    paths: Annotated[list[Path], typer.Argument(
        metavar="CORPUS", exists=True, help="Folders or files of `gongkai annotate pull`.")],
    output: OutputOption,
) -> None:
    """Turn labels that people set into a sheet of corrections.

    What was labelled is then all that the running text of the document states; its form tables stay as they are read.
    The folder itself can be given to --corrections as well.
    """
    from infer.reviewing import BadCorrections, load

    try:
        found = load(paths)
    except BadCorrections as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    for refused in found.refused:
        typer.echo(f"{refused.origin}: {refused.reason}", err=True)
    count = written(output, _rows(found))
    typer.echo(f"{count} {'row' if count == 1 else 'rows'}, written to {output}", err=True)
    raise typer.Exit(1 if found.refused else 0)


def _rows(found: "Corrections") -> Iterator[dict[str, str]]:
    from infer.reviewing.rows import cells_of

    for row in found.rows:
        yield cells_of(row)
