"""Categories and channels find their counts; what is lost of the true links stays within a bound."""
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotations.corpus import AnnotatedDocument, read_corpus
from annotations.corpus.document import to_spans
from infer.annotate.reading import document_of
from infer.assemble import text_facts
from infer.model.linking import link
from infer.rules import read_running_text
from report import Fact, Span, SpanType
from tests.assemble.made import marked
from tests.conftest import ROOT

NAMES = (SpanType.CATEGORY, SpanType.CHANNEL)
COUNT = "COUNT proactive.total"
Key = tuple[str | None, str, tuple[tuple[str, str], ...], float | None, int]


def linked(markup: str) -> list[tuple[str, list[str]]]:
    """The words of each quantity, with those of its names in their order."""
    doc, spans = marked(markup)
    found = link(spans, doc.text)
    return [(doc.text[one.start : one.end],
             [doc.text[name.start : name.end] for name in found
              if name.type in NAMES and name.group is not None and name.group == one.group])
            for one in found if one.type not in NAMES]


@pytest.mark.parametrize(("markup", "wanted"), [
    pytest.param(f"⟦政策文件|CATEGORY⟧⟦12条|{COUNT}⟧，⟦通知|CATEGORY⟧⟦7条|{COUNT}⟧。",
                 [("12条", ["政策文件"]), ("7条", ["通知"])], id="the name before"),
    pytest.param(f"公开⟦50条|{COUNT}⟧为⟦通知公告|CATEGORY⟧，⟦30条|{COUNT}⟧为⟦政策文件|CATEGORY⟧。",
                 [("50条", ["通知公告"]), ("30条", ["政策文件"])], id="the name after"),
    pytest.param(f"通过⟦门户网站|CHANNEL⟧发布⟦动态类|CATEGORY⟧⟦3条|{COUNT}⟧。",
                 [("3条", ["门户网站", "动态类"])], id="two names of one count"),
    pytest.param(f"⟦网站|CHANNEL⟧、⟦微博|CHANNEL⟧、⟦微信|CHANNEL⟧分别公开⟦5条|{COUNT}⟧、⟦6条|{COUNT}⟧和⟦7条|{COUNT}⟧。",
                 [("5条", ["网站"]), ("6条", ["微博"]), ("7条", ["微信"])], id="in their order"),
    pytest.param(f"⟦甲村|CATEGORY⟧和⟦乙村|CATEGORY⟧依次为⟦5条|{COUNT}⟧、⟦6条|{COUNT}⟧。",
                 [("5条", ["甲村"]), ("6条", ["乙村"])], id="one after the other"),
    pytest.param(f"⟦网站|CHANNEL⟧公开⟦52条|{COUNT}⟧，历年累计⟦1324条|{COUNT} scope=cumulative⟧。",
                 [("52条", ["网站"]), ("1324条", ["网站"])], id="of the other period too"),
    pytest.param(f"⟦网站|CHANNEL⟧公开⟦52条|{COUNT}⟧，发布会累计⟦9次|COUNT meetings.press scope=cumulative⟧。",
                 [("52条", ["网站"]), ("9次", [])], id="another indicator's period has no name"),
    pytest.param(f"⟦网站|CHANNEL⟧公开⟦52条|{COUNT}⟧，全年公开⟦60条|{COUNT}⟧。",
                 [("52条", ["网站"]), ("60条", [])], id="a second figure of the same period has no name"),
    pytest.param(f"全年公开⟦9条|{COUNT}⟧。设有⟦政务公开栏|CHANNEL⟧。", [("9条", [])], id="a name of nothing"),
    pytest.param(f"设有⟦政务公开栏|CHANNEL⟧。全年公开⟦9条|{COUNT}⟧。", [("9条", [])], id="a sentence of its own"),
    pytest.param("⟦网站|CHANNEL⟧" + "不断完善" * 23 + f"公开⟦9条|{COUNT}⟧。", [("9条", [])], id="too far away"),
    pytest.param("⟦网站|CHANNEL⟧收取⟦9元|FEE fees.collected⟧，⟦按期率|CATEGORY⟧⟦9%|RATE⟧，接待⟦3人|COUNT visits.received⟧。",
                 [("9元", []), ("9%", []), ("3人", [])], id="what is never divided by name"),
    pytest.param(f"⟦网站|CHANNEL⟧\n公开⟦9\n条|{COUNT}⟧。", [("9\n条", ["网站"])], id="a wrapped line"),
])
def test_names_and_their_counts(markup: str, wanted: list[tuple[str, list[str]]]) -> None:
    assert linked(markup) == wanted


