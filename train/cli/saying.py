"""What the commands tell their user on standard error."""
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import typer

from report import GongkaiError
from train.places import without_place

_EXTRA: Final = frozenset({
    "datasets", "numpy", "onnx", "onnxruntime", "onnxscript", "safetensors", "seqeval", "tokenizers", "torch",
    "transformers"})


def say(line: str) -> None:
    typer.echo(line, err=True)


def command_line() -> str:
    """The command for a record: folders by their last names, since where they stand is a machine's own."""
    return " ".join(["gongkai", *map(without_place, sys.argv[1:])])


@contextmanager
def one_line() -> Iterator[None]:
    """A fault that the user can mend is one line and exit status 1."""
    try:
        yield
    except GongkaiError as error:
        say(str(error))
        raise typer.Exit(1) from None
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _EXTRA:
            raise
        say(f"{error.name} is not installed: pip install 'gongkai[train]'")
        raise typer.Exit(1) from None


def quiet_transformers() -> None:
    """No bars and no reports of transformers' own."""
    from transformers.utils import logging

    logging.set_verbosity_error()
    logging.disable_progress_bar()
