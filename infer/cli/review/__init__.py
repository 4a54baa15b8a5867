"""`gongkai review`: a file for each command, each thin over a function that returns data."""
import typer

from infer.cli.review import from_labels, template, to_corpus

app = typer.Typer(
    name="review", no_args_is_help=True, rich_markup_mode=None,
    epilog="Example: gongkai review template reports.jsonl -o corrections.csv",
    help="Let people correct what was read, in a spreadsheet or in Label Studio, and keep what they decided.",
)

_COMMANDS = (template, from_labels, to_corpus)
for _command in _COMMANDS:
    app.command(epilog=_command.EXAMPLE)(getattr(_command, _command.__name__.rpartition(".")[2]))
