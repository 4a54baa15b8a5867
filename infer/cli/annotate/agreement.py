"""gongkai annotate agreement"""
import sys
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infer.cli.annotate.options import one_line

if TYPE_CHECKING:
    from annotations.quality import Agreement
    from annotations.quality.agreement import Score

EXAMPLE = "Example: gongkai annotate agreement corpus-li/ corpus-wang/"
_WIDTH = 160


def agreement(
    folders: Annotated[list[Path], typer.Argument(metavar="FOLDER_A FOLDER_B...", exists=True, file_okay=False,
                                                  help="One folder for each annotator; texts are matched by hash.")],
    as_json: Annotated[bool, typer.Option("--json", help="Write everything as JSON, a line for each pair.")] = False,
) -> None:
    """Say how far annotators of the same texts agree, and where they do not.

    More than two folders are compared two by two.
    """
    if len(folders) < 2:
        raise typer.BadParameter("agreement takes two folders at least", param_hint="FOLDER")
    for first, second in combinations(folders, 2):
        with one_line():
            result = _compared(first, second)
        if as_json:
            _print_json(first, second, result)
        else:
            _print(first, second, result)


def _compared(first: Path, second: Path) -> "Agreement":
    from annotations.corpus import read_corpus
    from annotations.quality import agreement as compare

    return compare(read_corpus(first), read_corpus(second))


def _print_json(first: Path, second: Path, result: "Agreement") -> None:
    import msgspec

    typer.echo(msgspec.json.encode({"first": str(first), "second": str(second), "agreement": result}).decode())


def _print(first: Path, second: Path, result: "Agreement") -> None:
    from rich.console import Console
    from rich.table import Table

    typer.echo(f"{first} and {second}: {result.documents} documents, {result.characters} characters")
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("label", "first", "second", "both", "F1", "kappa"):
        table.add_column(name, overflow="fold", justify="left" if name == "label" else "right")
    rows = {"all, strict": result.strict, "all, type only": result.types, **result.labels}
    for name, score in rows.items():
        table.add_row(name, *_cells(score))
    Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False).print(table)
    for one in result.disagreements:
        typer.echo(f"\n{one.document}:{one.start}: {one.kind}: {one.first or 'nothing'} | {one.second or 'nothing'}")
        typer.echo(f"  {one.context}")
    for side, names in ((first, result.only_first), (second, result.only_second)):
        if names:
            typer.echo(f"only in {side}: {', '.join(names)}", err=True)


def _cells(score: "Score") -> tuple[str, ...]:
    shares = ("none" if share is None else f"{share:.3f}" for share in (score.f1, score.kappa))
    return str(score.first), str(score.second), str(score.both), *shares
