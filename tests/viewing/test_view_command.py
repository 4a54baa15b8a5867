"""gongkai view, as its users meet it."""
import json
import sys
import webbrowser
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from infer.cli import app
from infer.pipeline import extract
from infer.results import encode
from tests.conftest import ROOT
from tests.reviewing.made import cells, correction, reading, sheet, town

TEXT = "柳溪镇2022年政府信息公开工作年度报告\n\n一、总体情况\n2022年，我镇主动公开政府信息{}条，其中政府网站公开12条。未收到政府信息公开申请。\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two reports, one of them as a result too, and a file that is none."""
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text(TEXT.format(310), encoding="utf-8")
    Path("b.txt").write_text(TEXT.format(420), encoding="utf-8")
    Path("b.jsonl").write_bytes(encode(extract(Path("b.txt").read_bytes(), name="b.txt")) + b"\n")
    Path("broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    return tmp_path


def view(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["view", *arguments])


def block(page: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(page.partition(f'id="{name}">')[2].partition("</script>")[0])
    return found


def titles(page: str) -> list[str]:
    return [entry[1] for entry in block(page, "shared")["entries"]]


def test_documents_and_results_stand_in_one_page_in_their_order(folder: Path) -> None:
    result = view("a.txt", "b.jsonl", "-o", "page.html")
    assert result.exit_code == 0, result.output
    page = Path("page.html").read_text(encoding="utf-8")
    assert titles(page) == ["柳溪镇2022年政府信息公开工作年度报告"] * 2
    assert "310条" in block(page, "report-0")["text"]
    assert "420条" in block(page, "report-1")["text"]
    assert [entry[0] for entry in block(page, "shared")["entries"]] == ["a", "b"]
    assert result.stderr == "2 reports, written to page.html\n"


def test_a_document_that_cannot_be_read_is_told_on_the_page_and_beside_it(folder: Path) -> None:
    result = view("a.txt", "broken.pdf", "gone.txt", "-o", "page.html")
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert lines[0].startswith("broken.pdf: ")
    assert lines[1] == "gone.txt: no such file or folder"
    assert lines[2] == "1 report, 2 not read, written to page.html"
    failures = block(Path("page.html").read_text(encoding="utf-8"), "shared")["failures"]
    assert [name for name, _ in failures] == ["broken.pdf", "gone.txt"]


def test_a_result_that_quotes_other_words_than_its_text_has_is_not_shown(folder: Path) -> None:
    line = json.loads(Path("b.jsonl").read_text(encoding="utf-8"))
    line["source"]["text"] = line["source"]["text"].replace("420条", "999条")
    Path("b.jsonl").write_text(json.dumps(line) + "\n" + Path("b.jsonl").read_text(encoding="utf-8"), encoding="utf-8")
    result = view("b.jsonl", "-o", "page.html")
    assert result.exit_code == 1
    assert "the evidence is not what the text has there" in result.stderr
    assert len(titles(Path("page.html").read_text(encoding="utf-8"))) == 1


def test_without_any_report_there_is_no_page(folder: Path) -> None:
    Path("page.html").write_text("kept", encoding="utf-8")
    result = view("broken.pdf", "-o", "page.html")
    assert result.exit_code == 1
    assert "no report to show" in result.stderr
    assert Path("page.html").read_text(encoding="utf-8") == "kept"
    assert list(folder.glob("*.partial")) == []


def test_piped_the_page_goes_to_standard_output(folder: Path) -> None:
    result = view("a.txt")
    assert result.exit_code == 0
    assert result.stdout.startswith("<!doctype html>")
    assert result.stdout.rstrip().endswith("</html>")
    assert result.stderr == ""


def test_standard_input_may_be_a_report(folder: Path) -> None:
    result = CliRunner().invoke(app, ["view", "-", "-o", "page.html"], input=TEXT.format(5).encode())
    assert result.exit_code == 0, result.output
    assert "公开政府信息5条" in block(Path("page.html").read_text(encoding="utf-8"), "report-0")["text"]


def test_on_a_terminal_the_page_has_a_name_of_its_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infer.cli.view._to_terminal", lambda: True)
    assert view("a.txt").exit_code == 0
    assert Path("gongkai-view.html").exists()


def test_open_opens_the_page(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []

    def no_browser(url: str) -> bool:
        seen.append(url)
        return False

    monkeypatch.setattr(webbrowser, "open", no_browser)
    result = view("a.txt", "--open")
    assert seen == [(folder / "gongkai-view.html").as_uri()]
    assert "no browser was found" in result.stderr


def test_pages_in_a_folder_are_no_reports(folder: Path) -> None:
    assert view("a.txt", "-o", "other.html").exit_code == 0
    assert view(".", "-o", "page.html").exit_code == 1
    result = view(".", "-o", "page.html")
    told = [line for line in result.stderr.splitlines() if "a page of `gongkai view`" in line]
    assert told == ["other.html: a page of `gongkai view`, no report"]
    assert len(titles(Path("page.html").read_text(encoding="utf-8"))) == 2


def test_title_and_language(folder: Path) -> None:
    assert view("a.txt", "-o", "page.html", "--title", "一 & <b>二", "--language", "en").exit_code == 0
    page = Path("page.html").read_text(encoding="utf-8")
    assert "<title>一 &amp; &lt;b&gt;二</title>" in page
    assert block(page, "shared")["title"] == "一 & <b>二"
    assert block(page, "shared")["language"] == "en"


def test_keys_of_links_are_the_files_names_and_each_their_own(folder: Path) -> None:
    for name in ("x/报告 一.txt", "y/报告 一.html", "z/报告-一-2.txt"):
        Path(name).parent.mkdir()
        Path(name).write_text(TEXT.format(7), encoding="utf-8")
    assert view("x", "y", "z", "-o", "page.html").exit_code == 0
    keys = [entry[0] for entry in block(Path("page.html").read_text(encoding="utf-8"), "shared")["entries"]]
    assert keys == ["报告-一", "报告-一-2", "报告-一-2-2"]


def test_jobs_give_the_same_page(folder: Path) -> None:
    assert view("a.txt", "b.txt", "-o", "one.html").exit_code == 0
    assert view("a.txt", "b.txt", "-o", "two.html", "--jobs", "2").exit_code == 0
    assert Path("one.html").read_bytes() == Path("two.html").read_bytes()


@pytest.mark.parametrize(("arguments", "said"), [
    (["-", "-"], "standard input"), (["a.txt", "-o", "."], "is a folder"),
    (["a.txt", "-o", "no/page.html"], "no folder"),
    (["b.jsonl", "-o", "b.jsonl"], "is one of the reports"), ([], "Missing argument"),
    (["a.txt", "--language", "fr"], "fr"), (["a.txt", "--jobs", "0"], "jobs")])
def test_wrong_use_is_refused(folder: Path, arguments: list[str], said: str) -> None:
    before = Path("b.jsonl").read_bytes()
    result = view(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert Path("b.jsonl").read_bytes() == before


def test_the_page_needs_no_package_that_reading_does_not(folder: Path) -> None:
    import subprocess

    code = ("import sys; sys.argv = ['gongkai', 'view', 'b.jsonl', '-q', '-o', 'page.html']\n"
            "from infer.cli import main\ntry: main()\nexcept SystemExit as error: assert not error.code\n"
            "print(sorted({'torch', 'polars', 'pandas', 'altair', 'playwright'} & set(sys.modules)))")
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True,
                          env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin"})
    assert done.stdout == "[]\n"


def test_reviewers_decisions_are_shown_with_who_made_them(folder: Path) -> None:
    report = town()
    changed = correction(report, "310条", reading=reading("proactive.all_channels"), note="按附表")
    sheet(Path("sheet.csv"), [cells(changed)])
    Path("town.jsonl").write_bytes(encode(report) + b"\n")
    result = view("town.jsonl", "-o", "page.html", "--corrections", "sheet.csv")
    assert result.exit_code == 0, result.stderr
    page = Path("page.html").read_text(encoding="utf-8")
    fields = block(page, "shared")["fields"]["fact"]
    reviewed = [dict(zip(fields, fact, strict=True)) for fact in block(page, "report-0")["facts"]]
    fact, = (one for one in reviewed if one["method"] == "reviewed")
    assert (fact["indicator"], fact["shown"]) == ("proactive.all_channels", "310")
    assert fact["review"] == "李梅 · 2026-03-05 · 按附表"
    assert fact["reason"] == ["人工更改", "a reviewer changed it"]


def test_a_folder_that_cannot_be_written_to_is_one_line(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "page.html.partial")

    monkeypatch.setattr("infer.viewing.PageWriter.write", refused)
    result = view("a.txt", "-o", "page.html")
    assert result.exit_code == 1
    assert result.stderr == "page.html.partial: Permission denied\n"
    assert not Path("page.html").exists()
