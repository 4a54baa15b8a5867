"""The command line: `gongkai`, a file for each command, each thin over a function that returns data."""
import signal
import sys
from functools import cache
from importlib.metadata import entry_points, version
from typing import Annotated, Final

import typer

from infer.cli import (
    annotate,
    check,
    compare,
    diff,
    doctor,
    explain,
    extract,
    panel,
    review,
    schema,
    view,
    vocabulary,
)

FURTHER: Final = "gongkai.commands"

app = typer.Typer(
    name="gongkai", add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: gongkai extract reports/ -o reports.jsonl",
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"gongkai {version('gongkai')}")
        raise typer.Exit


@app.callback()
def _options(
    _version: Annotated[bool, typer.Option("--version", help="Print the version.", callback=_print_version,
                                           is_eager=True)] = False,
) -> None:
    """Read 政府信息公开工作年度报告 into one schema, every number with the words it was read from."""


_COMMANDS: Final = (extract, diff, explain, check, view, panel, compare, schema, vocabulary, doctor)
for _command in _COMMANDS:
    app.command(epilog=_command.EXAMPLE)(getattr(_command, _command.__name__.rpartition(".")[2]))
app.add_typer(annotate.app)
app.add_typer(review.app)
_OWN: Final = frozenset(one.__name__.rpartition(".")[2] for one in (*_COMMANDS, annotate, review))
"""for these nothing is looked up among the installed distributions, which takes as long as the rest of the start"""


@cache
def whole_app() -> typer.Typer:
    """`app` with the commands of layers above this one (`gongkai train`), its distribution's entry points."""
    for found in entry_points(group=FURTHER):
        app.add_typer(found.load())
    return app


def main() -> None:
    """Entry point of the console script; being told to stop ends a run as Ctrl-C does, with what was written kept."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    known = sys.argv[1:2] and sys.argv[1] in _OWN
    (app if known else whole_app())(prog_name="gongkai")
