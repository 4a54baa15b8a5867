"""Values, units, periods, scopes, open facts and competing readings."""
import pytest

from infer.forms import read_forms
from infer.pipeline import extract
from report import Fact
from tests.assemble.made import assembled, document


@pytest.mark.parametrize(("words", "value", "qualifier"), [
    ("73条", 73, None), ("60余条", 60, "at_least"), ("２５条", 25, None), ("1,136条", 1136, None),
    ("二十一条", 21, None), ("2.5万条", 25000, None), ("20余万条", 200000, "at_least"), ("百余条", 100, "at_least"),
    ("1 136 条", 1136, None), ("叁拾條", 30, None), ("12\n条", 12, None),
])
def test_what_an_annotator_marked_is_read(words: str, value: int, qualifier: str | None) -> None:
    [fact] = assembled(f"全年主动公开信息⟦{words}|COUNT proactive.total⟧。")
    assert (fact.value, fact.unit, fact.state, fact.qualifier) == (value, "条", "value", qualifier)
    assert fact.evidence.text == words
    assert fact.method == "model"


@pytest.mark.parametrize(("before", "after", "qualifier"), [
    ("约", "", "about"), ("近", "", "about"), ("超过", "", "at_least"), ("", "以上", "at_least"),
    ("", "左右", "about"), ("共", "", None),
])
def test_the_words_beside_a_number_qualify_it(before: str, after: str, qualifier: str | None) -> None:
    [fact] = assembled(f"全年公开信息{before}⟦300条|COUNT proactive.total⟧{after}。")
    assert fact.qualifier == qualifier


@pytest.mark.parametrize(("words", "yuan"), [
    ("2.5万元", 25000), ("2800元", 2800), ("0元", 0), ("1.2亿元", 120000000), ("3千元", 3000), ("５万元", 50000),
])
def test_money_is_in_yuan(words: str, yuan: int) -> None:
    [fact] = assembled(f"专项经费⟦{words}|FEE funds.special⟧。")
    assert (fact.value, fact.unit) == (yuan, "元")
    assert fact.state == ("value" if yuan else "zero")


@pytest.mark.parametrize(("words", "rate"), [
    ("100%", 1), ("99.98%", 0.9998), ("87.5％", 0.875), ("5‰", 0.005), ("56.30 %", 0.563),
])
def test_rates_are_fractions(words: str, rate: float) -> None:
    [fact] = assembled(f"建议办结率⟦{words}|RATE proposals.completion_rate⟧。")
    assert (fact.value, fact.unit) == (rate, "1")


def test_words_that_are_no_number_make_no_fact() -> None:
    assert assembled("公开信息⟦若干条|COUNT proactive.total⟧，⟦几十条|COUNT proactive.total⟧。") == ()


@pytest.mark.parametrize("scope", ["cumulative", "previous_year"])
def test_a_period_is_a_dimension(scope: str) -> None:
    other, own = assembled(f"公开⟦900条|COUNT proactive.total scope={scope}⟧，本年⟦80条|COUNT proactive.total⟧。")
    assert (other.indicator, other.by, other.scope) == ("proactive.total", {"period": scope}, scope)
    assert (own.by, own.scope) == ({}, "own")


@pytest.mark.parametrize("scope", ["upward", "aggregate"])
def test_figures_of_others_are_open_facts(scope: str) -> None:
    [fact] = assembled(f"全县公开信息⟦900条|COUNT proactive.total scope={scope}⟧。")
    assert (fact.indicator, fact.by, fact.scope, fact.unit) == (None, {}, scope, "条")
    assert fact.counted == "全县公开信息"


@pytest.mark.parametrize(("markup", "counted"), [
    ("全年办理审批⟦812件|COUNT other⟧。", "全年办理审批"), ("走访企业⟦43家|COUNT other⟧、商户⟦12户|COUNT other⟧。", "走访企业"),
    ("全年共有⟦25名|COUNT other⟧河长。", "河长"), ("⟦25名|COUNT other⟧河长参加巡河。", "河长参加巡河"), ("占比⟦35%|RATE other⟧。", "占比"),
])
def test_an_open_fact_says_what_it_counts(markup: str, counted: str) -> None:
    fact = assembled(markup)[0]
    assert (fact.indicator, fact.counted) == (None, counted)


def test_a_vocabulary_fact_does_not() -> None:
    [fact] = assembled("全年公开信息⟦900条|COUNT proactive.total⟧。")
    assert fact.counted is None


def test_a_statement_of_none_is_zero_with_a_reason() -> None:
    [fact] = assembled("本年度未发生⟦行政复议|NONE reconsideration.total⟧。")
    assert (fact.indicator, fact.value, fact.state, fact.unit) == ("reconsideration.total", 0, "zero", "件")
    assert fact.reason == "statement of none"
    assert fact.evidence.text == "行政复议"


def test_the_context_is_the_sentence() -> None:
    fact = assembled("第一句。全年公开信息⟦9条|COUNT proactive.total⟧，均已上网。第三句。")[0]
    assert fact.context is not None
    assert fact.context.text == "全年公开信息9条，均已上网。"


def test_facts_are_numbered_in_the_order_of_the_text() -> None:
    facts = assembled("公开⟦3条|COUNT proactive.total⟧，未收到⟦申请|NONE requests.new⟧，专职⟦1名|COUNT staff.full_time⟧。")
    assert [fact.id for fact in facts] == ["f1", "f2", "f3"]
    assert [fact.evidence.start for fact in facts] == sorted(fact.evidence.start for fact in facts)


AMBIGUOUS = """青禾县水务局2022年政府信息公开工作年度报告

三、收到和处理政府信息公开申请情况
一、本年新收政府信息公开申请数量{row}
二、上年结转政府信息公开申请数量0000000
三、本年度办理结果（一）予以公开{row}（二）部分公开0000000（三）不予公开1.属于国家秘密0000000（七）总计{row}
四、结转下年度继续办理0000000
"""


def new_requests(row: str) -> list[Fact]:
    facts = extract(AMBIGUOUS.format(row=row).encode(), name="form.txt").facts
    return [fact for fact in facts if fact.indicator == "requests.new"]


def test_readings_of_one_digit_run_stay_beside_each_other() -> None:
    # 15|1|3|0|0|0|19 and 1|5|13|0|0|0|19
    facts = new_requests("151300019")
    open_cells = [fact for fact in facts if fact.ambiguous and fact.status == "stated"]
    assert open_cells
    assert {fact.value for fact in open_cells} == {None}
    for fact in open_cells:
        others = [other for other in facts if other.status == "alternative" and other.reading_of == fact.reading_of]
        assert len({other.value for other in others}) >= 2
        assert all(other.confidence <= fact.confidence for other in others)
        assert all(other.reason for other in others)


def test_cells_on_which_all_readings_agree_are_stated() -> None:
    facts = new_requests("151300019")
    assert [fact.value for fact in facts if "applicant" not in fact.by and fact.status == "stated"] == [19]


def test_a_run_with_one_reading_has_no_alternatives() -> None:
    facts = new_requests("371000038")
    assert [fact.value for fact in facts] == [37, 1, 0, 0, 0, 0, 38]
    assert {fact.status for fact in facts} == {"stated"}


def test_alternatives_are_no_part_of_the_report_s_own_reading() -> None:
    text = AMBIGUOUS.format(row="151300019")
    cells = read_forms(document(text)).cells
    facts = assembled(text, cells)
    stated = [fact for fact in facts if fact.status == "stated"]
    assert len(stated) == len(cells)
    assert len(facts) == len(cells) + sum(len(cell.alternatives) for cell in cells)
