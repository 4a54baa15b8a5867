"""The smaller commands, and what all commands share."""
import json
import subprocess
import sys
from importlib.metadata import version
from importlib.resources import files

import pytest
import typer.main
from typer.testing import CliRunner

from infer.cli import app, doctor
from report.vocabulary import vocabulary
from tests.conftest import ROOT

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def output(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("command", ["", *COMMANDS])
@pytest.mark.parametrize("flag", ["-h", "--help"])
def test_help_has_one_example(command: str, flag: str) -> None:
    assert output(*filter(None, [command]), flag).count(f"Example: gongkai {command}") == 1


def test_each_command_has_a_file_of_its_name() -> None:
    assert set(COMMANDS) <= {path.name.removesuffix(".py") for path in files("infer.cli").iterdir()}


def test_version_is_the_distribution_s() -> None:
    assert output("--version") == f"gongkai {version('gongkai')}\n"


def test_start_loads_no_parser_and_no_model() -> None:
    heavy = {"docx", "opencc", "pdfplumber", "selectolax", "torch"}
    code = f"import sys, infer.cli; print(*({heavy} & set(sys.modules)))"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.split() == []


def test_schema_is_the_committed_one() -> None:
    assert output("schema") == files("report").joinpath("schema.json").read_text(encoding="utf-8")


def test_vocabulary_as_json_holds_every_indicator_in_order() -> None:
    data = json.loads(output("vocabulary", "--format", "json"))
    assert list(data["indicators"]) == list(vocabulary().indicators)
    assert data["indicators"]["fees.collected"]["zh"] == "依申请公开信息收取的费用"


@pytest.mark.parametrize("layout", ["table", "markdown"])
def test_vocabulary_line_has_id_wording_unit_forms_dimensions(layout: str) -> None:
    lines = output("vocabulary", "--format", layout).splitlines()
    line = next(line for line in lines if "requests.new" in line)
    assert all(words in line for words in ("收到申请数", "件", "2014 2019 2021", "applicant mode category"))


def test_doctor_says_what_is_used() -> None:
    page = output("doctor")
    assert vocabulary().digest in page
    for words in ("gongkai ", "python ", "forms ", "rules ", "selectolax ", "[train]", "[ray]"):
        assert words in page


def test_doctor_fails_where_a_needed_package_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = doctor.Requirement(name="selectolax", extra=None, installed=None)
    monkeypatch.setattr(doctor, "requirements", lambda: iter([gone]))
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    assert "missing: selectolax" in result.stderr