def test_a_row_with_a_name_too_few_is_no_row_from_its_middle_on() -> None:
    """The model missed 微信: its neighbours must not slide one number to the right."""
    found = dict(linked(f"⟦网站|CHANNEL⟧、⟦微博|CHANNEL⟧、微信分别公开⟦5条|{COUNT}⟧、⟦6条|{COUNT}⟧、⟦7条|{COUNT}⟧。"))
    assert found["7条"] == []
    assert found["6条"] != ["网站"]


PIECES = ["⟦网站{}|CHANNEL⟧", "⟦动态{}类|CATEGORY⟧", "⟦{}条|COUNT proactive.total⟧", "⟦{}件|COUNT requests.new⟧",
          "⟦{}条|COUNT proactive.total scope=cumulative⟧", "⟦{}元|FEE⟧", "分别", "、", "，", "。", "\n", "累计", "发布", "为"]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_a_linked_name_has_exactly_one_count(pieces: list[str]) -> None:
    doc, spans = marked("".join(piece.format(number) for number, piece in enumerate(pieces)))
    found = link(spans, doc.text)
    counts = Counter(one.group for one in found if one.type not in NAMES and one.group is not None)
    names = [one for one in found if one.type in NAMES]
    assert all(number == 1 for number in counts.values())
    assert counts.keys() == {one.group for one in names}
    assert len(set(names)) == len(names)
    assert list(found) == sorted(found, key=lambda one: (one.start, one.end))
    assert _bare(one for one in found if one.type not in NAMES) == _bare(one for one in spans if one.type not in NAMES)
    assert {replace(one, group=None) for one in names} <= set(spans)


def _bare(spans: Iterable[Span]) -> list[Span]:
    return [replace(one, group=None) for one in spans]


@pytest.mark.parametrize(("markup", "name"), [
    (f"“⟦惠民补贴”栏目|CATEGORY⟧发布信息⟦24条|{COUNT}⟧。", "惠民补贴"),
    (f"（其中⟦“三公经费|CATEGORY⟧”⟦3条|{COUNT}⟧）。", "三公经费"),
    (f"⟦“双随机、一公开”监管|CATEGORY⟧⟦3条|{COUNT}⟧。", "“双随机、一公开”监管"),
    (f"⟦“双随机、一公开”|CATEGORY⟧⟦3条|{COUNT}⟧。", "“双随机、一公开”"),
])
def test_a_name_has_no_half_of_a_pair_of_quotes_at_its_border(markup: str, name: str) -> None:
    assert linked(markup)[0][1] == [name]


def test_no_fee_is_waived_where_no_word_says_so() -> None:
    doc, spans = marked("未发生⟦收费|NONE fees.waived⟧情况，也没有⟦减免|NONE fees.waived⟧。")
    assert [span.indicator for span in link(spans, doc.text)] == ["fees.collected", "fees.waived"]


def test_old_groups_of_the_spans_mean_nothing() -> None:
    doc, spans = marked(f"⟦甲类|CATEGORY group=7⟧⟦1条|{COUNT} group=8⟧、⟦乙类|CATEGORY group=8⟧⟦2条|{COUNT} group=7⟧。")
    assert link(spans, doc.text) == link([replace(one, group=None) for one in spans], doc.text)


def test_a_text_of_nothing_but_names_and_counts_is_linked_in_no_time() -> None:
    doc, spans = marked(f"⟦通知类|CATEGORY⟧公开⟦5条|{COUNT}⟧，" * 4000)
    begun = perf_counter()
    assert len(link(spans, doc.text)) == 8000
    assert perf_counter() - begun < 1.5


def _facts(doc: AnnotatedDocument, spans: Sequence[Span]) -> Counter[Key]:
    given = document_of(doc)
    return Counter(_key(one) for one in text_facts(given, spans, read_running_text(given, doc.regions)))


def _key(fact: Fact) -> Key:
    return fact.indicator, fact.scope, tuple(sorted(fact.by.items())), fact.value, fact.evidence.start


def test_true_spans_without_their_links_give_the_true_facts() -> None:
    """Over all written documents with links, linking by place loses fewer than 1 in 100 facts with a name."""
    named: list[bool] = []
    wrong = total = 0
    for doc in read_corpus(ROOT / "annotations" / "written"):
        if not doc.links:
            continue
        true = _facts(doc, to_spans(doc))
        found = _facts(doc, link(to_spans(replace(doc, links=())), doc.text))
        named += [key in found for key in true if {"category", "channel", "subunit"} & dict(key[2]).keys()]
        total += true.total()
        wrong += (found - true).total()
    assert len(named) > 1000
    assert named.count(False) < 0.01 * len(named)
    assert wrong < 0.002 * total
