"""The traps of the field guide, section 8: what each passage says, and nothing else."""
from dataclasses import dataclass

import pytest

from infer.pipeline import extract
from report import Fact
from tests.rules.made import RULES, named, opened, read_passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """`facts`: all facts with an indicator, one line each; `others`: values that must stand as open facts."""

    id: str
    passage: str
    facts: tuple[str, ...] = ()
    others: tuple[int | float, ...] = ()
    section: str = "proactive"
    year: int = 2022
    issuer: str = "青禾县水务局"


TRAPS = (
    Trap(id="01-cumulative-first", passage="我局累计公开政府信息5230条，其中本年新增416条。",
         facts=("proactive.total period=cumulative 5230", "proactive.total 416")),
    Trap(id="01-cumulative-second", passage="2012年新增主动公开政府信息274条，历年累计主动公开3961条。", year=2012,
         section="old_proactive", facts=("proactive.total 274", "proactive.total period=cumulative 3961")),
    Trap(id="01-since-founding", passage="自2008年《条例》施行以来，累计主动公开政府信息8804条。", year=2013,
         section="old_proactive", facts=("proactive.total period=cumulative 8804",)),
    Trap(id="02-channels-before-total", passage="通过政府网站公开信息95条、微信公众号公开710条，合计805条。",
         facts=("proactive.total channel=website 95", "proactive.total channel=wechat 710", "proactive.total 805")),
    Trap(id="02-total-after-brackets", passage="全年公开信息（网站61条、公众号203条）共计264条。",
         facts=("proactive.total channel=website 61", "proactive.total channel=wechat 203", "proactive.total 264")),
    Trap(id="03-nested", passage="全年主动公开政府信息118条，其中网站公开53条，其中公示公告类4条、工作动态类49条。",
         facts=("proactive.total 118", "proactive.total channel=website 53", "proactive.total category=公示公告类 4",
                "proactive.total category=工作动态类 49")),
    Trap(id="04-part-exceeds-whole", passage="全年主动公开政府信息23条，其中微信公众号推送47条。",
         facts=("proactive.total 23", "proactive.total channel=wechat 47")),
    Trap(id="05-office", issuer="芦湾县人民政府办公室", passage="全县共发布政府信息8714条，我办发布政府信息136条。",
         facts=("proactive.total 136",), others=(8714,)),
    Trap(id="05-county", issuer="芦湾县人民政府", passage="全县各级各部门主动公开政府信息8714条。",
         facts=("proactive.total 8714",)),
    Trap(id="06-sent-upward", section="overview", passage="全年向县政府办报送信息92条，被采用57条，采用率62%。", others=(92, 57)),
    Trap(id="06-adopted-by-superior", section="overview", passage="全年上报政务信息140篇，其中市级采用33篇、省级采用6篇。",
         others=(140, 33, 6)),
    Trap(id="07-classes-of-files", section="overview",
         passage="全年共制作公文620件，其中公开属性为主动公开的410件、依申请公开的90件、不予公开的120件。",
         facts=("proactive.total 410",)),
    Trap(id="08-clicks-called-a-rate", section="overview", passage="我局网站年点击率达8.3万次。", facts=("visits.total 83000",)),
    Trap(id="09-multiplier-loose", passage="全年主动公开政府信息近4万余条。", facts=("proactive.total 40000 about",)),
    Trap(id="09-multiplier-decimal", section="overview", passage="政府网站访问量5.6万人次。", facts=("visits.total 56000",)),
    Trap(id="09-loose-hundred", passage="全年主动公开政府信息百余条。", facts=("proactive.total 100 at_least",)),
    Trap(id="09-loose-after-multiplier", passage="全年主动公开各类政府信息3万多条。",
         facts=("proactive.total 30000 at_least",)),
    Trap(id="10-carried-in-included", section="requests",
         passage="全年办理政府信息公开申请18件（含上年结转4件），结转下年度继续办理2件。",
         facts=("requests.new 18", "requests.carried_in 4", "requests.carried_out 2")),
    Trap(id="11-carry-direction", section="requests",
         passage="本年新收政府信息公开申请21件，上年结转申请3件，结转下年度继续办理2件。",
         facts=("requests.new 21", "requests.carried_in 3", "requests.carried_out 2")),
    Trap(id="11-next-year-only", section="requests", passage="收到政府信息公开申请7件，办结6件，1件结转至下年度办理。",
         facts=("requests.new 7", "requests.processed_total 6", "requests.carried_out 1")),
    Trap(id="12-reconsideration-among-requests", section="requests",
         passage="全年受理政府信息公开申请34件，其中引起行政复议2件。", facts=("requests.new 34", "reconsideration.total 2")),
    Trap(id="13-none-0-times", section="requests", passage="全年收到政府信息公开申请0件次。", facts=("requests.new 0",)),
    Trap(id="13-none-word", section="overview", passage="全年接受群众咨询零人次。", facts=("consultations.total 0",)),
    Trap(id="13-one-in-words", section="requests", passage="本年度收到政府信息公开申请一件。", facts=("requests.new 1",)),
    Trap(id="14-none-then-number", section="disputes", passage="本年度未收到政府信息公开申请，发生行政诉讼2件。",
         facts=("requests.new 0", "litigation.total 2")),
    Trap(id="14-none-runs-on", section="disputes", passage="本年度未发生因政府信息公开引起的行政复议、行政诉讼。",
         facts=("reconsideration.total 0", "litigation.total 0")),
    Trap(id="14-none-of-suits-only", section="disputes", passage="本年度被申请行政复议3件，未发生行政诉讼。",
         facts=("reconsideration.total 3", "litigation.total 0")),
    Trap(id="15-glued-period", section="overview", passage="本年报统计期限为2022111231日。全年主动公开政府信息64条。",
         facts=("proactive.total 64",)),
    Trap(id="16-last-year", passage="去年主动公开政府信息870条，今年主动公开政府信息1240条。",
         facts=("proactive.total period=previous_year 870", "proactive.total 1240")),
    Trap(id="16-increase", passage="全年主动公开政府信息1240条，较上年增加370条。", facts=("proactive.total 1240",),
         others=(370,)),
    Trap(id="17-stale-year", section="requests", passage="2021年，我局共受理政府信息公开申请6件。",
         facts=("requests.new period=previous_year 6",)),
    Trap(id="18-units-dropped", passage="全年主动公开政府信息391条，其中要闻280乡镇动态36公告75。",
         facts=("proactive.total 391", "proactive.total category=要闻 280",
                "proactive.total category=乡镇动态 36", "proactive.total category=公告 75")),
    Trap(id="19-hotline", section="overview", passage="12345热线受理诉求13件，均已办结。", others=(13,)),
    Trap(id="19-article", section="overview", passage="对照《条例》第二十条第（五）项和第9至12条，完善公开目录。"),
    Trap(id="19-list-number", section="requests",
         passage="收到政府信息公开申请4件。不予公开1件：3.危及国家安全、公共安全、经济安全和社会稳定1件。",
         facts=("requests.new 4", "requests.denied.total 1", "requests.denied.security_stability 1")),
    Trap(id="also-clean-up", section="overview", passage="全年清理失效信息、删除过期信息共640条。", others=(640,)),
    Trap(id="also-replies", section="old_requests", year=2016, passage="全年收到政府信息公开申请9件，申请答复数8件。",
         facts=("requests.new 9", "requests.replied 8")),
    Trap(id="also-issues-and-items", passage="全年通过微信公众号推送信息14期52条。",
         facts=("proactive.total channel=wechat 52",), others=(14,)),
    Trap(id="also-share-alone", passage="网站公开的信息占62%，其余通过公开栏公开。", others=(0.62,)),
)
FORM = """青禾县水务局2022年政府信息公开工作年度报告

一、总体情况
{text}

二、主动公开政府信息情况
第二十条第（一）项
信息内容
本年制发件数
本年废止件数
现行有效件数
规章000
行政规范性文件{documents}
第二十条第（五）项
信息内容
本年处理决定数量
行政许可
12
第二十条第（六）项
信息内容
本年处理决定数量
行政处罚
0
行政强制
0
第二十条第（八）项
信息内容
本年收费金额（单位：万元）
行政事业性收费
{fee}

四、政府信息公开行政复议、行政诉讼情况
行政复议
行政诉讼
结果维持
结果纠正
其他结果
尚未审结
总计
未经复议直接起诉
复议后起诉
结果维持
结果纠正
其他结果
尚未审结
总计
结果维持
结果纠正
其他结果
尚未审结
总计
{suits}
"""
FORM_2019 = """青禾县水务局2019年政府信息公开工作年度报告

二、主动公开政府信息情况
第二十条第（五）项
信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量
行政许可 | 40 | -3 | 412
其他对外管理服务事项 | 0 | 0 | 0
第二十条第（九）项
信息内容 | 采购项目数量 | 采购总金额
政府集中采购 | 4 | {money}
"""


