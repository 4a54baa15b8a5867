"""gongkai annotate next"""
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from infer.cli.annotate.options import DEFAULT_PROJECT, Data, Title, Token, Url, Where, one_line, open_session
from report import GongkaiError

if TYPE_CHECKING:
    from annotations.labelstudio.session import Session
    from infer.annotate.choosing import Choice, Unit

EXAMPLE = "Example: gongkai extract reports/ -o out.jsonl; gongkai annotate next out.jsonl --count 50 --push"
_REASONS = 2


def next(
    results: Annotated[Path, typer.Argument(metavar="RESULTS", exists=True, dir_okay=False,
                                            help="What `gongkai extract` read (.jsonl).")],
    count: Annotated[int, typer.Option("--count", min=1, help="How many to choose.")] = 20,
    unit: Annotated[Literal["sentence", "report"], typer.Option("--unit", help="What to choose.")] = "sentence",
    known: Annotated[list[Path] | None, typer.Option(
        "--known", exists=True, file_okay=False, help="Labelled documents: what they say is left out.")] = None,
    output: Annotated[Path | None, typer.Option(
        "-o", "--output", dir_okay=False, help="Write the choice as JSON lines.")] = None,
    push: Annotated[bool, typer.Option(
        "--push", help="Send the choice to be labelled, as `annotate push` does.")] = False,
    title: Title = DEFAULT_PROJECT, url: Url = None, token: Token = None, data: Data = None,
) -> None:
    """Choose what to annotate next: where model and rules differ or are unsure, a check fails, or nothing was read.

    Of one wording one sentence is chosen, the more telling the more reports say it. On a terminal the choice is shown
    with its reasons, else it is JSON lines: report, start, end, sentence, worth (how many of its readings are likely to
    be wrong), reasons.
    """
    with one_line():
        chosen = _chosen(results, unit, count, known or ())
    if not chosen:
        typer.echo(f"{results}: nothing in it is in doubt", err=True)
    if output:
        output.write_bytes(_lines(chosen))
    elif not push:
        _show(chosen)
    if push and chosen:
        with open_session(Where(url=url, token=token, data=data)) as session:
            typer.echo(_push(session, title, results, chosen, unit))


def _chosen(results: Path, unit: "Unit", count: int, known: Sequence[Path]) -> "list[Choice]":
    from annotations.corpus import read_corpus
    from annotations.errors import AnnotationError
    from infer.annotate.choosing import choices
    from infer.annotate.sentences import read_of, sentences_of, wordings
    from infer.results.lines import read_results

    try:
        said = wordings(doc for folder in known for doc in read_corpus(folder))
        rows = [row for report in read_results(results) for row in sentences_of(read_of(report))]
    except (GongkaiError, OSError) as error:
        raise AnnotationError(str(error)) from None
    return choices(rows, unit, count, said)


def _lines(chosen: "Sequence[Choice]") -> bytes:
    import msgspec

    return b"".join(msgspec.json.encode(one) + b"\n" for one in chosen)


def _show(chosen: "Sequence[Choice]") -> None:
    if not sys.stdout.isatty():
        typer.echo(_lines(chosen), nl=False)
        return
    for one in chosen:
        typer.echo(f"{one.worth:5.2f}  {one.report} [{one.start}:{one.end}]  {' '.join(one.sentence.split())}")
        for reason in one.reasons[:_REASONS]:
            typer.echo(f"       {reason}")


def _push(session: "Session", title: str, results: Path, chosen: "Sequence[Choice]", unit: "Unit") -> str:
    """The project's address."""
    from annotations.labelstudio.pushing import push as send
    from infer.annotate.excerpts import candidates
    from infer.results.lines import read_results

    project = session.project(title)
    pushed = send(session, project, candidates(read_results(results), chosen, unit))
    for line in pushed.refused:
        typer.echo(line, err=True)
    typer.echo(f"{pushed.new} new, {pushed.known} already there", err=True)
    return project.url
