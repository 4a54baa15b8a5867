"""gongkai check"""
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from infer.cli.corrections import CorrectionsOption, applying
from infer.inputs import STDIN

if TYPE_CHECKING:
    from infer.checking import Checked
    from infer.checking.rendering import Format
    from infer.cli.messages import Messages
    from infer.reviewing import Ledger
    from report.facts import Report

EXAMPLE = "Example: gongkai check draft.docx --previous last-year.docx -o findings.html"


def check(
    drafts: Annotated[list[str], typer.Argument(
        metavar="DRAFT", help="Drafts (DOCX, HTML, PDF, text), folders, glob patterns, - for standard input, or "
        "results of `gongkai extract`.")],
    previous: Annotated[list[str] | None, typer.Option(
        "--previous", metavar="REPORT", help="Last year's report, or its result, to check what is carried over and "
        "what was left in. Of several the one of the year before and the same office is taken.")] = None,
    form: Annotated[Literal["text", "json", "html", "markdown"] | None, typer.Option(
        "--format", help="Default: text; with -o by its suffix (.html, .json, .md).")] = None,
    output: Annotated[Path | None, typer.Option(
        "-o", "--output", help="Write to this file, which appears once whole.")] = None,
    corrections: CorrectionsOption = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No summary lines on standard error.")] = False,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes that read at once.")] = 1,
) -> None:
    """Check drafts of a report before they are published.

    Findings are in Chinese, worst first, with the place, both sides of the sum, the likely slip and what is asked for.
    Exit status 1 where there is an error or a draft cannot be read; warnings and notes alone give 0.
    """
    from infer.checking.rendering import Format, format_of
    from infer.cli.messages import Messages

    _refuse_wrong_use(drafts, output)
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    chosen = Format(form) if form else format_of(output) if output else Format.TEXT
    messages = Messages(verbose=False)
    before = _reports(previous or [], messages)
    found = []
    with applying(corrections) as ledger:
        for checked in _checked(drafts, before, (jobs, ledger), messages):
            found.append(checked)
            _show(checked, chosen, messages, to_file=output is not None, quiet=quiet)
    if output is not None or chosen is not Format.TEXT:
        _write(found, chosen, output)
    faulty = messages.failed or messages.refused or any(checked.errors for checked in found)
    raise typer.Exit(1 if faulty else 0)


def _refuse_wrong_use(drafts: list[str], output: Path | None) -> None:
    if drafts.count(STDIN) > 1:
        raise typer.BadParameter("standard input can be read only once", param_hint="DRAFT")
    if output is not None and output.is_dir():
        raise typer.BadParameter(f"{output} is a folder", param_hint="-o")
    if output is not None and not output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {output.parent}", param_hint="-o")


def _reports(arguments: list[str], messages: "Messages") -> "tuple[Report, ...]":
    """Last year's reports; one that cannot be read is told and counts as a failure."""
    from infer.batch import Failure
    from infer.gathering import gather

    held = []
    for result in gather(arguments, _itself):
        if isinstance(result, Failure):
            messages.fail(result)
        else:
            held.append(result)
    return tuple(held)


def _itself(report: "Report") -> "Report":
    return report


def _checked(
    drafts: list[str], before: "tuple[Report, ...]", by: "tuple[int, Ledger | None]", messages: "Messages",
) -> "Iterator[Checked]":
    from infer.batch import Failure
    from infer.checking import check_report
    from infer.gathering import gather

    for result in gather(drafts, partial(check_report, previous=before), jobs=by[0], ledger=by[1]):
        if isinstance(result, Failure):
            messages.fail(result)
        else:
            yield result


def _show(checked: "Checked", form: "Format", messages: "Messages", *, to_file: bool, quiet: bool) -> None:
    """Text as it comes; with another format or a file only the summary line, on standard error."""
    from rich.console import Console

    from infer.checking.rendering import Format, summary, text_lines

    if form is Format.TEXT and not to_file:
        console = Console(highlight=False, soft_wrap=True)
        for line in text_lines(checked):
            console.print(line)
    elif not quiet:
        messages.say(summary(checked))


def _write(found: "list[Checked]", form: "Format", output: Path | None) -> None:
    from infer.checking.rendering import render

    data = render(found, form).encode("utf-8", "replace")
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return
    with _one_line(output):
        from infer.results.writers import partial_path

        unfinished = partial_path(output)
        unfinished.write_bytes(data)
        if unfinished != output:
            unfinished.replace(output)


@contextmanager
def _one_line(output: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        _refuse(f"{output}: {error.strerror or error}")


def _refuse(line: str) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(1)
