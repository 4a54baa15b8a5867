"""The sections: required, numbered, filled, and each its own."""
from dataclasses import replace

import pytest

from report.checks import Check
from report.facts import Meta, Section
from report.identities import check
from tests.checks.made import sections

REQUIRED = (
    (1, "一", "总体情况", "overview"), (1, "二", "主动公开政府信息情况", "proactive"),
    (1, "三", "收到和处理政府信息公开申请情况", "requests"), (1, "四", "行政复议、行政诉讼情况", "disputes"),
    (1, "五", "存在的主要问题及改进情况", "problems"), (1, "六", "其他需要报告的事项", "other"),
)
META = Meta(form="2021")
Heading = tuple[int, str, str, str | None]


def _text(headings: tuple[Heading, ...]) -> str:
    return "".join(f"{number}、{title}\n第{place}部分写本镇的工作。\n" for place, (_, number, title, _) in enumerate(headings))


def _run(headings: tuple[Heading, ...], text: str = "") -> list[Check]:
    text = text or _text(headings)
    return [one for one in check((), META, sections(text, *headings), text) if one.status != "pass"]


def test_the_prescribed_outline_passes() -> None:
    assert _run(REQUIRED) == []


def test_a_missing_part_is_named() -> None:
    (required, numbering) = _run(REQUIRED[:4] + REQUIRED[5:])
    assert (required.id, required.subject, required.fault) == ("sections.required", "topic=problems", "source")
    assert (numbering.id, numbering.note) == ("sections.numbering", "六其他需要报告的事项: expected 5")


def test_a_heading_that_was_overlooked_is_the_readings_fault() -> None:
    text = _text(REQUIRED)
    found = check((), META, sections(text, *REQUIRED[:4], *REQUIRED[5:]), text)
    assert [(one.id, one.fault) for one in found if one.status == "fail"] == [
        ("sections.required", "reading"), ("sections.numbering", "reading")]


@pytest.mark.parametrize("meta", [Meta(form="2014"), Meta(form="2021", kind="interpretation")])
def test_other_forms_prescribe_no_outline(meta: Meta) -> None:
    text = _text(REQUIRED[:2])
    assert not [one for one in check((), meta, sections(text, *REQUIRED[:2]), text) if one.id == "sections.required"]


@pytest.mark.parametrize(("numbers", "expected"), [
    ("一二三四", None), ("一三四", "1, 2, 4"), ("一二二四", "1, 2, 3, 4"), ("一二三一二", None), ("二三", "1, 3"), ("一一二", "1, 2, 3")])
def test_numbers_follow_each_other(numbers: str, expected: str | None) -> None:
    headings = tuple((1, number, f"第{place}项工作", None) for place, number in enumerate(numbers))
    found = [one for one in _run(headings) if one.id == "sections.numbering"]
    assert [one.right.value for one in found] == ([] if expected is None else [expected])


def test_a_part_without_text_is_empty_unless_it_has_parts() -> None:
    headings = ((1, "一", "概述", None), (2, "1", "机构建设", None), (1, "二", "收费情况", None), (1, "三", "问题", None))
    text = "一、概述\n1、机构建设\n设专人一名。\n二、收费情况\n三、问题\n公开不够及时。"
    (found,) = _run_narrative(headings, text)
    assert (found.id, found.subject, found.fault) == ("sections.empty", "section=二收费情况", "source")


def test_a_part_whose_table_may_be_a_picture_is_not_held_against_the_office() -> None:
    text = _text(REQUIRED).replace("第2部分写本镇的工作。\n", "")
    (found,) = _run(REQUIRED, text)
    assert (found.id, found.fault, found.note) == ("sections.empty", "reading", "its table may be an image")


def test_the_same_long_text_under_two_headings_is_a_copy() -> None:
    body = "本镇将政府信息公开列入年度考核，明确一名副镇长分管，配备两名工作人员，全年组织学习四次，逐条核对已经公开的内容，并在村务公开栏同步张贴。\n"
    headings = ((1, "一", "平台建设", None), (1, "二", "监督保障", None), (1, "三", "解读回应", None))
    text = f"一、平台建设\n{body}二、监督保障\n无。\n三、解读回应\n{body}"
    (found,) = _run_narrative(headings, text)
    assert (found.id, found.left.value, found.right.value) == ("sections.copied", "一平台建设", "三解读回应")


def _run_narrative(headings: tuple[Heading, ...], text: str) -> list[Check]:
    made: list[Section] = sections(text, *headings)
    return [one for one in check((), replace(META, form="narrative"), made, text) if one.status != "pass"]
