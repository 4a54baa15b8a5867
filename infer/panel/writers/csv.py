"""A table as CSV: UTF-8 with the mark by which Excel knows it, formulas made harmless."""
from codecs import BOM_UTF8
from pathlib import Path
from typing import Any, Final

import pyarrow
import pyarrow.compute
import pyarrow.csv

from infer.panel.formulas import APOSTROPHE, MARKED
from infer.panel.staging import Stored, arrow_schema

_MARKED: Final = f"^[{''.join(MARKED)}]".replace("+-@", "+\\-@")


def write_csv(stored: Stored, path: Path) -> None:
    options = pyarrow.csv.WriteOptions(quoting_style="needed")
    with path.open("wb") as file:
        file.write(BOM_UTF8)
        with pyarrow.csv.CSVWriter(file, arrow_schema(stored.table), write_options=options) as writer:
            for batch in stored.batches():
                writer.write_batch(_harmless(batch))


def _harmless(batch: Any) -> Any:
    arrays = [_marked(array) if pyarrow.types.is_string(array.type) else array for array in batch.columns]
    return pyarrow.RecordBatch.from_arrays(arrays, schema=batch.schema)


def _marked(array: Any) -> Any:
    """As `formulas.harmless`, for a column at once."""
    dangerous = pyarrow.compute.match_substring_regex(array, _MARKED)
    if not pyarrow.compute.any(dangerous).as_py():
        return array
    marked = pyarrow.compute.binary_join_element_wise(APOSTROPHE, array, "")
    return pyarrow.compute.if_else(dangerous, marked, array)
