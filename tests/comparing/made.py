"""Reports of one invented county over nine years, with everything in them that a comparison must find, and no more."""
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

from opencc import OpenCC

from infer.comparing import Comparison, compare, keep
from infer.comparing.comparison import IssuerTold
from infer.comparing.links import Link
from infer.comparing.register import Register
from infer.labelling import Choice, labelling
from infer.pipeline import extract
from report.facts import Report

RULES: Final = labelling(Choice(mode="rules"))
COUNTY: Final = "云岭县人民政府"
DISTRICT: Final = "云岭区人民政府"
COPIED: Final = (
    "县政务公开办公室每季度对照目录逐条检查各单位公开情况，检查结果在全县范围内通报，并作为年终评议的重要依据之一。",
    "建立政策文件与解读材料同步起草、同步审签、同步发布的工作制度，未附解读材料的文件一律退回起草单位重新办理。",
)
NEW_FIGURES: Final = "全年举办政务公开培训班{}期，培训各单位工作人员{}人次，并组织业务骨干到先进地区实地学习交流经验做法。"
OWN: Final = {
    2019: "围绕乡村道路建设和农村饮水安全工程，县政府在门户网站开设专栏，逐村公开项目名称、资金来源、施工单位和完成时限。",
    2020: "围绕疫情期间复工复产，县政府汇编惠企政策口袋书，由各乡镇干部上门送到企业手中，并安排专人解答申报中遇到的疑难。",
    2021: "围绕老旧小区改造，县政府把改造方案、征求意见情况和采纳理由全部上网，居民可以按小区名称查询工程进度与监督电话。",
    2022: "围绕义务教育招生，县教育部门提前两个月公布学区划分图、学位预警名单和摇号规则，并邀请家长代表全程观看摇号过程。",
    2024: "围绕医保报销，区政府制作方言短视频在广场大屏循环播放，同时在每个社区设置政策明白人，随时为老年人讲解办理流程。",
    2025: "围绕水价调整听证，区政府公开成本监审报告全文、听证代表产生办法和发言实录，对没有采纳的意见逐条说明具体的缘由。",
}
PEOPLE: Final = 6
DENIED: Final = ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益",
                 "5.属于三类内部事务信息", "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项")
UNAVAILABLE: Final = ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")
NOT_PROCESSED: Final = ("1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请",
                        "5.要求行政机关确认或重新出具已获取信息")
OTHER: Final = ("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
                "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他")
