"""Reports behind arguments, in order: those of result files as they stand, and documents, which are read."""
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, TypeVar

from infer.batch import Failure, extract_each, objections
from infer.inputs import Input, Missing, find_inputs
from infer.labelling import DEFAULT, Choice
from infer.results.lines import BadResult, read_results
from infer.reviewing import Ledger, corrected
from report.facts import Report

T = TypeVar("T")
_SUFFIXES: Final = frozenset({".jsonl", ".json", ".zst"})
_HEAD: Final = re.compile(rb'\[?\s*\{"schema":"gongkai/report')
_LONGEST: Final = 64
_FIRST_PART: Final = "part-00000.parquet"


def is_result(path: Path) -> bool:
    """Whether a file holds results, by its name or by how it begins; a folder of Parquet parts does too.

    OSError where it cannot be read.
    """
    if path.is_dir():
        return (path / _FIRST_PART).is_file()
    if path.suffix.lower() in _SUFFIXES:
        return True
    with path.open("rb") as file:
        return bool(_HEAD.match(file.read(_LONGEST)))


def gather(
    arguments: Sequence[str], finish: Callable[[Report], T], *, choice: Choice = DEFAULT, jobs: int = 1,
    watched: Callable[[Iterable[Input | Missing]], Iterable[Input | Missing]] = iter, ledger: Ledger | None = None,
) -> Iterator[T | Failure]:
    """What `finish` makes of each report; one that cannot be had is a Failure and the others go on.

    Results (.jsonl, .jsonl.zst, .json, .parquet) are read as they stand; everything else that
    `infer.inputs.find_inputs` finds is extracted, by `choice`, with `jobs` over 1 in that many processes, for which
    `finish` must be a function of a module. `watched` sees the documents pass. What `ledger` holds corrects results
    and documents alike; a correction that is refused is a Failure as well (infer.batch.Objection).
    """
    yield from objections(ledger)
    for group in _groups(arguments):
        if isinstance(group, Path):
            yield from _results(group, finish, ledger)
        else:
            yield from extract_each(watched(find_inputs(group)), finish, choice=choice, jobs=jobs, ledger=ledger)


def _groups(arguments: Sequence[str]) -> Iterator[Path | list[str]]:
    """Result files one by one, and the arguments between them together."""
    documents: list[str] = []
    for argument in arguments:
        path = Path(argument)
        if not ((path.is_file() or path.is_dir()) and is_result(path)):
            documents.append(argument)
            continue
        if documents:
            yield documents
            documents = []
        yield path
    if documents:
        yield documents


def _results(path: Path, finish: Callable[[Report], T], ledger: Ledger | None) -> Iterator[T | Failure]:
    try:
        for report in read_results(path):
            if ledger is None:
                yield finish(report)
                continue
            done = corrected(report, ledger.corrections)
            yield from objections(ledger, done.account)
            yield finish(done.report)
    except BadResult as error:
        yield Failure(name=str(path), reason=str(error).removeprefix(f"{path}, ").removeprefix(f"{path}: "))
    except OSError as error:
        yield Failure(name=str(path), reason=error.strerror or str(error))
