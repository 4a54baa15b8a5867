"""The JSON Schema of a result, generated from the types in report/facts.py and the words in schema.toml.

It is committed as schema.json so that its users see every change; a test holds the two together.
"""
import json
import tomllib
from importlib.resources import files
from typing import Any

import msgspec

from report.errors import VocabularyError
from report.facts import SCHEMA, Report

Json = dict[str, Any]


def schema_text() -> str:
    """schema.json as it should be."""
    return json.dumps(build_schema(), ensure_ascii=False, indent=2) + "\n"


def build_schema() -> Json:
    """JSON Schema 2020-12 of one Report; raise VocabularyError where schema.toml and the types do not match."""
    words = tomllib.loads(files("report").joinpath("schema.toml").read_text(encoding="utf-8"))
    (reference,), types = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    fields = words.pop("fields")
    if set(fields) != set(types):
        raise VocabularyError(f"schema.toml describes other types than Report has: {sorted(set(fields) ^ set(types))}")
    definitions = {name: _described(types[name], fields[name]) for name in fields}
    definitions["Report"]["properties"]["schema"]["const"] = SCHEMA
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": SCHEMA, **words, **reference,
            "$defs": definitions}


def _described(shape: Json, fields: dict[str, str]) -> Json:
    """The type with a description at each field, fields in the order of schema.toml."""
    if set(fields) != set(shape["properties"]):
        raise VocabularyError(f"schema.toml, {shape['title']}: {sorted(set(fields) ^ set(shape['properties']))}")
    properties = {name: {"description": words, **shape["properties"][name]} for name, words in fields.items()}
    return {**shape, "description": shape["description"].split("\n")[0], "properties": properties}
