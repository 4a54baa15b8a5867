"""gongkai extract"""
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Final, Literal

import typer

from infer.cli.corrections import CorrectionsOption, applying
from infer.cli.engines import EngineOption, Local, Ray, RayAddressOption, Readers
from infer.inputs import STDIN
from infer.results.formats import IN_PARTS, Format, format_of

if TYPE_CHECKING:
    from infer.batch.bounds import Bounds
    from infer.batch.journal import Journal
    from infer.batch.manifest import Made
    from infer.batch.running import Step
    from infer.batch.workers import Ready
    from infer.choice import Choice
    from infer.cli.messages import Messages
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
    engine: Local | Ray
    corrections: list[Path]
    bounds: "Bounds"
    again: bool
    retry: bool

    @property
    def to_terminal(self) -> bool:
        return self.output is None and sys.stdout.isatty()

    @property
    def to_file(self) -> bool:
        """Whether the output has a name that it can take at the end; a device or a pipe is written to as it is."""
        return self.output is not None and (self.form in IN_PARTS or self.output.is_file() or not self.output.exists())


def extract(
    paths: Annotated[list[str], typer.Argument(
        metavar="PATH", help="Files, folders, glob patterns, or - for standard input.")],
    output: Annotated[Path | None, typer.Option(
        "-o", "--output", help="Write to this file, which appears once whole.")] = None,
    form: Annotated[Format | None, typer.Option(
        "--format", help="Default: table on a terminal, else jsonl; with -o by its suffix (.json, .txt, .zst, "
        ".parquet).")] = None,
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
    jobs: Annotated[int | None, typer.Option(
        "-j", "--jobs", min=1, help="Processes that read at once. Default: one a core, on a terminal 1.")] = None,
    engine: EngineOption = "local",
    ray_address: RayAddressOption = None,
    corrections: CorrectionsOption = None,
    timeout: Annotated[float, typer.Option(
        "--timeout", metavar="SECONDS", min=0, help="Most time for one document; 0: no limit.")] = 60,
    memory: Annotated[int, typer.Option(
        "--memory", metavar="MB", min=0, help="Most memory for one document (Linux); 0: no limit.")] = 2000,
    again: Annotated[bool, typer.Option(
        "--again", "--fresh", help="Read everything again, also where the output is up to date.")] = False,
    retry: Annotated[bool, typer.Option(
        "--retry", help="Read again what failed in the run before.")] = False,
) -> None:
    """Read reports and write their facts.

    One unreadable file is one line on standard error and exit status 1; the others are read all the same. The same
    command again goes on where a run was cut off, and reads only what has changed since one that was not.
    """
    from infer.batch.bounds import Bounds
    from infer.batch.running import usable_cores
    from infer.choice import Choice

    if rules_only and (model_only or model):
        raise typer.BadParameter("rules alone need no model", param_hint="--rules-only")
    if ray_address and engine != "ray":
        raise typer.BadParameter("is for --engine ray", param_hint="--ray-address")
    choice = Choice(mode="rules" if rules_only else "model" if model_only else "both", folder=model, backend=backend,
                    device=device, take=min_confidence)
    to_terminal = output is None and sys.stdout.isatty()
    options = Options(paths=paths, output=output, form=form or _default_format(output), verbose=verbose, quiet=quiet,
                      choice=choice, engine=(Ray(paths, ray_address, jobs, verbose=verbose) if engine == "ray" else
                                             Local(paths, jobs or (1 if to_terminal else usable_cores()))),
                      corrections=corrections or [], bounds=Bounds(seconds=timeout, megabytes=memory),
                      again=again, retry=retry)
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
        if options.form in IN_PARTS:
            raise typer.BadParameter(f"{options.form.value} needs -o", param_hint="--format")
        return
    if options.form is Format.PARQUET:
        _require_parquet(options.output)
    elif options.output.is_dir():
        raise typer.BadParameter(f"{options.output} is a folder", param_hint="-o")
    if not options.output.parent.is_dir():
        raise typer.BadParameter(f"there is no folder {options.output.parent}", param_hint="-o")


def _require_parquet(output: Path) -> None:
    try:
        from infer.results.parquet import is_dataset
    except ImportError:
        typer.echo("Parquet needs pyarrow: pip install 'gongkai[panel]'", err=True)
        raise typer.Exit(2) from None
    if output.exists() and not is_dataset(output) and not (output.is_dir() and next(output.iterdir(), None) is None):
        raise typer.BadParameter(f"{output} is there and is no dataset of reports", param_hint="-o")


def _run(options: Options) -> int:
    from infer.batch.workers import Setup, start_serving

    start_serving()
    from infer.cli.messages import Messages
    from infer.results.writers import renderer
    from report.errors import GongkaiError

    messages = Messages(verbose=options.verbose)
    # a terminal is not passed on to other processes
    finish = renderer(Format.JSONL if options.to_terminal else options.form, full=options.verbose)
    try:
        with _stopping(options, messages), applying(options.corrections) as ledger, options.engine.readers(
                Setup(choice=options.choice, finish=finish, bounds=options.bounds, verbose=options.verbose,
                      corrections=ledger.corrections if ledger else None)) as readers:
            ready = readers.ready()
            if ready.problem:
                messages.say(f"no model, the prose is read by rules alone: {ready.problem}")
            if options.verbose:
                messages.say_producer(ready.producer)
            if options.to_file:
                _extract_to_file(options, (readers, ledger), _made(options, ready, ledger), messages)
            else:
                _extract_to_stream(options, (readers, ledger), messages)
    except GongkaiError as error:
        messages.say(f"{options.output}: {error}" if options.output else str(error))
        return 1
    return 1 if messages.failed or messages.refused else 0


