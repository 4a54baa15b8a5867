"""What the commands that talk to a server share: which server, which project, and one line for a fault."""
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotations.errors import AnnotationError

if TYPE_CHECKING:
    from annotations.labelstudio.session import Session

DEFAULT_PROJECT = "政府信息公开工作年度报告"

Url = Annotated[str | None, typer.Option(
    "--url", help="Address of the server; default: LABEL_STUDIO_URL, else the server of --data.")]
Token = Annotated[str | None, typer.Option(
    "--token", help="Legacy or personal access token; default: LABEL_STUDIO_API_KEY, else that of --data.")]
Data = Annotated[Path | None, typer.Option(
    "--data", file_okay=False, help="Folder of `gongkai annotate serve`; default: a folder for user data.")]
Title = Annotated[str, typer.Option("--project", help="Title or number of the project.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Where:
    """The server that the user means."""

    url: str | None
    token: str | None
    data: Path | None


def folder_of(data: Path | None) -> Path:
    from annotations.labelstudio.access import default_folder

    return data or default_folder()


@contextmanager
def one_line() -> Iterator[None]:
    """A fault that the user can mend is one line and exit status 1."""
    try:
        yield
    except AnnotationError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None


@contextmanager
def open_session(where: Where) -> "Iterator[Session]":
    """A session with the server, within which a fault is told as one_line tells it."""
    from annotations.labelstudio.access import find_connection
    from annotations.labelstudio.session import Session

    with one_line():
        connection = find_connection(
            url=where.url, token=where.token, folder=folder_of(where.data), environment=os.environ,
        )
        with Session(connection) as session:
            yield session
