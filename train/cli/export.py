"""gongkai train export"""
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from train.parity import Parity

EXAMPLE = "Example: gongkai train export runs/first/model -o exported/ --check annotations/written"


def export(
    source: Annotated[Path, typer.Argument(metavar="MODEL", exists=True, file_okay=False,
                                           help="Folder of a trained model: model/ of a run of `fit`.")],
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False, help="Folder to write to.")],
    corpus: Annotated[Path | None, typer.Option(
        "--check", exists=True, file_okay=False,
        help="Labelled documents on which the files are compared with the trained model.")] = None,
) -> None:
    """Write a model as transformers (fp16) and as ONNX (fp32, int8), all with one record of their hashes.

    With --check, prints how many characters get the same tags and each one's F1; the exit status is 1 where fp32 tags
    less than 99.9% of them as torch does, or int8 loses more than 0.3 points of F1. Of a corpus with splits, its dev
    documents are read.
    """
    from train.cli.saying import one_line, quiet_transformers, say

    with one_line():
        from train.errors import TrainingError
        from train.exporting import documents_to_check
        from train.exporting import export as write

        quiet_transformers()
        parity = write(source, output, check=None if corpus is None else documents_to_check(corpus))
        sizes = ", ".join(f"{path.name} {path.stat().st_size / 1e6:.1f} MB" for path in sorted(output.iterdir())
                          if path.suffix in (".safetensors", ".onnx"))
        say(f"{sizes}, written to {output}")
        if parity is not None:
            for line in _lines(parity):
                typer.echo(line)
            if parity.faults:
                raise TrainingError("; ".join(parity.faults))


def _lines(parity: "Parity") -> Iterator[str]:
    same, f1 = parity.same, parity.f1
    yield f"{parity.documents} documents, {parity.characters} characters"
    yield f"torch  F1 {f1.torch:.4f}"
    yield f"fp32   F1 {f1.fp32:.4f}, {same.fp32:.3%} of the characters tagged as by torch"
    yield f"int8   F1 {f1.int8:.4f}, {same.int8:.3%} of the characters tagged as by torch"
