"""Encodings of Chinese pages, and text that was once decoded wrongly."""
import codecs
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infer.read import read
from infer.read.encoding import decode
from report.errors import UnreadableDocument
from tests.read.made import SIMPLIFIED, TRADITIONAL

SHORT = "主动公开政府信息12条"


@pytest.mark.parametrize("words", [SHORT, "年报", SIMPLIFIED, SIMPLIFIED * 200, TRADITIONAL, TRADITIONAL * 200,
                                   "報告", "行政复议0件", "政府信息公开"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
def test_chinese_is_decoded(words: str, encoding: str) -> None:
    decoded = decode(words.encode(encoding))
    assert (decoded.text, decoded.warnings) == (words, ())


@pytest.mark.parametrize("words", ["主動公開政府資訊12條", "年度報告", TRADITIONAL, TRADITIONAL * 200])
def test_big5_is_told_from_gb18030(words: str) -> None:
    decoded = decode(words.encode("big5hkscs"))
    assert (decoded.text, decoded.encoding) == (words, "big5hkscs")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_bom_is_known_by_its_nuls(encoding: str) -> None:
    assert decode(SIMPLIFIED.encode(encoding)).text == SIMPLIFIED
    assert decode(codecs.BOM_UTF16_BE + SIMPLIFIED.encode("utf-16-be")).text == SIMPLIFIED


def test_word_that_is_valid_utf8_by_chance_is_gb18030() -> None:
    assert decode("联通".encode("gb18030")).text == "联通"


@pytest.mark.parametrize(("declared", "encoding"), [("gb2312", "gb18030"), ("GBK", "gb18030"), ("big5", "big5hkscs")])
def test_declared_encoding_is_taken_where_the_bytes_agree(declared: str, encoding: str) -> None:
    page = f'<html><meta charset="{declared}"><p>{TRADITIONAL}'
    assert decode(page.encode(encoding)).encoding == encoding


@pytest.mark.parametrize("declared", ["gb2312", "big5", "utf-8", "nonsense"])
def test_declared_encoding_that_is_wrong_is_not_believed(declared: str) -> None:
    page = f'<html><meta http-equiv="Content-Type" content="text/html; charset={declared}"><p>{SIMPLIFIED}'
    assert SIMPLIFIED in read(page.encode("utf-8"), name="a.html").text
    assert SIMPLIFIED in read(page.encode("gb18030"), name="a.html").text


def test_a_few_broken_bytes_are_replaced_and_said() -> None:
    data = SIMPLIFIED.encode()
    decoded = decode(data[:100] + b"\xff" + data[100:-1])
    assert decoded.encoding == "utf-8"
    assert decoded.warnings == ("broken_bytes",)
    assert "本年度主动公开" in decoded.text
    assert "\ufffd" in decoded.text


@pytest.mark.parametrize(("right", "wrong"), [("utf-8", "latin-1"), ("gb18030", "latin-1"), ("utf-8", "gb18030")])
def test_wrong_decoding_is_undone_where_it_is_exact(right: str, wrong: str) -> None:
    words = SIMPLIFIED if wrong == "latin-1" else "政府信息公开工作报告主动公开工作情况"
    decoded = decode(words.encode(right).decode(wrong).encode("utf-8"))
    assert (decoded.text, decoded.warnings) == (words, ("mojibake_repaired",))


def test_wrong_decoding_that_lost_bytes_is_said_and_left() -> None:
    spoilt = SIMPLIFIED.encode().decode("gbk", errors="replace").replace("\ufffd", "?")
    decoded = decode(spoilt.encode())
    assert (decoded.text, decoded.warnings) == (spoilt, ("mojibake",))


def test_spoilt_passage_in_good_text_is_said() -> None:
    assert decode((SIMPLIFIED + "锟斤拷锟斤拷" + SIMPLIFIED).encode()).warnings == ("mojibake",)


@pytest.mark.parametrize("words", ["plain English, 12 items", "Größe 12 für Übersicht", "報(bào)告(gào)公(gōng)開(kāi)12條",
                                   "①②③", "12\u3000条", "ﾊﾝｶｸ かな カナ 公開", "鷲峰鎮 麤 龘 12 件", "—— —— 12"])
def test_unusual_text_is_no_mojibake(words: str) -> None:
    decoded = decode(words.encode())
    assert (decoded.text, decoded.warnings) == (words, ())


@given(st.text(alphabet=SIMPLIFIED + "0123456789,.%\n", min_size=1, max_size=400))
def test_utf8_text_is_never_changed(words: str) -> None:
    assert decode(words.encode()).text == words


PHRASES = st.sampled_from(["政府信息公开", "主动公开", "12条", "收到申请3件", "，", "年度报告", "工作情况", "\n"])


@given(st.lists(PHRASES, min_size=2))
def test_gb18030_phrases_are_decoded(phrases: list[str]) -> None:
    words = "".join(phrases)
    if any(character > "\x7f" for character in words.replace("，", "")):
        assert decode(words.encode("gb18030")).text == words


@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        text = decode(data).text
    except UnreadableDocument:
        return
    assert not re.search(r"[\ud800-\udfff]", text)
