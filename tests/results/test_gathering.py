"""Reports out of result files and documents alike."""
from pathlib import Path

from infer.batch import Failure
from infer.gathering import gather, is_result
from infer.labelling import Choice
from infer.pipeline import extract
from infer.results import encode
from report.facts import Report

TEXT = "柳溪镇{}年政府信息公开工作年度报告\n\n{}年，我镇主动公开政府信息{}条。\n"
RULES = Choice(mode="rules")


def same(report: Report) -> Report:
    return report


def years(found: list[Report | Failure]) -> list[int | str | None]:
    return [one.reason if isinstance(one, Failure) else one.meta.report_year for one in found]


def test_results_and_documents_are_taken_together_in_order(tmp_path: Path) -> None:
    document, results, array = tmp_path / "a.txt", tmp_path / "b.jsonl", tmp_path / "c.json"
    document.write_text(TEXT.format(2019, 2019, 12), encoding="utf-8")
    line = encode(extract(TEXT.format(2020, 2020, 7).encode(), name="b.txt"))
    results.write_bytes(line + b"\n")
    array.write_bytes(b"[\n" + line + b"]")
    found = list(gather([str(results), str(document), str(array), str(tmp_path / "none.txt")], same, choice=RULES))
    assert years(found) == [2020, 2019, 2020, "no such file or folder"]


def test_a_broken_result_file_costs_only_what_is_behind_its_fault(tmp_path: Path) -> None:
    results, document = tmp_path / "b.jsonl", tmp_path / "a.txt"
    results.write_bytes(encode(extract(TEXT.format(2020, 2020, 7).encode(), name="b.txt")) + b'\n{"schema":\n')
    document.write_text(TEXT.format(2019, 2019, 12), encoding="utf-8")
    first, fault, last = gather([str(results), str(document)], same, choice=RULES)
    assert isinstance(fault, Failure)
    assert (fault.name, fault.reason.startswith("line 2: not a report")) == (str(results), True)
    assert years([first, last]) == [2020, 2019]


def test_results_are_known_by_their_beginning_too(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_bytes(encode(extract(TEXT.format(2020, 2020, 7).encode(), name="b.txt")))
    assert is_result(path)
    path.write_text("柳溪镇", encoding="utf-8")
    assert not is_result(path)
