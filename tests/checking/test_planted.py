"""One fault in each draft: it is found, it is called by its name and place, and nothing else is said."""
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from infer import extract
from infer.checking import Checked, Finding, check_report
from infer.checking.rendering import quoted, where
from tests.checking.documents import WRITERS
from tests.checking.drafting import HERE, Fault, names, source, spoil

PLANTED = tomllib.loads((HERE / "faults.toml").read_text(encoding="utf-8"))["fault"]
TEXT_OF = dict(zip(names(), ("tabs", "pipes") * len(names()), strict=False))
CLEAN = [(name, file) for name in names() for file in ("docx", "html", TEXT_OF[name])]
CLEAN += [(name, "pdf") for name in ("county_2022", "market_2024", "town_2020", "water_2016")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What must be said of the fault."""

    kind: str
    level: str
    place: list[str] = field(default_factory=list)
    slip: str = ""
    also: list[str] = field(default_factory=list)


def checked(text: str, file: str) -> Checked:
    return check_report(extract(WRITERS[file](text), name=f"draft.{file}"))


def split(row: Mapping[str, Any]) -> tuple[Fault, Expected]:
    wanted = {name: row[name] for name in ("kind", "level", "place", "slip", "also") if name in row}
    done = {name: value for name, value in row.items() if name not in (*wanted, "id", "base", "file")}
    return Fault(**done), Expected(**wanted)


def said(finding: Finding) -> str:
    places = "；".join(where(place) + quoted(place) for place in finding.places)
    return f"{finding.title}；{places}"


@pytest.mark.parametrize("row", PLANTED, ids=[row["id"] for row in PLANTED])
def test_a_planted_fault_is_found_and_named(row: Mapping[str, Any]) -> None:
    fault, expected = split(row)
    result = checked(spoil(source(row["base"]), fault), row["file"])
    told = [(finding.level, finding.kind, said(finding)) for finding in result.findings]
    found = [finding for finding in result.findings if finding.kind == expected.kind]
    assert found, told
    assert found[0].level == expected.level
    assert all(words in said(found[0]) for words in expected.place), (expected.place, said(found[0]))
    assert expected.slip in (found[0].slip or ""), found[0].slip
    assert {finding.kind for finding in result.findings} <= {expected.kind, *expected.also}, told
    assert (result.errors > 0) == any(finding.level == "error" for finding in result.findings)


@pytest.mark.parametrize(("name", "file"), CLEAN)
def test_nothing_is_said_of_a_clean_draft(name: str, file: str) -> None:
    assert checked(source(name), file).findings == ()


def test_there_are_enough_of_both() -> None:
    assert len(PLANTED) >= 40
    assert len(CLEAN) >= 40
    assert {row["file"] for row in PLANTED} == set(WRITERS) == {file for _, file in CLEAN}
