"""Noise: whatever happens to the text, every mark still says what it said."""
import re
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.errors import AnnotationError
from annotations.synthetic.draft import Draft, Mark
from annotations.synthetic.noise import CHANNELS, add_chrome, add_noise, settings
from annotations.synthetic.noise.words import garbled
from report.folding import fold
from tests.annotations.synthetic.filled import seeded

PIECES = (
    "全年主动公开政府信息", "，其中", "、", "；", "。", "\n", "（一）依申请公开情况", "统计期限为2023年1月1日至12月31日",
    "国办公开办函〔2021〕30号", "政务微博", "占", "根据《条例》", "网站平台服务群众，", "联系电话0591-8312 4406",
    "邮箱gongkai@example.com", "：", "1.概述", "3", "两名", "——", "本机关没有收到申请，也没有收费情况发生，无需说明。",
)
MARKED = (
    "73条", "1203条", "60余件", "2.5万人次", "1,880元", "99.98%", "三件", "2023年", "政策文件类", "政务公开栏", "5",
    "行政复议案件", "永和镇", "12期", "0件", "近3万余条", "〔2021〕30号",
)
STRENGTHS = st.sampled_from([0.3, 1.0])
NUMERALS = "0123456789一二三四五六七八九十百千万亿零"


@st.composite
def drafts(draw: st.DrawFn) -> Draft[int]:
    """A text of pieces, some of them marked, sentences in frames."""
    text, marks, opened = "永和镇2023年政府信息公开工作年度报告\n", [Mark(0, 3, 0), Mark(3, 8, 1)], 21
    for piece in draw(st.lists(st.sampled_from(PIECES + MARKED), max_size=40)):
        if piece in MARKED and not text[-1].isdigit():
            marks.append(Mark(len(text), len(text) + len(piece), len(marks)))
        text += piece
        if piece in "。\n" and opened < len(text):
            marks.append(Mark(opened, len(text), len(marks), frame=True))
            opened = len(text)
    return Draft(text, tuple(marks))


REPORT = "".join(
    [
        "永和镇人民政府2023年政府信息公开工作年度报告\n一、总体情况\n",
        "本报告根据《中华人民共和国政府信息公开条例》编制，统计期限为2023年1月1日至2023年12月31日，文件质量和网络程序由群众监督。\n" * 4,
        "全年通过门户网站主动公开政府信息1203条，其中机构职能类12条、政策文件类73条，占99.98%；发放材料2.5万份（含宣传册），收到申请5件。\n" * 9,
        "　　其他需要报告的事项：联系邮箱gongkai@example.com，部门单位进一步做好有关工作，统计数据及时更新，情况属实，没有其他内容。\n" * 3,
    ]
)
QUANTITY = re.compile(r"\d+(?:\.\d+)?万?[条份件%]|(?<=能类)\d+条")
DRAFT = Draft(REPORT, tuple(Mark(*match.span(), n) for n, match in enumerate(QUANTITY.finditer(REPORT))))


def digits(words: str) -> str:
    return "".join(letter for letter in fold(words).text if letter in NUMERALS)


def tight(draft: Draft[Any]) -> list[Mark[Any]]:
    return [mark for mark in draft.marks if not mark.frame]


def touching(draft: Draft[Any], mark: Mark[Any]) -> tuple[bool, bool]:
    """Whether a digit or a decimal point stands before a mark that begins in one, and a digit behind it."""
    words = draft.words(mark)
    before, after = draft.text[: mark.start][-1:], draft.text[mark.end :][:1]
    return words[0].isdigit() and (before.isdigit() or before == "."), words[-1].isdigit() and after.isdigit()