@pytest.mark.parametrize("trap", TRAPS, ids=lambda trap: trap.id)
def test_trap_in_the_text(trap: Trap) -> None:
    facts = read_passage(trap.passage, section=trap.section, year=trap.year, issuer=trap.issuer)
    assert named(facts) == set(trap.facts)
    assert set(trap.others) <= set(opened(facts))


def test_05_the_figure_of_the_county_is_marked_as_such() -> None:
    facts = read_passage("全县共发布政府信息8714条，我办发布政府信息136条。", issuer="芦湾县人民政府办公室")
    assert opened(facts)[8714].scope == "aggregate"


def test_06_what_was_sent_upward_is_marked_as_such() -> None:
    facts = opened(read_passage("全年向县政府办报送信息92条，被采用57条。", section="overview"))
    assert {facts[92].scope, facts[57].scope} == {"upward"}


def read_form(text: str = "见下表。", documents: str = "\n5\n1\n27", fee: str = "0",
              suits: str = "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0") -> tuple[Fact, ...]:
    form = FORM.format(text=text, documents=documents, fee=fee, suits="\n".join(suits.split()))
    return extract(form.encode(), name="form.txt", labels=RULES).facts


def cell(facts: tuple[Fact, ...], indicator: str) -> tuple[int | float | None, str]:
    found = [fact for fact in facts if (fact.indicator, fact.method, fact.status) == (indicator, "table", "stated")]
    assert len(found) == 1
    return found[0].value, found[0].state


