"""Where results go: standard output, or a file that appears whole and is called .partial until then."""
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from infer.results.formats import Format
from infer.results.lines import encode
from report.facts import Report

Renderer = Callable[[Report], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands before the first result, between two, after each and after the last."""

    head: bytes = b""
    between: bytes = b""
    after: bytes = b"\n"
    foot: bytes = b""


FRAMES = MappingProxyType({
    Format.JSONL: Frame(),
    Format.JSON: Frame(head=b"[\n", between=b",\n", after=b"", foot=b"\n]\n"),
    Format.TABLE: Frame(),
})


def renderer(form: Format, *, full: bool = False) -> Renderer:
    """One report to bytes, as a function that other processes can be given."""
    return partial(_shown, full=full) if form is Format.TABLE else encode


def _shown(report: Report, full: bool) -> bytes:
    from infer.results.view import render_plain

    return render_plain(report, full=full).encode("utf-8", "replace")


class ResultWriter:
    """Writes rendered reports to an open stream one after another and keeps none; `count` says how many."""

    def __init__(self, stream: BinaryIO, form: Format) -> None:
        self._stream = stream
        self._frame = FRAMES[form]
        self.count = 0
        stream.write(self._frame.head)

    def write(self, rendered: bytes) -> None:
        """Add one and hand it to the operating system, so that an interruption loses none."""
        self._stream.write((self._frame.between if self.count else b"") + rendered + self._frame.after)
        self._stream.flush()
        self.count += 1

    def finish(self) -> None:
        self._stream.write(self._frame.foot)
        self._stream.flush()


def partial_path(path: Path) -> Path:
    """Where results stand until all are written; a device or a pipe is written to as it is."""
    if path.exists() and not path.is_file():
        return path
    return path.with_name(path.name + ".partial")


@contextmanager
def open_writer(path: Path, form: Format) -> Iterator[ResultWriter]:
    """A writer to `path`.partial that takes the name `path` once all is written; until then it stays .partial."""
    unfinished = partial_path(path)
    with unfinished.open("wb") as stream:
        writer = ResultWriter(stream, form)
        yield writer
        writer.finish()
        if unfinished != path:
            os.fsync(stream.fileno())
    if unfinished != path:
        unfinished.replace(path)
