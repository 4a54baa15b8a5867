"""gongkai annotate coverage"""

from pathlib import Path
from typing import Annotated

import typer

from infer.inputs import Missing, find_inputs
from report import GongkaiError

EXAMPLE = "Example: gongkai annotate coverage annotations/written saved-pages/"


def coverage(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", exists=True, file_okay=False, help="Labelled documents.")],
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Reports to compare it with.")],
) -> None:
    """Say which share of the character 5-grams of reports' prose a corpus has too.

    Forms are left out, numbers are masked. Exit status 1 if a report could not be read.
    """
    from annotations.corpus import read_corpus
    from infer.annotate.coverage import coverage_by
    from infer.annotate.reading import read_found

    failed = False
    try:
        found = coverage_by(read_corpus(corpus))
    except GongkaiError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    for one in find_inputs(paths):
        read = one.reason if isinstance(one, Missing) else read_found(one)
        if isinstance(read, str):
            failed = True
            typer.echo(f"{one.name}: {read}", err=True)
            continue
        share = found.add(read.text, read.regions)
        typer.echo(f"{'-' if share is None else f'{share:.3f}'}  {one.name}")
    if found.share is not None:
        typer.echo(
            f"{found.share:.3f} of {found.occurrences} 5-grams, {found.distinct_share:.3f} of {found.distinct} distinct"
        )
    raise typer.Exit(1 if failed else 0)
