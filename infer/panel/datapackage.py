"""The Frictionless Data Package descriptor of a panel: its files, their columns, keys and labels."""
import hashlib
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from infer.panel.building import Panel
from infer.panel.columns import Column, TableName, table
from infer.panel.formats import PanelFile, PanelFormat
from infer.panel.formulas import MARKED
from infer.panel.labels import domains
from infer.panel.writers.xlsx import HEADS
from report.vocabulary import vocabulary

PROFILE: Final = "tabular-data-package"
_MEDIA: Final = {
    PanelFormat.CSV: "text/csv", PanelFormat.PARQUET: "application/vnd.apache.parquet",
    PanelFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    PanelFormat.DTA: "application/x-stata-dta", PanelFormat.DUCKDB: "application/vnd.duckdb",
}
_KEYS: Final[dict[TableName, list[str]]] = {"facts": ["report_id", "fact_id"], "reports": ["report_id"]}
_BLOCK: Final = 1 << 20


def descriptor(files: Sequence[PanelFile], panel: Panel) -> dict[str, Any]:
    """Of files that are written, by the names they will have."""
    resources = [_resource(file, name, panel) for file in files for name in file.tables]
    return {
        "profile": PROFILE if all(file.format is PanelFormat.CSV for file in files) else "data-package",
        "name": _name(files[0].path.stem),
        "title": "政府信息公开工作年度报告",
        "description": "Figures of annual reports on government information disclosure, each with its evidence.",
        "gongkai": {"version": version("gongkai"), "vocabulary": vocabulary().digest},
        "resources": resources,
    }


def _resource(file: PanelFile, name: TableName, panel: Panel) -> dict[str, Any]:
    found = partial_or_whole(file.path)
    made = {
        "name": name, "title": table(name).zh, "description": table(name).en, "path": file.path.name,
        "format": file.format.value, "mediatype": _MEDIA[file.format], "bytes": found.stat().st_size,
        "hash": f"sha256:{_sha256(found)}", "gongkai:rows": panel[name].rows, **_reading(file, name),
        "schema": _schema(name, file),
    }
    return made if file.format in (PanelFormat.PARQUET, PanelFormat.DTA, PanelFormat.DUCKDB) else {
        **made, "profile": "tabular-data-resource"}


def partial_or_whole(path: Path) -> Path:
    unfinished = path.with_name(path.name + ".partial")
    return unfinished if unfinished.exists() else path


def _reading(file: PanelFile, name: TableName) -> dict[str, Any]:
    if file.format is PanelFormat.CSV:
        return {"encoding": "utf-8-sig", "dialect": {"delimiter": ",", "quoteChar": '"', "header": True},
                "gongkai:escaped": {"prefix": "'", "before": list(MARKED), "undo": "take one leading ' from text"}}
    if file.format is PanelFormat.XLSX:
        return {"dialect": {"headerRows": [HEADS], "excel": {"sheet": name}}}
    return {"gongkai:table": name} if file.format is PanelFormat.DUCKDB else {}


def _schema(name: TableName, file: PanelFile) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column, file.format) for column in table(name).columns],
                              "missingValues": [""]}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    if name == "facts" and "reports" in file.tables:
        schema["foreignKeys"] = [{"fields": "report_id", "reference": {"resource": "reports", "fields": "report_id"}}]
    return schema


def _field(column: Column, form: PanelFormat) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "title": column.zh, "description": column.en}
    if column.unit:
        field["unit"] = column.unit
    if column.domain:
        keys = domains()[column.domain].values()
        field["gongkai:domain"] = column.domain
        field["constraints"] = {"enum": [key.key for key in keys]}
        if form is PanelFormat.DTA:
            field["gongkai:codes"] = {str(key.code): key.key for key in keys}
    return field


def _name(stem: str) -> str:
    """Frictionless names are lower case letters, digits, dots, dashes and underscores."""
    kept = "".join(character if character.isascii() and (character.isalnum() or character in "._-") else "-"
                   for character in stem.lower()).strip("-")
    return kept or "panel"


def _sha256(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
