"""A panel to a file: Parquet, CSV, XLSX, Stata or DuckDB, with its codebook, its problems and its data package."""
import json
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from infer.panel.building import Panel, Shape, columns_of
from infer.panel.codebook import FIELDS, codebook, datapackage, value_labels
from infer.panel.columns import Column, cell_types, stata_names
from infer.panel.problems import KINDS
from report.errors import GongkaiError

if TYPE_CHECKING:
    import polars

SHAPES: Final[tuple[Shape, Shape]] = ("long", "wide")
SUFFIXES: Final = (".parquet", ".csv", ".xlsx", ".dta", ".duckdb")
PROBLEMS: Final = ("kind", "document", "other", "issuer", "year", "detail", "meaning_zh", "meaning_en")
_FORMULA: Final = r"^('*[=+\-@\t\r])"
_MOST_ROWS: Final = 1_048_575
_LONGEST_CELL: Final = 32_767
_STATA_VERSION: Final = 15
_STATA_LABEL: Final = 80
_SHEETS: Final = {"long": "事实", "wide": "报告", "problems": "问题", "codebook": "编码表"}
_NARROWEST, _WIDEST = 9, 40


class PanelError(GongkaiError):
    """One line: why a panel cannot be written so."""


class MissingPackage(PanelError):
    """A package of the extra [panel] is not installed."""


def write(panel: Panel, path: Path, shape: Shape) -> list[Path]:
    """Write the tables; what was written, the panel first. A file appears under its name once it is whole.

    XLSX and DuckDB hold both tables, problems and codebook; the others hold `shape`, and the rest stands beside them.
    """
    form = path.suffix.lower()
    if form not in _WRITERS:
        raise PanelError(f"{path}: one of {', '.join(SUFFIXES)} is asked for")
    with _whole(path) as unfinished:
        _WRITERS[form](panel, unfinished, shape)
    written = [path]
    if form in (".parquet", ".csv", ".dta"):
        written += _beside(panel, path, shape)
    return written


@contextmanager
def _whole(path: Path) -> Iterator[Path]:
    unfinished = path.with_name(path.name + ".partial")
    unfinished.unlink(missing_ok=True)
    try:
        yield unfinished
    except ImportError as error:
        raise MissingPackage(f"the package {error.name} is not installed; pip install 'gongkai[panel]'") from None
    os.replace(unfinished, path)


def _parquet(panel: Panel, path: Path, shape: Shape) -> None:
    import pyarrow
    import pyarrow.parquet

    types = cell_types()
    schema = pyarrow.schema([(column.name, types[column.type]) for column in columns_of(shape)])
    with pyarrow.parquet.ParquetWriter(path, schema) as writer:
        for frame in panel.frames(shape):
            writer.write_table(frame.to_arrow().cast(schema))


def _csv(panel: Panel, path: Path, shape: Shape) -> None:
    import polars

    with path.open("wb") as file:
        for number, frame in enumerate(panel.frames(shape)):
            frame.with_columns(polars.col(polars.String).str.replace(_FORMULA, "'$1")).write_csv(
                file, include_bom=number == 0, include_header=number == 0)


def _xlsx(panel: Panel, path: Path, _: Shape) -> None:
    import xlsxwriter

    if panel.facts > _MOST_ROWS:
        raise PanelError(f"{panel.facts:,} rows are more than a sheet holds ({_MOST_ROWS:,}); "
                         "write .parquet, .csv or .duckdb")
    book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
                                      "strings_to_numbers": False})
    head = book.add_format({"bold": True, "bg_color": "#EEF2F6", "bottom": 1, "text_wrap": True, "valign": "top"})
    for name, columns, rows in (
            *((shape, [(column.name, column.zh) for column in columns_of(shape)], _rows(panel, shape))
              for shape in SHAPES),
            ("problems", _plain(PROBLEMS), _picked(problem_rows(panel), PROBLEMS)),
            ("codebook", _plain(FIELDS), _picked(codebook(), FIELDS))):
        _sheet(book.add_worksheet(_SHEETS[name]), columns, rows, head)
    book.close()


def _plain(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(name, name) for name in names]


