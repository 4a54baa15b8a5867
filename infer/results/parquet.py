"""Reports as rows of Parquet, one a report, nested as in the schema; and back, exactly.

A value of several types stands in as many columns: `value` as a float, `value_integer` where it is whole, and of a
check's side `value_text` where it is a date.
"""
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Final, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from infer.results.lines import BadResult, decode, encode
from report.facts import Report

_BESIDE: Final = {"_integer": int, "_text": str}
_ROWS: Final = 100
_PLAIN: Final = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
_NUMBER: Final = frozenset({int, float})


def part_name(number: int) -> str:
    return f"part-{number:05d}.parquet"


def parts_of(folder: Path) -> list[Path]:
    """The parts of a dataset in their order."""
    return sorted(folder.glob("part-*.parquet"))


def is_dataset(path: Path) -> bool:
    """Whether a folder is a dataset of reports."""
    return path.is_dir() and (path / part_name(0)).is_file()


def write_part(lines: Iterable[bytes], path: Path) -> None:
    """Write reports, a line of JSON each, as one file; the same lines always give the same bytes."""
    rows = (_row(Report, msgspec.to_builtins(decode(line))) for line in lines if line.strip())
    with pq.ParquetWriter(path, schema(), compression="zstd") as writer:
        while held := list(islice(rows, _ROWS)):
            writer.write_table(pa.Table.from_pylist(held, schema=schema()))


def read_part(path: Path) -> Iterator[bytes]:
    """The reports of a part as their lines of JSON. BadResult where it is none."""
    for report in read_reports(path):
        yield encode(report)


def read_reports(path: Path) -> Iterator[Report]:
    """The reports of a part. BadResult where the file is none."""
    try:
        with pq.ParquetFile(path) as file:
            if not file.schema_arrow.equals(schema()):
                raise BadResult(f"{path}: its columns are not those of reports")
            for batch in file.iter_batches(batch_size=_ROWS):
                for row in batch.to_pylist():
                    yield msgspec.convert(_builtin(Report, row), Report)
    except (pa.ArrowInvalid, msgspec.ValidationError) as error:
        raise BadResult(f"{path}: not a part of a dataset of reports: {error}") from error


@cache
def schema() -> pa.Schema:
    """The columns: the fields of a report's types."""
    return pa.schema(list(_columns(Report)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """What a field holds: plain values, numbers whole or not, a type of ours, a list or a map of something."""

    kind: Literal["plain", "number", "type", "list", "map"]
    of: Any


@cache
def _shapes(owner: type) -> dict[str, _Shape]:
    hints = get_type_hints(owner)
    return {field.name: _shape(hints[field.name]) for field in fields(owner)}


def _shape(hint: Any) -> _Shape:
    options = [one for one in _options(hint) if one is not NoneType]
    if {*options} >= _NUMBER:
        return _Shape(kind="number", of=tuple(suffix for suffix, kind in _BESIDE.items() if kind in options))
    one = options[0]
    origin, arguments = get_origin(one), get_args(one)
    if origin is Literal:
        return _Shape(kind="plain", of=str)
    if origin is tuple:
        return _Shape(kind="list", of=_shape(arguments[0]))
    if origin is dict:
        return _Shape(kind="map", of=_shape(arguments[1]))
    return _Shape(kind="type" if is_dataclass(one) else "plain", of=one)


def _options(hint: Any) -> tuple[Any, ...]:
    return get_args(hint) if get_origin(hint) in (Union, UnionType) else (hint,)


def _columns(owner: type) -> Iterator[pa.Field]:
    for name, shape in _shapes(owner).items():
        yield pa.field(name, _arrow(shape))
        for suffix in _suffixes(shape):
            yield pa.field(name + suffix, _PLAIN[_BESIDE[suffix]])


def _suffixes(shape: _Shape) -> tuple[str, ...]:
    return shape.of if shape.kind == "number" else ()


def _arrow(shape: _Shape) -> pa.DataType:
    if shape.kind == "number":
        return pa.float64()
    if shape.kind == "type":
        return pa.struct(list(_columns(shape.of)))
    if shape.kind == "list":
        return pa.list_(_arrow(shape.of))
    if shape.kind == "map":
        return pa.map_(pa.string(), _arrow(shape.of))
    return _PLAIN[shape.of]


def _row(owner: type, held: dict[str, Any]) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for name, shape in _shapes(owner).items():
        value = held[name]
        row[name] = _to_arrow(shape, value)
        for suffix in _suffixes(shape):
            row[name + suffix] = value if isinstance(value, _BESIDE[suffix]) and _fits(value) else None
    return row


def _fits(value: Any) -> bool:
    return not isinstance(value, int) or -2**63 <= value < 2**63


def _to_arrow(shape: _Shape, value: Any) -> Any:
    if value is None:
        return None
    if shape.kind == "number":
        return None if isinstance(value, str) else float(value)
    if shape.kind == "type":
        return _row(shape.of, value)
    if shape.kind == "list":
        return [_to_arrow(shape.of, one) for one in value]
    if shape.kind == "map":
        return [(key, _to_arrow(shape.of, one)) for key, one in value.items()]
    return value


def _builtin(owner: type, row: dict[str, Any]) -> dict[str, Any]:
    held: dict[str, Any] = {}
    for name, shape in _shapes(owner).items():
        beside = (row[name + suffix] for suffix in _suffixes(shape))
        exact = next((value for value in beside if value is not None), None)
        held[name] = _from_arrow(shape, row[name]) if exact is None else exact
    return held


def _from_arrow(shape: _Shape, value: Any) -> Any:
    if value is None:
        return None
    if shape.kind == "type":
        return _builtin(shape.of, value)
    if shape.kind == "list":
        return [_from_arrow(shape.of, one) for one in value]
    if shape.kind == "map":
        return {key: _from_arrow(shape.of, one) for key, one in value}
    return value


__all__ = ["is_dataset", "part_name", "parts_of", "read_part", "read_reports", "schema", "write_part"]
