"""gongkai annotate distant"""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infer.inputs import Input, Missing, find_inputs

if TYPE_CHECKING:
    from infer.annotate.distant import Tally

EXAMPLE = "Example: gongkai annotate distant saved-pages/ -o corpus/"


def distant(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Reports: files, folders, glob patterns.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--output",
            file_okay=False,
            help="Folder for the labelled documents; without it they are only counted.",
        ),
    ] = None,
    gold: Annotated[
        Path | None,
        typer.Option(
            "--gold", exists=True, file_okay=False, help="Folder of NAME.json gold files to measure precision against."
        ),
    ] = None,
) -> None:
    """Label the prose of reports from their own forms.

    A number of the text is labelled where it equals the cell that its words name. Sentences with a number that the form
    does not vouch for are set aside. Exit status 1 if a report could not be read.
    """
    from infer.annotate.distant import Tally

    tally = Tally()
    if output is not None:
        output.mkdir(parents=True, exist_ok=True)
    for found in find_inputs(paths):
        reason = found.reason if isinstance(found, Missing) else _label_one(found, tally, output=output, gold=gold)
        if reason:
            tally.unread += 1
            typer.echo(f"{found.name}: {reason}", err=True)
    _say(tally, output, measured=gold is not None)
    raise typer.Exit(1 if tally.unread else 0)


def _label_one(found: Input, tally: "Tally", *, output: Path | None, gold: Path | None) -> str | None:
    """The reason why the report gave nothing; None where it was read."""
    from annotations.corpus import write_document
    from infer.annotate.distant import annotate_from_form, measure
    from infer.annotate.gold import read_gold
    from infer.annotate.reading import read_found

    read = read_found(found)
    if isinstance(read, str):
        return read
    stem = Path(found.name).stem
    document = annotate_from_form(read, name=stem)
    tally.add(document)
    if document is None:
        return None
    answers = gold / f"{stem}.json" if gold else None
    if answers is not None and answers.is_file():
        tally.compare(measure(read, document, read_gold(answers)), stem)
    if output is not None:
        document = tally.named(document)
        write_document(output / f"{document.name}.json", document)
    return None


def _say(tally: "Tally", output: Path | None, *, measured: bool) -> None:
    where = f", written to {output}" if output else ""
    typer.echo(
        f"{tally.reports} reports, {tally.labelled} labelled from their form, {tally.spans} spans{where}", err=True
    )
    if not measured:
        return
    for name, fact in tally.wrong:
        typer.echo(f"{name}: {fact.indicator} {fact.value} is not in gold: {fact.evidence.text}")
    share = "nothing to measure" if tally.precision is None else f"{tally.precision:.4f}"
    typer.echo(f"precision against gold: {share} ({tally.right} of {tally.compared} labels)")