@pytest.mark.parametrize("name", CHANNELS)
@given(draft=drafts(), seed=st.integers(0, 2**32), strength=STRENGTHS)
def test_marks_keep_their_digits(name: str, draft: Draft[int], seed: int, strength: float) -> None:
    noisy = CHANNELS[name](draft, seeded(seed), strength)
    assert all(0 <= mark.start < mark.end <= len(noisy.text) for mark in noisy.marks)
    found = {mark.payload: mark for mark in reversed(noisy.marks)}
    for mark in tight(draft):
        after = found[mark.payload]
        assert digits(noisy.words(after)) == digits(draft.words(mark))
        assert all(was or not now for was, now in zip(touching(draft, mark), touching(noisy, after), strict=True))
    assert {mark.payload for mark in noisy.marks if mark.frame} == {mark.payload for mark in draft.marks if mark.frame}


@pytest.mark.parametrize("name", CHANNELS)
def test_a_channel_is_its_seed_and_nothing_else(name: str) -> None:
    channel = CHANNELS[name]
    assert channel(DRAFT, seeded(5), 1.0) == channel(DRAFT, seeded(5), 1.0)
    assert channel(DRAFT, seeded(5), 0.0) == DRAFT
    assert len({channel(DRAFT, seeded(seed), 1.0).text for seed in range(30)} - {DRAFT.text}) >= 1


@pytest.mark.parametrize("name", CHANNELS)
def test_a_stronger_channel_changes_more(name: str) -> None:
    def changed(strength: float) -> int:
        return sum(CHANNELS[name](DRAFT, seeded(seed), strength).text != DRAFT.text for seed in range(60))

    assert changed(0.02) <= changed(1.0)
    assert changed(1.0) > 30


@given(draft=drafts(), seed=st.integers(0, 2**32), names=st.lists(st.sampled_from(sorted(CHANNELS)), max_size=6))
def test_channels_together_keep_the_marks(draft: Draft[int], seed: int, names: list[str]) -> None:
    noisy = add_noise(draft, seeded(seed), dict.fromkeys(names, 1.0))
    found = {mark.payload: mark for mark in reversed(noisy.marks)}
    for mark in tight(draft):
        assert digits(noisy.words(found[mark.payload])) == digits(draft.words(mark))


def strike(name: str, text: str, *marked: str, seed: int = 0) -> set[tuple[str, tuple[str, ...]]]:
    """What a channel makes of a text over many seeds: the text, and the words of its marks."""
    draft = Draft(text, tuple(Mark(text.index(words), text.index(words) + len(words), words) for words in marked))
    made = [CHANNELS[name](draft, Random(seed), 1.0) for seed in range(300)]
    return {(one.text, tuple(one.words(mark) for mark in one.marks)) for one in made}


@pytest.mark.parametrize(
    ("name", "text", "marked", "expected"),
    [
        ("wide_digits", "公开73条", "73条", ("公开７３条", "７３条")),
        ("number_blanks", "公开73条。", "73条", ("公开 73 条。", "73 条")),
        ("number_blanks", "公开1203条。", "1203条", ("公开1 203条。", "1 203条")),
        ("decimal_blanks", "占56.30%", "56.30%", ("占56. 30%", "56. 30%")),
        ("invisible", "公开73条。", "73条", ("公开?73条?。", "73条")),
        ("invisible", "公开73条。", "73条", ("公开\u200b73条\u200b。", "73条")),
        ("units_dropped", "文件55条，公告", "55条", ("文件55公告", "55")),
        ("units_dropped", "文件55条，公告", "55条", ("文件55，公告", "55")),
        ("traditional", "公开政策文件类73条", "政策文件类", ("公開政策文件類73條", "政策文件類")),
        ("gateway", "信息占比", "占比", ("資訊佔比", "佔比")),
        ("encyclopaedia", "政策文件类7条", "政策文件类", ("政策檔案類7條", "政策檔案類")),
        ("pinyin", "报告开栏", "报告", ("報(bào)告開(kāi)欄", "報(bào)告")),
        ("enumeration_lost", "图解、视频", "视频", ("图解视频", "视频")),
        ("brackets", "（一）情况", "情况", ("一）情况", "情况")),
        ("brackets", "国办〔2021〕30号", "国办", ("国办﹝2021﹞30号", "国办")),
        ("punctuation", "公开7条，其中", "7条", ("公开7条,,其中", "7条")),
        ("typos", "其他7条", "7条", ("他其7条", "7条")),
        ("spam", "关于7条", "7条", ("在线投注7条", "7条")),
        ("broken_dates", "自2023年1月1日止7条", "7条", ("自20231月1日止7条", "7条")),
        ("broken_dates", "函〔2021〕30号7条", "7条", ("函〔202130号7条", "7条")),
        ("broken_dates", "二〇二三年7条", "7条", ("二二三年7条", "7条")),
        ("broken_dates", "自2023年1月1日止7条", "7条", ("自止7条", "7条")),
    ],
)
def test_the_fault_as_the_field_guide_has_it(name: str, text: str, marked: str, expected: tuple[str, str]) -> None:
    assert (expected[0], (expected[1],)) in strike(name, text, marked)


