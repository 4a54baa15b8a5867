"""Metadata: every layout and fault of the field guide, section 1, with invented places and numbers."""
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infer.metadata import read_meta
from infer.sections import read_sections
from tests.metadata.made import PARTS, made, reading_of

NAME = "青禾镇2031年政府信息公开工作年度报告"


@pytest.mark.parametrize(("head", "title"), [
    (f"{NAME}\n\n", NAME),
    (f"标题: {NAME}\n发布时间: 2032-01-09\n", NAME),
    (f"标 题 | {NAME} | ||\n", NAME),
    (f"当前位置：首页 > 政府信息公开年报\n{NAME} 来源：青禾镇 时间：2032-01-09 微信 微博\n", NAME),
    (f"{NAME}\n{NAME}\n{NAME}\n", NAME),
    ("青禾镇2031年政府信息\n\n公开工作年度报告\n", NAME),
    ("青禾镇人民政府\n2031 年政府信息公开工作年度报告\n", "青禾镇人民政府2031年政府信息公开工作年度报告"),
    ("青禾镇2031年\n政府信息公开\n工作年度报告\n", NAME),
    ("2031年度青禾镇政府信息公开年报\n", "2031年度青禾镇政府信息公开年报"),
    ("青禾镇2031政府信息公开工作年度报告\n", "青禾镇2031政府信息公开工作年度报告"),
    ("青禾镇政府信息公开工作年度报告\n", "青禾镇政府信息公开工作年度报告"),
    ("青禾镇政府信息公开工作2031年度报告\n", "青禾镇政府信息公开工作2031年度报告"),
    ("关于2031年度政府信息公开工作情况的报告\n", "关于2031年度政府信息公开工作情况的报告"),
    ("青禾镇2031年政府信息公开工作年度报\n", "青禾镇2031年政府信息公开工作年度报"),
    ("青禾鎮2031年政府信息公開工作年度報告\n", "青禾鎮2031年政府信息公開工作年度報告"),
    (f"青禾镇人民政府关于上报《{NAME}》\n", NAME),
    ("现将我镇一年来的政府信息公开工作情况报告如下。\n", None),
    (f"上一篇：青禾镇2030年政府信息公开工作年度报告\n字号：大 中 小\n{NAME}\n", NAME),
    (f"相关链接 >> 青禾镇2030年政府信息公开工作年度报告\n{NAME}\n", NAME),
    (f"上一篇：\n{NAME}\n", NAME),
    ("政府信息公开工作年度报告（2031年度）\n", "政府信息公开工作年度报告（2031年度）"),
    ("青禾镇政府信息公开年报（2031年）\n", "青禾镇政府信息公开年报（2031年）"),
    ("青禾镇关于报送2031年政府信息公开工作年度报告的报告\n", "青禾镇关于报送2031年政府信息公开工作年度报告的报告"),
    ("2031年度政府信息公开工作年度报告——青禾镇人民政府\n", "2031年度政府信息公开工作年度报告"),
])
def test_title(head: str, title: str | None) -> None:
    assert reading_of(head + PARTS).meta.title == title


