"""gongkai annotate pull"""
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from infer.cli.annotate.options import DEFAULT_PROJECT, Data, Title, Token, Url, Where, open_session

if TYPE_CHECKING:
    from annotations.labelstudio.pulling import Pulled
    from annotations.labelstudio.saving import Saved

EXAMPLE = "Example: gongkai annotate pull -o labelled/"


def pull(
    output: Annotated[Path, typer.Option(
        "-o", "--output", file_okay=False, help="Folder; a folder in it for each annotator.")],
    overwrite: Annotated[bool, typer.Option(
        "--overwrite", help="Also over files that were changed here since the last pull.")] = False,
    title: Title = DEFAULT_PROJECT, url: Url = None, token: Token = None, data: Data = None,
) -> None:
    """Bring what people have labelled into files, every offset checked against the text.

    What was submitted is taken; drafts, skipped reports and pre-annotations are not. Exit status 1 if something could
    not be taken or a file changed here was kept.
    """
    from annotations.labelstudio.pulling import pull as take
    from annotations.labelstudio.saving import save

    with open_session(Where(url=url, token=token, data=data)) as session:
        pulled = take(session.export(session.project(title)))
        output.mkdir(parents=True, exist_ok=True)
        saved = save(pulled.docs, output, overwrite=overwrite)
    for line in (*pulled.refused, *pulled.notes):
        typer.echo(line, err=True)
    _say_what_was_written(saved, pulled, output)
    raise typer.Exit(1 if pulled.refused or saved.kept else 0)


def _say_what_was_written(saved: "Saved", pulled: "Pulled", output: Path) -> None:
    for name in saved.updated:
        typer.echo(f"{output / name}: updated", err=True)
    for name in saved.kept:
        typer.echo(f"{output / name}: changed here since the last pull, kept; --overwrite takes the server's", err=True)
    left = [(len(pulled.refused), "refused"), (pulled.skipped, "skipped"), (pulled.drafts, "drafts left out")]
    rest = "".join(f", {count} {what}" for count, what in left if count)
    typer.echo(f"{len(saved.new)} new, {len(saved.updated)} updated, {len(saved.unchanged)} unchanged, "
               f"{len(saved.kept)} kept{rest} in {output}", err=True)
