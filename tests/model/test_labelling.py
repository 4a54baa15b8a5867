"""Who reads the running text: model and rules, one alone, and the rules with a word of warning where no model can."""
import os
import subprocess
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infer.cli import app
from infer.labelling import Choice, Labelling, labelling
from infer.model.reliability import Mode, reliability
from infer.pipeline import extract
from infer.results import decode
from report import Fact, Span, SpanType
from tests.conftest import ROOT
from tests.models.made import write_model
from tests.models.small import write_plain

pytest.importorskip("onnxruntime")

TEXT = ("柳溪镇2022年政府信息公开工作年度报告\n\n一、总体情况\n2022年，我镇主动公开政府信息310条，其中政府网站公开12条。"
        "收到政府信息公开申请7件。召开座谈会4次。\n")
SAID = "no model, the prose is read by rules alone: "


@pytest.fixture
def model(tmp_path: Path) -> Path:
    return write_model(tmp_path / "model")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "柳溪镇.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


class Made:
    """A model that finds these words and no others."""

    digest = "made"

    def __init__(self, *found: tuple[str, SpanType, str | None, float]) -> None:
        self._found = found
        self.asked: list[tuple[int, int, int]] = []

    def spans_of(self, text: str, passages: Iterable[tuple[int, int, int]], *, year: int | None) -> tuple[Span, ...]:
        self.asked = list(passages)
        return tuple(Span(start=text.index(words), end=text.index(words) + len(words), type=kind, indicator=indicator,
                          confidence=sure, method="model") for words, kind, indicator, sure in self._found)


def read_with(model: Made, mode: Mode = "both") -> dict[str, list[Fact]]:
    """Facts by their words, those that are stated first; none is too unsure to be stated."""
    labels = Labelling(mode=mode, model=model, take=0.0, weights=reliability().modes[mode])
    found: dict[str, list[Fact]] = {}
    for one in sorted(extract(TEXT.encode(), labels=labels).facts, key=lambda one: one.status != "stated"):
        found.setdefault(one.evidence.text, []).append(one)
    return found


def test_both_read() -> None:
    found = read_with(Made(("310条", SpanType.COUNT, "proactive.total", 0.99), ("4次", SpanType.COUNT, None, 0.9)))
    [whole] = found["310条"]
    assert (whole.method, whole.status, whole.value) == ("both", "stated", 310)
    assert whole.confidence > 0.9
    assert {one.method for one in found["7件"]} == {"rule"}


def test_a_reading_that_lost_is_kept_beside_the_one_that_won() -> None:
    found = read_with(Made(("310条", SpanType.COUNT, "requests.new", 0.5)))["310条"]
    assert [(one.status, one.indicator) for one in found] == [
        ("stated", "proactive.total"), ("alternative", "requests.new")]
    assert {one.reading_of for one in found} == {found[0].id}
    assert found[1].reason == "the model alone read it so; the rules' reading was taken"


def test_the_model_is_asked_about_passages_alone() -> None:
    model = Made()
    read_with(model)
    assert model.asked
    assert all(lead <= start < end <= len(TEXT) for lead, start, end in model.asked)
    assert sum(end - start for _, start, end in model.asked) < len(TEXT)


def test_the_model_alone() -> None:
    found = read_with(Made(("7件", SpanType.COUNT, "requests.new", 0.99), ("4次", SpanType.COUNT, None, 0.6)), "model")
    assert found.keys() == {"7件", "4次"}
    assert all(one.method == "model" and one.status == "stated" for held in found.values() for one in held)


def test_the_command_with_the_model_alone(report: Path) -> None:
    result = CliRunner().invoke(app, ["extract", "--model-only", "-q", str(report)])
    assert (result.exit_code, result.stderr) == (0, "")
    [made] = map(decode, result.stdout_bytes.splitlines())
    assert {one.method for one in made.facts} == {"model"}
    assert {one.value for one in made.facts if one.status == "stated"} >= {310, 7}
    assert made.producer.model == (reliability().model)[:12]


def changed(model: Path) -> None:
    data = (model / "model.int8.onnx").read_bytes()
    (model / "model.int8.onnx").write_bytes(data[:-1] + bytes([data[-1] ^ 1]))


