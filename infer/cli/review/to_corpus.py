"""gongkai review to-corpus"""
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infer.cli.corrections import CorrectionsOption, applying

if TYPE_CHECKING:
    from infer.cli.messages import Messages
    from infer.reviewing import Ledger
    from infer.reviewing.corpus import Labelled

EXAMPLE = "Example: gongkai review to-corpus reports.jsonl --corrections corrections.csv -o corpus/"


def to_corpus(
    paths: Annotated[list[str], typer.Argument(
        metavar="RESULTS", help="Results of `gongkai extract`, or reports, which are read.")],
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False, help="Folder; one in it a reviewer.")],
    corrections: CorrectionsOption = None,
    overwrite: Annotated[bool, typer.Option(
        "--overwrite", help="Also over files that were changed there since.")] = False,
) -> None:
    """Make labelled documents of what people have decided, to train and test on.

    A sentence is labelled where every number in it was decided on and the labels can hold the decisions; other
    sentences with numbers become regions, which nobody learns from.
    """
    from annotations.labelstudio.saving import save
    from infer.cli.messages import Messages

    messages = Messages(verbose=False)
    with applying(corrections) as ledger:
        made = _labelled(paths, ledger, messages)
    output.mkdir(parents=True, exist_ok=True)
    saved = save([one.doc for one in made], output, overwrite=overwrite)
    for name in saved.kept:
        messages.say(f"{output / name}: changed here since, kept; --overwrite writes over it")
    sentences, spans = sum(one.sentences for one in made), sum(len(one.doc.annotations) for one in made)
    messages.say(f"{len(made)} labelled documents, {sentences} sentences, {spans} spans in {output}")
    raise typer.Exit(1 if messages.failed or messages.refused or saved.kept else 0)


def _labelled(paths: list[str], ledger: "Ledger | None", messages: "Messages") -> "list[Labelled]":
    """Of each text once; what cannot be labelled is said."""
    from infer.batch import Failure
    from infer.gathering import gather
    from infer.reviewing.corpus import labelled

    made: dict[str, Labelled] = {}
    for found in gather(paths, labelled, ledger=ledger):
        if isinstance(found, Failure):
            messages.fail(found)
        elif found is not None and found.doc.digest not in made:
            for line in found.left:
                messages.say(line)
            if found.sentences:
                made[found.doc.digest] = found
    return list(made.values())