@pytest.mark.parametrize(("text", "issuer"), [
    (f"{NAME}\n{PARTS}", "青禾镇"),
    (f"{NAME}\n{PARTS}\n\n  白露县青禾镇人民政府\n\n  2032年1月9日", "白露县青禾镇人民政府"),
    (f"发布机构: 白露县青禾镇人民政府\n{NAME}\n{PARTS}", "白露县青禾镇人民政府"),
    (f"{NAME}\n来源：白露县人民政府 时间：2032-01-09\n{PARTS}", "青禾镇"),
    (f"白露县人民政府2031年政府信息公开工作年度报告\n由松州市白露县人民政府办公室编制。\n{PARTS}", "白露县人民政府"),
    (f"2031年度政府信息公开年报 (望海渔业基地管理委员会)\n{PARTS}", "望海渔业基地管理委员会"),
    (f"本报告由白露县水务局根据《条例》编制。\n{PARTS}", "白露县水务局"),
    (f"现公布白露县水务局2031年政府信息公开工作年度报告。\n{PARTS}", "白露县水务局"),
    (f"信息来源:白露县水务局\n{PARTS}", "白露县水务局"),
    (f"来源：本网\n{PARTS}", None),
    (f"{PARTS}\n我镇走访青禾镇商户，在青禾镇便民中心设栏。", "青禾镇"),
    (f"{PARTS}\n我局公开信息，我局设专栏。", None),
    (f"2031年度政府信息公开工作年度报告——白露县水务局\n{PARTS}", "白露县水务局"),
    (f"白露县水务局关于公布2031年政府信息公开工作年度报告的公告\n{PARTS}", "白露县水务局"),
    (f"和平县关于发布2031年政府信息公开工作年度报告的通知\n{PARTS}", "和平县"),
    (f"一图读懂白露县水务局2031年政府信息公开工作年度报告\n{PARTS}", "白露县水务局"),
    (f"白露县水务局（系统）2031年政府信息公开工作年度报告\n{PARTS}", "白露县水务局"),
    (f"2031年白露县水务局政府信息公开工作年度报告\n{PARTS}", "白露县水务局"),
    (f"二〇三一年度白露县水务局政府信息公开工作年度报告\n{PARTS}", "白露县水务局"),
    (f"2031年度政府信息公开年报\n{PARTS}\n填报单位（盖章）：白露县水务局\n", "白露县水务局"),
    (f"2031年政务公开暨政府信息公开工作年度报告\n{PARTS}", None),
])
def test_issuer(text: str, issuer: str | None) -> None:
    assert reading_of(text).meta.issuer == issuer


@pytest.mark.parametrize(("head", "index", "number", "published"), [
    ("索引号: QH01/2032-00017 公开方式: 主动公开\n文号: 公开日期: 2032-01-09 09:37\n", "QH01/2032-00017", None, "2032-01-09"),
    ("索 引 号: | QH01/2032-00017 | 成文日期: | 2032-01-09 |\n文 号: | 镇政发〔2032〕3号 | |\n",
     "QH01/2032-00017", "镇政发〔2032〕3号", "2032-01-09"),
    ("[ 索 引  号 ] QH01-2032-17\n[ 发布日期 ] 2032/1/9\n", "QH01-2032-17", None, "2032-01-09"),
    ("信息索引\nQH01-2032-17\n生成日期\n2032.1.9\n文号\n无\n", "QH01-2032-17", None, "2032-01-09"),
    ("索引号：QH01-2032-17公开日期：2032年1月9日\n", "QH01-2032-17", None, "2032-01-09"),
    ("成文日期：2032年1月5日 发布日期：2032年1月9日\n发文字号：〔〕号\n", None, None, "2032-01-09"),
    ("文号：无号 发布时间：20320109\n", None, None, "2032-01-09"),
    ("发文字号 青禾镇2031年政府信息公开工作年度报告号\n", None, None, None),
    ("镇政发〔2032〕3号\n", None, "镇政发〔2032〕3号", None),
    ("根据《县政府办关于编制年度报告的通知》（白政办〔2031〕88号）要求编制。\n", None, None, None),
    ("统计时间：2031年1月1日至12月31日\n", None, None, None),
])
def test_header_block(head: str, index: str | None, number: str | None, published: str | None) -> None:
    meta = reading_of(head + PARTS).meta
    assert (meta.index_number, meta.document_number, meta.published_on) == (index, number, published)


@pytest.mark.parametrize(("text", "published"), [
    (f"{NAME}\n{PARTS}\n青禾镇人民政府\n2032年1月9日\n", "2032-01-09"),
    (f"{NAME}\n{PARTS}\n青禾镇人民政府（盖章） 二〇三二年一月十九日\n", "2032-01-19"),
    (f"{NAME}\n（2032年1月9日）\n{PARTS}", "2032-01-09"),
    (f"{NAME}\n2032-01-09 09:12:40\n{PARTS}", "2032-01-09"),
    (f"{NAME}\n2031年2月31日\n{PARTS}", None),
])
def test_date_without_a_key(text: str, published: str | None) -> None:
    assert reading_of(text).meta.published_on == published


