"""A page's own counter is no figure of the report."""
import pytest

from infer import extract
from infer.labelling import Choice, labelling

TEXT = "某镇2021年政府信息公开工作年度报告\n{}\n2021年，我镇主动公开政府信息12条。\n"


@pytest.mark.parametrize(("line", "stated"), [
    ("浏览次数：1286次", []), ("点击次数：0次", []), ("政府网站浏览次数：1286次。", [1286]), ("全年网站访问量达到1286人次。", [1286])])
def test_a_counter_that_stands_alone_counts_the_page(line: str, stated: list[int]) -> None:
    report = extract(TEXT.format(line).encode(), name="a.txt", labels=labelling(Choice(mode="rules")))
    found = [fact.value for fact in report.facts if fact.indicator == "visits.total" and fact.status == "stated"]
    assert found == stated
