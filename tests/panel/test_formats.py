"""The same panel in five formats, read back by those who will read it."""
import csv
import json
import math
from pathlib import Path
from typing import Any

import pytest

from infer.batch import Failure
from infer.inputs import Input, find_inputs
from infer.labelling import Choice, labelling
from infer.panel import Panel, Settings, build, write
from infer.panel.building import finisher
from infer.panel.codebook import value_labels
from infer.panel.columns import long_columns, stata_names, wide_columns
from infer.panel.rows import Choice as Facts
from infer.pipeline import extract
from tests.conftest import ROOT, SHARED

duckdb = pytest.importorskip("duckdb")
pandas = pytest.importorskip("pandas")
polars = pytest.importorskip("polars")
openpyxl = pytest.importorskip("openpyxl")

pytestmark = pytest.mark.slow
Table = list[dict[str, Any]]
SHAPES = ("long", "wide")


def refuse(failure: Failure) -> None:
    pytest.fail(failure.reason)


def written(source: Path, folder: Path) -> dict[str, Table]:
    """Every format's tables as rows of Python values, by format and shape."""
    rules = labelling(Choice(mode="rules"))
    inputs = [one for one in find_inputs([str(source)]) if isinstance(one, Input)]
    finish = finisher(Settings(choice=Facts(alternatives=True, open_facts=True), all_kinds=True))
    found: dict[str, Table] = {}
    with build([finish(extract(one.read(), name=one.name, labels=rules)) for one in inputs], refuse) as panel:
        found |= {f"source {shape}": rows_of(panel, shape) for shape in SHAPES}
        for shape in SHAPES:
            found |= {f"{form} {shape}": READERS[form](panel, folder, shape) for form in READERS}
    return found


def rows_of(panel: Panel, shape: Any) -> Table:
    rows: Table = panel.table(shape).to_dicts()
    return rows


def from_parquet(panel: Panel, folder: Path, shape: Any) -> Table:
    write(panel, folder / "p.parquet", shape)
    rows: Table = polars.read_parquet(folder / "p.parquet").to_dicts()
    return rows


def from_csv(panel: Panel, folder: Path, shape: Any) -> Table:
    """Unguarded as docs/panel.md says: one ' before a sign that spreadsheets take for a formula."""
    write(panel, folder / "p.csv", shape)
    types = {column.name: column.type for column in (*long_columns(), *wide_columns())}
    with (folder / "p.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{name: parsed(words, types[name]) for name, words in row.items()} for row in csv.DictReader(file)]


def parsed(words: str, kind: str) -> object:
    if words == "":
        return None
    if kind == "text":
        bare = words.lstrip("'")
        return words[1:] if words.startswith("'") and bare[:1] in tuple("=+-@\t\r") else words
    return words == "true" if kind == "boolean" else int(words) if kind == "integer" else float(words)


def from_xlsx(panel: Panel, folder: Path, shape: Any) -> Table:
    write(panel, folder / "p.xlsx", shape)
    book = openpyxl.load_workbook(folder / "p.xlsx", read_only=True)
    names, chinese, *rows = book["事实" if shape == "long" else "报告"].iter_rows(values_only=True)
    book.close()
    assert chinese[:1] == ("文件名",)
    return [dict(zip(names, row, strict=True)) for row in rows]


def from_stata(panel: Panel, folder: Path, shape: Any) -> Table:
    write(panel, folder / "p.dta", shape)
    columns = long_columns() if shape == "long" else wide_columns()
    with pandas.io.stata.StataReader(folder / "p.dta") as reader:
        frame = reader.read(convert_categoricals=False)
    labels = value_labels()
    rows = []
    for row in frame.to_dict("records"):
        held = {column.name: row[stata_names()[column.name]] for column in columns}
        rows.append({name: list(labels[name])[int(value) - 1] if name in labels and not missing(value) else
                     None if missing(value) else value for name, value in held.items()})
    return rows


def missing(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def from_duckdb(panel: Panel, folder: Path, shape: Any) -> Table:
    path = folder / "p.duckdb"
    path.unlink(missing_ok=True)
    write(panel, path, shape)
    with duckdb.connect(str(path), read_only=True) as base:
        found = base.execute("FROM facts" if shape == "long" else "FROM reports")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


READERS = {"parquet": from_parquet, "csv": from_csv, "xlsx": from_xlsx, "dta": from_stata, "duckdb": from_duckdb}


def same(found: dict[str, Table]) -> None:
    for shape in SHAPES:
        source = found[f"source {shape}"]
        assert len(source) > 10
        for form in READERS:
            rows = found[f"{form} {shape}"]
            assert len(rows) == len(source), (form, shape)
            for ours, theirs in zip(source, rows, strict=True):
                assert list(theirs) == list(ours), (form, shape)
                for name, value in ours.items():
                    assert theirs[name] == value, (form, shape, name)


def test_five_formats_hold_the_same_values_of_the_examples(tmp_path: Path) -> None:
    found = written(ROOT / "examples", tmp_path)
    same(found)
    assert {row["state"] for row in found["dta long"]} >= {"value", "zero", "blank"}
    assert all((row["value"] is None) == (row["state"] not in ("value", "zero")) for row in found["csv long"])


@pytest.mark.shared
def test_five_formats_hold_the_same_values_of_real_reports(tmp_path: Path) -> None:
    same(written(SHARED / "real", tmp_path))


def test_what_stands_beside_a_table_describes_it(tmp_path: Path) -> None:
    written(ROOT / "examples", tmp_path)
    package = json.loads((tmp_path / "p.datapackage.json").read_text(encoding="utf-8"))
    resources = {one["name"]: one for one in package["resources"]}
    assert set(resources) == {"wide", "problems", "codebook"}
    for one in resources.values():
        path = tmp_path / one["path"]
        assert path.stat().st_size == one["bytes"]
    with (tmp_path / "p.codebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [field["name"] for field in resources["codebook"]["schema"]["fields"]] == list(rows[0])
    assert {field["name"] for field in resources["wide"]["schema"]["fields"]} <= {row["variable"] for row in rows}