def _picked(rows: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Iterator[Sequence[Any]]:
    return ([row[name] for name in names] for row in rows)


def _rows(panel: Panel, shape: Shape) -> Iterator[Sequence[Any]]:
    for frame in panel.frames(shape):
        yield from frame.iter_rows()


def _sheet(sheet: Any, columns: Sequence[tuple[str, str]], rows: Iterator[Sequence[Any]], head: Any) -> None:
    """Two lines of heads: the name that programs use, and the Chinese; text is written as text, never as a formula."""
    sheet.freeze_panes(2, 1)
    for number, (name, _) in enumerate(columns):
        sheet.set_column(number, number, min(_WIDEST, max(_NARROWEST, len(name) + 2)))
    # with constant memory a sheet is written a row at a time
    for line in (0, 1):
        for number, words in enumerate(columns):
            sheet.write_string(line, number, words[line], head)
    last = 1
    for last, row in enumerate(rows, 2):
        for number, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(last, number, value[:_LONGEST_CELL])
            elif isinstance(value, bool):
                sheet.write_boolean(last, number, value)
            elif value is not None:
                sheet.write_number(last, number, value)
    sheet.autofilter(1, 0, last, len(columns) - 1)


def _dta(panel: Panel, path: Path, shape: Shape) -> None:
    """Listed values are numbers with value labels, in the order of the codebook; missing text is empty."""
    import pyreadstat

    columns, labels = columns_of(shape), value_labels()
    coded = {column.name: {key: number for number, key in enumerate(labels[column.name], 1)}
             for column in columns if column.name in labels}
    held = panel.table(shape).select(_for_stata(column, coded.get(column.name)) for column in columns)
    values: dict[str, dict[int | float, str]] = {
        stata_names()[name]: {number: labels[name][key][:_STATA_LABEL] for key, number in codes.items()}
        for name, codes in coded.items()}
    pyreadstat.write_dta(held.to_pandas(), str(path), version=_STATA_VERSION, variable_value_labels=values,
                         column_labels=[_label(column) for column in columns])


def _for_stata(column: Column, codes: Mapping[str, int] | None) -> "polars.Expr":
    import polars

    held = polars.col(column.name)
    if codes is not None:
        held = held.replace_strict([*codes, None], [*codes.values(), None], return_dtype=polars.Int32)
    elif column.type == "text":
        held = held.fill_null("")
    else:
        held = held.cast(polars.Int8 if column.type == "boolean" else polars.Float64)
    return held.alias(stata_names()[column.name])


def _label(column: Column) -> str:
    """Chinese first; Stata keeps 80 characters."""
    return f"{column.zh} / {column.en}"[:_STATA_LABEL]


def _duckdb(panel: Panel, path: Path, _: Shape) -> None:
    import duckdb
    import polars

    with duckdb.connect(str(path)) as base:
        for name, shape in (("facts", SHAPES[0]), ("reports", SHAPES[1])):
            scratch = path.with_name(f"{path.name}.{name}.parquet")
            try:
                _parquet(panel, scratch, shape)
                base.execute(f"CREATE TABLE {name} AS SELECT * FROM read_parquet(?)", [str(scratch)])  # noqa: S608
            finally:
                scratch.unlink(missing_ok=True)
        problems = polars.DataFrame(problem_rows(panel), schema=_problem_schema())
        book = polars.DataFrame(codebook(), schema=dict.fromkeys(FIELDS, polars.String))
        base.execute("CREATE TABLE problems AS SELECT * FROM problems")
        base.execute("CREATE TABLE codebook AS SELECT * FROM book")
        del problems, book


def problem_rows(panel: Panel) -> list[dict[str, Any]]:
    """The problems table, with what each kind means."""
    return [{**asdict(one), "meaning_zh": KINDS[one.kind][0], "meaning_en": KINDS[one.kind][1]}
            for one in panel.problems]


def _problem_schema() -> dict[str, Any]:
    import polars

    return {name: polars.Int64 if name == "year" else polars.String for name in PROBLEMS}


def _beside(panel: Panel, path: Path, shape: Shape) -> list[Path]:
    """Problems, codebook and data package: NAME.problems.csv, NAME.codebook.csv, NAME.datapackage.json."""
    import polars

    files = {name: path.with_name(f"{path.stem}.{name}.csv") for name in ("problems", "codebook")}
    tables: Mapping[str, polars.DataFrame] = {
        "problems": polars.DataFrame(problem_rows(panel), schema=_problem_schema()),
        "codebook": polars.DataFrame(codebook(), schema=dict.fromkeys(FIELDS, polars.String))}
    for name, file in files.items():
        with _whole(file) as unfinished:
            tables[name].with_columns(polars.col(polars.String).str.replace(_FORMULA, "'$1")).write_csv(
                unfinished, include_bom=True)
    described = {shape: (path.name, [column.name for column in columns_of(shape)]),
                 "problems": (files["problems"].name, PROBLEMS), "codebook": (files["codebook"].name, FIELDS)}
    sizes = {shape: path.stat().st_size, **{name: file.stat().st_size for name, file in files.items()}}
    package = path.with_name(f"{path.stem}.datapackage.json")
    name = re.sub(r"[^a-z0-9._-]", "-", path.stem.lower()).strip("-") or "panel"
    with _whole(package) as unfinished:
        unfinished.write_text(json.dumps(datapackage(name, described, sizes), ensure_ascii=False, indent=1) + "\n",
                              encoding="utf-8")
    return [*files.values(), package]


_WRITERS: Final[Mapping[str, Callable[[Panel, Path, Shape], None]]] = {
    ".parquet": _parquet, ".csv": _csv, ".xlsx": _xlsx, ".dta": _dta, ".duckdb": _duckdb}
