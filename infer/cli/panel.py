"""gongkai panel"""
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from infer.cli.corrections import CorrectionsOption, applying
from infer.inputs import STDIN, Input, Missing, find_inputs

if TYPE_CHECKING:
    from infer.cli.messages import Messages
    from infer.panel.building import Panel
    from infer.panel.formats import PanelFormat
    from infer.panel.problems import Problem
    from infer.panel.rows import Rows, Selection

EXAMPLE = "Example: gongkai panel reports.jsonl -o panel.parquet"
INTERRUPTED: Final = 130
SHOWN: Final = 5
"""problems of one kind that are told; the table has all"""
_OF_ONE_REPORT: Final = frozenset({
    "not_a_report", "no_issuer", "no_year", "conflicting_values", "other_unit", "too_large"})
"""the details of the others name their documents"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user asked for."""

    paths: list[str]
    output: Path
    form: "PanelFormat"
    wide: bool
    language: Literal["zh", "en"]
    selection: "Selection"
    jobs: int
    quiet: bool
    corrections: list[Path]


def panel(
    paths: Annotated[list[str], typer.Argument(
        metavar="RESULT", help="Results of `gongkai extract` (.jsonl, .json); documents and folders are read first.")],
    output: Annotated[Path, typer.Option(
        "-o", "--output", help="The panel: .parquet, .csv, .dta hold one table, .xlsx, .duckdb all of them.")],
    wide: Annotated[bool, typer.Option("--wide", help="One row a report instead of one row a fact.")] = False,
    min_confidence: Annotated[float, typer.Option(
        "--min-confidence", min=0.0, max=1.0, help="Leave out facts that are less sure.")] = 0.0,
    status: Annotated[Literal["stated", "alternative", "all"], typer.Option(
        "--status", help="The reports' figures, the readings that were not taken, or both.")] = "stated",
    open_facts: Annotated[bool, typer.Option(
        "--open", help="Numbers outside the vocabulary too (indicator null).")] = False,
    lookalikes: Annotated[bool, typer.Option(
        "--lookalikes", help="Interpretations, half-year statistics and templates too, which are no reports.")] = False,
    labels: Annotated[Literal["zh", "en"], typer.Option("--labels", help="Language of Stata's labels.")] = "zh",
    corrections: CorrectionsOption = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes that read documents at once.")] = 1,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress, no problems, no closing line.")] = False,
) -> None:
    """Make a panel for research: a row a fact, or a row a report, with codebook, comparability and problems.

    Copies, several reports of one issuer and year, and names that may be one body's are told and never merged.
    """
    from infer.panel.formats import format_of
    from infer.panel.rows import Selection

    form = format_of(output)
    if form is None:
        raise typer.BadParameter("the name ends in none of .parquet .csv .xlsx .dta .duckdb", param_hint="-o")
    options = Options(paths=paths, output=output, form=form, wide=wide, language=labels, jobs=jobs, quiet=quiet,
                      corrections=corrections or [],
                      selection=Selection(status=status, min_confidence=min_confidence, open_facts=open_facts,
                                          lookalikes=lookalikes))
    _refuse_wrong_use(options)
    raise typer.Exit(_run(options))


def _refuse_wrong_use(options: Options) -> None:
    from infer.panel.extra import missing_packages

    if options.paths.count(STDIN) > 1:
        raise typer.BadParameter("standard input can be read only once", param_hint="RESULT")
    if options.output.is_dir():
        raise typer.BadParameter(f"{options.output} is a folder", param_hint="-o")
    if not options.output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {options.output.parent}", param_hint="-o")
    if missing := missing_packages():
        typer.echo(f"{' '.join(missing)} not installed: pip install 'gongkai[panel]'", err=True)
        raise typer.Exit(2)


def _run(options: Options) -> int:
    from infer.cli.messages import Messages
    from infer.panel.building import building
    from report.errors import GongkaiError

    messages = Messages(verbose=False)
    try:
        with building(options.output) as builder:
            _gather(options, builder.add, messages)
            if not builder.count:
                messages.say("no report, no panel")
                return 1
            _save(options, builder.finish(), messages)
    except (KeyboardInterrupt, OSError, GongkaiError) as error:
        why = "interrupted" if isinstance(error, KeyboardInterrupt) else getattr(error, "strerror", None) or str(error)
        messages.say(f"{options.output}: {why}; nothing was written")
        return INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1
    return 1 if messages.failed or messages.refused else 0


def _gather(options: Options, add: "Callable[[Rows], None]", messages: "Messages") -> None:
    from functools import partial

    from infer.batch import Failure
    from infer.gathering import gather
    from infer.panel.rows import rows_of

    shown = sys.stderr.isatty() and not options.quiet and STDIN not in options.paths
    finish = partial(rows_of, selection=options.selection)
    with (applying(options.corrections) as ledger,
          messages.progress(lambda: sum(1 for _ in find_inputs(options.paths)), shown=shown) as watch):
        def watched(found: Iterable[Input | Missing]) -> Iterator[Input | Missing]:
            for document in found:
                yield document
                watch.read(document.name)

        for rows in gather(options.paths, finish, jobs=options.jobs, watched=watched, ledger=ledger):
            if isinstance(rows, Failure):
                messages.fail(rows)
            else:
                add(rows)


def _save(options: Options, made: "Panel", messages: "Messages") -> None:
    from infer.panel.formats import files_of
    from infer.panel.saving import save

    saved = save(made, files_of(options.output, options.form, wide=options.wide), language=options.language)
    if saved.cut:
        messages.say(f"{saved.cut} texts were cut to the length of a spreadsheet's cell")
    if not options.quiet:
        for line in problem_lines(made.problems):
            messages.say(line)
        failed = f", {messages.failed} not read" if messages.failed else ""
        reports, facts = made["reports"].rows, made["facts"].rows
        messages.say(f"{reports} {'report' if reports == 1 else 'reports'}, {facts} facts{failed}, "
                     f"written to {', '.join(map(str, saved.paths))}")


def problem_lines(problems: "Iterable[Problem]") -> "Iterator[str]":
    """The first problems of each kind, then how many more there are; each group of reports once."""
    from infer.panel.labels import domains
    from infer.results.wording import one_line

    kinds: dict[str, dict[str, str]] = {}
    for problem in problems:
        own = f"{problem.document}: " if problem.document and problem.problem in _OF_ONE_REPORT else ""
        line = one_line(own + problem.detail)
        kinds.setdefault(problem.problem, {}).setdefault(f"{problem.problem_group} {problem.detail}", line)
    for kind, lines in kinds.items():
        yield f"{kind}: {domains()['problem'][kind].en}"
        yield from (f"  {line}" for line in list(lines.values())[:SHOWN])
        if len(lines) > SHOWN:
            yield f"  and {len(lines) - SHOWN} more in table problems"
