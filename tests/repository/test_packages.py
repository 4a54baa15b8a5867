"""The distribution: its names are its own, what it needs is declared, what it declares is needed."""
import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from typing import Any

import pytest

from infer.cli import doctor
from infer.cli.doctor import OWN_PACKAGES, foreign_owners
from tests.conftest import ROOT

PYPROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_other_distribution_owns_our_names() -> None:
    assert foreign_owners() == {}


def test_a_clash_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    owners = {"report": ["gongkai"], "models": ["gongkai", "other-models"], "yaml": ["PyYAML"]}
    monkeypatch.setattr(doctor, "packages_distributions", lambda: owners)
    assert foreign_owners() == {"models": ["other-models"]}


def test_the_wheel_holds_every_package() -> None:
    assert tuple(PYPROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) == OWN_PACKAGES
    assert all((ROOT / name / "__init__.py").is_file() for name in OWN_PACKAGES)


def test_run_time_dependencies_are_those_that_are_imported() -> None:
    declared = {_name(line) for line in PYPROJECT["project"]["dependencies"]}
    optional = {_name(line) for name, lines in PYPROJECT["project"]["optional-dependencies"].items()
                if name != "dev" for line in lines}
    assert _imported_distributions() - optional == declared


def _name(requirement: str) -> str:
    return requirement.split(">")[0].split("[")[0].strip().lower()


def _imported_distributions() -> set[str]:
    owners = packages_distributions()
    names = {module for module in _imported_modules() if module not in sys.stdlib_module_names | set(OWN_PACKAGES)}
    return {owner.lower().replace("_", "-") for name in names for owner in owners.get(name, [name])[:1]}


def _imported_modules() -> Iterator[str]:
    for package in OWN_PACKAGES:
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Import):
                    yield from (alias.name.split(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    yield node.module.split(".")[0]
