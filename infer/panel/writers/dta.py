"""A table as Stata 14 and later: listed keys as numbers with value labels, other text as strings or strL."""
from pathlib import Path
from typing import Any, Final, Literal

import pandas
import pyarrow
import pyarrow.compute

from infer.panel.columns import Column
from infer.panel.labels import Domain, domains
from infer.panel.staging import Stored
from report.errors import GongkaiError

Language = Literal["zh", "en"]
VERSION: Final = 118
LONGEST_LABEL: Final = 80
LONGEST_NAME: Final = 32
LONGEST_STRING: Final = 244
"""bytes; a str# takes its greatest length in every row, so longer text is kept as strL"""
_NULLABLE: Final = {pyarrow.int8(): pandas.Int8Dtype(), pyarrow.int16(): pandas.Int16Dtype(),
                    pyarrow.int64(): pandas.Int64Dtype()}


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
        return _codes(array, column, domains()[column.domain])
    if column.type == "string":
        return array.fill_null("")
    return array.cast(pyarrow.int8()) if column.type == "boolean" else array


def _codes(array: Any, column: Column, domain: Domain) -> Any:
    places = pyarrow.compute.index_in(array, pyarrow.array(domain, pyarrow.string()))
    if places.null_count > array.null_count:
        unknown = array.filter(pyarrow.compute.and_(places.is_null(), array.is_valid()))[0]
        raise UnknownKey(f"{column.name} holds {unknown.as_py()!r}, which is no key of domain {column.domain}")
    return pyarrow.array([key.code for key in domain.values()], pyarrow.int16()).take(places)


def _value_labels(stored: Stored, language: Language) -> dict[str, dict[int, str]]:
    """Key and label together: `tab indicator` says both, and the key is read back before the first blank."""
    labels = {column.name: {key.code: f"{key.key} {getattr(key, language)}"
                            for key in domains()[column.domain].values()}
              for column in stored.table.columns if column.domain}
    yes_no = {"zh": {0: "否", 1: "是"}, "en": {0: "no", 1: "yes"}}[language]
    return labels | {column.name: yes_no for column in stored.table.columns if column.type == "boolean"}


def _is_strl(column: Column, frame: Any) -> bool:
    if column.type != "string" or column.domain:
        return False
    lengths = pyarrow.compute.binary_length(pyarrow.array(frame[column.name], pyarrow.string()))
    return (pyarrow.compute.max(lengths).as_py() or 0) > LONGEST_STRING
