"""The folded view: what it makes equal, and that every place of it is known in the original."""
import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.folding import fold, fold_character

CHAINED = "薴"  # OpenCC: 薴 to 苧, 苧 to 苎
IDEOGRAPHS = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF, exclude_characters=CHAINED)
NOISE = st.sampled_from("\u200b\u200d\ufeff\u00ad\u2060 \n\t\u3000\u00a0")
WIDE = st.characters(min_codepoint=0xFF01, max_codepoint=0xFF5E)
PINYIN = st.sampled_from(["(bào)", "（gōng）", "(kai)", "（BAO）", "(abcdefgh)", "()"])
ANY = st.characters(exclude_categories=["Cs"])
MIXED = st.lists(IDEOGRAPHS | NOISE | WIDE | PINYIN | ANY, max_size=40).map("".join)
INVISIBLE = "\u200b\u200d\ufeff\u00ad\u2060\u200e"


@given(MIXED)
def test_every_character_of_the_view_stands_for_one_of_the_text(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.starts) == len(folded.ends)
    assert all(end == start + 1 for start, end in zip(folded.starts, folded.ends, strict=True))
    assert list(folded.starts) == sorted(set(folded.starts))
    assert "".join(fold_character(text[start]) for start in folded.starts) == folded.text


@given(MIXED, st.data())
def test_a_range_of_the_view_is_its_words_in_the_text(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    start = data.draw(st.integers(0, len(folded.text)))
    end = data.draw(st.integers(start, len(folded.text)))
    begin, finish = folded.to_original(start, end)
    assert 0 <= begin <= finish <= len(text)
    if start < end:
        assert folded.starts[start] == begin
        assert folded.ends[end - 1] == finish
    else:
        assert begin == finish


@given(st.text(IDEOGRAPHS | WIDE | NOISE | st.characters(max_codepoint=0x24F), max_size=40))
def test_only_invisible_characters_and_pinyin_are_left_out(text: str) -> None:
    folded = fold(text.replace("(", "[").replace("（", "["))
    left_out = set(range(len(text))) - set(folded.starts)
    assert {text[place] for place in left_out} <= set("\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")


@given(st.characters(exclude_categories=["Cs"], exclude_characters=CHAINED))
def test_folding_a_character_twice_is_folding_it_once(character: str) -> None:
    once = fold_character(character)
    assert len(once) == 1
    assert fold_character(once) == once


@given(st.text(IDEOGRAPHS | WIDE | st.sampled_from("()（）[]bàogōng一12条，。 \n"), max_size=30))
def test_folding_a_view_changes_nothing(text: str) -> None:
    # without opening brackets: leaving out pinyin can bring the halves of another bracket together
    view = fold(text.replace("（", "").replace("(", "")).text
    assert fold(view).text == view


@given(st.text(st.sampled_from("主动公开政府信息条件申请情况一二三0123456789,.、()"), max_size=30), st.data())
def test_invisible_characters_do_not_show(text: str, data: st.DataObject) -> None:
    places = data.draw(st.lists(st.tuples(st.integers(0, len(text)), st.sampled_from(INVISIBLE)), max_size=5))
    noisy = text
    for place, character in sorted(places, reverse=True):
        noisy = noisy[:place] + character + noisy[place:]
    assert fold(noisy).text == fold(text).text


@pytest.mark.parametrize(("text", "view"), [
    ("１２３４５６７８９０", "1234567890"),
    ("（一）：；！？％", "(一):;!?%"),
    ("政府信息公開申請件數", "政府信息公开申请件数"),
    ("報(bào)告（gào）共3條(tiáo)", "报告共3条"),
    ("〔2022〕﹝2022﹞", "〔2022〕〔2022〕"),
    ("2021—2022–2023－2024～2025", "2021-2022-2023-2024~2025"),
    ("“青禾”『发布』", '"青禾""发布"'),
    ("收\u200b到\ufeff申\u00ad请", "收到申请"),
    ("abc(bao)", "abc(bao)"),
    ("公开（共12条）", "公开(共12条)"),
    ("① ㎡ ½ ㎏", "① ㎡ ½ ㎏"),
    ("一 二\n三\t四", "一 二\n三\t四"),
    ("", ""),
])
def test_what_the_view_makes_equal(text: str, view: str) -> None:
    assert fold(text).text == view


def test_a_place_after_the_last_character_is_the_end() -> None:
    folded = fold("共3條\u200b")
    assert folded.to_original(3, 3) == (3, 3)
    assert fold("").to_original(0, 0) == (0, 0)


def test_every_ideograph_folds_in_one_step() -> None:
    folded = {chr(code): fold_character(chr(code)) for code in range(0x3400, 0xA000)}
    assert {character for character, once in folded.items() if fold_character(once) != once} <= set(CHAINED)
