"""gongkai annotate status"""
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from infer.cli.annotate.options import DEFAULT_PROJECT, Data, Title, Token, Url, Where, open_session

if TYPE_CHECKING:
    from annotations.labelstudio.progress import Progress

EXAMPLE = "Example: gongkai annotate status"


def status(
    title: Title = DEFAULT_PROJECT,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
    url: Url = None, token: Token = None, data: Data = None,
) -> None:
    """Say how far the labelling is and what became of the pre-annotations."""
    from annotations.labelstudio.progress import progress

    with open_session(Where(url=url, token=token, data=data)) as session:
        done = progress(session.export(session.project(title)))
    if as_json:
        import msgspec

        typer.echo(msgspec.json.encode(done).decode())
    else:
        for name, words in _lines(done):
            typer.echo(f"{name:<20}{words}")


def _lines(done: "Progress") -> Iterator[tuple[str, str]]:
    share = f" ({done.annotated / done.tasks:.0%})" if done.tasks else ""
    yield "tasks", str(done.tasks)
    yield "labelled", f"{done.annotated}{share}"
    yield "skipped", str(done.skipped)
    yield "drafts", str(done.drafts)
    for annotator, count in done.by_annotator.items():
        yield "by", f"{annotator}  {count}"
    for version, spans in done.verdicts.items():
        yield version, (f"{spans.accepted} accepted, {spans.changed} changed, {spans.rejected} rejected; "
                        f"{spans.added} added by hand")
