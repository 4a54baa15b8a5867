"""gongkai annotate gold"""

from pathlib import Path
from typing import Annotated

import typer

from infer.inputs import Input, Missing, find_inputs

EXAMPLE = "Example: gongkai annotate gold reports/ --gold gold/ -o spans/"


def gold(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Reports: files, folders, glob patterns.")],
    answers: Annotated[
        Path, typer.Option("--gold", exists=True, file_okay=False, help="Folder of NAME.json gold files.")
    ],
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False, help="Folder for the labelled documents.")],
) -> None:
    """Turn reports and their hand-written facts into labelled documents.

    Gold facts whose words are not found are named, one a line. Exit status 1 if a report could not be read.
    """
    output.mkdir(parents=True, exist_ok=True)
    written = facts = unplaced = failed = 0
    for found in find_inputs(paths):
        stem = Path(found.name).stem
        if isinstance(found, Input) and not (answers / f"{stem}.json").is_file():
            continue
        reason = found.reason if isinstance(found, Missing) else None
        if isinstance(found, Input):
            converted = _convert(found, answers / f"{stem}.json", output)
            if isinstance(converted, str):
                reason = converted
            else:
                written, facts, unplaced = written + 1, facts + converted[0], unplaced + converted[1]
        if reason:
            failed += 1
            typer.echo(f"{found.name}: {reason}", err=True)
    typer.echo(
        f"{written} documents written to {output}; {facts - unplaced} of {facts} facts of the text marked", err=True
    )
    raise typer.Exit(1 if failed else 0)


def _convert(found: Input, answers: Path, output: Path) -> tuple[int, int] | str:
    """Facts and those whose words were not found, or the reason why the report was not read."""
    from annotations.corpus import write_document
    from infer.annotate.gold import annotate_from_gold, read_gold
    from infer.annotate.reading import read_found

    read = read_found(found)
    if isinstance(read, str):
        return read
    known = read_gold(answers)
    converted = annotate_from_gold(read, known, name=answers.stem)
    write_document(output / answers.name, converted.document)
    for fact in converted.unplaced:
        typer.echo(f"{answers.stem}: no words for {fact.key[0]} {fact.key[2]:g} ({fact.quote})")
    return sum(not fact.optional for fact in known.facts), len(converted.unplaced)
