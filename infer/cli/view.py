"""gongkai view"""
import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Final, Literal

import typer

from infer.cli.corrections import CorrectionsOption, applying
from infer.inputs import STDIN, Input, Missing, find_inputs

if TYPE_CHECKING:
    from infer.batch import Failure
    from infer.cli.messages import Messages
    from infer.viewing import PageWriter

EXAMPLE = "Example: gongkai view reports.jsonl -o page.html"
PAGE: Final = Path("gongkai-view.html")
_HEAD: Final = 200
"""bytes at the beginning of a page among which it says that it is one"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the user asked for; no output is standard output."""

    reports: list[str]
    output: Path | None
    title: str | None
    language: str
    jobs: int
    quiet: bool
    corrections: list[Path]


def view(
    reports: Annotated[list[str], typer.Argument(
        metavar="REPORT", help="Results of `gongkai extract` and reports of any kind that it reads: files, folders, "
        "glob patterns, or - for standard input.")],
    output: Annotated[Path | None, typer.Option(
        "-o", "--output", help=f"Write to this file, which appears once whole. Default: {PAGE} on a terminal, else "
        "standard output.")] = None,
    title: Annotated[str | None, typer.Option("--title", help="What the page is called.")] = None,
    language: Annotated[Literal["zh", "en"], typer.Option(
        "--language", help="The language it opens in; the page has a switch.")] = "zh",
    opens: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
    corrections: CorrectionsOption = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes that read at once.")] = 1,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no closing line.")] = False,
) -> None:
    """Show reports beside what was read from them, in one HTML file that needs no network.

    Every number shows the words it was read from. A report that cannot be shown is one line on standard error, and in
    the page, and gives exit status 1; the others are shown all the same.
    """
    place = output or (PAGE if opens or _to_terminal() else None)
    wanted = Wanted(reports=reports, output=place, title=title, language=language, jobs=jobs, quiet=quiet,
                    corrections=corrections or [])
    _refuse_wrong_use(wanted)
    status = _run(wanted)
    if opens and place and place.exists():
        _open(place)
    raise typer.Exit(status)


def _to_terminal() -> bool:
    return sys.stdout.isatty()


def _refuse_wrong_use(wanted: Wanted) -> None:
    if wanted.reports.count(STDIN) > 1:
        raise typer.BadParameter("standard input can be read only once", param_hint="REPORTS")
    if wanted.output is None:
        return
    if wanted.output.is_dir():
        raise typer.BadParameter(f"{wanted.output} is a folder", param_hint="-o")
    if not wanted.output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {wanted.output.parent}", param_hint="-o")
    if wanted.output.exists() and any(Path(name).is_file() and wanted.output.samefile(name) for name in wanted.reports):
        raise typer.BadParameter(f"{wanted.output} is one of the reports", param_hint="-o")


def _run(wanted: Wanted) -> int:
    from infer.cli.messages import Messages

    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    messages = Messages(verbose=False)
    try:
        written = _write(wanted, messages)
    # `| head` has seen enough: no reason to say anything
    except BrokenPipeError:
        raise
    except OSError as error:
        messages.say(f"{error.filename or wanted.output or 'standard output'}: {error.strerror or error}")
        return 1
    if not wanted.quiet and written:
        messages.say_end(written, wanted.output)
    return 1 if messages.failed or messages.refused else 0


def _write(wanted: Wanted, messages: "Messages") -> int:
    """How many reports stand in the page; those that failed are told on it too."""
    from infer.batch import Failure, Objection
    from infer.gathering import gather
    from infer.viewing import prepare

    failures: list[Failure] = []
    shows = sys.stderr.isatty() and not wanted.quiet and STDIN not in wanted.reports
    with (applying(wanted.corrections) as ledger, _writer(wanted, messages, failures) as writer,
          messages.progress(lambda: sum(1 for _ in find_inputs(wanted.reports)), shown=shows) as watch):
        def sifted(found: Iterable[Input | Missing]) -> Iterable[Input | Missing]:
            for document in _without_pages(found, wanted.output):
                yield document
                watch.read(document.name)

        for prepared in gather(wanted.reports, prepare, jobs=wanted.jobs, watched=sifted, ledger=ledger):
            if isinstance(prepared, Failure):
                messages.fail(prepared)
                failures.extend([] if isinstance(prepared, Objection) else [prepared])
            else:
                writer.write(prepared)
    return writer.written


def _without_pages(found: Iterable[Input | Missing], output: Path | None) -> Iterator[Input | Missing]:
    """A folder may hold pages of this command: the one that is about to be replaced is passed over, others are told."""
    from infer.viewing import GENERATOR

    for one in found:
        if isinstance(one, Missing) or one.path is None or one.path.suffix.lower() not in (".html", ".htm"):
            yield one
        elif output and output.exists() and output.samefile(one.path):
            continue
        elif _begins(one.path, GENERATOR):
            yield Missing(name=one.name, reason="a page of `gongkai view`, no report")
        else:
            yield one


def _begins(path: Path, words: bytes) -> bool:
    try:
        with path.open("rb") as file:
            return words in file.read(_HEAD)
    except OSError:
        return False


@contextmanager
def _writer(wanted: Wanted, messages: "Messages", failures: "list[Failure]") -> "Iterator[PageWriter]":
    """A page that takes its name once it is whole; where no report came of it there is none."""
    from infer.results.writers import partial_path
    from infer.viewing import Options, PageWriter

    options = Options(title=wanted.title, language=wanted.language)
    if wanted.output is None:
        held: BinaryIO = sys.stdout.buffer
        writer = PageWriter(held, options)
        yield writer
        writer.finish(failures)
        return
    unfinished = partial_path(wanted.output)
    with unfinished.open("wb") as stream:
        writer = PageWriter(stream, options)
        yield writer
        writer.finish(failures)
    if not writer.written:
        unfinished.unlink()
        messages.say("no report to show")
    elif unfinished != wanted.output:
        unfinished.replace(wanted.output)


def _open(place: Path) -> None:
    import webbrowser

    if not webbrowser.open(place.resolve().as_uri()):
        typer.echo(f"no browser was found; open {place} yourself", err=True)