@pytest.mark.parametrize(
    ("name", "text", "marked"),
    [
        ("units_dropped", "55条3件", ("55条", "3件")),
        ("enumeration_lost", "55、3", ("55", "3")),
        ("punctuation", "55，3", ("55", "3")),
        ("brackets", "5（3", ("5", "3")),
        ("encyclopaedia", "政策文件", ("政策文", "件")),
        ("spam", "关于工作", ("关于",)),
        ("typos", "其他", ("其他",)),
        ("page_numbers", "公开" * 500, ("公开" * 500,)),
        ("broken_dates", "2023年73条", ("2023", "73条")),
    ],
)
def test_what_a_channel_leaves_alone(name: str, text: str, marked: tuple[str, ...]) -> None:
    words = {words for _, words in strike(name, text, *marked)}
    assert words in ({marked}, {marked, ("55条", "3")})
    assert not {text for text, _ in strike(name, text, *marked) if re.search(r"553|5\.3|202373", text)}


def test_words_garbled_as_pages_garble_them() -> None:
    assert garbled("（一）") == "?ㄒ唬?"
    assert garbled("　　") == "????"


def test_pages_and_lines_are_broken_inside_words_but_not_inside_numbers() -> None:
    text = "全年公开政府信息" + "1203条和政策解读，" * 300
    draft = Draft(text, tuple(Mark(*match.span(), 0) for match in re.finditer(r"\d+条", text)))
    noisy = add_noise(draft, seeded(3), {"line_breaks": 1.0, "page_numbers": 1.0})
    assert {"1203条", "1203\n条"} == {noisy.words(mark) for mark in noisy.marks}
    assert re.search(r"[\u4e00-\u9fff]\d{1,2}[\u4e00-\u9fff]|\n\D{0,2}\d\D{0,2}\n", noisy.text)


def test_the_title_stands_twice_with_its_marks() -> None:
    draft = Draft("永和镇2023年报告\n全年公开信息。", (Mark(0, 3, "issuer"), Mark(3, 8, "year")))
    made = [CHANNELS["repeats"](draft, seeded(seed), 1.0) for seed in range(40)]
    texts = {one.text for one in made}
    assert "永和镇2023年报告\n永和镇2023年报告\n全年公开信息。" in texts
    assert any(re.search("全.*永和镇2023年报告.*信息", text) for text in texts)
    assert all({one.words(mark) for mark in one.marks} == {"永和镇", "2023年"} for one in made)


def test_the_site_stands_around_the_report() -> None:
    draft = Draft("公开7条", (Mark(2, 4, 0),))
    noisy = add_chrome(draft, seeded(1), 1.0, before=["首页 > 年报", "【打印】"], after=["版权所有"])
    assert noisy.text == "首页 > 年报\n【打印】\n公开7条\n版权所有"
    assert noisy.words(noisy.marks[0]) == "7条"
    assert add_chrome(draft, seeded(1), 0.0, before=["首页"]) == draft


def test_channels_are_those_of_the_settings() -> None:
    assert list(CHANNELS) == list(settings().channels)
    assert all(info.fault.startswith("section") for info in settings().channels.values())
    assert settings().channels["broken_dates"].traps == (15,)
    with pytest.raises(AnnotationError, match="no noise channel fog; there are typos"):
        add_noise(DRAFT, seeded(1), {"fog": 1.0})
