"""Reports with their gold facts become labelled documents."""
import json
from pathlib import Path

import pytest

from annotations.corpus import AnnotatedDocument
from annotations.quality import audit
from infer.annotate.gold import annotate_from_gold, read_gold
from infer.annotate.reading import read_report
from tests.conftest import ROOT, SHARED

TEXT = """柳坪镇2016年政府信息公开工作年度报告
一、主动公开情况
全年主动公开政府信息128条，其中政策文件类40条、工作动态类88条。通过镇政府网站公开96条，举办法治讲座3场。
二、依申请公开情况
收到申请5件，均已答复。未发生行政复议案件。
"""


def gold_of(tmp_path: Path, facts: list[dict[str, object]], quantities: list[str]) -> Path:
    path = tmp_path / "x.json"
    meta = {"issuer": "柳坪镇", "report_year": 2016}
    path.write_text(json.dumps({"meta": meta, "facts": facts, "quantities": quantities}), encoding="utf-8")
    return path


def fact(indicator: str, value: float, quote: str, **by: str) -> dict[str, object]:
    return {"indicator": indicator, "by": by, "value": value, "quote": quote}


def tags(document: AnnotatedDocument) -> dict[str, str]:
    return {document.words(mark): mark.label.tag for mark in document.annotations}


def test_labels_are_gold_and_not_the_rules(tmp_path: Path) -> None:
    facts = [
        fact("proactive.total", 128, "主动公开政府信息128条"),
        fact("proactive.total", 40, "政策文件类40条", category="政策文件类"),
        fact("meetings.total", 3, "举办法治讲座3场"),  # the rules leave it open
        fact("reconsideration.total", 0, "未发生行政复议案件"),
    ]
    quantities = ["128条", "40条", "88条", "96条", "3场", "5件"]
    read = read_report(TEXT.encode(), name="x.txt")
    converted = annotate_from_gold(read, read_gold(gold_of(tmp_path, facts, quantities)), name="x")
    found = tags(converted.document)
    assert found["128条"] == "COUNT:proactive.total"
    assert found["40条"] == "COUNT:proactive.total"
    assert found["3场"] == "COUNT:meetings.total"
    assert found["行政复议案件"] == "NONE:reconsideration.total"
    # what gold does not call a fact is a figure of its own
    assert found["5件"] == "COUNT:other"
    assert found["88条"] == "COUNT:other"
    assert found["柳坪镇"] == "ISSUER"
    assert converted.unplaced == ()
    linked = {tuple(converted.document.words(converted.document.annotations[n]) for n in pair)
              for pair in converted.document.links}
    assert linked == {("40条", "政策文件类")}


def test_a_fact_without_words_is_named(tmp_path: Path) -> None:
    gold = read_gold(gold_of(tmp_path, [fact("trainings.total", 2, "举办培训班2期")], ["128条"]))
    converted = annotate_from_gold(read_report(TEXT.encode(), name="x.txt"), gold, name="x")
    assert [one.quote for one in converted.unplaced] == ["举办培训班2期"]


@pytest.mark.shared
def test_every_gold_fact_of_the_real_reports_finds_its_words() -> None:
    unplaced, facts = [], 0
    for path in sorted((SHARED / "gold").glob("*.json")):
        source = next(one for one in (SHARED / "real").glob(f"{path.stem}.*"))
        gold = read_gold(path)
        converted = annotate_from_gold(read_report(source.read_bytes(), name=source.name), gold, name=path.stem)
        facts += sum(not one.optional for one in gold.facts)
        unplaced += [(path.stem, one.quote) for one in converted.unplaced]
        wrong = ("span.overlap", "span.range", "label.fault")
        errors = [one for one in audit([converted.document]) if one.rule in wrong]
        assert errors == []
    assert facts > 250
    assert unplaced == []


def test_the_blind_reports_can_be_trained_on() -> None:
    placed = facts = 0
    for path in sorted((ROOT / "tests" / "blind").glob("*.json"))[:20]:
        gold = read_gold(path)
        source = path.with_suffix(".txt")
        converted = annotate_from_gold(read_report(source.read_bytes(), name=source.name), gold, name=path.stem)
        required = sum(not one.optional for one in gold.facts)
        facts, placed = facts + required, placed + required - len(converted.unplaced)
    assert placed / facts > 0.95
