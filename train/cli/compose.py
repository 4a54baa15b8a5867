"""gongkai train compose"""
from pathlib import Path
from typing import Annotated

import typer

EXAMPLE = "Example: gongkai train compose --count 2000 -o synthetic/"


def compose(
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False, help="Folder to write to.")],
    count: Annotated[int, typer.Option("--count", min=1, help="How many reports.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="As of `fit`: the same reports as its --synthetic.")] = 0,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no closing line.")] = False,
) -> None:
    """Compose labelled reports for `fit --extra`, of the sentence patterns that the written corpus trains on.

    `fit --synthetic` composes the same; a folder of them serves many runs, also on machines without the readers.
    """
    from infer.cli.annotate.progress import counting
    from train.cli.saying import one_line, say

    with one_line():
        from annotations.corpus import write_document
        from train.synthesis import compose_reports, seeds_of

        output.mkdir(parents=True, exist_ok=True)
        written = 0
        with counting("reports", count, shown=not quiet) as step:
            for doc in compose_reports(seeds_of(count, seed), step=step):
                write_document(output / f"{doc.name}.json", doc)
                written += 1
    if not quiet:
        say(f"{written} reports, written to {output}")
