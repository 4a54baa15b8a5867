"""gongkai annotate init"""
from typing import Annotated

import typer

from infer.cli.annotate.options import DEFAULT_PROJECT, Data, Title, Token, Url, Where, open_session

EXAMPLE = "Example: gongkai annotate init --annotators 2"


def init(
    title: Title = DEFAULT_PROJECT,
    annotators: Annotated[int | None, typer.Option(
        min=1, help="How many people are to label each report; 1 in a new project.")] = None,
    url: Url = None, token: Token = None, data: Data = None,
) -> None:
    """Make the project with its labelling page, or bring the page of the one that is there up to date.

    Prints the project's address. A label that people have used is never taken away.
    """
    from annotations.labelstudio.preparing import prepare

    with open_session(Where(url=url, token=token, data=data)) as session:
        ready = prepare(session, title, annotators=annotators)
    typer.echo(f"project {ready.project.id} {ready.project.title!r} {ready.done}", err=True)
    typer.echo(ready.project.url)
