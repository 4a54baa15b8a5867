"""The command line: `gongkai`, a file for each command, each thin over a function that returns data."""
import signal
from importlib.metadata import version
from typing import Annotated

import typer

from infer.cli import annotate, doctor, extract, schema, vocabulary

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


for _command in (extract, schema, vocabulary, doctor):
    app.command(epilog=_command.EXAMPLE)(getattr(_command, _command.__name__.rpartition(".")[2]))
app.add_typer(annotate.app)


def main() -> None:
    """Entry point of the console script; being told to stop ends a run as Ctrl-C does, with what was written kept."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    app(prog_name="gongkai")
