"""Panels read back by the libraries that researchers use, each as plain rows: None for what is missing."""
import json
import math
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import polars
import pyarrow.parquet
from openpyxl.utils.escape import unescape

from infer.panel.columns import TableName, table
from infer.panel.formats import descriptor_path
from infer.panel.formulas import restored
from infer.panel.writers.xlsx import HEADS

Rows = list[dict[str, Any]]
_POLARS = {"string": polars.String, "integer": polars.Int64, "number": polars.Float64, "boolean": polars.Boolean}


def read_parquet(path: Path, name: TableName) -> Rows:
    frame = polars.read_parquet(path)
    assert frame.equals(polars.from_arrow(pyarrow.parquet.read_table(path)))  # type: ignore[arg-type]
    return frame.to_dicts()


def read_csv(path: Path, name: TableName) -> Rows:
    types = {column.name: _POLARS[column.type] for column in table(name).columns}
    rows = polars.read_csv(path, schema_overrides=types).to_dicts()
    return [{key: restored(value) if isinstance(value, str) else value for key, value in row.items()} for row in rows]


def read_duckdb(path: Path, name: TableName) -> Rows:
    with duckdb.connect(str(path), read_only=True) as database:
        result = database.execute(f"SELECT * FROM {name}")  # noqa: S608
        names = [column[0] for column in result.description or ()]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def read_xlsx(path: Path, name: TableName) -> Rows:
    book = openpyxl.load_workbook(path, read_only=True)
    rows = list(book[name].iter_rows(values_only=True))
    book.close()
    names = rows[HEADS - 1]
    return [dict(zip(map(str, names), map(_of_excel, row), strict=True)) for row in rows[HEADS:]]


def _of_excel(value: Any) -> Any:
    """Excel shows _x000D_ as the control character that XML cannot hold; openpyxl leaves that to its callers."""
    return unescape(value) if isinstance(value, str) else value


def read_dta(path: Path, name: TableName) -> Rows:
    """Keys from their codes as the descriptor has them."""
    frame = pandas.read_stata(path, convert_categoricals=False)
    fields = json.loads(descriptor_path(path).read_text(encoding="utf-8"))["resources"][0]["schema"]["fields"]
    codes = {field["name"]: field["gongkai:codes"] for field in fields if "gongkai:codes" in field}
    kinds = {column.name: column.type for column in table(name).columns}
    return [{key: _of_stata(value, kinds[key], codes.get(key)) for key, value in row.items()}
            for row in frame.to_dict("records")]


def _of_stata(value: Any, kind: str, codes: dict[str, str] | None) -> Any:
    if value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if codes is not None:
        return codes[str(int(value))]
    return bool(value) if kind == "boolean" else value


READERS = {"parquet": read_parquet, "csv": read_csv, "xlsx": read_xlsx, "dta": read_dta, "duckdb": read_duckdb}
