"""What is generated from the code says what the code says."""
import json
import os
from pathlib import Path

import pytest

from docs.pages import PAGES, with_generated
from report.schema import build_schema, schema_text
from tests.conftest import ROOT, UPDATE_GOLDENS, Golden


def test_committed_schema_is_current(golden: Golden) -> None:
    golden(ROOT / "report" / "schema.json", schema_text())


@pytest.mark.parametrize("name", PAGES)
def test_page_is_current(name: str, golden: Golden) -> None:
    path = ROOT / "docs" / name
    golden(path, with_generated(path.read_text(encoding="utf-8"), PAGES[name]()))


def test_page_without_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="marks"):
        with_generated("# A page\n", "words")


def test_goldens_are_not_rewritten_in_ci() -> None:
    assert not (os.environ.get("CI") and os.environ.get(UPDATE_GOLDENS)), "goldens must not change in CI"


def test_a_missing_golden_fails(golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(UPDATE_GOLDENS, raising=False)
    with pytest.raises(AssertionError, match="missing"):
        golden(ROOT / "tests" / "no-such-golden.json", "{}")


def test_golden_is_written_only_under_the_flag(golden: Golden, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("old", encoding="utf-8")
    monkeypatch.setattr("tests.conftest.ROOT", tmp_path)
    monkeypatch.delenv(UPDATE_GOLDENS, raising=False)
    with pytest.raises(AssertionError, match="out of date"):
        golden(path, "new")
    monkeypatch.setenv(UPDATE_GOLDENS, "1")
    golden(path, "new")
    assert path.read_text(encoding="utf-8") == "new"


def test_every_field_is_described() -> None:
    undescribed = [f"{name}.{field}" for name, shape in build_schema()["$defs"].items()
                   for field, kind in shape["properties"].items() if not kind["description"].strip()]
    assert undescribed == []


def test_schema_names_its_version() -> None:
    schema = json.loads(schema_text())
    assert schema["$id"] == schema["$defs"]["Report"]["properties"]["schema"]["const"]
