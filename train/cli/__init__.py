"""`gongkai train`: a file for each command, each thin over a function that returns data."""
import typer

from train.cli import base, calibrate, compose, evaluate, export, fit, leave_out, pretrain, promote, study

app = typer.Typer(
    name="train", add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: gongkai train base -o base/",
    help="Train a model on labelled reports, and see how good it is.",
)


@app.callback()
def _group() -> None:
    """Train a model on labelled reports, and see how good it is."""


# a new command: its module, here and in the import above
for _command in (base, pretrain, compose, fit, evaluate, leave_out, export, promote, calibrate, study):
    app.command(epilog=_command.EXAMPLE)(getattr(_command, _command.__name__.rpartition(".")[2]))
