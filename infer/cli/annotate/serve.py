"""gongkai annotate serve"""
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotations.errors import AnnotationError
from infer.cli.annotate.options import folder_of, one_line

if TYPE_CHECKING:
    from annotations.labelstudio.server import Running, Settings

EXAMPLE = "Example: gongkai annotate serve --port 8080"


def serve(
    data: Annotated[Path | None, typer.Option(
        "--data", file_okay=False, help="Where database and access stand; default: a folder for user data.")] = None,
    port: Annotated[int | None, typer.Option(
        min=1, max=65535, help="Default: the last one, else any that is free.")] = None,
    executable: Annotated[Path | None, typer.Option(
        help="A `label-studio`; default: GONGKAI_LABEL_STUDIO, else one of its own, installed if need be.")] = None,
    email: Annotated[str | None, typer.Option(help="Name to log in with; used when the server is first made.")] = None,
) -> None:
    """Run a labelling server on this machine until Ctrl-C.

    It listens on 127.0.0.1 only and sends nothing anywhere. Password and token stand in access.toml of its folder.
    """
    from annotations.labelstudio.environment import find_program
    from annotations.labelstudio.server import EMAIL, Settings

    folder = folder_of(data)
    with one_line():
        try:
            program = find_program(executable, folder, os.environ, _say)
            _serve(Settings(folder=folder, program=program, port=port, email=email or EMAIL))
        except KeyboardInterrupt:
            _say("stopped; the data are kept")


def _serve(settings: "Settings") -> None:
    from annotations.labelstudio.access import access_path
    from annotations.labelstudio.server import running

    began = time.monotonic()
    is_first = not access_path(settings.folder).exists()
    _say(f"starting Label Studio{'; the first time takes a minute' if is_first else ''}")
    with running(settings) as server:
        _say_how_to_log_in(server, settings.folder)
        typer.echo(server.access.url)
        _say(f"up after {time.monotonic() - began:.1f} s; Ctrl-C stops it")
        status = server.process.wait()
    raise AnnotationError(f"Label Studio ended with status {status}: see {settings.folder / 'server.log'}")


def _say_how_to_log_in(server: "Running", folder: Path) -> None:
    from annotations.labelstudio.access import access_path

    access = server.access
    if server.is_new:
        _say(f"log in as  {access.email}\npassword   {access.password}\ntoken      {access.token}")
    _say(f"{'kept in   ' if server.is_new else 'password and token stand in'} {access_path(folder)}")


def _say(line: str) -> None:
    typer.echo(line, err=True)
