"""gongkai extract"""
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Final, Literal

import typer

from infer.cli.corrections import CorrectionsOption, applying
from infer.inputs import STDIN, find_inputs
from infer.results.formats import Format, format_of

if TYPE_CHECKING:
    from infer.cli.messages import Messages
    from infer.labelling import Choice, Labelling
    from infer.results.writers import ResultWriter
    from infer.reviewing import Ledger

EXAMPLE = "Example: gongkai extract reports/ '2023/*.pdf' -o reports.jsonl"
INTERRUPTED: Final = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What the user asked for."""

    paths: list[str]
    output: Path | None
    form: Format
    verbose: bool
    quiet: bool
    choice: "Choice"
    jobs: int
    corrections: list[Path]

    @property
    def to_terminal(self) -> bool:
        return self.output is None and sys.stdout.isatty()


def extract(
    paths: Annotated[list[str], typer.Argument(
        metavar="PATH", help="Files, folders, glob patterns, or - for standard input.")],
    output: Annotated[Path | None, typer.Option(
        "-o", "--output", help="Write to this file, which appears once whole.")] = None,
    form: Annotated[Format | None, typer.Option(
        "--format", help="Default: table on a terminal, else jsonl; with -o by its suffix (.json, .txt).")] = None,
    verbose: Annotated[bool, typer.Option(
        "-v", "--verbose", help="Name the rules used; show every row, number and reading; tracebacks.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="No progress and no closing line.")] = False,
    rules_only: Annotated[bool, typer.Option("--rules-only", help="Read the prose by rules alone.")] = False,
    model_only: Annotated[bool, typer.Option("--model-only", help="Read the prose by the model alone.")] = False,
    model: Annotated[str | None, typer.Option(
        "--model", metavar="PATH_OR_NAME", help="Another model than the released one: a folder of `train export`, or "
        "with --backend torch any token classifier of our labels.")] = None,
    backend: Annotated[Literal["onnx", "torch"], typer.Option("--backend", help="What computes the model.")] = "onnx",
    device: Annotated[str, typer.Option("--device", help="With --backend torch: cpu, cuda, cuda:1, …")] = "cpu",
    min_confidence: Annotated[float | None, typer.Option(
        "--min-confidence", min=0.0, max=1.0, help="State only facts of the prose that are at least this sure; others "
        "are kept as alternatives. Default: the measured operating point.")] = None,
    jobs: Annotated[int, typer.Option("-j", "--jobs", min=1, help="Processes that read at once.")] = 1,
    corrections: CorrectionsOption = None,
) -> None:
    """Read reports and write their facts.

    One unreadable file is one line on standard error and exit status 1; the others are read all the same.
    """
    from infer.labelling import Choice

    if rules_only and (model_only or model):
        raise typer.BadParameter("rules alone need no model", param_hint="--rules-only")
    choice = Choice(mode="rules" if rules_only else "model" if model_only else "both", folder=model, backend=backend,
                    device=device, take=min_confidence)
    options = Options(paths=paths, output=output, form=form or _default_format(output), verbose=verbose, quiet=quiet,
                      choice=choice, jobs=jobs, corrections=corrections or [])
    _refuse_wrong_use(options)
    raise typer.Exit(_run(options))


def _default_format(output: Path | None) -> Format:
    if output is not None:
        return format_of(output)
    return Format.TABLE if sys.stdout.isatty() else Format.JSONL


def _refuse_wrong_use(options: Options) -> None:
    if options.paths.count(STDIN) > 1:
        raise typer.BadParameter("standard input can be read only once", param_hint="PATHS")
    if options.output is None:
        return
    if options.output.is_dir():
        raise typer.BadParameter(f"{options.output} is a folder", param_hint="-o")
    if not options.output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {options.output.parent}", param_hint="-o")


def _run(options: Options) -> int:
    from infer.cli.messages import Messages
    from infer.labelling import labelling

    messages = Messages(verbose=options.verbose)
    labels = labelling(options.choice)
    if labels.problem:
        messages.say(f"no model, the prose is read by rules alone: {labels.problem}")
    if options.verbose:
        messages.say_producer(labels)
    else:
        # pdfminer reports oddities of a PDF's fonts, which the reader's own warnings cover
        logging.getLogger("pdfminer").setLevel(logging.ERROR)
    with applying(options.corrections) as ledger, _writer(options, messages) as writer:
        _extract_all(options, (labels, ledger), writer, messages)
    if not options.quiet and not options.to_terminal:
        messages.say_end(writer.count, options.output)
    return 1 if messages.failed or messages.refused else 0


def _extract_all(
    options: Options, held: "tuple[Labelling, Ledger | None]", writer: "ResultWriter", messages: "Messages",
) -> None:
    from infer.batch import Failure, extract_each
    from infer.results.writers import renderer

    terminal = messages.view_console() if options.to_terminal else None
    finish = renderer(options.form, terminal=terminal, full=options.verbose)
    with messages.progress(lambda: _count(options.paths), shown=_shows_progress(options)) as watched:
        found = watched(find_inputs(options.paths))
        jobs = 1 if options.to_terminal else options.jobs
        for result in extract_each(found, finish, choice=options.choice, jobs=jobs, labels=held[0],
                                   ledger=held[1]):
            if isinstance(result, Failure):
                messages.fail(result)
            else:
                writer.write(result)


def _shows_progress(options: Options) -> bool:
    return sys.stderr.isatty() and not (options.quiet or options.to_terminal or STDIN in options.paths)


def _count(paths: list[str]) -> int:
    return sum(1 for _ in find_inputs(paths))


@contextmanager
def _writer(options: Options, messages: "Messages") -> Iterator["ResultWriter"]:
    from infer.results.writers import ResultWriter, open_writer, partial_path

    try:
        if options.output is not None:
            with open_writer(options.output, options.form) as writer:
                yield writer
        else:
            stream: BinaryIO = sys.stdout.buffer
            writer = ResultWriter(stream, options.form)
            yield writer
            writer.finish()
    # `| head` has seen enough: no reason to say anything
    except BrokenPipeError:
        raise
    except (KeyboardInterrupt, OSError) as error:
        kept = options.output and partial_path(options.output)
        messages.say_stopped(error, kept=None if kept == options.output else kept)
        raise typer.Exit(INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1) from error