Row = tuple[int | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """Natural persons and enterprises: received, carried in, refused, not held, carried on. The rest was granted."""

    new: tuple[int, int] = (10, 2)
    carried_in: tuple[int, int] = (0, 0)
    denied: tuple[int, int] = (1, 0)
    not_held: tuple[int, int] = (2, 1)
    carried_out: tuple[int, int] = (0, 0)

    @property
    def processed(self) -> tuple[int, int]:
        return _each(self.new, self.carried_in, minus=self.carried_out)

    @property
    def granted(self) -> tuple[int, int]:
        return _each(self.processed, minus=_each(self.denied, self.not_held))


def _each(*plus: tuple[int, int], minus: tuple[int, int] = (0, 0)) -> tuple[int, int]:
    return sum(one[0] for one in plus) - minus[0], sum(one[1] for one in plus) - minus[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a report of the years since 2019 says."""

    year: int
    issuer: str = COUNTY
    requests: Requests = field(default_factory=Requests)
    documents: tuple[int, int, int] = (6, 2, 40)
    licensing: tuple[int, int] = (100, 0)
    proactive: int = 800
    more: tuple[str, ...] = ()
    blank: tuple[str, ...] = ()
    published: str | None = None


def text(made: Made) -> str:
    """The report in the form of its year, cells between bars."""
    place = made.issuer.removesuffix("人民政府")
    date = made.published or f"{made.year + 1}-01-20"
    parts = [
        f"{made.issuer}{made.year}年政府信息公开工作年度报告", f"发布日期：{date}", "一、总体情况",
        f"{made.year}年，{place[-1]}政府主动公开政府信息{made.proactive}条。", OWN[made.year], *made.more,
        "二、主动公开政府信息情况", *(_disclosed_2019(made) if made.year < 2021 else _disclosed_2021(made)),
        "三、收到和处理政府信息公开申请情况", *_table(made), "四、政府信息公开行政复议、行政诉讼情况", *DISPUTES,
        "五、存在的主要问题及改进情况", f"对{made.year}年工作中发现的个别栏目更新不及时的问题已经整改。", "六、其他需要报告的事项",
        "无其他需要报告的事项。"]
    return "\n".join(parts) + "\n"


DISPUTES: Final = (
    "| 行政复议 | 行政诉讼 |", "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | 复议后起诉 |",
    "| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |",
    "| 1 | 1 | 0 | 0 | 2 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |")


def _disclosed_2019(made: Made) -> list[str]:
    issued, _, in_force = made.documents
    last, change = made.licensing
    return [
        "| 第二十条第（一）项 |", "| 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |", "| 规章 | 0 | 0 | 0 |",
        f"| 规范性文件 | {issued} | {issued} | {in_force} |", "| 第二十条第（五）项 |",
        "| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |", f"| 行政许可 | {last} | {change:+d} | 900 |",
        "| 其他对外管理服务事项 | 70 | 0 | 200 |", "| 第二十条第（六）项 |",
        "| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |", "| 行政处罚 | 500 | 0 | 60 |", "| 行政强制 | 30 | 0 | 5 |",
        "| 第二十条第（八）项 |", "| 信息内容 | 上一年项目数量 | 本年增/减 |", "| 行政事业性收费 | 12 | 0 |"]


def _disclosed_2021(made: Made) -> list[str]:
    issued, repealed, in_force = made.documents
    return [
        "| 第二十条第（一）项 |", "| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |", "| 规章 | 0 | 0 | 0 |",
        f"| 行政规范性文件 | {issued} | {repealed} | {in_force} |", "| 第二十条第（五）项 |", "| 信息内容 | 本年处理决定数量 |",
        "| 行政许可 | 900 |", "| 第二十条第（六）项 |", "| 信息内容 | 本年处理决定数量 |", "| 行政处罚 | 60 |", "| 行政强制 | 5 |",
        "| 第二十条第（八）项 |", "| 信息内容 | 本年收费金额（单位：万元） |", "| 行政事业性收费 | 18.2000 |"]


def _table(made: Made) -> list[str]:
    requests = made.requests
    rows: list[tuple[str, tuple[int, int]]] = [
        ("一、本年新收政府信息公开申请数量", requests.new), ("二、上年结转政府信息公开申请数量", requests.carried_in),
        ("三、本年度办理结果 | （一）予以公开", requests.granted),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", (0, 0)),
        *_group("（三）不予公开", DENIED, 4, requests.denied), *_group("（四）无法提供", UNAVAILABLE, 0, requests.not_held),
        *_group("（五）不予处理", NOT_PROCESSED, 0, (0, 0)),
        *([("（六）其他处理", (0, 0))] if made.year < 2021 else _group("（六）其他处理", OTHER, 0, (0, 0))),
        ("（七）总计", requests.processed), ("四、结转下年度继续办理", requests.carried_out)]
    head = ["| （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | 申请人情况 |", "| 自然人 | 法人或其他组织 | 总计 |",
            "| 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |"]
    return [*head, *(_row(label, (None,) * 7 if label in made.blank else (*cells, 0, 0, 0, 0, sum(cells)))
                     for label, cells in rows)]


def _group(head: str, labels: Iterable[str], filled: int, cells: tuple[int, int]) -> list[tuple[str, tuple[int, int]]]:
    return [(f"{head} | {label}" if number == 0 else label, cells if number == filled else (0, 0))
            for number, label in enumerate(labels)]


def _row(label: str, cells: Row) -> str:
    return f"| {label} | {' | '.join('' if cell is None else str(cell) for cell in cells)} |"


def old(year: int, *, proactive: tuple[int, int], requests: tuple[int, int]) -> str:
    """A report of the years before, with the short form of its year and of all years."""
    return "\n".join([
        f"{COUNTY}{year}年政府信息公开工作年度报告", f"发布日期：{year + 1}-01-15", "一、概述",
        "县政府按照上级部署推进政务公开工作，各项任务基本完成，公开内容比较全面，群众反映良好。", "二、政府信息公开情况统计表",
        f"| 指标名称 | 计量单位 | {year}年度 | 历年累计 |", f"| 主动公开文件数 | 条 | {proactive[0]} | {proactive[1]} |",
        f"| 其中：1.政府网站公开数 | 条 | {proactive[0]} | {proactive[1]} |", "| 2.政府公报公开数 | 条 | 0 | 0 |",
        f"| 受理依申请公开信息总数 | 条 | {requests[0]} | {requests[1]} |",
        f"| 其中：1.当面申请数 | 条 | {requests[0]} | {requests[1]} |", "| 2.网上申请数 | 条 | 0 | 0 |",
        "| 3.信函、传真申请数 | 条 | 0 | 0 |", f"| 对申请的答复总数 | 条 | {requests[0]} | {requests[1]} |",
        f"| 其中：1.同意公开答复数 | 条 | {requests[0]} | {requests[1]} |", "| 2.同意部分公开答复数 | 条 | 0 | 0 |",
        "| 3.不予公开答复数 | 条 | 0 | 0 |", "| 4.其他类型答复数 | 条 | 0 | 0 |",
        "三、存在的问题", "部分信息公开不够及时，下一步将加以改进。"]) + "\n"


FIRST_2022: Final = Made(
    year=2022, documents=(6, 2, 45), requests=Requests(carried_out=(3, 0)), proactive=900,
    more=("2021年主动公开政府信息880条，2022年有所增加。",))
MADE: Final = (
    Made(year=2019, requests=Requests(carried_out=(2, 1)), licensing=(100, 5)),
    Made(year=2020, requests=Requests(carried_in=(1, 1)), documents=(4, 0, 44), licensing=(104, 0),
         more=(*COPIED, NEW_FIGURES.format(3, 120))),
    Made(year=2021, documents=(5, 5, 40), proactive=860, more=(*COPIED, NEW_FIGURES.format(4, 150))),
    FIRST_2022,
    replace(FIRST_2022, documents=(6, 2, 44), published="2023-03-02"),
    Made(year=2024, issuer=DISTRICT, documents=(3, 1, 50), requests=Requests(carried_in=(2, 0), carried_out=(0, 1))),
    Made(year=2025, issuer=DISTRICT, documents=(3, 1, 55), requests=Requests(carried_in=(0, 0), carried_out=(4, 0)),
         blank=("二、上年结转政府信息公开申请数量",)),
)
OLD: Final = (old(2017, proactive=(310, 1000), requests=(4, 20)), old(2018, proactive=(350, 1380), requests=(5, 25)))


def names() -> dict[str, str]:
    """Every document by its name: the reports, and a copy of one in traditional characters with a site's heading."""
    held = {f"{year}.txt": words for year, words in zip((2017, 2018), OLD, strict=True)}
    for made in MADE:
        held[f"{made.year}{'-corrected' if made.published else ''}.txt"] = text(made)
    copy = OpenCC("s2t").convert(text(MADE[1]))
    return held | {"2020-mirror.txt": f"云岭资讯網\n{copy}"}


@cache
def reports() -> tuple[Report, ...]:
    return tuple(extract(words.encode(), name=name, labels=RULES) for name, words in names().items())


@cache
def compared(*, as_one: bool = False) -> Comparison:
    return compare([keep(one) for one in reports()], as_one=as_one)


def of(*texts: str, as_one: bool = False, register: Register | None = None) -> Comparison:
    """The comparison of these texts, called 0.txt, 1.txt, …"""
    made = [extract(words.encode(), name=f"{number}.txt", labels=RULES) for number, words in enumerate(texts)]
    return compare([keep(one) for one in made], as_one=as_one, register=register)


def only(comparison: Comparison) -> IssuerTold:
    assert len(comparison.issuers) == 1
    return comparison.issuers[0]


def named(links: Iterable[Link]) -> set[tuple[str, int, int, str]]:
    """Chain, years, and which case."""
    return {(link.chain, link.before, link.after, ",".join([link.indicator, *link.by.values()])) for link in links}
