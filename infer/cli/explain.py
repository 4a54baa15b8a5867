"""gongkai explain"""
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from infer.explaining import Explanation
    from infer.labelling import Choice

EXAMPLE = "Example: gongkai explain report.html requests.new"


def explain(
    report: Annotated[str, typer.Argument(
        metavar="REPORT", help="A report's file, - for standard input, or a result of `gongkai extract`.")],
    fact: Annotated[str, typer.Argument(
        metavar="FACT", help="A fact's id (f12), an indicator (requests.new), or words or a value (73条).")],
    name: Annotated[str | None, typer.Option(
        "--report", metavar="NAME", help="Which report, where REPORT is a result of several.")] = None,
    verbose: Annotated[bool, typer.Option(
        "-v", "--verbose", help="Show every fact, every feature and the ids behind each check.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a fact, all of it.")] = False,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Read the prose by rules alone.")] = False,
    model_only: Annotated[bool, typer.Option("--model-only", help="Read the prose by the model alone.")] = False,
    model: Annotated[str | None, typer.Option(
        "--model", metavar="PATH", help="Another model than the released one.")] = None,
    min_confidence: Annotated[float | None, typer.Option(
        "--min-confidence", min=0.0, max=1.0, help="As for `gongkai extract`.")] = None,
) -> None:
    """Show why a fact is as it is: its words, the readings of model and rules, the scores, the checks involved."""
    from infer.labelling import Choice
    from infer.results import BadResult
    from report.errors import GongkaiError

    if rules_only and (model_only or model):
        raise typer.BadParameter("rules alone need no model", param_hint="--rules-only")
    choice = Choice(mode="rules" if rules_only else "model" if model_only else "both", folder=model,
                    take=min_confidence)
    try:
        found = _found(report, name, fact, choice)
    except BadResult as error:
        _refuse(str(error))
    except (GongkaiError, OSError) as error:
        _refuse(f"{report}: {getattr(error, 'strerror', None) or ' '.join(str(error).split())}")
    if as_json:
        _print_json(found)
    else:
        _print(found, full=verbose)


def _refuse(line: str) -> NoReturn:
    typer.echo(line, err=True)
    raise typer.Exit(1)


def _found(report: str, name: str | None, fact: str, choice: "Choice") -> "list[Explanation]":
    from infer.asked import Held, find_report
    from infer.explaining import explain, explain_result
    from infer.labelling import Choice, labelling

    asked = find_report(report, name=name)
    if isinstance(asked, Held) and choice == Choice(take=choice.take):
        choice = replace(choice, mode=asked.mode)
    labels = labelling(choice)
    if labels.problem:
        typer.echo(f"no model, the prose is read by rules alone: {labels.problem}", err=True)
    if isinstance(asked, Held):
        return explain_result(asked, fact, labels)
    return explain(asked, fact, labels)


def _print_json(found: "list[Explanation]") -> None:
    import msgspec

    for one in found:
        sys.stdout.buffer.write(msgspec.json.encode(one) + b"\n")


def _print(found: "list[Explanation]", *, full: bool) -> None:
    from rich.console import Console

    from infer.results.explained import render
    from infer.results.view import PLAIN_WIDTH

    console = Console(width=None if sys.stdout.isatty() else PLAIN_WIDTH, highlight=False)
    sys.stdout.buffer.write(render(found, console, full=full).encode("utf-8", "replace"))
