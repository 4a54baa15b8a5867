"""Where documents are read: on this machine, or by a Ray cluster."""
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Protocol

import typer

from infer.inputs import Input, Missing, find_inputs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from infer.batch.running import Step
    from infer.batch.workers import Ready, Setup

Find = Callable[[], Iterator[Input | Missing]]
EngineOption = Annotated[Literal["local", "ray"], typer.Option(
    "--engine", help="What reads: processes of this machine, or a Ray cluster, which takes URLs of object stores too "
    "(pip install 'gongkai[ray]').")]
RayAddressOption = Annotated[str | None, typer.Option(
    "--ray-address", metavar="HOST:PORT", help="The cluster that reads, else RAY_ADDRESS names it. Default: one that "
    "is started on this machine.")]


class Readers(Protocol):
    """What reads documents, several at once, and answers in their order."""

    def ready(self) -> "Ready":
        """What results are made by."""

    def run(self, steps: "Iterable[Step]") -> "Iterator[Step]":
        """Each step in its order, answered or kept."""


class Local:
    """Processes of this machine."""

    def __init__(self, paths: list[str], jobs: int) -> None:
        if url := next((path for path in paths if "://" in path and not Path(path).exists()), None):
            raise typer.BadParameter(f"{url.partition('://')[0]}:// is read by --engine ray", param_hint="PATHS")
        self._jobs = jobs
        self.find: Find = partial(find_inputs, paths)

    def readers(self, setup: "Setup") -> AbstractContextManager[Readers]:
        from infer.batch.running import crew

        return crew(setup, self._jobs)


class Ray:
    """Workers of a cluster."""

    def __init__(self, paths: list[str], address: str | None, jobs: int | None, *, verbose: bool) -> None:
        from infer.batch.cluster.documents import Listing, NoStore, require_stores
        from infer.batch.cluster.starting import installed, where

        if not installed():
            typer.echo("Ray is an extra: pip install 'gongkai[ray]'", err=True)
            raise typer.Exit(2)
        try:
            require_stores(paths)
        except NoStore as error:
            typer.echo(str(error), err=True)
            raise typer.Exit(2) from error
        self._where = where(address, jobs, verbose=verbose)
        self.find: Find = Listing(paths).find

    def readers(self, setup: "Setup") -> AbstractContextManager[Readers]:
        from infer.batch.cluster.running import cluster

        return cluster(setup, self._where)