@contextmanager
def _stopping(options: Options, messages: "Messages") -> Iterator[None]:
    """One line where the user or the disk ends a run."""
    try:
        yield
    # `| head` has seen enough: no reason to say anything
    except BrokenPipeError:
        raise
    except (KeyboardInterrupt, OSError) as error:
        kept = options.output.with_name(options.output.name + ".partial") if options.output else None
        messages.say_stopped(error, kept=kept if options.to_file and kept and kept.exists() else None)
        raise typer.Exit(INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1) from error


def _extract_to_stream(options: Options, by: "tuple[Readers, Ledger | None]", messages: "Messages") -> None:
    """To standard output, a terminal, a device or a pipe."""
    from infer.batch.answers import Failure
    from infer.batch.running import Step

    readers, ledger = by
    _object(ledger, messages)
    show = messages.shower(full=options.verbose) if options.to_terminal else None
    with _stream(options) as writer:
        steps = (Step(document=document) for document in options.engine.find())
        with messages.progress(partial(_count, options), shown=_shows_progress(options)) as watch:
            for step in readers.run(steps):
                _object(ledger, messages, step)
                result = step.result
                if isinstance(result, Failure):
                    messages.fail(result)
                else:
                    writer.write(show(result) if show else result)
                watch.read(step.document.name)
    if not options.quiet and not options.to_terminal:
        messages.say_end(writer.count, options.output)


@contextmanager
def _stream(options: Options) -> Iterator["ResultWriter"]:
    from infer.results.writers import ResultWriter

    if options.output is not None:
        with options.output.open("wb") as file:
            writer = ResultWriter(file, options.form)
            yield writer
            writer.finish()
        return
    stream: BinaryIO = sys.stdout.buffer
    writer = ResultWriter(stream, options.form)
    yield writer
    writer.finish()


def _extract_to_file(
    options: Options, by: "tuple[Readers, Ledger | None]", made: "Made", messages: "Messages",
) -> None:
    """Under the output's lock: nothing where it is up to date, else what is not kept of earlier runs."""
    from infer.batch.journal import Journal
    from infer.batch.locking import locked
    from infer.batch.places import Places
    from infer.batch.staying import Settings

    if options.output is None:
        raise ValueError("no output")
    ledger = by[1]
    places = Places(path=options.output, form=options.form)
    settings = Settings(made=made, bounds=options.bounds, retry=options.retry)
    with locked(places.lock):
        places.mend()
        journal = Journal(places, settings, options.engine.find)
        if not options.again and journal.finished():
            messages.say_nothing_to_do(journal.read, journal.failed, options.output)
            if ledger:
                ledger.kept = journal.read
            return
        try:
            _fill(journal, options, by, messages)
            journal.finish()
        finally:
            journal.close()
    messages.failed = journal.failed
    if not options.quiet:
        messages.say_end(journal.read, options.output)


def _fill(
    journal: "Journal", options: Options, by: "tuple[Readers, Ledger | None]", messages: "Messages",
) -> None:
    from infer.batch.answers import Failure

    readers, ledger = by
    _object(ledger, messages)
    survey = journal.prepare(again=options.again)
    for line in survey.lines() if survey and not options.quiet else ():
        messages.say(line)
    total = (lambda: survey.total) if survey else partial(_count, options)
    with messages.progress(total, shown=_shows_progress(options)) as watch:
        watch.kept(journal.read + journal.failed)
        for step in readers.run(journal.steps()):
            journal.write(step)
            if step.kept is not None:
                if ledger:
                    ledger.kept += 1
                watch.kept(1)
                continue
            _object(ledger, messages, step)
            if isinstance(step.result, Failure):
                messages.fail(step.result)
            watch.read(step.document.name)


def _object(ledger: "Ledger | None", messages: "Messages", step: "Step | None" = None) -> None:
    """Tell what is refused of the corrections of a document, or without one of those that need none."""
    from infer.batch import objections

    for objection in objections(ledger, step.account if step else None):
        messages.fail(objection)


def _made(options: Options, ready: "Ready", ledger: "Ledger | None") -> "Made":
    """Everything that a result depends on beside its document."""
    from infer.batch.manifest import Made
    from infer.read.extra import recogniser_version

    choice, by = options.choice, ready.producer
    words = [choice.mode, options.form.value]
    if choice.take is not None:
        words.append(f"from {choice.take:g}")
    if choice.backend != "onnx":
        words.append(f"{choice.backend} {choice.device}")
    if options.form is Format.TABLE and options.verbose:
        words.append("full")
    if (recogniser := recogniser_version()) is not None:
        words.append(recogniser)
    if ledger is not None:
        words.append(f"corrected {ledger.corrections.digest}")
    return Made(gongkai=by.gongkai, vocabulary=by.vocabulary, forms=by.forms, rules=by.rules, model=by.model,
                options=", ".join(words))


def _shows_progress(options: Options) -> bool:
    return not (options.quiet or options.to_terminal or STDIN in options.paths)


def _count(options: Options) -> int:
    return sum(1 for _ in options.engine.find())
