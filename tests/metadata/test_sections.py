"""Headings: every numbering and drift of the field guide, on lines and inside one endless line."""
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infer.sections import read_sections
from tests.metadata.made import made, sections_of

HEADING_SIGNS = "一二三十、.,:()（）㈠㈡1290 \n\u3000。;主动公开依申请情况概述总体是第条|"


def outline(text: str) -> list[tuple[int, str, str, str | None]]:
    return [(section.level, section.number, section.title, section.topic) for section in sections_of(text)]


@pytest.mark.parametrize(("text", "number", "title", "topic"), [
    ("一、总体情况\n我局", "一", "总体情况", "overview"),
    ("一 、 概 述\n我局", "一", "概述", "overview"),
    ("一总体情况\n我局", "一", "总体情况", "overview"),
    ("一、总体情况、\n我局", "一", "总体情况", "overview"),
    ("(一)主动公开\n我局", "(一)", "主动公开", "proactive"),
    ("（一）主动公开。2031年", "(一)", "主动公开", "proactive"),
    ("㈠主动公开情况\n我局", "一", "主动公开情况", "proactive"),
    ("㈡依申请公开情况\n我局", "㈡", "依申请公开情况", "requests"),
    ("(二)(一)依申请公开情况\n我局", "(二)(一)", "依申请公开情况", "requests"),
    (")依申请公开\n我局", ")", "依申请公开", "requests"),
    ("1.主动公开情况\n我局", "1", "主动公开情况", "proactive"),
    ("1、主动公开情况\n我局", "1", "主动公开情况", "proactive"),
    ("1)主动公开情况\n我局", "1)", "主动公开情况", "proactive"),
    ("1 主动公开情况\n我局", "1", "主动公开情况", "proactive"),
    ("壹、概况\n我馆", "壹", "概况", "overview"),
    ("0101三、复议、诉讼和申诉情况\n我局", "三", "复议、诉讼和申诉情况", "disputes"),
    ("主动公开政府信息情况\n我局", "", "主动公开政府信息情况", "proactive"),
    ("四、收费及减免情况\n无", "四", "收费及减免情况", "fees"),
    ("四、政府信息公開的收費及減免情況\n無", "四", "政府信息公開的收費及減免情況", "fees"),
    ("五、政府信息公开工作存在的主要问题及\n改进情况\n一是", "五", "政府信息公开工作存在的主要问题及改进情况", "problems"),
    ("六、其它需要说明的事项\n无", "六", "其它需要说明的事项", "other"),
    ("七、古树名木保护情况\n我局", "七", "古树名木保护情况", None),
])
def test_numbering_and_topic(text: str, number: str, title: str, topic: str | None) -> None:
    assert [(section.number, section.title, section.topic) for section in sections_of(text)] == [(number, title, topic)]


def test_endless_line_with_every_part() -> None:
    text = ("本报告包括总体情况、主动公开政府信息情况等六个部分。一、总体情况2031年，我区认真落实。（一）主动公开方面。公开12条。"
            "（二）依申请公开方面收到3件。二、主动公开政府信息情况第二十条第（一）项信息内容本年制发件数规章000"
            "三、收到和处理政府信息公开申请情况一、本年新收政府信息公开申请数量3000003四、政府信息公开行政复议、行政诉讼情况"
            "行政复议行政诉讼00000五、存在的主要问题及改进情况一是人手不足，二是渠道不多。六、其他需要报告的事项无。")
    assert outline(text) == [
        (1, "一", "总体情况", "overview"), (2, "(一)", "主动公开方面", "proactive"), (2, "(二)", "依申请公开方面", "requests"),
        (1, "二", "主动公开政府信息情况", "proactive"), (1, "三", "收到和处理政府信息公开申请情况", "requests"),
        (1, "四", "政府信息公开行政复议、行政诉讼情况", "disputes"), (1, "五", "存在的主要问题及改进情况", "problems"),
        (1, "六", "其他需要报告的事项", "other"),
    ]


def test_own_part_in_an_endless_line_is_found_by_its_number() -> None:
    text = "一、概述我局开展工作。二、渔港渔船公开情况我局公布9条。三、收费及减免情况无收费。"
    assert [(title, topic) for _, _, title, topic in outline(text)] == [
        ("概述", "overview"), ("渔港渔船公开情况", None), ("收费及减免情况", "fees")]


def test_levels_follow_the_nesting_and_ends_meet_the_next_heading() -> None:
    text = "一、概述\n1、健全组织。我镇设组长。\n2、规范流程。专人负责。\n二、主动公开情况\n（一）公开形式\n1.公告栏\n三、附表\n"
    sections = sections_of(text)
    assert [section.level for section in sections] == [1, 2, 2, 1, 2, 3, 1]
    starts = [section.start for section in sections]
    assert [section.end for section in sections] == [
        starts[3], starts[2], starts[3], starts[6], starts[6], starts[6], len(text)]
    assert text[sections[1].start:].startswith("1、健全组织")


@pytest.mark.parametrize("text", [
    "存在不足：一是人员少，二是培训少；三是渠道窄。",
    "根据《条例》第二十条第（一）项、第（五）项规定公开。",
    "本报告包括一、总体情况,二、主动公开政府信息情况,三、收到和处理政府信息公开申请情况,等六部分",
    "（一）予以公开\n0\n（二）部分公开\n0\n1.属于国家秘密\n0\n（七）总计\n3",
    "一、本年新收政府信息公开申请数量\n12\n二、上年结转政府信息公开申请数量\n0\n四、结转下年度继续办理\n1",
    "评出一、二、三等奖各若干名",
    "一、二类项目12个",
    "全年公开12.5万条，占3.4%。",
])
def test_enumerations_and_rows_are_no_headings(text: str) -> None:
    assert sections_of(text) == ()


def test_rows_of_a_numbered_table_at_the_end_are_no_headings() -> None:
    text = ("一、概述\n我镇公开。\n二、附表\n统计指标 单位 统计数\n一、主动公开情况\n（一）主动公开政府信息数 条 40\n"
            "二、回应解读情况\n三、依申请公开情况\n（一）收到申请数 件 2")
    assert [section.title for section in sections_of(text)] == ["概述", "附表"]


def test_skipped_range_holds_no_heading() -> None:
    text = "一、概述\n我镇\n二、主动公开情况\n甲\n三、依申请公开情况\n乙"
    start = text.index("二、")
    assert [section.number for section in sections_of(text, ((start, start + 9),))] == ["一", "三"]


@given(st.text(alphabet=HEADING_SIGNS, max_size=300) | st.text(max_size=200))
def test_any_text_gives_ordered_nested_sections(text: str) -> None:
    sections = sections_of(text)
    assert [section.start for section in sections] == sorted({section.start for section in sections})
    open_ends: list[int] = []
    for section in sections:
        assert 0 <= section.start < section.end <= len(text)
        while open_ends and open_ends[-1] <= section.start:
            open_ends.pop()
        assert not open_ends or section.end <= open_ends[-1]
        open_ends.append(section.end)


@pytest.mark.parametrize("piece", ["一、主动公开、", "申请", "一、", "1.", "政府信息公开工作年度报告", "(一)(一)"])
def test_hostile_repetition_stays_fast(piece: str) -> None:
    doc = made(piece * (100_000 // len(piece)))
    started = time.perf_counter()
    read_sections(doc)
    assert time.perf_counter() - started < 5
