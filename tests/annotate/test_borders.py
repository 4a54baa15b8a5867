"""Names that the rules propose begin and end where the guidelines say."""
import pytest

from infer.annotate.borders import by_guidelines
from infer.annotate.prelabel import prelabel
from infer.annotate.reading import read_report
from report import Span, SpanType

TITLE = "青禾镇2022年政府信息公开工作年度报告\n一、总体情况\n"


@pytest.mark.parametrize(("sentence", "names"), [
    ("通过政府门户网站公开信息101条，其中机构职能类信息20条、政策文件类的信息81条。", ["政府门户网站", "机构职能类", "政策文件类"]),
    ("政务公开栏公开30条。", ["政务公开栏"]),
])
def test_proposed_names_end_as_the_guidelines_say(sentence: str, names: list[str]) -> None:
    labelled = prelabel(read_report((TITLE + sentence).encode(), name="a.txt"), name="a").doc
    found = [labelled.words(mark) for mark in labelled.annotations
             if mark.type in (SpanType.CATEGORY, SpanType.CHANNEL)]
    assert found == names


def span(text: str, words: str, kind: SpanType) -> Span:
    start = text.index(words)
    return Span(start=start, end=start + len(words), type=kind)


def test_no_name_grows_into_another_span() -> None:
    text = "政府门户网站平台"
    before, name, behind = (span(text, "政府", SpanType.CATEGORY), span(text, "门户网", SpanType.CHANNEL),
                            span(text, "平台", SpanType.CATEGORY))
    mended = list(by_guidelines([before, name, behind], text))
    assert [text[one.start : one.end] for one in mended] == ["政府", "门户网站", "平台"]


@pytest.mark.parametrize("words", ["信息", "的信息", "其他信息"])
def test_a_name_keeps_two_characters_and_quantities_stay(words: str) -> None:
    text = f"公开{words}12条"
    mended = list(by_guidelines([span(text, words, SpanType.CATEGORY), span(text, "12条", SpanType.COUNT)], text))
    assert [text[one.start : one.end] for one in mended] == [words if len(words) < 4 else "其他", "12条"]
