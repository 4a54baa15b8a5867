"""gongkai train evaluate"""
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

if TYPE_CHECKING:
    from annotations.corpus.splits import Split
    from train.evaluating.running import Evaluation, SetResult
    from train.evaluating.sets import EvaluationSet
    from train.evaluating.tables import Table

EXAMPLE = "Example: gongkai train evaluate runs/first/model annotations/written --split test --page errors.html"
_WIDTH = 160
_SHOWN = 40
_CUT = ("labels", "confused")


def evaluate(
    model: Annotated[Path, typer.Argument(metavar="MODEL", exists=True, file_okay=False,
                                          help="Folder of a trained model: model/ of a run of `fit`.")],
    folder: Annotated[Path | None, typer.Argument(metavar="[FOLDER]", exists=True, file_okay=False,
                                                  help="Labelled documents.")] = None,
    split: Annotated[Literal["train", "dev", "test"] | None, typer.Option(
        "--split", help="Only the documents of this split, by the folder's splits.toml.")] = None,
    name: Annotated[str | None, typer.Option(
        "--name", help="What results call it; default: the folder's name, and the split.")] = None,
    more: Annotated[list[str] | None, typer.Option(
        "--set", metavar="NAME=FOLDER[:SPLIT]", help="Another set to measure on; may be repeated.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Measure the rules alone on the same documents too.")] = False,
    samples: Annotated[int, typer.Option("--samples", min=1, help="Draws for the intervals.")] = 2000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Decides the draws.")] = 0,
    as_json: Annotated[Path | None, typer.Option("--json", dir_okay=False, help="Write all figures here.")] = None,
    page: Annotated[Path | None, typer.Option(
        "--page", dir_okay=False, help="Write a page with the worst errors in context here (HTML).")] = None,
    device: Annotated[Literal["auto", "cpu", "cuda"], typer.Option("--device", help="Where to compute.")] = "auto",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Only the tables.")] = False,
) -> None:
    """Say how good a model is: strict scores by label and kind of document, intervals, confusion, calibration.

    The page holds text of the documents; the JSON file holds none.
    """
    from train.cli.saying import one_line, quiet_transformers, say

    asked = _asked(folder, split, name, more or ())
    _refuse_no_folder(as_json, page)
    with one_line():
        from train.evaluating.measuring import Sampling
        from train.evaluating.running import evaluate as run
        from train.evaluating.sets import read_set

        quiet_transformers()
        sets = [read_set(where, its, name=called) for called, (where, its) in asked.items()]
        found = run(model, sets, rules=rules, sampling=Sampling(samples=samples, seed=seed), device=device,
                    step=_said if not quiet else lambda _: None)
        _write(found, as_json, page)
    for result in found.sets:
        _print(result)
    for path in (as_json, page):
        if path is not None and not quiet:
            say(f"written to {path}")


def _asked(
    folder: Path | None, split: "Split | None", name: str | None, more: Sequence[str]
) -> "dict[str, tuple[Path, Split | None]]":
    """Folder and split by the name of the set."""
    from train.evaluating.sets import parse_set

    if folder is None and (split or name):
        raise typer.BadParameter("--split and --name are of a FOLDER", param_hint="FOLDER")
    asked = {}
    if folder is not None:
        asked[name or folder.resolve().name + (f":{split}" if split else "")] = folder, split
    for words in more:
        try:
            called, where, its = parse_set(words)
        except ValueError as error:
            raise typer.BadParameter(str(error), param_hint="--set") from None
        if not where.is_dir():
            raise typer.BadParameter(f"there is no folder {where}", param_hint="--set")
        if called in asked:
            raise typer.BadParameter(f"two sets are called {called}", param_hint="--set")
        asked[called] = where, its
    if not asked:
        raise typer.BadParameter("name a FOLDER or a --set", param_hint="FOLDER")
    return asked


def _refuse_no_folder(*outputs: Path | None) -> None:
    for path in outputs:
        if path is not None and not path.parent.is_dir():
            raise typer.BadParameter(f"there is no folder {path.parent}")


def _said(one: "EvaluationSet") -> None:
    from train.cli.saying import say

    say(f"{one.name}: {len(one.docs)} documents ...")


def _write(found: "Evaluation", as_json: Path | None, page: Path | None) -> None:
    """Each file whole or not at all."""
    import msgspec

    from train.evaluating.page import render
    from train.evaluating.running import as_table

    if as_json is not None:
        _replace(as_json, msgspec.json.format(msgspec.json.encode(as_table(found)), indent=1) + b"\n")
    if page is not None:
        _replace(page, render(found).encode())


def _replace(path: Path, data: bytes) -> None:
    partial = path.with_name(f".{path.name}.part")
    partial.write_bytes(data)
    partial.replace(path)


def _print(result: "SetResult") -> None:
    from rich.console import Console

    from train.evaluating.tables import number, tables

    console = Console(width=None if sys.stdout.isatty() else _WIDTH, highlight=False, markup=False)
    found = result.measures
    typer.echo(f"{result.of.name}: {found.documents} documents, {found.views['label'].rates.known} spans; "
               f"documents all right {found.documents_right:.1%}, mean F1 of a document {number(found.document_f1)}")
    for table in tables(result):
        _print_table(table, console)
    if found.calibration is not None:
        typer.echo(f"expected calibration error {found.calibration.error:.3f}")
    typer.echo("")


def _print_table(table: "Table", console: Any) -> None:
    from rich.table import Table as Grid

    from train.evaluating.captions import wording
    from train.evaluating.tables import NAMED, WORDS

    words = wording()
    typer.echo(f"\n{words.tables[table.name].en}")
    grid = Grid(box=None, pad_edge=False, header_style="bold")
    for head in table.heads:
        grid.add_column(words.heads[head].en, justify="left" if head in WORDS else "right", overflow="fold")
    shown = table.rows[:_SHOWN] if table.name in _CUT else table.rows
    for row in shown:
        grid.add_row(*(words.names[cell].en if head in NAMED else cell
                       for head, cell in zip(table.heads, row, strict=True)))
    console.print(grid)
    if left := len(table.rows) - len(shown):
        typer.echo(f"and {left} more: --json or --page")
