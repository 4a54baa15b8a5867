"""Masked sentences, frozen splits, and what leaks between them."""
from pathlib import Path

import pytest

from annotations.corpus.masking import masked_sentences, sentences
from annotations.corpus.splits import Splits, assign, leaks, read_splits, write_splits
from annotations.errors import AnnotationError
from tests.annotations.made import labelled


@pytest.mark.parametrize(("written", "pattern"), [
    ("主动公开信息１，２３６条。", "主动公开信息0条。"),
    ("主动公开信息 2.5 万余 条。", "主动公开信息0余条。"),
    ("自2022年1月1日起至12月31日止。", "自0起至0止。"),
    ("办结率百分之九十八，答复率100%！", "办结率0,答复率0%!"),
    ("共举办培训两次，受理二十一件。", "共举办培训0次,受理0件。"),
    ("一是统一部署；二是进一步加强一体化建设。", "0是统一部署;0是进一步加强一体化建设。"),
    ("二〇二二年，我縣公開資訊三条。", "0,我县公开资讯0条。"),
    ("青禾县公布、青禾县水务局印发。", "X公布、X印发。"),
    ("通过[[青禾发布|CHANNEL]]公开[[规划类|CATEGORY]]3条，规划类最多。", "通过X公开X0条,X最多。"),
])
def test_numbers_and_names_are_masked(written: str, pattern: str) -> None:
    assert masked_sentences(labelled(written)) == (pattern,)


def test_sentences_end_as_sentences_do_and_stand_outside_forms() -> None:
    doc = labelled("一、总体情况\n公布如下。“完成了吗？”收到[[3\n件|COUNT:requests.new]]！规章0件。\n索引号：1-2")
    doc = type(doc)(name="a", text=doc.text, annotations=doc.annotations,
                    regions=((doc.text.index("规章"), doc.text.index("规章") + 5),))
    found = [doc.text[sentence.start : sentence.end] for sentence in sentences(doc)]
    assert found == ["公布如下。", "“完成了吗？”", "收到3\n件！"]


def test_splits_are_read_as_written(tmp_path: Path) -> None:
    splits = Splits({"甲县": "train", "乙“镇”": "test", "丙": "dev", "丁": "train"})
    write_splits(tmp_path / "splits.toml", splits)
    assert read_splits(tmp_path / "splits.toml") == splits


@pytest.mark.parametrize(("words", "why"), [
    ('train = ["甲"]\ntest = ["甲"]', "甲 stands in train and in test"), ('train = ["甲", "甲"]', "甲 stands in"),
    ('tests = ["甲"]', "no split is called tests"), ("dev = [3]", "dev is no list"), ("dev = [", "splits.toml"),
])
def test_broken_splits_are_refused(words: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "splits.toml"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(AnnotationError, match=why):
        read_splits(path)


def test_new_issuers_are_drawn_once_for_all_and_old_ones_stay() -> None:
    issuers = [f"第{n}号试验镇" for n in range(2000)]
    drawn = assign(Splits({issuers[0]: "test"}), issuers)
    assert drawn.of(issuers[0]) == "test"
    assert drawn == assign(assign(Splits({issuers[0]: "test"}), issuers[:7]), issuers[::-1])
    counts = [list(drawn.issuers.values()).count(split) for split in ("train", "dev", "test")]
    assert 1540 < counts[0] < 1660
    assert min(counts[1:]) > 150
    assert {issuer: assign(Splits({}), [issuer]).of(issuer) for issuer in ("青禾县水务局", "大营镇")} == {
        "青禾县水务局": "test", "大营镇": "train"}


def test_another_spelling_of_an_issuer_goes_where_the_first_is() -> None:
    known = Splits({"青禾县": "test"})
    assert assign(known, ["青禾縣人民政府"]).of("青禾縣人民政府") == "test"


def test_sentences_on_both_sides_and_issuers_in_two_splits_leak() -> None:
    docs = [labelled("青禾县共主动公开政府信息3条。以上。", name="one", issuer="青禾县"),
            labelled("大营镇共主動公開政府資訊４２條。以上。大营镇共主动公开政府信息1,042条。", name="two", issuer="大营镇"),
            labelled("南镇共主动公开政府信息5条。", name="three", issuer="南镇"),
            labelled("北镇共主动公开政府信息5条。", name="four", issuer="北镇")]
    splits = Splits({"青禾县": "train", "大营镇": "dev", "南镇": "train", "大營鎮人民政府": "test"})
    issuer, sentence = leaks(docs, splits)
    assert (issuer.kind, issuer.words) == ("issuer", "大营镇")
    assert (sentence.kind, sentence.words) == ("sentence", "X共主动公开政府信息0条。")
    assert [(split, name) for split, name, _, _ in sentence.places] == [("train", "one"), ("dev", "two")]
    start, end = sentence.places[1][2:]
    assert docs[1].text[start:end] == "大营镇共主动公开政府信息1,042条。"
    assert leaks(docs, Splits({"青禾县": "train", "大营镇": "train"})) == ()
