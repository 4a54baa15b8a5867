"""A sheet written as .partial until it is whole."""
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated

import typer


def _refuse_no_file(path: Path) -> Path:
    if path.is_dir():
        raise typer.BadParameter(f"{path} is a folder")
    if not path.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {path.parent}")
    return path


OutputOption = Annotated[Path, typer.Option(
    "-o", "--output", callback=_refuse_no_file, help="The sheet, CSV that every spreadsheet opens.")]


def written(path: Path, rows: Iterable[Mapping[str, str]]) -> int:
    """How many rows the sheet has."""
    from infer.results.writers import partial_path
    from infer.reviewing.sheet import write_sheet

    unfinished, count = partial_path(path), -1
    try:
        with unfinished.open("wb") as file:
            for line in write_sheet(rows):
                file.write(line)
                count += 1
        if unfinished != path:
            unfinished.replace(path)
    except OSError as error:
        typer.echo(f"{path}: {error.strerror or error}", err=True)
        raise typer.Exit(1) from None
    return count
