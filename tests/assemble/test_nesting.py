"""Which number is part of which: 其中, brackets, totals after their parts."""
from collections.abc import Iterable

import pytest

from report import Fact
from tests.assemble.made import assembled
from tests.rules.made import read_passage


def parents(facts: Iterable[Fact]) -> dict[int | float | None, int | float | None]:
    """Value of the whole by value of the part."""
    by_id = {fact.id: fact for fact in facts}
    return {fact.value: by_id[fact.parent].value if fact.parent else None for fact in by_id.values()}


def test_parts_of_one_whole() -> None:
    facts = read_passage("全年主动公开政府信息120条，其中政策文件类20条，工作动态类100条。")
    assert parents(facts) == {120: None, 20: 120, 100: 120}


def test_two_levels() -> None:
    facts = read_passage("全年主动公开政府信息118条，其中网站公开53条，其中公告类4条、动态类49条。")
    assert parents(facts) == {118: None, 53: 118, 4: 53, 49: 53}


def test_a_bracket_closes_its_level() -> None:
    facts = read_passage("全年主动公开政府信息96条，其中网站公开53条（公告类4条、动态类49条），公众号公开43条。")
    assert parents(facts) == {96: None, 53: 96, 4: 53, 49: 53, 43: 96}


def test_two_breakdowns_of_one_whole() -> None:
    facts = read_passage("收到政府信息公开申请12件，其中网络申请8件、信函申请4件；其中予以公开11件。", section="requests")
    assert parents(facts)[8] == parents(facts)[4] == 12


def test_the_next_sentence_goes_on_only_where_it_says_so() -> None:
    goes_on = read_passage("收到政府信息公开申请12件。其中，网络申请8件，信函申请4件。", section="requests")
    assert parents(goes_on) == {12: None, 8: 12, 4: 12}
    begins = read_passage("收到政府信息公开申请12件，其中网络申请8件。上年结转申请3件。", section="requests")
    assert parents(begins) == {12: None, 8: 12, 3: None}


def test_a_total_after_its_parts_is_part_of_nothing() -> None:
    facts = read_passage("网站公开信息61条、微信公众号公开203条，合计264条。")
    assert parents(facts) == {61: None, 203: None, 264: None}


def test_a_part_larger_than_its_whole_stays_as_written() -> None:
    facts = read_passage("全年主动公开政府信息23条，其中微信公众号推送47条。")
    assert parents(facts) == {23: None, 47: 23}


def test_another_family_is_no_part() -> None:
    facts = read_passage("收到政府信息公开申请5件，其中引起行政复议2件，维持1件。", section="requests")
    assert parents(facts)[2] is None


@pytest.mark.parametrize("opener", ["，其中", "，其中：", "，包括", "，具体为", "：", "（", "，分别为"])
def test_words_that_open_a_list(opener: str) -> None:
    facts = assembled(f"公开⟦30条|COUNT proactive.total⟧{opener}⟦甲类|CATEGORY group=1⟧⟦10条|COUNT proactive.total group=1⟧、"
                      "⟦乙类|CATEGORY group=2⟧⟦20条|COUNT proactive.total group=2⟧。")
    assert parents(facts) == {30: None, 10: 30, 20: 30}
