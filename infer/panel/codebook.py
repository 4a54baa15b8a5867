"""What every column and every indicator means: the codebook's rows, labels for Stata, the Frictionless descriptor."""
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from infer.panel.columns import Column, long_columns, stata_names, wide_columns
from infer.panel.harmony import FORMS, harmony
from infer.panel.issuers import levels
from infer.panel.problems import KINDS
from infer.viewing.wording import english
from report.vocabulary import vocabulary

FIELDS: Final = ("variable", "stata", "type", "zh", "en", "unit", "kind",
                 *(f"form_{form}" for form in FORMS), "note_zh", "note_en")
_FRICTIONLESS: Final = {"text": "string", "integer": "integer", "number": "number", "boolean": "boolean"}


def codebook() -> list[dict[str, str | None]]:
    """A row for each column of either table; those of indicators say how they stand in each form."""
    seen: dict[str, Column] = {column.name: column for column in (*long_columns(), *wide_columns())}
    return [_row(column) for column in seen.values()]


def _row(column: Column) -> dict[str, str | None]:
    row: dict[str, str | None] = dict.fromkeys(FIELDS)
    row |= {"variable": column.name, "stata": stata_names()[column.name], "type": column.type, "zh": column.zh,
            "en": column.en}
    if column.key is not None:
        indicator = vocabulary()[column.key[0]]
        held = [harmony()[indicator.id, form] for form in FORMS]
        row |= {"unit": indicator.unit, "kind": indicator.kind,
                **{f"form_{form}": one.standing for form, one in zip(FORMS, held, strict=True)},
                "note_zh": "；".join(dict.fromkeys(one.zh for one in held if one.zh)) or None,
                "note_en": "; ".join(dict.fromkeys(one.en for one in held if one.en)) or None}
    return row


@cache
def value_labels() -> dict[str, dict[str, str]]:
    """For the columns with listed values: each value in Chinese and English."""
    data = tomllib.loads(files("infer.panel").joinpath("values.toml").read_text(encoding="utf-8"))
    named: dict[str, dict[str, tuple[str, str]]] = {**data, "level": levels()}
    en = english().dimensions
    named |= {dimension: {key: (zh, en[dimension].get(key, key)) for key, zh in keys.items() if key != "total"}
              for dimension, keys in vocabulary().dimensions.items()}
    return {name: {key: " / ".join(words) for key, words in listed.items()} for name, listed in named.items()}


def datapackage(name: str, tables: Mapping[str, tuple[str, Sequence[str]]], sizes: Mapping[str, int]) -> dict[str, Any]:
    """A Frictionless data package (Data Package 1.0): `tables` are file name and columns by resource name."""
    all_csv = all(path.endswith(".csv") for path, _ in tables.values())
    return {
        "profile": "tabular-data-package" if all_csv else "data-package",
        "name": name, "title": "政府信息公开工作年度报告 / annual reports on government information disclosure",
        "resources": [
            {"name": resource, "path": path, "profile": "tabular-data-resource",
             "format": path.rpartition(".")[2], "encoding": "utf-8", "bytes": sizes[resource],
             "schema": {"fields": [_field(column) for column in columns], "missingValues": [""]}}
            for resource, (path, columns) in tables.items()]}


def _field(name: str) -> dict[str, Any]:
    columns = {column.name: column for column in (*long_columns(), *wide_columns())}
    column = columns.get(name)
    if column is None:
        kinds = {"kind": {"enum": list(KINDS)}} if name == "kind" else {}
        return {"name": name, "type": "integer" if name == "year" else "string",
                **({"constraints": kinds["kind"]} if kinds else {})}
    field: dict[str, Any] = {"name": name, "type": _FRICTIONLESS[column.type], "title": column.zh,
                             "description": column.en}
    if name in (listed := value_labels()):
        field["constraints"] = {"enum": list(listed[name])}
    return field
