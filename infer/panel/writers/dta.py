"""A table as Stata 14 and later: listed keys as numbers with value labels, other text as strings or strL."""
from pathlib import Path
from typing import Any, Final, Literal

import pandas
import pyarrow

from infer.panel.columns import Column
from infer.panel.labels import domains
from infer.panel.staging import Stored
from report.errors import GongkaiError

Language = Literal["zh", "en"]
VERSION: Final = 118
LONGEST_LABEL: Final = 80
LONGEST_NAME: Final = 32
LONGEST_STRING: Final = 2045
_NULLABLE: Final = {pyarrow.int8(): pandas.Int8Dtype(), pyarrow.int16(): pandas.Int16Dtype(),
                    pyarrow.int64(): pandas.Int64Dtype()}
_STRL: Final = frozenset({"evidence", "context", "counted", "reason", "title", "detail", "why", "document"})


class UnknownKey(GongkaiError):
    """A key that its domain does not list: Stata's labels would be wrong."""


def write_dta(stored: Stored, path: Path, *, language: Language) -> None:
    """The whole table at once: pandas knows no other way."""
    columns = stored.table.columns
    frame = _frame(stored)
    frame.to_stata(
        path, version=VERSION, write_index=False, data_label=stored.table.en[:LONGEST_LABEL],
        variable_labels={column.name: getattr(column, language)[:LONGEST_LABEL] for column in columns},
        value_labels=_value_labels(stored, language),
        convert_strl=[column.name for column in columns if _is_strl(column, frame)])


def _frame(stored: Stored) -> Any:
    batches = [_coded(batch, stored.table.columns) for batch in stored.batches()]
    table = pyarrow.Table.from_batches(batches) if batches else None
    if table is None:
        return pandas.DataFrame({column.name: [] for column in stored.table.columns})
    return table.to_pandas(types_mapper=_NULLABLE.get, split_blocks=True, self_destruct=True)


def _coded(batch: Any, columns: tuple[Column, ...]) -> Any:
    arrays = [_stata(batch.column(column.name), column) for column in columns]
    return pyarrow.RecordBatch.from_arrays(arrays, names=[column.name for column in columns])


def _stata(array: Any, column: Column) -> Any:
    """Keys as their codes; no text as the empty string, which is Stata's missing."""
    if column.domain:
        codes = {key.key: key.code for key in domains()[column.domain].values()}
        return pyarrow.array([_code(codes, value, column) for value in array.to_pylist()], pyarrow.int16())
    if column.type == "string":
        return array.fill_null("")
    return array.cast(pyarrow.int8()) if column.type == "boolean" else array


def _code(codes: dict[str, int], value: str | None, column: Column) -> int | None:
    if value is None:
        return None
    if value not in codes:
        raise UnknownKey(f"{column.name} holds {value!r}, which infer/panel does not list in domain {column.domain}")
    return codes[value]


def _value_labels(stored: Stored, language: Language) -> dict[str, dict[int, str]]:
    """Key and label together: `tab indicator` says both, and the key is read back before the first blank."""
    labels = {column.name: {key.code: f"{key.key} {getattr(key, language)}"
                            for key in domains()[column.domain].values()}
              for column in stored.table.columns if column.domain}
    yes_no = {"zh": {0: "否", 1: "是"}, "en": {0: "no", 1: "yes"}}[language]
    return labels | {column.name: yes_no for column in stored.table.columns if column.type == "boolean"}


def _is_strl(column: Column, frame: Any) -> bool:
    """Long texts are kept as strL, for a str# takes its greatest length in every row."""
    if column.type != "string" or column.domain:
        return False
    return column.name in _STRL or bool(frame[column.name].str.len().gt(LONGEST_STRING // 4).any())
