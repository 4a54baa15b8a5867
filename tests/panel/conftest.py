"""The command, and panels of the examples that several tests read."""
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infer.batch import extract_each
from infer.cli import app
from infer.inputs import find_inputs
from report.facts import Report
from tests.conftest import ROOT
from tests.panel.made import write_results


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a run said."""

    code: int
    messages: str
    output: str


Command = Callable[..., Ran]


def run_panel(*arguments: object) -> Ran:
    result = CliRunner().invoke(app, ["panel", *map(str, arguments)])
    return Ran(code=result.exit_code, messages=result.stderr, output=result.stdout)


@pytest.fixture
def panel() -> Command:
    return run_panel


def _kept(report: Report) -> Report:
    return report


@pytest.fixture(scope="session")
def example_reports() -> list[Report]:
    found = extract_each(find_inputs([str(ROOT / "examples")]), _kept)
    return [report for report in found if isinstance(report, Report)]


@pytest.fixture(scope="session")
def example_results(example_reports: list[Report], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_results(tmp_path_factory.mktemp("results") / "examples.jsonl", *example_reports)
