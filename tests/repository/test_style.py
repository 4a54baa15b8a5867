"""The parts of the house style that a machine can hold."""
import ast
from pathlib import Path

import pytest

from infer.cli.doctor import OWN_PACKAGES
from tests.conftest import ROOT

LONGEST_MODULE = 400
LONGEST_FUNCTION = 60
LONGEST_LINE = 120
SOURCES = sorted(path for package in (*OWN_PACKAGES, "benchmarks", "docs") for path in (ROOT / package).rglob("*.py"))

TESTS = sorted((ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_and_functions_are_short(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert source.count("\n") <= LONGEST_MODULE
    long = [f"{node.name}: {size} lines" for node in ast.walk(ast.parse(source))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (size := (node.end_lineno or 0) - node.lineno + 1) > LONGEST_FUNCTION]
    assert long == []


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_lines_are_short(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST_LINE] == []


@pytest.mark.parametrize("package", OWN_PACKAGES)
def test_folder_says_what_it_is_for(package: str) -> None:
    tree = ast.parse((ROOT / package / "__init__.py").read_text(encoding="utf-8"))
    assert ast.get_docstring(tree)
