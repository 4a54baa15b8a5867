"""What is compared is compared rightly: the same spans for the same weights, F1 over reports, ratios of one run."""
from pathlib import Path
from typing import Any

import pytest

from benchmarks.agreement import agreement, read_record, record, write_record
from benchmarks.comparison import page
from benchmarks.measuring import Job, measure
from benchmarks.readers import Pipeline
from benchmarks.readme import PERFORMANCE, comparison_part, replace_part
from infer.pipeline import extract
from models.session import RELEASED
from models.torch_session import TorchModel

TEXT = ("永和镇2021年政府信息公开工作年度报告\n2021年，全镇主动公开政府信息1203条，其中机构职能类12条、政策文件类73条。"
        "共收到政府信息公开申请5件，均已答复。未发生因政府信息公开申请行政复议、行政诉讼。\n")


def found(*facts: tuple[int, str, int]) -> dict[str, list[tuple[Any, ...]]]:
    return {"spans": [], "facts": [(start, start + 3, name, "own", "value", value) for start, name, value in facts]}


def test_agreement_counts_facts_over_all_reports() -> None:
    own = {"a": found((1, "requests.new", 5), (9, "proactive.total", 7)), "b": found((1, "requests.new", 1))}
    other = {"a": found((1, "requests.new", 5), (9, "proactive.total", 8)), "b": found((1, "requests.new", 1))}
    both = agreement(own, other)
    assert both.fact_f1 == pytest.approx(4 / 6)
    assert (both.same_facts, both.reports) == (1, 2)
    assert (both.span_f1, both.same_spans) == (1.0, 2)


def test_records_of_other_reports_are_refused() -> None:
    with pytest.raises(ValueError, match="different reports"):
        agreement({"a": found()}, {"b": found()})


def test_a_record_holds_stated_facts_of_the_prose_and_comes_back(tmp_path: Path) -> None:
    report = extract(TEXT.encode(), name="a.txt")
    write_record(tmp_path, "one", record([report], {}))
    facts = read_record(tmp_path, "one")[report.source.sha256]["facts"]
    assert {(row[2], row[5]) for row in facts} >= {("proactive.total", 1203), ("requests.new", 5)}
    assert agreement(read_record(tmp_path, "one"), read_record(tmp_path, "one")).same_facts == 1


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_framed_pipeline_reads_what_torch_reads() -> None:
    """Else a naive reader would be measured that nobody would use, and its speed would say nothing."""
    naive = Pipeline(RELEASED, framed=True, regions={}).spans_of(TEXT, [], year=2021)
    torch = TorchModel.load(RELEASED).spans_of(TEXT, [(0, 0, len(TEXT))], year=2021)
    places = [(span.start, span.end, span.type, span.indicator, span.scope) for span in torch]
    assert len(places) > 6
    assert [(span.start, span.end, span.type, span.indicator, span.scope) for span in naive] == places


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_forms_are_left_out_of_the_pipeline_s_spans() -> None:
    all_of_it = Pipeline(RELEASED, framed=True, regions={TEXT: ((0, len(TEXT)),)})
    assert all_of_it.spans_of(TEXT, [], year=2021) == ()


@pytest.mark.slow
def test_one_reader_is_measured_and_what_it_found_is_kept(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    job = Job.begun(reader="one", weights=str(RELEASED), paths=[str(tmp_path / "a.txt")], folder=str(tmp_path))
    cost = measure(Job.of(job.encoded()))
    assert (cost["reports"], cost["characters"]) == (1, len(TEXT))
    assert 0 < cost["read"] <= len(TEXT)
    assert cost["seconds"] > 0
    [kept] = read_record(tmp_path, "one").values()
    assert len(kept["spans"]) > 6
    assert (tmp_path / "one.jsonl").read_bytes().count(b"\n") == 1


def test_page_sets_readers_side_by_side() -> None:
    def run(speed: float) -> dict[str, Any]:
        return {"reports": 19, "characters": 1000, "read": 250, "seconds": 19 / speed, "cpu_seconds": 38 / speed,
                "ready": 0.5, "peak_mib": 100.0, "reports_per_second": speed, "installed_bytes": 288_000_000}

    alike = {"reports": 19, "span_f1": 0.99, "fact_f1": 0.995, "same_spans": 12, "same_facts": 17}
    words = page({"machine": "a machine", "source": "examples", "rounds": 3,
                  "readers": {"framed": run(0.5), "one": run(4.0), "processes": run(7.0)},
                  "agreement": {"framed": alike}, "scores": {}})
    assert "| gongkai, one thread | 4.00 | 0.500 s | 0.50 s | 100 MiB | 288 MB |" in words
    assert "gongkai, two processes: 14.0 times" in words
    assert "gives 25.0% to the model" in words
    assert "| 0.990 | 0.995 | 17 of 19 |" in words


def test_the_page_on_speed_has_the_figures_of_the_last_run() -> None:
    words = PERFORMANCE.read_text(encoding="utf-8")
    assert replace_part(words, "comparison", comparison_part()) == words, "run `make readme`"
