"""A report as one line of JSON, and back."""
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import msgspec

from report.errors import GongkaiError
from report.facts import SCHEMA, Report


class BadResult(GongkaiError):
    """A line of a result file that is no report of this schema."""


@cache
def _decoder() -> msgspec.json.Decoder[Report]:
    return msgspec.json.Decoder(Report)


def encode(report: Report) -> bytes:
    """One line of JSON without its line end; Chinese stays Chinese."""
    return msgspec.json.encode(report)


def decode(line: bytes) -> Report:
    """The report that `encode` wrote; BadResult where the line is another thing or another schema."""
    try:
        report = _decoder().decode(line)
    except msgspec.DecodeError as error:
        raise BadResult(f"not a report: {error}") from error
    if report.schema != SCHEMA:
        raise BadResult(f"schema is {report.schema!r}, this program reads {SCHEMA!r}")
    return report


def read_results(path: str | Path) -> Iterator[Report]:
    """The reports of a JSON Lines file, one at a time."""
    with Path(path).open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _decode_numbered(line, path, number)


def _decode_numbered(line: bytes, path: str | Path, number: int) -> Report:
    try:
        return decode(line)
    except BadResult as error:
        raise BadResult(f"{path}, line {number}: {error}") from error
