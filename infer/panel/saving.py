"""A panel written down: every file under a name of its own until all are whole."""
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Final

from infer.panel.building import Panel
from infer.panel.datapackage import descriptor
from infer.panel.formats import PanelFile, PanelFormat, descriptor_path
from infer.panel.writers.dta import Language
from infer.results.writers import partial_path

_PROPERTIES: Final[Mapping[str, str]] = {"title": "政府信息公开工作年度报告", "comments": "gongkai panel"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """The files, the output first; `cut` texts were too long for a cell."""

    paths: tuple[Path, ...]
    cut: int


def save(panel: Panel, files: Sequence[PanelFile], *, language: Language) -> Saved:
    """Write all, then rename: what stood there before stands until everything is whole."""
    beside = descriptor_path(files[0].path)
    unfinished = [(partial_path(path), path) for path in (*(file.path for file in files), beside)]
    try:
        cut = sum(_write(panel, file, language) for file in files)
        text = json.dumps(descriptor(files, panel), ensure_ascii=False, indent=2) + "\n"
        partial_path(beside).write_text(text, encoding="utf-8")
    except BaseException:
        for partial, path in unfinished:
            if partial != path:
                partial.unlink(missing_ok=True)
        raise
    for partial, path in unfinished:
        partial.replace(path)
    return Saved(paths=tuple(path for _, path in unfinished), cut=cut)


def _write(panel: Panel, file: PanelFile, language: Language) -> int:
    """The number of texts cut. Only the writer that is needed is imported."""
    path = partial_path(file.path)
    tables = [panel[name] for name in file.tables]
    if file.format is PanelFormat.XLSX:
        from infer.panel.writers.xlsx import write_xlsx

        return write_xlsx(tables, path, properties={**_PROPERTIES, "author": f"gongkai {version('gongkai')}"})
    if file.format is PanelFormat.DUCKDB:
        from infer.panel.writers.duck import write_duckdb

        write_duckdb(tables, path)
    elif file.format is PanelFormat.DTA:
        from infer.panel.writers.dta import write_dta

        write_dta(tables[0], path, language=language)
    elif file.format is PanelFormat.PARQUET:
        from infer.panel.writers.parquet import write_parquet

        write_parquet(tables[0], path)
    else:
        from infer.panel.writers.csv import write_csv

        write_csv(tables[0], path)
    return 0
