"""gongkai review and --corrections, as reviewers meet them."""
import csv
import shutil
from dataclasses import dataclass, replace
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from annotations.corpus import read_corpus, write_document
from infer.batch import Failure, Objection
from infer.cli import app
from infer.gathering import gather
from infer.results import decode, read_results
from infer.reviewing import Ledger, load
from report import Fact, Report
from report.schema import build_schema
from tests.conftest import ROOT
from tests.reviewing.made import TEXT, sheet
from tests.reviewing.test_labels import WUTONG, by_rules

EXAMPLES = ("01_wutong_town_2009.txt", "02_fenglin_water_2012.txt", "08_songtao_district_2021.txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    status: int
    output: str
    errors: list[str]


def run(*arguments: str) -> Ran:
    result = CliRunner().invoke(app, arguments)
    return Ran(status=result.exit_code, output=result.stdout, errors=result.stderr.splitlines())


@pytest.fixture(scope="module")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports and what was read from them."""
    folder = tmp_path_factory.mktemp("extracted")
    (folder / "in").mkdir()
    for name in EXAMPLES:
        shutil.copy(ROOT / "examples" / name, folder / "in")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run("extract", "in", "-o", "first.jsonl").status == 0
    return folder


@pytest.fixture
def folder(extracted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of them to work in."""
    shutil.copytree(extracted, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def edited(path: Path, decide: dict[str, dict[str, str]], target: str = "done.csv") -> Path:
    """The sheet through a workbook, as a spreadsheet reads and saves it, rows decided by their words."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.reader(file):
            page.append(row)
    head = [str(cell.value) for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        held = dict(zip(head, row, strict=True))
        for name, said in decide.get(str(held["words"].value), {}).items():
            held[name].value = int(said) if said.isdecimal() and name == "value" else said
    book.save(path.with_suffix(".xlsx"))
    page = openpyxl.load_workbook(path.with_suffix(".xlsx")).active
    assert page is not None
    done = path.with_name(target)
    with done.open("w", encoding="gb18030", newline="") as file:
        rows = page.iter_rows(values_only=True)
        csv.writer(file, delimiter=";").writerows(["" if cell is None else cell for cell in row] for row in rows)
    return done


def reviewed(path: Path | str) -> list[Fact]:
    return [fact for report in read_results(path) for fact in report.facts if fact.review is not None]


DECIDED = {
    "262条": {"action": "确认", "reviewer": "李梅", "date": "2026/3/5"},
    "300条": {"action": "remove", "note": "=计划数，不是本年数"},
    "22件": {"action": "change", "indicator": "requests.replied", "reviewer": "王强"},
}


@pytest.mark.parametrize("options", [(), ("--rules-only",), ("-j", "2")])
def test_from_template_through_a_spreadsheet_to_results_and_the_view(folder: Path, options: tuple[str, ...]) -> None:
    assert run("review", "template", "first.jsonl", "-o", "c.csv").status == 0
    done = edited(folder / "c.csv", DECIDED)
    result = run("extract", "in", *options, "--corrections", str(done), "-o", "second.jsonl")
    assert result.status == 0
    assert "corrections: 3 corrections applied to 2 reports" in result.errors
    facts = [fact for fact in reviewed("second.jsonl") if fact.method == "reviewed"]
    assert {(fact.indicator, fact.value, fact.confidence, fact.review and fact.review.reviewer) for fact in facts} == {
        ("proactive.total", 262, 1.0, "李梅"), ("requests.replied", 22, 1.0, "王强")}
    notes = {fact.review.note for fact in reviewed("second.jsonl") if fact.review and fact.evidence.text == "300条"}
    assert notes <= {"=计划数，不是本年数"}
    page = run("extract", "in/" + EXAMPLES[0], *options, "--corrections", str(done), "--format", "table").output
    assert "人工确认" in page
    told = run("explain", "second.jsonl", "requests.replied", "--report", EXAMPLES[1])
    assert "核对  王强" in told.output
    assert "人工更改" in told.output


def test_results_follow_the_schema(folder: Path) -> None:
    from jsonschema import Draft202012Validator
    from msgspec import json

    assert run("review", "template", "first.jsonl", "-o", "c.csv").status == 0
    done = edited(folder / "c.csv", DECIDED)
    run("extract", "in", "--corrections", str(done), "-o", "second.jsonl")
    for line in (folder / "second.jsonl").read_bytes().splitlines():
        Draft202012Validator(build_schema()).validate(json.decode(line))
        assert decode(line)


def test_results_are_corrected_as_documents_are(folder: Path) -> None:
    """What other commands get through gather, twice the same."""
    assert run("review", "template", "first.jsonl", "-o", "c.csv").status == 0
    done = edited(folder / "c.csv", DECIDED)
    run("extract", "in", "--corrections", str(done), "-o", "second.jsonl")
    wanted = list(read_results("second.jsonl"))
    for source in ("first.jsonl", "second.jsonl", "in"):
        assert list(gather([source], itself, ledger=Ledger(load([done])))) == wanted


def itself(report: Report) -> Report:
    return report


def test_every_refusal_is_one_line_and_costs_the_status_and_nothing_else(folder: Path) -> None:
    assert run("review", "template", "first.jsonl", "-o", "c.csv").status == 0
    decide = {**DECIDED, "1000人次": {"action": "confirm"}, "65次": {"action": "change", "value": "6.5E+01"},
              "一名": {"action": "change", "value": "7", "indicator": "staff.full_time", "unit": ""}}
    done = edited(folder / "c.csv", decide)
    result = run("extract", "in", "--corrections", str(done), "-o", "second.jsonl")
    assert result.status == 1
    refused = [line for line in result.errors if line.startswith(f"{done}, row ")]
    assert [line.partition(": ")[2] for line in refused] == [
        "value: the spreadsheet shortened it to 6.5E+01", "the words “一名” do not say 7"]
    assert "3 reports, written to second.jsonl" in result.errors
    assert "corrections: 3 corrections applied to 2 reports, 2 refused" in result.errors
    failures = [one for one in gather(["first.jsonl"], itself, ledger=Ledger(load([done]))) if isinstance(one, Failure)]
    assert len(failures) == 2
    assert all(isinstance(one, Objection) for one in failures)


def test_corrections_of_other_documents_are_counted_and_said(folder: Path) -> None:
    assert run("review", "template", "first.jsonl", "-o", "c.csv").status == 0
    done = edited(folder / "c.csv", DECIDED)
    result = run("extract", f"in/{EXAMPLES[2]}", "--corrections", str(done), "-o", "second.jsonl")
    assert result.status == 0
    assert "corrections: 0 corrections applied to 0 reports" in result.errors
    assert "corrections: 3 of documents that are not in this run: in/01_wutong_town_2009.txt, " \
           "in/02_fenglin_water_2012.txt" in result.errors


def test_another_copy_of_the_text_is_corrected_too_and_asked_about_once(folder: Path) -> None:
    (folder / "mirror.html").write_text(f"<html><body><p>{TEXT}</p></body></html>", encoding="utf-8")
    (folder / "copy.html").write_text(f"<html><body class='x'><p>{TEXT}</p></body></html>", encoding="utf-8")
    result = run("review", "template", "mirror.html", "copy.html", "--all", "-o", "c.csv")
    assert result.errors[0].startswith("1 report has the text of another")
    done = edited(folder / "c.csv", {"310条": {"action": "confirm"}})
    result = run("extract", "copy.html", "mirror.html", "--corrections", str(done), "-o", "second.jsonl")
    assert "corrections: 2 corrections applied to 2 reports" in result.errors


def test_a_sheet_of_what_is_left_leaves_out_what_was_decided(folder: Path) -> None:
    run("review", "template", "first.jsonl", "-o", "c.csv")
    done = edited(folder / "c.csv", DECIDED)
    run("review", "template", "first.jsonl", "--corrections", str(done), "-o", "rest.csv")
    with (folder / "rest.csv").open(encoding="utf-8-sig", newline="") as file:
        words = {row["words"] for row in csv.DictReader(file)}
    assert not words & DECIDED.keys()
    assert words


def test_labels_of_people_correct_directly_and_through_a_sheet(folder: Path) -> None:
    (folder / "labelled" / "li@example.com").mkdir(parents=True)
    write_document(folder / "labelled" / "li@example.com" / "a.json", by_rules(WUTONG))
    assert run("review", "from-labels", "labelled", "-o", "l.csv").status == 0
    for source in ("labelled", "l.csv"):
        result = run("extract", "in", "--corrections", source, "-o", f"{source}.jsonl")
        assert result.status == 0
        assert any(line.endswith("corrections applied to 1 report") for line in result.errors)
    direct, through = ({(fact.id, fact.status, fact.value, fact.parent) for fact in reviewed(f"{source}.jsonl")}
                       for source in ("labelled", "l.csv"))
    assert direct == through
    assert len(direct) > 50


def test_decisions_go_to_the_corpus(folder: Path) -> None:
    (folder / "labelled").mkdir()
    write_document(folder / "labelled" / "a.json", by_rules(WUTONG))
    result = run("review", "to-corpus", "in", "--corrections", "labelled", "-o", "corpus")
    assert result.status == 0
    doc, = read_corpus(folder / "corpus" / "li@example.com")
    assert doc.provenance.method == "reviewed"
    assert result.errors[-1].startswith("1 labelled documents, ")
    path, = (folder / "corpus" / "li@example.com").glob("*.json")
    write_document(path, replace(doc, annotations=(), links=()))
    again = run("review", "to-corpus", "in", "--corrections", "labelled", "-o", "corpus")
    assert again.status == 1
    assert any("changed here since, kept" in line for line in again.errors)


@pytest.mark.parametrize(("name", "content", "reason"), [
    ("none.csv", None, "none.csv: No such file or directory"),
    ("a.csv", b"a,b\n1,2\n", "a.csv: no column action"), ("a.xlsx", b"PK\x03\x04", "a.xlsx: it is a workbook"),
])
def test_a_file_that_holds_no_corrections_stops_the_run_with_a_line(
    folder: Path, name: str, content: bytes | None, reason: str,
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    result = run("extract", "in", "--corrections", name, "-o", "second.jsonl")
    assert (result.status, len(result.errors)) == (1, 1)
    assert result.errors[0].startswith(reason)
    assert not list(folder.glob("second.jsonl*"))


@pytest.mark.parametrize("arguments", [
    ("review", "template"), ("review", "template", "first.jsonl"), ("review", "template", "first.jsonl", "-o", "in"),
    ("review", "template", "first.jsonl", "-o", "no/such.csv"), ("review", "from-labels", "nothing", "-o", "l.csv"),
    ("review", "to-corpus", "first.jsonl"), ("review", "nonsense"),
])
def test_wrong_use_is_status_2(folder: Path, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.status == 2
    assert any("Error: " in line for line in result.errors)


def test_a_sheet_that_is_empty_but_for_its_head_corrects_nothing(folder: Path) -> None:
    sheet(folder / "c.csv", [])
    result = run("extract", "in", "--corrections", "c.csv", "-o", "second.jsonl")
    assert result.status == 0
    assert (folder / "first.jsonl").read_bytes() == (folder / "second.jsonl").read_bytes()
