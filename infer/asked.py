"""The report that a user asks about: a document, standard input, or one of a file of results with its source."""
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

from infer.gathering import is_result
from infer.inputs import Missing, find_inputs
from infer.model.reliability import Mode
from infer.read import Limits, read
from infer.results import read_results
from report import Document, Report
from report.errors import GongkaiError

_NAMED: Final = 5
_LIKE: Final = 0.4

Missed = Literal["no_source", "other_source"]


class NoSuchReport(GongkaiError):
    """One line: what was asked for is no report, or none of this file's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A report as a result holds it, and its source as far as that is there; `missed` says why not."""

    report: Report
    doc: Document | None
    missed: Missed = "no_source"

    @property
    def mode(self) -> Mode:
        """Who read the running text, as far as the result tells."""
        if self.report.producer.model is None:
            return "rules"
        prose = {fact.method for fact in self.report.facts} - {"table", "reviewed"}
        return "model" if prose == {"model"} else "both"


def find_report(argument: str, *, name: str | None = None) -> Document | Held:
    """What `argument` names; `name` is the report's among the results of a file. GongkaiError or OSError: one line."""
    path = Path(argument)
    if (path.is_file() or path.is_dir()) and is_result(path):
        return _with_source(_chosen(read_results(path), name), path.parent)
    if name is not None:
        raise NoSuchReport("it is a document; --report chooses among the results of a file")
    found = list(find_inputs([argument]))
    if len(found) > 1:
        raise NoSuchReport(f"{len(found)} documents; name one")
    one = found[0]
    if isinstance(one, Missing):
        raise NoSuchReport(one.reason)
    return read(one.read(), name=one.name, limits=Limits())


def _chosen(reports: Iterable[Report], name: str | None) -> Report:
    """The one of that name, whole or the last part of it; without a name the only one."""
    names: list[str] = []
    held: list[Report] = []
    for report in reports:
        names.append(report.source.name)
        if name is None or name in _called(report.source.name):
            held.append(report)
        if len(held) > 1:
            several = " or ".join(dict.fromkeys(one.source.name for one in held))
            raise NoSuchReport(f"it holds several reports{f' called {name}' if name else ''}; choose one with "
                               f"--report NAME, such as {several}")
    if not held:
        raise NoSuchReport(f"no report called {name}{_near(name, names)}" if name else "it holds no report")
    return held[0]


def _called(name: str) -> tuple[str, ...]:
    return name, Path(name).name, Path(name).stem


def _near(name: str, names: Sequence[str]) -> str:
    like = [one for one in names if name in one][:_NAMED] or get_close_matches(name, names, n=_NAMED, cutoff=_LIKE)
    return f"; near it: {', '.join(like)}" if like else ""


def _with_source(report: Report, folder: Path) -> Held:
    """The result with its document, looked for where its name says and beside the file of results."""
    missed: Missed = "no_source"
    name = Path(report.source.name)
    for path in dict.fromkeys((name, folder / name, folder / name.name)):
        if not path.is_file():
            continue
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() == report.source.sha256:
            return Held(doc=read(data, name=report.source.name, limits=Limits()), report=report)
        missed = "other_source"
    return Held(doc=None, report=report, missed=missed)
