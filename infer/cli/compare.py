"""gongkai compare"""
import logging
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, Literal

import typer

from infer.cli.corrections import CorrectionsOption, applying
from infer.inputs import STDIN, Input, Missing, find_inputs

if TYPE_CHECKING:
    from infer.cli.messages import Messages
    from infer.comparing import Comparison, Kept

EXAMPLE = "Example: gongkai compare reports.jsonl -o comparison.html"
_NEEDS: Final = ("altair", "vl_convert")
_USAGE: Final = 2
_HEAD: Final = 400
"""bytes at the beginning of a page among which it says that it is one"""


class Form(StrEnum):
    """How a comparison is written down."""

    TABLE = "table"
    HTML = "html"
    JSON = "json"


_SUFFIXES: Final = {".html": Form.HTML, ".htm": Form.HTML, ".json": Form.JSON, ".txt": Form.TABLE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user asked for; no output is standard output."""

    paths: list[str]
    output: Path | None
    form: Form
    as_one: bool
    issuers: Path | None
    corrections: list[Path]
    title: str | None
    language: str
    verbose: bool
    jobs: int
    quiet: bool


def compare(
    paths: Annotated[list[str], typer.Argument(
        metavar="RESULT", help="Results of `gongkai extract`, or documents, folders and patterns, which are read.")],
    output: Annotated[Path | None, typer.Option(
        "-o", "--output", help="Write to this file, which appears once whole.")] = None,
    form: Annotated[Form | None, typer.Option(
        "--format", help="Default: by the suffix of -o (.html, .json, .txt), else table.")] = None,
    as_one: Annotated[bool, typer.Option(
        "--as-one", help="All reports are of one issuer, whatever name they carry.")] = False,
    issuers: Annotated[Path | None, typer.Option(
        "--issuers", metavar="FILE", help="Which names are one issuer: a CSV with the columns issuer (as "
        "printed) and name.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="What the HTML page is called.")] = None,
    language: Annotated[Literal["zh", "en"], typer.Option(
        "--language", help="The language the HTML page opens in; it has a switch.")] = "zh",
    verbose: Annotated[bool, typer.Option(
        "-v", "--verbose", help="In the table also identities that hold, every indicator, copied paragraphs.")] = False,
    corrections: CorrectionsOption = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes that read documents at once.")] = 1,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no closing line.")] = False,
) -> None:
    """Compare reports: each issuer over its years, and issuers side by side.

    Over years: requests carried over, items, documents in force, figures given differently later, copied paragraphs,
    missing years. Side by side: rates with what they divide, as ranges where a total is missing. Every break shows the
    words of both reports.
    """
    wanted = Wanted(
        paths=paths, output=output, form=form or (_SUFFIXES.get(output.suffix.lower(), Form.TABLE) if output else
                                                  Form.TABLE),
        as_one=as_one, issuers=issuers, corrections=corrections or [], title=title, language=language, verbose=verbose,
        jobs=jobs, quiet=quiet)
    _refuse_wrong_use(wanted)
    raise typer.Exit(_run(wanted))


def _refuse_wrong_use(wanted: Wanted) -> None:
    missing = [name for name in _NEEDS if find_spec(name) is None]
    if wanted.form is Form.HTML and missing:
        typer.echo(f"the package {missing[0]} is not installed; pip install 'gongkai[compare]'", err=True)
        raise typer.Exit(_USAGE)
    if wanted.paths.count(STDIN) > 1:
        raise typer.BadParameter("standard input can be read only once", param_hint="RESULTS")
    if wanted.as_one and wanted.issuers:
        raise typer.BadParameter("all reports are one issuer's already", param_hint="--issuers")
    if wanted.output is None:
        return
    if wanted.output.is_dir():
        raise typer.BadParameter(f"{wanted.output} is a folder", param_hint="-o")
    if not wanted.output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {wanted.output.parent}", param_hint="-o")
    if wanted.output.exists() and any(Path(name).is_file() and wanted.output.samefile(name) for name in wanted.paths):
        raise typer.BadParameter(f"{wanted.output} is one of the reports", param_hint="-o")


def _run(wanted: Wanted) -> int:
    from infer.cli.messages import Messages
    from infer.comparing.register import BadIssuers

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    messages = Messages(verbose=False)
    try:
        made = _compared(wanted, messages)
        if made is None:
            messages.say("no report to compare")
            return 1
        _write(made, wanted)
    except BadIssuers as error:
        messages.say(str(error))
        return 1
    # `| head` has seen enough: no reason to say anything
    except BrokenPipeError:
        raise
    except OSError as error:
        messages.say(f"{error.filename or wanted.output or 'standard output'}: {error.strerror or error}")
        return 1
    if not wanted.quiet:
        _tell(made, wanted, messages)
    return 1 if messages.failed or messages.refused else 0


def _compared(wanted: Wanted, messages: "Messages") -> "Comparison | None":
    """The comparison of all that can be read; None where there is nothing."""
    from infer.batch import Failure, Objection
    from infer.comparing import compare, keep
    from infer.comparing.register import Register
    from infer.gathering import gather

    register = Register.read(wanted.issuers) if wanted.issuers else Register()
    kept: list[Kept] = []
    failures: list[tuple[str, str]] = []
    shows = sys.stderr.isatty() and not wanted.quiet and STDIN not in wanted.paths
    with (applying(wanted.corrections) as ledger,
          messages.progress(lambda: sum(1 for _ in find_inputs(wanted.paths)), shown=shows) as watch):
        def sifted(found: Iterable[Input | Missing]) -> Iterator[Input | Missing]:
            for document in _without_pages(found, wanted.output):
                yield document
                watch.read(document.name)

        for one in gather(wanted.paths, keep, jobs=wanted.jobs, watched=sifted, ledger=ledger):
            if isinstance(one, Failure):
                messages.fail(one)
                failures.extend([] if isinstance(one, Objection) else [(one.name, one.reason)])
            else:
                kept.append(one)
    return compare(kept, register=register, as_one=wanted.as_one, failures=failures) if kept else None


def _without_pages(found: Iterable[Input | Missing], output: Path | None) -> Iterator[Input | Missing]:
    """The page that is about to be replaced is passed over, other pages of this command are told."""
    from infer.comparing.page import GENERATOR

    for one in found:
        if isinstance(one, Missing) or one.path is None or one.path.suffix.lower() not in (".html", ".htm"):
            yield one
        elif output and output.exists() and output.samefile(one.path):
            continue
        elif _begins(one.path, GENERATOR):
            yield Missing(name=one.name, reason="a page of `gongkai compare`, no report")
        else:
            yield one


def _begins(path: Path, words: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return words in file.read(_HEAD)
    except OSError:
        return False


def _write(made: "Comparison", wanted: Wanted) -> None:
    """To standard output, or to a file that takes its name once it is whole."""
    from infer.results.writers import partial_path

    rendered = _rendered(made, wanted)
    if wanted.output is None:
        sys.stdout.buffer.write(rendered)
        sys.stdout.buffer.flush()
        return
    unfinished = partial_path(wanted.output)
    unfinished.write_bytes(rendered)
    if unfinished != wanted.output:
        unfinished.replace(wanted.output)


def _rendered(made: "Comparison", wanted: Wanted) -> bytes:
    if wanted.form is Form.JSON:
        import msgspec

        return msgspec.json.encode(made) + b"\n"
    if wanted.form is Form.HTML:
        from infer.comparing.page import page

        return page(made, title=wanted.title, language=wanted.language).encode("utf-8", "replace")
    from io import StringIO

    from rich.console import Console

    from infer.comparing.terminal import render
    from infer.results.view import PLAIN_WIDTH

    terminal = wanted.output is None and sys.stdout.isatty()
    console = Console(file=sys.stdout, highlight=False) if terminal else Console(
        file=StringIO(), width=PLAIN_WIDTH, no_color=True, force_terminal=False, highlight=False)
    return render(made, console, full=wanted.verbose).encode("utf-8", "replace")


def _tell(made: "Comparison", wanted: Wanted, messages: "Messages") -> None:
    """One line, and none on a terminal that shows the whole."""
    if wanted.output is None:
        return
    broken, doubtful = sum(len(one.of("breaks")) for one in made.issuers), sum(
        len(one.of("doubtful")) for one in made.issuers)
    reports = "1 report" if made.reports == 1 else f"{made.reports} reports"
    issuers = "1 issuer" if len(made.issuers) == 1 else f"{len(made.issuers)} issuers"
    messages.say(f"{reports}, {issuers}, {broken} that do not hold, {doubtful} doubtful, written to {wanted.output}")