@pytest.mark.parametrize(("phrase", "start", "end"), [
    ("2031年1月1日起至2031年12月31日止", "2031-01-01", "2031-12-31"),
    ("2031 年 1 月 1 日\n起至 2031 年 12 月 31 日止", "2031-01-01", "2031-12-31"),
    ("2031年1月1日起至12月31日止", "2031-01-01", "2031-12-31"),
    ("1月1日——12月31日", "2031-01-01", "2031-12-31"),
    ("20311月1日至12月31日", "2031-01-01", "2031-12-31"),
    ("203111日起至20311230日止", "2031-01-01", "2031-12-30"),
    ("20311231日", None, None),
    ("2031111231日", "2031-01-01", "2031-12-31"),
    ("20311120311231日", "2031-01-01", "2031-12-31"),
    ("203111日起至1231日", "2031-01-01", "2031-12-31"),
    ("2031年1月日起至2031年12月31止", "2031-01-01", "2031-12-31"),
    ("2031年1月-2031年12月", "2031-01-01", "2031-12-31"),
    ("2031年1月至今", "2031-01-01", None),
    ("2031年9月1日至2032年8月31日", "2031-09-01", "2032-08-31"),
])
def test_period(phrase: str, start: str | None, end: str | None) -> None:
    meta = reading_of(f"{NAME}\n本报告所列数据的统计期限自{phrase}。\n{PARTS}").meta
    assert (meta.period_start, meta.period_end) == (start, end)


def test_period_with_an_end_only() -> None:
    meta = reading_of(f"{NAME}\n本报告的数据截止2031年12月31日。\n{PARTS}").meta
    assert (meta.period_start, meta.period_end) == (None, "2031-12-31")


def test_dates_of_an_event_are_no_period() -> None:
    meta = reading_of(f"{NAME}\n{PARTS}\n于2031年5月4日至2031年5月9日举办培训。").meta
    assert meta.period_start is None


@pytest.mark.parametrize(("text", "year"), [
    (f"{NAME}\n{PARTS}", 2031),
    (f"二〇二一年青禾镇政府信息公开工作年度报告\n{PARTS}", 2021),
    (f"统计期限为2031年1月1日至12月31日。\n{PARTS}", 2031),
    (f"我镇编制了《青禾镇2030年政府信息公开工作年度报告》，统计期限自2031年1月1日起至12月31日止。\n{PARTS}", 2031),
    (f"{PARTS}\n2031年我镇公开12条。2031年我镇收到申请2件。2030年我镇公开9条。2032年部门预算已公开。", 2031),
    (f"{PARTS}\n2030年我镇公开12条。2031年我镇收到申请2件。", None),
    (PARTS, None),
])
def test_report_year(text: str, year: int | None) -> None:
    assert reading_of(text).meta.report_year == year


@pytest.mark.parametrize(("body", "code", "words"), [
    ("统计期限自2030年1月1日起至2030年12月31日止。", "title_period_mismatch", "2030年1月1日"),
    ("现公布青禾镇2030年政府信息公开工作年度报告。", "year_conflict", "2030年政府信息公开工作年度报告"),
    ("2030年受理依申请公开5件，均已答复。", "stale_sentence", "2030年受理依申请公开5件"),
])
def test_contradicting_years_are_told_with_their_words(body: str, code: str, words: str) -> None:
    warnings = reading_of(f"{NAME}\n{body}\n{PARTS}").warnings
    assert [warning.code for warning in warnings] == [code]
    assert warnings[0].evidence is not None
    assert words in warnings[0].evidence.text


