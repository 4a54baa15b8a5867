"""The option --corrections, as every command has it that shows reports."""
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from infer.reviewing import Ledger

CorrectionsOption = Annotated[list[Path] | None, typer.Option(
    "--corrections", metavar="FILE", help="Apply reviewers' decisions: a sheet of `gongkai review template`, or a "
    "folder of labels that people set. May be given several times.")]


@contextmanager
def applying(paths: list[Path] | None) -> "Iterator[Ledger | None]":
    """What `gather` wants as `ledger`, None without the option; says at the end what became of the corrections."""
    if not paths:
        yield None
        return
    from infer.reviewing import BadCorrections, Ledger, load

    try:
        ledger = Ledger(load(paths))
    except BadCorrections as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        typer.echo(f"{error.filename}: {error.strerror or error}", err=True)
        raise typer.Exit(1) from None
    yield ledger
    for line in ledger.summary():
        typer.echo(line, err=True)