@pytest.mark.parametrize(("breaks", "why"), [
    (lambda model: (model / "model.int8.onnx").unlink(), "model.int8.onnx: No such file or directory"),
    (changed, "model.int8.onnx: not the file that reading.json lists (sha256 differs)"),
    (lambda model: (model / "reading.json").unlink(), "no exported model, reading.json is missing"),
    (lambda model: (model / "characters.json").write_bytes(b"{}"), "characters.json: not the file"),
    (lambda model: (model / "reading.json").write_bytes(b"\n{\n\n"), "reading.json: no record of a model"),
], ids=["no weights", "other weights", "no record", "other characters", "broken record"])
@pytest.mark.parametrize("mode", [[], ["--model-only"]])
def test_where_the_model_cannot_be_used_rules_go_on(
    model: Path, report: Path, breaks: Callable[[Path], object], why: str, mode: list[str]
) -> None:
    breaks(model)
    result = CliRunner().invoke(app, ["extract", *mode, "--model", str(model), "-q", str(report)])
    assert result.exit_code == 0
    [line] = result.stderr.splitlines()
    assert line.startswith(SAID)
    assert why in line
    [made] = map(decode, result.stdout_bytes.splitlines())
    [warning] = [one for one in made.warnings if one.code == "no_model"]
    assert warning.message == f"the running text was read by rules alone: {line.removeprefix(SAID)}"
    by_rules = CliRunner().invoke(app, ["extract", "--rules-only", "-q", str(report)])
    [plain] = map(decode, by_rules.stdout_bytes.splitlines())
    assert made.facts == plain.facts
    assert not any(one.code == "no_model" for one in plain.warnings)
    assert made.producer.model is None


@pytest.mark.parametrize(("package", "options"), [
    ("onnxruntime", []), ("numpy", []), ("torch", ["--backend", "torch"]), ("transformers", ["--backend", "torch"]),
])
def test_where_a_package_is_missing_rules_go_on(
    report: Path, package: str, options: list[str], tmp_path: Path,
) -> None:
    """Missing in every process, of which one other than the first reads."""
    (tmp_path / "sitecustomize.py").write_text(f"import sys\nsys.modules[{package!r}] = None\n", encoding="utf-8")
    ask = "from infer.cli import main; main()"
    ran = subprocess.run([sys.executable, "-c", ask, "extract", "-q", *options, str(report)], capture_output=True,
                         check=False, env={**os.environ, "PYTHONPATH": os.pathsep.join((str(tmp_path), str(ROOT)))})
    assert (ran.returncode, ran.stderr.decode()) == (0, f"{SAID}the package {package} is not installed\n")
    [made] = map(decode, ran.stdout.splitlines())
    assert [one.code for one in made.warnings] == ["no_model"]
    assert {one.value for one in made.facts} >= {310, 12, 7}


def test_reading_by_rules_loads_no_model() -> None:
    ask = ("import sys; from infer.labelling import Choice, labelling; labelling(Choice(mode='rules'));"
           "print(sorted({'torch', 'transformers', 'onnxruntime', 'numpy'} & set(sys.modules)))")
    assert subprocess.check_output([sys.executable, "-c", ask], cwd=ROOT, text=True).strip() == "[]"


def test_another_folder_reads_with_its_own_weights(model: Path) -> None:
    labels = labelling(Choice(folder=str(model)))
    assert labels.problem is None
    assert labels.model is not None
    assert labels.model.digest != reliability().model
    facts = extract(TEXT.encode(), labels=labels).facts
    assert any(one.method in ("both", "model") and one.value == 7 for one in facts)


def test_anybodys_checkpoint_reads_with_torch(tmp_path: Path) -> None:
    folder = write_plain(tmp_path / "plain")
    labels = labelling(Choice(folder=str(folder), backend="torch"))
    assert labels.problem is None
    found = extract(TEXT.encode(), labels=labels)
    assert any(one.method in ("both", "model") and one.evidence.text == "7件" for one in found.facts)
    assert extract(TEXT.encode(), labels=labels).facts == found.facts


@pytest.mark.parametrize("mode", list(reliability().modes))
def test_the_threshold_is_the_measured_one_of_the_mode_unless_it_is_given(mode: Mode) -> None:
    choice = Choice(mode=mode)
    assert labelling(choice).take == reliability().modes[mode].take
    assert labelling(replace(choice, take=0.0)).take == 0.0
    assert labelling(replace(choice, take=0.99)).take == 0.99


def test_a_higher_threshold_states_fewer_and_loses_none(report: Path) -> None:
    def run(least: str) -> list[Fact]:
        result = CliRunner().invoke(app, ["extract", "--min-confidence", least, "-q", str(report)])
        [made] = map(decode, result.stdout_bytes.splitlines())
        return list(made.facts)

    low, high = run("0"), run("1")
    assert [one.evidence for one in low] == [one.evidence for one in high]
    assert all(one.status == "alternative" for one in high if one.indicator)
    assert any(one.status == "stated" for one in low if one.indicator)
