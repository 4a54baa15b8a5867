"""The descriptor is a Frictionless Data Package of the files that are there."""
import hashlib
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from infer.panel.formats import PanelFormat
from tests.panel.conftest import Command
from tests.panel.made import made_fact, made_report, write_results
from tests.panel.reading import READERS

FIELD = {
    "type": "object", "required": ["name", "type", "title", "description"],
    "properties": {"type": {"enum": ["string", "integer", "number", "boolean"]},
                   "constraints": {"type": "object", "properties": {"enum": {"type": "array", "minItems": 1}}}},
}
RESOURCE = {
    "type": "object", "required": ["name", "path", "format", "mediatype", "bytes", "hash", "schema"],
    "properties": {
        "name": {"type": "string", "pattern": "^([-a-z0-9._/])+$"},
        "path": {"type": "string", "pattern": "^[^/.][^/]*$"},
        "bytes": {"type": "integer", "minimum": 1}, "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
        "schema": {"type": "object", "required": ["fields"],
                   "properties": {"fields": {"type": "array", "items": FIELD, "minItems": 1}}},
    },
}
PACKAGE = {"type": "object", "required": ["name", "resources", "profile"], "properties": {
    "name": {"type": "string", "pattern": "^([-a-z0-9._/])+$"},
    "resources": {"type": "array", "minItems": 1, "items": RESOURCE, "uniqueItems": True}}}
"""what the specification's own schemas ask for, as far as these descriptors go"""


def described(panel: Command, folder: Path, form: str, *options: str) -> dict[str, Any]:
    results = write_results(folder / "in.jsonl", made_report(made_fact(5), made_fact(0.5, "fees.search", number=2)))
    assert panel(results, "-o", folder / f"面板 A.{form}", *options).code == 0
    found: dict[str, Any] = json.loads((folder / f"面板 A.{form}.datapackage.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("form", [form.value for form in PanelFormat])
def test_descriptor_is_of_the_files_written(form: str, panel: Command, tmp_path: Path) -> None:
    package = described(panel, tmp_path, form)
    jsonschema.validate(package, PACKAGE)
    for resource in package["resources"]:
        data = (tmp_path / resource["path"]).read_bytes()
        assert (len(data), f"sha256:{hashlib.sha256(data).hexdigest()}") == (resource["bytes"], resource["hash"])


@pytest.mark.parametrize("form", READERS)
@pytest.mark.parametrize(("options", "name"), [((), "facts"), (("--wide",), "reports")])
def test_fields_and_keys_are_those_of_the_data(form: str, options: tuple[str, ...], name: str, panel: Command,
                                               tmp_path: Path) -> None:
    package = described(panel, tmp_path, form, *options)
    resource = next(one for one in package["resources"] if one["name"] == name)
    rows = READERS[form](tmp_path / resource["path"], name)  # type: ignore[arg-type]
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == list(rows[0])
    assert len(rows) == resource["gongkai:rows"]
    for field in fields:
        listed = field.get("constraints", {}).get("enum")
        assert all(row[field["name"]] in (None, *(listed or [row[field["name"]]])) for row in rows)
    key = resource["schema"]["primaryKey"]
    assert len({tuple(row[name] for name in key) for row in rows}) == len(rows)
