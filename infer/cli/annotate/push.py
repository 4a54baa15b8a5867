"""gongkai annotate push"""
import logging
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from infer.cli.annotate.options import DEFAULT_PROJECT, Data, Title, Token, Url, Where, open_session

if TYPE_CHECKING:
    from annotations.labelstudio.pushing import Candidate, Pushed
    from infer.batch import Failure

EXAMPLE = "Example: gongkai annotate push reports/ '2023/*.pdf'"


def push(
    paths: Annotated[list[str], typer.Argument(
        metavar="PATH", help="Reports or labelled documents (.json): files, folders, glob patterns.")],
    predictions: Annotated[bool, typer.Option(
        "--predictions/--no-predictions", help="With labels to correct: the rules', or the document's own.")] = True,
    title: Title = DEFAULT_PROJECT, url: Url = None, token: Token = None, data: Data = None,
) -> None:
    """Send reports to be labelled, each once.

    What is there already (same name, same text) is left, or gets newer pre-annotations while nobody has labelled it.
    Exit status 1 if a document could not be read or cannot be labelled exactly; the others are sent all the same.
    """
    from annotations.labelstudio.pushing import push as send
    from infer.annotate.candidates import find_candidates

    # pdfminer reports oddities of a PDF's fonts, which the reader's own warnings cover
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    failed: list[Failure] = []
    with open_session(Where(url=url, token=token, data=data)) as session:
        project = session.project(title)
        pushed = send(session, project, _readable(find_candidates(paths, propose=predictions), failed))
    for line in pushed.refused:
        typer.echo(line, err=True)
    _say_what_came_of_it(pushed)
    typer.echo(project.url)
    raise typer.Exit(1 if failed or pushed.refused else 0)


def _readable(found: "Iterable[Candidate | Failure]", failed: "list[Failure]") -> "Iterator[Candidate]":
    from infer.batch import Failure

    for one in found:
        if isinstance(one, Failure):
            failed.append(one)
            typer.echo(f"{one.name}: {one.reason}", err=True)
        else:
            yield one


def _say_what_came_of_it(pushed: "Pushed") -> None:
    refreshed = f", {pushed.refreshed} of them with newer pre-annotations" if pushed.refreshed else ""
    typer.echo(f"{pushed.new} new, {pushed.known} already there{refreshed}", err=True)
    if pushed.hidden:
        typer.echo(f"{pushed.hidden} tasks that nobody has labelled hold pre-annotations of another version, which "
                   "Label Studio no longer shows; push their files again", err=True)
