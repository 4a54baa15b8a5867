"""Report year, title, period, text and publication date."""
from dataclasses import replace

import pytest

from report.facts import Meta
from report.identities import check

META = Meta(report_year=2023, title="云岭镇2023年政府信息公开工作年度报告", period_start="2023-01-01",
            period_end="2023-12-31", published_on="2024-01-18")


def _failed(meta: Meta, text: str = "") -> list[tuple[str, str]]:
    return [(one.id, one.subject) for one in check((), meta, (), text) if one.status == "fail"]


def test_years_that_agree_pass() -> None:
    found = check((), META, (), "现公布云岭镇2023年度政府信息公开工作年度报告。统计期限自2023年1月1日起至2023年12月31日止。")
    assert {(one.id, one.subject) for one in found} == {
        ("dates.year", "title"), ("dates.year", "period_start"), ("dates.year", "period_end"), ("dates.year", "text"),
        ("dates.published", "published_on")}
    assert {one.status for one in found} == {"pass"}


@pytest.mark.parametrize(("meta", "subject"), [
    (replace(META, title="云岭镇2022年政府信息公开工作年度报告"), "title"),
    (replace(META, title="云岭镇二〇二二年政府信息公开工作年度报告"), "title"),
    (replace(META, period_end="2022-12-31"), "period_end"),
])
def test_a_year_that_differs_fails(meta: Meta, subject: str) -> None:
    assert _failed(meta) == [("dates.year", subject)]


def test_a_school_year_is_no_contradiction() -> None:
    assert _failed(replace(META, period_start="2022-09-01", period_end="2023-08-31")) == []


@pytest.mark.parametrize("text", [
    "本报告所列数据的统计期限自2022年1月1日起。", "现公布2022年度政府信息公开年度报告。",
    "根据条例要求，编制《云岭镇2022年政府信息公开工作年度报告》。", "2022年我镇共受理申请5件。"])
def test_words_left_over_from_last_year_are_seen(text: str) -> None:
    assert _failed(META, text) == [("dates.year", "text")]


@pytest.mark.parametrize("text", [
    "2022年我镇共受理申请5件，2023年受理7件。", "自2022年我镇共公开信息90条以来。", "公布2022年部门决算和2024年预算。",
    "《云岭县2022年政务公开工作要点》", "2021年我镇共受理申请5件。", "统计期限为2022年9月1日至2023年8月31日。", "2023年我镇共受理申请5件。"])
def test_other_years_have_their_reasons(text: str) -> None:
    assert _failed(META, text) == []


@pytest.mark.parametrize(("published_on", "failed"), [
    ("2023-11-30", True), ("2023-12-25", False), ("2024-03-01", False), ("2026-08-01", False)])
def test_no_report_is_out_before_its_year_is(published_on: str, failed: bool) -> None:
    meta = replace(META, published_on=published_on)
    assert _failed(meta) == ([("dates.published", "published_on")] if failed else [])


def test_without_a_report_year_the_others_are_held_against_the_title() -> None:
    meta = replace(META, report_year=None, period_end="2022-12-31", published_on=None)
    assert _failed(meta) == [("dates.year", "period_end")]
    assert check((), Meta(), (), "没有年份的一句话。") == ()
