"""gongkai review template"""
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from infer.cli.corrections import CorrectionsOption, applying
from infer.cli.review.writing import OutputOption, written

if TYPE_CHECKING:
    from infer.cli.messages import Messages
    from infer.reviewing import Ledger
    from report import Report

EXAMPLE = "Example: gongkai review template reports.jsonl -o corrections.csv"


def template(
    paths: Annotated[list[str], typer.Argument(
        metavar="RESULTS", help="Results of `gongkai extract`, or reports, which are read.")],
    output: OutputOption,
    every: Annotated[bool, typer.Option("--all", help="A row for every fact, not only for those in doubt.")] = False,
    corrections: CorrectionsOption = None,
) -> None:
    """Write a sheet of the facts that are worth a look, to be edited in a spreadsheet.

    In each row that you have looked at, put confirm, change, remove or add under action; rows without one are left
    alone. What --corrections decides already is left out.
    """
    from infer.cli.messages import Messages

    messages = Messages(verbose=False)
    with applying(corrections) as ledger:
        rows = _rows(paths, every, ledger, messages)
        count = written(output, rows)
    messages.say(f"{count} {'row' if count == 1 else 'rows'}, written to {output}")
    raise typer.Exit(1 if messages.failed or messages.refused else 0)


def _rows(paths: list[str], every: bool, ledger: "Ledger | None", messages: "Messages") -> Iterator[dict[str, str]]:
    """Of each text once, however many copies there are."""
    from infer.batch import Failure
    from infer.gathering import gather
    from infer.reviewing.corrections import text_hash
    from infer.reviewing.template import rows_of

    seen: set[str] = set()
    copies = 0

    def finish(report: "Report") -> "tuple[str, list[dict[str, str]]]":
        return text_hash(report.source.text), rows_of(report, every=every)

    for found in gather(paths, finish, ledger=ledger):
        if isinstance(found, Failure):
            messages.fail(found)
        elif found[0] in seen:
            copies += 1
        else:
            seen.add(found[0])
            yield from found[1]
    if copies:
        messages.say(f"{copies} {'report has' if copies == 1 else 'reports have'} the text of another and no rows of "
                     "their own; a correction counts for all copies")
