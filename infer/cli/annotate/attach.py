"""gongkai annotate attach"""
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infer.inputs import Input, find_inputs

if TYPE_CHECKING:
    from annotations.corpus import AnnotatedDocument

EXAMPLE = "Example: gongkai annotate attach annotations/real ../shared/real -o real/"


def attach(
    labels: Annotated[Path, typer.Argument(metavar="LABELS", exists=True, file_okay=False,
                                           help="Folder of NAME.labels.json files.")],
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Reports: files, folders, glob patterns.")],
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False, help="Folder for the labelled documents.")],
) -> None:
    """Join labels that were published without text with the reports that they belong to.

    Exit status 1 if a report is missing, cannot be read, or is not the one that was labelled.
    """
    from annotations.corpus import write_document
    from annotations.corpus.standoff import SUFFIX
    from annotations.errors import AnnotationError

    output.mkdir(parents=True, exist_ok=True)
    inputs = {Path(found.name).stem: found for found in find_inputs(paths) if isinstance(found, Input)}
    files = sorted(labels.glob(f"*{SUFFIX}"))
    written = 0
    for path in files:
        try:
            doc = _joined(path, inputs)
        except AnnotationError as error:
            typer.echo(str(error), err=True)
            continue
        write_document(output / f"{doc.name}.json", doc)
        written += 1
    for path in labels.glob("*.toml"):
        (output / path.name).write_bytes(path.read_bytes())
    typer.echo(f"{written} of {len(files)} documents written to {output}", err=True)
    raise typer.Exit(0 if written == len(files) else 1)


def _joined(path: Path, inputs: dict[str, Input]) -> "AnnotatedDocument":
    from annotations.corpus.standoff import attach as join
    from annotations.corpus.standoff import read_standoff
    from annotations.errors import AnnotationError
    from infer.annotate.reading import read_found

    held = read_standoff(path)
    if held.name not in inputs:
        raise AnnotationError(f"{held.name}: no report of this name")
    read = read_found(inputs[held.name])
    if isinstance(read, str):
        raise AnnotationError(f"{held.name}: {read}")
    return join(held, read.text)
