"""`gongkai annotate`: a file for each command, each thin over a function that returns data."""
import typer

from infer.cli.annotate import (
    agreement,
    attach,
    audit,
    coverage,
    distant,
    export,
    gold,
    init,
    misses,
    next,
    pull,
    push,
    serve,
    status,
    synthesize,
)

app = typer.Typer(
    name="annotate", no_args_is_help=True, rich_markup_mode=None,
    epilog="Example: gongkai annotate serve",
    help="Label reports in a browser, bring the labels back, and see how good they are.",
)

# a new command: its module, here and in the import above
_COMMANDS = (
    serve, init, push, status, pull, audit, agreement, export, distant, gold, attach, synthesize, misses,
    coverage, next,
)
for _command in _COMMANDS:
    app.command(epilog=_command.EXAMPLE)(getattr(_command, _command.__name__.rpartition(".")[2]))
