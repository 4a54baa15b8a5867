"""gongkai panel"""
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from infer.cli.corrections import CorrectionsOption, applying

if TYPE_CHECKING:
    from infer.cli.messages import Messages
    from infer.panel.problems import Problem

EXAMPLE = "Example: gongkai panel results.jsonl -o panel.parquet"
_NEEDS: Final = ("duckdb", "pandas", "polars", "pyarrow", "pyreadstat", "xlsxwriter")
_USAGE: Final = 2
_SHOWN: Final = 8


def panel(
    paths: Annotated[list[str], typer.Argument(
        metavar="RESULT", help="Results of `gongkai extract`, or documents, folders and patterns, which are read.")],
    output: Annotated[Path, typer.Option(
        "-o", "--output", help="Write to this file: .parquet, .csv, .xlsx, .dta (Stata) or .duckdb.")],
    wide: Annotated[bool, typer.Option(
        "--wide", help="A row a report instead of a row a fact. XLSX and DuckDB hold both.")] = False,
    min_confidence: Annotated[float, typer.Option(
        "--min-confidence", min=0.0, max=1.0, help="Leave out facts that are less sure.")] = 0.0,
    status: Annotated[Literal["stated", "all"], typer.Option(
        "--status", help="`all`: readings that were not taken as well, marked as such.")] = "stated",
    open_facts: Annotated[bool, typer.Option("--open", help="Numbers outside the vocabulary as well.")] = False,
    all_kinds: Annotated[bool, typer.Option(
        "--all-kinds", help="Look-alikes that are no annual report as well.")] = False,
    issuers: Annotated[Path | None, typer.Option(
        "--issuers", metavar="FILE", help="What is known of bodies: a CSV with the columns issuer, name, level, "
        "region_code.")] = None,
    corrections: CorrectionsOption = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes that read documents at once.")] = 1,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing of problems and what was written.")] = False,
) -> None:
    """Make a panel of many reports: tables for Python, R, Stata, SQL and spreadsheets, with a codebook.

    Copies, several reports of one body and year, and names that changed are told and marked, never merged.
    """
    missing = [name for name in _NEEDS if find_spec(name) is None]
    if missing:
        typer.echo(f"the package {missing[0]} is not installed; pip install 'gongkai[panel]'", err=True)
        raise typer.Exit(_USAGE)
    _refuse_wrong_use(output)
    from infer.cli.messages import Messages
    from infer.gathering import gather
    from infer.panel import PanelError, Settings, build, write
    from infer.panel.building import finisher
    from infer.panel.issuers import BadIssuers, Register
    from infer.panel.rows import Choice

    messages = Messages(verbose=False)
    try:
        settings = Settings(
            register=Register.read(issuers) if issuers else Register(), all_kinds=all_kinds,
            choice=Choice(alternatives=status == "all", open_facts=open_facts, least=min_confidence))
        with applying(corrections) as ledger, build(
                gather(paths, finisher(settings), jobs=jobs, ledger=ledger), messages.fail) as made:
            written = write(made, output, "wide" if wide else "long")
            if not quiet:
                _tell(made.problems, messages)
                messages.say(f"{made.reports} reports, {made.facts} facts, written to {', '.join(map(str, written))}")
    except (BadIssuers, PanelError) as error:
        messages.say(str(error))
        raise typer.Exit(1) from None
    except OSError as error:
        messages.say(f"{error.filename or output}: {error.strerror or error}")
        raise typer.Exit(1) from None
    raise typer.Exit(1 if messages.failed or messages.refused else 0)


def _refuse_wrong_use(output: Path) -> None:
    from infer.panel.writing import SUFFIXES

    if output.suffix.lower() not in SUFFIXES:
        raise typer.BadParameter(f"{output}: its suffix is none of {', '.join(SUFFIXES)}", param_hint="-o")
    if output.is_dir():
        raise typer.BadParameter(f"{output} is a folder", param_hint="-o")
    if not output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {output.parent}", param_hint="-o")


def _tell(problems: "tuple[Problem, ...]", messages: "Messages") -> None:
    """The first of them, one line each, and how many more stand in the table."""
    from infer.panel.problems import KINDS

    for one in problems[:_SHOWN]:
        also = f" ({one.other})" if one.other else ""
        detail = f": {one.detail}" if one.detail else ""
        messages.say(f"{one.document}{also}: {KINDS[one.kind][1]}{detail}")
    if len(problems) > _SHOWN:
        messages.say(f"and {len(problems) - _SHOWN} more, in the table of problems")
