"""A report survives being written down."""
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from infer.results import BadResult, decode, encode, read_results
from report.facts import Report
from report.schema import build_schema
from tests.results import made

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
LARGEST = 2**63 - 1
st.register_type_strategy(str, TEXT)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))
st.register_type_strategy(int, st.integers(-LARGEST, LARGEST))
REPORTS = st.builds(Report, schema=st.just(made.report().schema))


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=60, deadline=None)
@given(REPORTS)
def test_round_trip(report: Report) -> None:
    assert decode(encode(report)) == report


@settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], max_examples=30, deadline=None)
@given(REPORTS)
def test_every_report_fits_the_schema(report: Report) -> None:
    errors = list(Draft202012Validator(build_schema()).iter_errors(json.loads(encode(report))))
    assert errors == []


def test_line_is_one_line_in_chinese() -> None:
    line = encode(made.report())
    assert b"\n" not in line
    assert "云溪镇".encode() in line


def test_lines_are_read_back_in_order(tmp_path: Path) -> None:
    reports = [made.report(source=made.source(name=name)) for name in ("甲.html", "乙.html")]
    path = tmp_path / "results.jsonl"
    path.write_bytes(b"\n\n".join(encode(report) for report in reports) + b"\n")
    assert list(read_results(path)) == reports


@pytest.mark.parametrize("line", [b"{", b"[]", b'{"schema": "gongkai/report/1"}', b"\xff\xfe"])
def test_what_is_no_report_is_refused_with_its_place(line: bytes, tmp_path: Path) -> None:
    path = tmp_path / "results.jsonl"
    path.write_bytes(encode(made.report()) + b"\n" + line + b"\n")
    with pytest.raises(BadResult, match="line 2"):
        list(read_results(path))


def test_an_array_of_reports_is_read_too(tmp_path: Path) -> None:
    reports = [made.report(source=made.source(name=name)) for name in ("甲.html", "乙.html")]
    path = tmp_path / "results.json"
    path.write_bytes(b"[\n" + b",\n".join(encode(report) for report in reports) + b"\n]\n")
    assert list(read_results(path)) == reports


@pytest.mark.parametrize(("data", "place"), [(b"[{]", "not a list of reports"), (b'[{"schema": 1}]', "report 1: ")])
def test_an_array_of_something_else_is_refused(data: bytes, place: str, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_bytes(data)
    with pytest.raises(BadResult, match=place):
        list(read_results(path))


def test_another_schema_is_refused() -> None:
    with pytest.raises(BadResult, match="gongkai/report/9"):
        decode(encode(made.report(schema="gongkai/report/9")))


def test_facts_carry_what_the_scorer_reads() -> None:
    result = json.loads(encode(made.report()))
    fact = result["facts"][0]
    assert result["source"]["text"][fact["evidence"]["start"]:fact["evidence"]["end"]] == fact["evidence"]["text"]
    assert {"indicator", "by", "value", "unit", "method", "confidence", "status"} <= fact.keys()