@pytest.mark.parametrize("body", [
    "公开2030年部门决算和2032年部门预算。", "公开信息120条，较2030年的90条增加30条。", "自2008年以来累计公开900条。",
    "2032年，我镇将继续公开。", "根据《青禾镇2030年政务公开要点》共公开12条。",
])
def test_other_years_in_their_own_right_are_no_conflict(body: str) -> None:
    assert reading_of(f"{NAME}\n{body}\n{PARTS}").warnings == ()


@pytest.mark.parametrize(("text", "kind"), [
    (f"{NAME}\n{PARTS}", "report"),
    ("一图读懂青禾镇2031年政府信息公开工作年度报告\n公开12条。", "interpretation"),
    ("《青禾镇2031年政府信息公开工作年度报告》解读\n问：公开了多少？答：12条。", "interpretation"),
    ("2031年上半年政府信息公开数据统计\n一、公文类情况\n上半年公开12件。", "periodic_statistics"),
    ("2031年第三季度政府信息公开情况统计表\n公开12件。", "periodic_statistics"),
    (f"政府信息公开工作年度报告范文\n{PARTS}", "template"),
    ("XX镇政府信息公开工作年度报告\n一、概述\nXX年，XX镇公开信息XX条，收到申请XX件。", "template"),
    ("青禾镇2031年政府信息公开工作年度报告\n水源镇2031年政府信息公开工作年度报告\n石桥镇2031年政府信息公开工作年度报告\n"
     "柳林镇2031年政府信息公开工作年度报告\n首页 上一页 下一页", "index_page"),
    ("政府信息公开工作年度报告制度\n第一条 为规范编制。\n第二条 各镇编制。\n第三条 每年公布。", "guide"),
    ("白露县水库今日开闸放水\n市民前往观看。", "other"),
    ("", "other"),
])
def test_kind(text: str, kind: str) -> None:
    reading = reading_of(text)
    assert reading.meta.kind == kind
    assert [warning.code for warning in reading.warnings] == ([] if kind == "report" else [f"kind_{kind}"])


@pytest.mark.parametrize(("form", "title", "read"), [
    ("2014", NAME, "2014"), (None, NAME, "2021"), (None, "青禾镇2020年政府信息公开工作年度报告", "2019"),
    (None, "青禾镇2016年政府信息公开工作年度报告", "narrative"), ("narrative", NAME, "narrative"),
])
def test_form(form: str | None, title: str, read: str) -> None:
    assert reading_of(f"{title}\n{PARTS}", form).meta.form == read


def test_form_needs_the_parts_that_hold_its_tables() -> None:
    assert reading_of(f"{NAME}\n{PARTS.replace('六、其他需要报告的事项', '六、下一步打算')}").meta.form == "2021"
    assert reading_of(f"{NAME}\n{PARTS.replace('收到和处理政府信息公开申请情况', '重点工作')}").meta.form == "narrative"


HEADER_SIGNS = "索引号文发布日期机构来源:：|[]〔〕 \n20311月日年至自镇局政府信息公开工作年度报告《》一、（）。统计期限XX范文第条我"


@given(st.text(alphabet=HEADER_SIGNS, max_size=400) | st.text(max_size=200))
def test_evidence_is_exact_on_any_text(text: str) -> None:
    reading = reading_of(text)
    told = [*reading.evidence.values(), *(warning.evidence for warning in reading.warnings if warning.evidence)]
    assert all(evidence.text == text[evidence.start:evidence.end] and evidence.text for evidence in told)
    values = {name for name in ("title", "issuer", "report_year", "period_start", "period_end", "index_number",
                                "document_number", "published_on") if getattr(reading.meta, name) is not None}
    assert set(reading.evidence) == values


@pytest.mark.parametrize("piece", ["索引号:", "2031年", "政府信息公开", "青禾镇人民政府 2032年1月9日\n", "我镇青禾镇", "20311月1日起至"])
def test_hostile_repetition_stays_fast(piece: str) -> None:
    doc = made(piece * (200_000 // len(piece)))
    sections = read_sections(doc)
    started = time.perf_counter()
    read_meta(doc, sections, form=None)
    assert time.perf_counter() - started < 5