def test_20_a_row_that_can_be_cut_in_several_ways_is_not_cut() -> None:
    facts = read_form(documents="1127")
    rows = [fact for fact in facts if (fact.indicator or "").startswith("documents.normative.")]
    assert rows
    assert {fact.value for fact in rows if fact.status == "stated"} <= {None, 1}
    assert {12, 27, 7} <= {fact.value for fact in rows if fact.status == "alternative"}
    assert cell(facts, "documents.regulations.in_force") == (0, "zero")


def test_20_issued_are_no_more_than_in_force() -> None:
    facts = read_form(documents="3012")
    rows = [cell(facts, f"documents.normative.{column}")[0] for column in ("issued", "repealed", "in_force")]
    assert rows in ([3, 0, 12], [None, None, None])


def test_21_a_row_that_lost_cells_is_not_filled_by_position() -> None:
    facts = read_form(suits="5 5 0 0")
    rows = [fact for fact in facts if (fact.indicator or "").startswith(("reconsideration.", "litigation."))]
    assert {fact.value for fact in rows if fact.status == "stated"} <= {None}


def test_22_columns_of_the_2019_form() -> None:
    facts = extract(FORM_2019.format(money="86500元").encode(), name="form.txt", labels=RULES).facts
    assert cell(facts, "licensing.items_previous_year") == (40, "value")
    assert cell(facts, "licensing.items_change") == (-3, "value")
    assert cell(facts, "licensing.decisions") == (412, "value")


@pytest.mark.parametrize(("money", "yuan"), [("86500元", 86500), ("8.65万元", 86500), ("976.81万元", 9768100)])
def test_23_money_with_its_unit_in_the_cell(money: str, yuan: int) -> None:
    facts = extract(FORM_2019.format(money=money).encode(), name="form.txt", labels=RULES).facts
    assert cell(facts, "procurement.amount") == (yuan, "value")
    assert cell(facts, "procurement.items") == (4, "value")


def test_23_money_with_its_unit_in_the_heading() -> None:
    assert cell(read_form(fee="12.3400"), "administrative_fees.amount") == (123400, "value")


def test_24_the_fifteen_numbers() -> None:
    facts = read_form(suits="3 1 0 2 6 4 0 0 1 5 0 0 0 0 0")
    assert cell(facts, "reconsideration.total") == (6, "value")
    assert cell(facts, "litigation.direct.total") == (5, "value")
    assert cell(facts, "litigation.after_reconsideration.total") == (0, "zero")
    assert cell(facts, "reconsideration.pending") == (2, "value")


def test_25_text_and_table_are_both_stated() -> None:
    facts = read_form(text="全年制定行政规范性文件0件。")
    said = [(fact.method, fact.value, fact.status) for fact in facts if fact.indicator == "documents.normative.issued"]
    assert sorted(said) == [("rule", 0, "stated"), ("table", 5, "stated")]


def test_25_a_page_that_interprets_the_report_is_not_the_report() -> None:
    page = "《青禾县2022年政府信息公开工作年度报告》解读\n\n一、编制背景\n为便于公众了解年报，现解读如下。\n"
    assert extract(page.encode(), name="page.txt", labels=RULES).meta.kind == "interpretation"
