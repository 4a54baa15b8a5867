"""gongkai annotate synthesize"""

from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "Example: gongkai annotate synthesize --count 500 --seed 1 -o synthetic/"


def synthesize(
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False, help="Folder to write to.")],
    count: Annotated[int, typer.Option("--count", min=1, help="How many reports.")] = 100,
    seed: Annotated[
        int, typer.Option("--seed", min=0, help="The first report's number; each has a seed of its own.")
    ] = 0,
    clean: Annotated[bool, typer.Option("--clean", help="No noise, no traditional script.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no closing line.")] = False,
) -> None:
    """Compose labelled reports: NAME.json with text and spans, sources/NAME.txt or .html as a reader would get them.

    The same seed gives the same report, whatever the count.
    """
    from infer.annotate.synthesis import write_reports
    from infer.cli.annotate.progress import counting

    (output / "sources").mkdir(parents=True, exist_ok=True)
    with counting("reports", count, shown=not quiet) as step:
        spans = write_reports(output, range(seed, seed + count), clean=clean, step=step)
    if not quiet:
        typer.echo(f"{count} reports with {spans} spans, written to {output}", err=True)
