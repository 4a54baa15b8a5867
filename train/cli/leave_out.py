"""gongkai train leave-out"""
from pathlib import Path
from typing import Annotated, Literal

import typer

EXAMPLE = "Example: gongkai train leave-out annotations/written real/ --base runs/first/model -o runs/left"


def leave_out(
    corpus: Annotated[Path, typer.Argument(metavar="CORPUS", exists=True, file_okay=False,
                                           help="Labelled documents with splits.toml, trained on in every fold.")],
    left: Annotated[Path, typer.Argument(metavar="LEFT", exists=True, file_okay=False,
                                         help="Labelled documents of which one issuer's are left out in each fold.")],
    base: Annotated[Path, typer.Option("--base", exists=True, file_okay=False,
                                       help="Folder of `train base`, or a trained model.")],
    output: Annotated[Path, typer.Option("-o", "--output", file_okay=False, help="Folder for the folds' runs.")],
    recipe: Annotated[str, typer.Option("--recipe", help="A recipe's name or file.")] = "default",
    times: Annotated[int, typer.Option("--times", min=1, help="How many times over the documents of LEFT count.")] = 1,
    only: Annotated[list[str] | None, typer.Option("--only", help="Only this fold; others can run elsewhere.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", dir_okay=False, help="Write the figures as JSON.")] = None,
    spans: Annotated[Path | None, typer.Option(
        "--spans", dir_okay=False, help="Write what was found in passages, for `train calibrate --replay`.")] = None,
    name: Annotated[str, typer.Option("--name", help="What the figures are called in the JSON.")] = "real",
    seed: Annotated[int, typer.Option("--seed", min=0, help="Decides everything that chance would.")] = 0,
    device: Annotated[Literal["auto", "cpu", "cuda"], typer.Option("--device", help="Where to compute.")] = "auto",
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress.")] = False,
) -> None:
    """Measure on few labelled reports: each issuer's are read by a model that trained on all the others'.

    LEFT/folds.toml may name the documents of each fold. Run again, it only reads the folds that are done.
    """
    import json
    from contextlib import ExitStack

    from train.cli.saying import command_line, one_line, quiet_transformers, say
    from train.cli.watching import watching

    with one_line(), ExitStack() as stack:
        from train.corpora import gather
        from train.evaluating.measuring import Sampling, measure
        from train.evaluating.running import measures_table
        from train.leaving import LeaveOutJob, spans_of_folds
        from train.leaving import leave_out as run
        from train.recipe import read_recipe

        quiet_transformers()
        watcher = stack.enter_context(watching(shown=not quiet))
        job = LeaveOutJob(corpus=gather(corpus), left=left, times=times, base=base, recipe=read_recipe(recipe),
                          seed=seed, output=output, device=device, command=command_line())
        table = measures_table(measure(run(job, watcher, only=only or ()), Sampling()))
        if spans:
            spans.write_text(json.dumps(spans_of_folds(job), ensure_ascii=False) + "\n", encoding="utf-8")
        if json_file:
            _write(json_file, {"sets": {name: table}})
    say(f"{table['documents']} documents of issuers left out, {table['spans']} spans: "
        f"F1 {table['f1']:.3f} (P {table['precision']:.3f}, R {table['recall']:.3f}), types {table['types_f1']:.3f}")


def _write(path: Path, table: dict[str, object]) -> None:
    import json

    path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
