"""Many reports into the tables of a panel, a batch at a time: memory holds a line about each report and no more."""
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from infer.batch import Failure
from infer.panel.columns import Column, cell_types, long_columns, wide_columns
from infer.panel.issuers import Register
from infer.panel.problems import Problem, Summary, copies, names, of_report, of_years
from infer.panel.rows import Choice, Tabled, tabled
from report.facts import Report

if TYPE_CHECKING:
    import polars

Shape = Literal["long", "wide"]
NUMBER: Final = "_report"
"""joins facts with what is known of their report once all are read"""
_BATCH: Final = 20_000
_REPORTS: Final = 500

_LATER: Final = {"duplicate_of": "String", "reports_of_year": "Int64"}
"""and their types in polars, which is imported where it is needed"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What becomes a row. `all_kinds`: also look-alikes that are no annual report."""

    register: Register = field(default_factory=Register)
    choice: Choice = field(default_factory=Choice)
    all_kinds: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Both tables as they stand on disk, and what to know of them; `later` are the columns known once all is read."""

    paths: Mapping[str, Path]
    later: Mapping[str, Sequence[str | int | None]]
    problems: tuple[Problem, ...]
    reports: int
    facts: int

    def frames(self, shape: Shape) -> "Iterator[polars.DataFrame]":
        """The table some rows at a time, at least one frame, columns in the codebook's order."""
        import polars
        import pyarrow.parquet

        columns = columns_of(shape)
        known = {name: polars.Series(name, held, dtype=getattr(polars, _LATER[name]))
                 for name, held in self.later.items()}
        with pyarrow.parquet.ParquetFile(self.paths[shape]) as file:
            empty = True
            for batch in file.iter_batches(batch_size=_BATCH):
                empty = False
                yield _completed(polars.DataFrame(polars.from_arrow(batch)), known, columns)
            if empty:
                held = polars.DataFrame(polars.from_arrow(file.schema_arrow.empty_table()))
                yield _completed(held, known, columns)

    def table(self, shape: Shape) -> "polars.DataFrame":
        """All of it."""
        import polars

        return polars.concat(self.frames(shape))


def columns_of(shape: Shape) -> tuple[Column, ...]:
    return long_columns() if shape == "long" else wide_columns()


def _completed(
    held: "polars.DataFrame", known: "Mapping[str, polars.Series]", columns: Sequence[Column],
) -> "polars.DataFrame":
    return held.with_columns(series.gather(held[NUMBER]) for series in known.values()).select(
        [column.name for column in columns])


def finisher(settings: Settings) -> Callable[[Report], Tabled | Problem]:
    """What a process makes of a report for `build`."""
    return partial(_tabled, settings=settings)


def _tabled(report: Report, settings: Settings) -> Tabled | Problem:
    if report.meta.kind != "report" and not settings.all_kinds:
        return Problem(kind="no_report", document=report.source.name, issuer=report.meta.issuer,
                       year=report.meta.report_year, detail=report.meta.kind)
    return tabled(report, settings.register, settings.choice)


@contextmanager
def build(found: Iterable[Tabled | Problem | Failure], failed: Callable[[Failure], None]) -> Iterator[Panel]:
    """The panel of what `finisher` made of reports, in their order; its files are gone when this ends."""
    with tempfile.TemporaryDirectory(prefix="gongkai-panel-") as folder:
        yield _Builder(Path(folder)).fill(found, failed)


class _Builder:
    """Collects rows and writes them out in batches."""

    def __init__(self, folder: Path) -> None:
        self._paths = {name: folder / f"{name}.parquet" for name in ("long", "wide")}
        self._summaries: list[Summary] = []
        self._problems: list[Problem] = []
        self._facts = 0

    def fill(self, found: Iterable[Tabled | Problem | Failure], failed: Callable[[Failure], None]) -> Panel:
        with _Sink(self._paths["long"], _early(long_columns()), _BATCH) as long, \
                _Sink(self._paths["wide"], _early(wide_columns()), _REPORTS) as wide:
            for one in found:
                if isinstance(one, Failure):
                    failed(one)
                elif isinstance(one, Problem):
                    self._problems.append(one)
                else:
                    self._add(one, long, wide)
        return self._panel()

    def _add(self, made: Tabled, long: "_Sink", wide: "_Sink") -> None:
        number = len(self._summaries)
        for row in made.facts:
            long.add({NUMBER: number, **row})
        figures = {column.name: made.figures_of.get(column.key) for column in wide_columns() if column.key}
        wide.add({NUMBER: number, **made.report, **figures})
        self._facts += len(made.facts)
        self._problems += of_report(made)
        about = made.report
        self._summaries.append(Summary(
            document=about["document"], issuer=about["issuer_name"], printed=about["issuer"], year=about["year"],
            text=made.text, figures=made.figures))

    def _panel(self) -> Panel:
        repeated, same = copies(self._summaries)
        counts, several = of_years(self._summaries)
        every = range(len(self._summaries))
        return Panel(
            paths=self._paths, reports=len(self._summaries), facts=self._facts,
            later={"duplicate_of": [repeated.get(number) for number in every],
                   "reports_of_year": [counts.get(number) for number in every]},
            problems=(*same, *several, *names(self._summaries), *self._problems))


def _early(columns: Sequence[Column]) -> list[Column]:
    return [column for column in columns if column.name not in _LATER]


class _Sink:
    """Rows to a Parquet file, some at a time."""

    def __init__(self, path: Path, columns: Sequence[Column], size: int) -> None:
        import pyarrow
        import pyarrow.parquet

        types = cell_types()
        self._schema = pyarrow.schema(
            [(NUMBER, pyarrow.int64()), *((column.name, types[column.type]) for column in columns)])
        self._writer: Any = pyarrow.parquet.ParquetWriter(path, self._schema)
        self._rows: list[dict[str, Any]] = []
        self._size = size

    def __enter__(self) -> "_Sink":
        return self

    def __exit__(self, *_: object) -> None:
        self._flush()
        self._writer.close()

    def add(self, row: dict[str, Any]) -> None:
        self._rows.append(row)
        if len(self._rows) >= self._size:
            self._flush()

    def _flush(self) -> None:
        import pyarrow

        if self._rows:
            self._writer.write_table(pyarrow.Table.from_pylist(self._rows, schema=self._schema))
            self._rows = []

