"""Rows on their way to a file: set down in batches beside it, so that a panel of any size takes no more memory."""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow
import pyarrow.parquet

from infer.panel.columns import Column, Table

CELLS: Final = 400_000
"""cells of a batch: the rows of a wide table are ten times as long"""
NUMBER: Final = "_number"
_TYPES: Final[Mapping[str, Any]] = {"string": pyarrow.string(), "integer": pyarrow.int64(),
                                    "number": pyarrow.float64(), "boolean": pyarrow.bool_()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Columns that are known only when every report is read: their values by the report's number."""

    values: Mapping[str, Sequence[str | int | None]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A table on disk, whole: its columns, how many rows, and its batches."""

    table: Table
    rows: int
    path: Path | None
    late: Late
    held: tuple[Mapping[str, Any], ...] = ()

    def batches(self) -> Iterator[Any]:
        """The rows in order as Arrow record batches, late columns and labels put in."""
        schema = arrow_schema(self.table)
        if self.path is None:
            yield pyarrow.RecordBatch.from_pylist(list(self.held), schema=schema)
            return
        with pyarrow.parquet.ParquetFile(self.path) as file:
            for batch in file.iter_batches(batch_size=_rows(self.table)):
                yield self._completed(batch, schema)

    def _completed(self, batch: Any, schema: Any) -> Any:
        numbers = batch.column(NUMBER)
        arrays = [pyarrow.array(self.late.values[field.name], field.type).take(numbers)
                  if field.name in self.late.values else batch.column(field.name) for field in schema]
        return pyarrow.RecordBatch.from_arrays(arrays, schema=schema)


class Stage:
    """A table being set down; each row carries the number of its report, by which late columns are put in."""

    def __init__(self, table: Table, path: Path, late: Iterable[str]) -> None:
        self.table = table
        self.rows = 0
        self._path = path
        late_names = frozenset(late)
        fields = [field for field in arrow_schema(table) if field.name not in late_names]
        self._schema = pyarrow.schema([*fields, pyarrow.field(NUMBER, pyarrow.int64())])
        self._writer = pyarrow.parquet.ParquetWriter(path, self._schema, compression="zstd")
        self._waiting: list[dict[str, Any]] = []
        self._batch = _rows(table)

    def add(self, row: Mapping[str, Any], number: int) -> None:
        self._waiting.append({**row, NUMBER: number})
        self.rows += 1
        if len(self._waiting) >= self._batch:
            self._flush()

    def close(self) -> None:
        if self._waiting:
            self._flush()
        self._writer.close()

    def finish(self, late: Late) -> Stored:
        return Stored(table=self.table, rows=self.rows, path=self._path, late=late)

    def _flush(self) -> None:
        self._writer.write_batch(pyarrow.RecordBatch.from_pylist(self._waiting, schema=self._schema))
        self._waiting.clear()


def held(table: Table, rows: Iterable[Mapping[str, Any]]) -> Stored:
    """A small table, kept in memory."""
    kept = tuple(rows)
    return Stored(table=table, rows=len(kept), path=None, late=Late(values={}), held=kept)


@contextmanager
def workplace(output: Path) -> Iterator[Path]:
    """A folder beside the output, gone afterwards: there is room where the panel is to be, and not always in /tmp."""
    with TemporaryDirectory(prefix=f".{output.name}.", dir=output.parent) as folder:
        yield Path(folder)


def _rows(table: Table) -> int:
    return max(1, CELLS // len(table.columns))


def arrow_schema(table: Table) -> Any:
    return pyarrow.schema([_field(column) for column in table.columns],
                          metadata={"table": table.name, "zh": table.zh, "en": table.en})


def _field(column: Column) -> Any:
    return pyarrow.field(column.name, _TYPES[column.type], metadata={"zh": column.zh, "en": column.en})
