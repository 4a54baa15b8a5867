"""gongkai schema"""
from importlib.resources import files

import typer

EXAMPLE = "Example: gongkai schema > report.schema.json"


def schema() -> None:
    """Print the JSON Schema of a result line."""
    typer.echo(files("report").joinpath("schema.json").read_text(encoding="utf-8"), nl=False)
