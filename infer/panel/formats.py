"""The files of a panel: which table goes where in each format."""
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from infer.panel.columns import TableName

SIDE_TABLES: Final[tuple[TableName, ...]] = ("codebook", "comparability", "problems")


class PanelFormat(StrEnum):
    """By the suffix of the output; the first three hold one table, the others all."""

    PARQUET = "parquet"
    CSV = "csv"
    DTA = "dta"
    XLSX = "xlsx"
    DUCKDB = "duckdb"

    @property
    def holds_all(self) -> bool:
        return self in (PanelFormat.XLSX, PanelFormat.DUCKDB)


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelFile:
    """A file and the tables that it holds."""

    path: Path
    format: PanelFormat
    tables: tuple[TableName, ...]


def format_of(output: Path) -> PanelFormat | None:
    """None where the suffix is none of ours."""
    suffix = output.suffix.lower().removeprefix(".")
    return PanelFormat(suffix) if suffix in list(PanelFormat) else None


def files_of(output: Path, form: PanelFormat, *, wide: bool) -> tuple[PanelFile, ...]:
    """The output first. A format of one table holds the long one, or the wide; the others stand beside it as CSV."""
    main: Sequence[TableName] = ("reports",) if wide else ("facts",)
    if form.holds_all:
        both: Sequence[TableName] = main if wide else ("facts", "reports")
        return (PanelFile(path=output, format=form, tables=(*both, *SIDE_TABLES)),)
    sides = (PanelFile(path=output.with_name(f"{output.stem}.{name}.csv"), format=PanelFormat.CSV, tables=(name,))
             for name in SIDE_TABLES)
    return (PanelFile(path=output, format=form, tables=tuple(main)), *sides)


def descriptor_path(output: Path) -> Path:
    """Named by the whole output: panel.csv and panel.dta may stand side by side."""
    return output.with_name(f"{output.name}.datapackage.json")
