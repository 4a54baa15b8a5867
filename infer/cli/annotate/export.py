"""gongkai annotate export"""
from pathlib import Path
from typing import Annotated

import typer

from annotations.errors import AnnotationError
from annotations.exports.formats import Format
from infer.cli.annotate.options import one_line

EXAMPLE = "Example: gongkai annotate export corpus/ --format brat -o brat/"


def export(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", exists=True, file_okay=False, help="Labelled documents.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="A file; for brat an empty folder or a new one.")],
    form: Annotated[Format, typer.Option("--format", help="spacy: JSON; conll: a character a line; bio: JSON Lines.")],
) -> None:
    """Write labelled documents in another tool's format."""
    from annotations.corpus import read_corpus
    from annotations.exports.exporting import export as write

    if not output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {output.parent}", param_hint="-o")
    with one_line():
        docs = read_corpus(folder)
        if not docs:
            raise AnnotationError(f"no labelled document in {folder}")
        write(docs, form, output)
    typer.echo(f"{len(docs)} {'document' if len(docs) == 1 else 'documents'}, written to {output}", err=True)
