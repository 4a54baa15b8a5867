"""gongkai annotate misses"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from report import GongkaiError

if TYPE_CHECKING:
    from infer.annotate.misses import ClassTally, Misses

EXAMPLE = (
    "Example: gongkai extract --rules-only synthetic/sources -o out.jsonl; gongkai annotate misses synthetic/ out.jsonl"
)
_SHOWN = 60


def misses(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", exists=True, file_okay=False, help="Labelled documents.")],
    results: Annotated[
        Path,
        typer.Argument(
            metavar="RESULTS",
            exists=True,
            dir_okay=False,
            help="What `gongkai extract` made of their sources (.jsonl).",
        ),
    ],
    rows: Annotated[int, typer.Option("--rows", min=1, help="How many classes to show.")] = 40,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write the table as Markdown.")] = False,
) -> None:
    """Count what an extraction misses in labelled documents, by class of sentence pattern, worst first."""
    from infer.annotate.misses import compare

    try:
        found = compare(corpus, results)
    except (GongkaiError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    if found.total().sentences == 0:
        typer.echo(f"{results}: no result of a document in {corpus}", err=True)
        raise typer.Exit(1)
    _print_markdown(found, rows) if markdown else _print_table(found, rows)


def _cells(tally: "ClassTally") -> tuple[str, ...]:
    recall = "" if tally.recall is None else f"{tally.recall:.3f}"
    whole = f"{tally.sentences_right}/{tally.sentences}"
    example = " ".join(tally.example.split())
    return (
        tally.kind,
        str(tally.right),
        str(tally.missed),
        str(tally.wrong),
        recall,
        whole,
        example[:_SHOWN] + ("…" if len(example) > _SHOWN else ""),
    )


_HEADS = ("class", "right", "missed", "wrong", "recall", "sentences right", "a sentence read wrong")


def _print_table(found: "Misses", rows: int) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in _HEADS:
        table.add_column(name, justify="left" if name in (_HEADS[0], _HEADS[-1]) else "right")
    for tally in (found.total(), *found.rows()[:rows]):
        table.add_row(*_cells(tally))
    Console(width=None, highlight=False, soft_wrap=True).print(table)


def _print_markdown(found: "Misses", rows: int) -> None:
    typer.echo("| " + " | ".join(_HEADS) + " |")
    typer.echo("| --- | ---: | ---: | ---: | ---: | ---: | --- |")
    for tally in (found.total(), *found.rows()[:rows]):
        typer.echo("| " + " | ".join(cell.replace("|", "\\|") for cell in _cells(tally)) + " |")
