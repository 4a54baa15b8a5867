"""A report as one line of JSON, and back."""
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from report.errors import GongkaiError
from report.facts import SCHEMA, Report

_ARRAY: Final = b"["


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
    """The reports of a JSON Lines file, one at a time, or those of a file that is one array."""
    with Path(path).open("rb") as lines:
        if lines.read(1) == _ARRAY:
            lines.seek(0)
            yield from _decode_array(lines.read(), path)
            return
        lines.seek(0)
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _decode_numbered(line, path, number)


def _decode_array(data: bytes, path: str | Path) -> list[Report]:
    try:
        parts = msgspec.json.decode(data, type=list[msgspec.Raw])
    except msgspec.DecodeError as error:
        raise BadResult(f"{path}: not a list of reports: {error}") from error
    return [_decode_numbered(bytes(part), path, number, "report") for number, part in enumerate(parts, 1)]


def _decode_numbered(line: bytes, path: str | Path, number: int, unit: str = "line") -> Report:
    try:
        return decode(line)
    except BadResult as error:
        raise BadResult(f"{path}, {unit} {number}: {error}") from error
