"""Two results side by side: what each document gained, lost and changed."""
import json
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infer.cli import app
from infer.differing import compare
from infer.pairing import pair
from infer.results import encode
from report.facts import Report
from tests.results.made import FAILED, PASSED, PROSE, cell, report, said, source


def named(name: str, *facts: object) -> Report:
    return replace(report(*facts), source=source(name=name))  # type: ignore[arg-type]


def write(path: Path, reports: Sequence[Report]) -> Path:
    path.write_bytes(b"".join(encode(one) + b"\n" for one in reports))
    return path


def diff(*arguments: object) -> tuple[int, list[str]]:
    result = CliRunner().invoke(app, ["diff", *map(str, arguments)])
    return result.exit_code, (result.stdout + result.stderr).splitlines()


class TestFacts:
    def test_the_same_report_has_no_difference(self) -> None:
        assert not compare(report(), report())

    def test_ids_alone_are_no_difference(self) -> None:
        renumbered = [replace(fact, id=f"n{number}", parent=None) for number, fact in enumerate(PROSE)]
        assert not compare(report(*(replace(fact, parent=None) for fact in PROSE)), report(*renumbered))

    def test_a_value_that_changed_is_one_change(self) -> None:
        fact = said("f1", "proactive.total", 1280, "约1280条")
        change, = compare(report(fact), report(replace(fact, value=1281))).facts
        assert (change.kind, change.fields) == ("changed", {"value": (1280, 1281)})

    def test_blank_and_zero_are_different(self) -> None:
        change, = compare(report(cell("c", "requests.new", None)), report(cell("c", "requests.new", 0))).facts
        assert change.fields == {"value": (None, 0), "state": ("blank", "zero")}

    def test_confidence_counts_beyond_the_bound_only(self) -> None:
        fact = said("f1", "proactive.total", 1280, "约1280条", confidence=0.90)
        other = replace(fact, confidence=0.92)
        assert not compare(report(fact), report(other), confidence=0.05)
        change, = compare(report(fact), report(other), confidence=0.01).facts
        assert change.fields == {"confidence": (0.90, 0.92)}

    def test_the_same_words_under_another_indicator_are_one_change(self) -> None:
        fact = said("f1", "proactive.total", 1280, "约1280条")
        change, = compare(report(fact), report(replace(fact, indicator="documents.normative.in_force"))).facts
        assert change.fields == {"indicator": ("proactive.total", "documents.normative.in_force")}

    def test_what_moved_is_changed_not_lost_and_gained(self) -> None:
        fact = said("f1", "proactive.total", 860, "860条")
        moved = replace(fact, evidence=replace(fact.evidence, start=fact.evidence.start + 3, end=fact.evidence.end + 3))
        change, = compare(report(fact), report(moved)).facts
        assert [*change.fields] == ["evidence"]

    def test_facts_of_one_side_are_lost_or_gained(self) -> None:
        first, second, *_ = PROSE
        difference = compare(report(first), report(second))
        assert [change.kind for change in difference.facts] == ["lost", "gained"]
        assert [one.a or one.b for one in difference.facts] == [first, second]

    def test_meta_checks_warnings_and_source_are_compared(self) -> None:
        before = report()
        after = replace(before, meta=replace(before.meta, report_year=2021), checks=(PASSED,), warnings=(),
                        source=replace(before.source, sha256="1" * 64))
        difference = compare(before, after)
        assert difference.meta == {"report_year": (2022, 2021)}
        assert difference.checks == {f"{FAILED.id} {FAILED.subject}": ("fail", None)}
        assert difference.warnings == {"year_conflict": ("标题与正文年份不一", None)}
        assert [*difference.source] == ["sha256"]


class TestPairs:
    @pytest.mark.parametrize(("a", "b"), [("abc", "abc"), ("abc", "cab"), ("abcd", "bcd"), ("", "ab"), ("aab", "aba"),
                                          ("abcdef", "fedcba"), ("ab", "xayb")])
    def test_every_document_meets_its_other_half_once(self, a: str, b: str) -> None:
        found = [tuple(one.source.name if one else "" for one in both) for both in pair(map(named, a), map(named, b))]
        assert all(ours == theirs for ours, theirs in found if ours and theirs)
        assert sorted(chain.from_iterable(found)) == sorted([*a, *b, *[""] * sum("" in both for both in found)])
        assert sum("" in both for both in found) == len(set(a) ^ set(b))


class TestCommand:
    def test_same_is_status_0(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.jsonl", [named("一.txt"), named("二.txt")])
        assert diff(path, path) == (0, ["2 documents: 2 the same"
                                        ", 0 different"])

    def test_differences_are_listed_and_counted(self, tmp_path: Path) -> None:
        fact, other, *_ = PROSE
        a = write(tmp_path / "a.jsonl", [named("一.txt", fact, other), named("二.txt"), named("三.txt")])
        b = write(tmp_path / "b.jsonl", [named("二.txt"), named("一.txt", replace(fact, value=1300)), named("四.txt")])
        status, lines = diff(a, b)
        assert status == 1
        assert lines[:3] == ["一.txt", "  ~ proactive.total 「约1280条」 value 1280 → 1300",
                             "  - proactive.total channel=website 「860条」 860 条"]
        assert lines[3:] == ["三.txt: only in A", "四.txt: only in B",
                             "4 documents: 1 the same, 1 different, 1 only in A, 1 only in B; "
                             "facts: 0 gained, 1 lost, 1 changed"]
        assert diff(a, b, "--summary")[1] == lines[-1:]

    def test_json_is_a_line_each(self, tmp_path: Path) -> None:
        fact, *_ = PROSE
        a = write(tmp_path / "a.jsonl", [named("一.txt", fact), named("二.txt")])
        b = write(tmp_path / "b.jsonl", [named("一.txt", replace(fact, state="unreadable", value=None))])
        status, lines = diff(a, b, "--json")
        first, second, last = map(json.loads, lines)
        assert status == 1
        assert first["document"] == "一.txt"
        assert first["facts"][0]["fields"] == {"value": [1280, None], "state": ["value", "unreadable"]}
        assert second == {"document": "二.txt", "only_in": "A"}
        assert (last["summary"]["different"], last["summary"]["only_in_a"]) == (1, 1)

    def test_versions_are_said(self, tmp_path: Path) -> None:
        one = named("一.txt")
        a = write(tmp_path / "a.jsonl", [one])
        b = write(tmp_path / "b.jsonl", [replace(one, producer=replace(one.producer, rules="ffffffffffff"))])
        assert diff(a, b) == (0, [f"made by another rules: {one.producer.rules} in A, ffffffffffff in B",
                                  "1 document: 1 the same, 0 different"])

    def test_what_is_no_result_is_status_2(self, tmp_path: Path) -> None:
        (tmp_path / "bad.jsonl").write_text("{}\n", encoding="utf-8")
        status, lines = diff(tmp_path / "bad.jsonl", write(tmp_path / "a.jsonl", [named("一.txt")]))
        assert (status, lines[0].startswith(f"{tmp_path}/bad.jsonl, line 1: not a report")) == (2, True)
        assert diff(tmp_path / "none.jsonl", tmp_path / "a.jsonl") == (
            2, [f"{tmp_path}/none.jsonl: No such file or directory"])
