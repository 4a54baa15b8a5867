"""Reports made by hand for tests: invented places and numbers."""
from dataclasses import replace

from report.checks import Check, Side
from report.document import Source
from report.facts import Evidence, Fact, Meta, Producer, Report, State, Warning

TEXT = (
    "云溪镇2022年政府信息公开工作年度报告\n2022年，我镇主动公开政府信息约1280条，其中政府网站860条，"
    "微信公众号420条；历年累计9300条。接受咨询60余人次。未收到行政复议申请。建议提案办结率98.5%。"
    "投入经费2.5万元。全镇共有河长35名。\n新收12 自然人9 商业企业3 结转1 空 总计13 不予公开2？"
)
PRODUCER = Producer(gongkai="0.1.0", vocabulary="0123456789ab", forms="123456789abc", rules="23456789abcd")


def source(text: str = TEXT, name: str = "云溪镇.html") -> Source:
    return Source(name=name, media="html", encoding="utf-8", sha256="0" * 64, size=len(text.encode()), pages=None,
                  text=text)


def words(quote: str, text: str = TEXT) -> Evidence:
    start = text.index(quote)
    return Evidence(start=start, end=start + len(quote), text=quote)


def said(
    identity: str, indicator: str | None, value: float | None, quote: str, *, unit: str = "条", **more: object,
) -> Fact:
    """A fact of the running text, read from `quote`, with the whole of TEXT's sentence around it."""
    fact = Fact(id=identity, indicator=indicator, value=value, unit=unit, state="zero" if value == 0 else "value",
                method="rule", confidence=0.95, evidence=words(quote), context=_sentence(quote))
    return replace(fact, **more)  # type: ignore[arg-type]


def _sentence(quote: str) -> Evidence:
    place = TEXT.index(quote)
    start = max(TEXT.rfind("。", 0, place), TEXT.rfind("\n", 0, place)) + 1
    end = TEXT.index("。", place) + 1
    return Evidence(start=start, end=end, text=TEXT[start:end])


def open_fact(text: str, quote: str) -> Fact:
    """A number outside the vocabulary, in the sentence of `text` that holds `quote`."""
    found = words(quote, text)
    start, end = text.rfind("。", 0, found.start) + 1, text.index("。", found.end) + 1
    return Fact(id=quote, indicator=None, value=float(quote[:-1]), unit=quote[-1], state="value", method="rule",
                confidence=0.5, evidence=found, context=Evidence(start=start, end=end, text=text[start:end]))


def cell(identity: str, indicator: str, value: float | None, quote: str = "空", **more: object) -> Fact:
    """A fact of a form cell; blank where there is no value."""
    state: State = "blank" if value is None else "zero" if value == 0 else "value"
    fact = Fact(id=identity, indicator=indicator, value=value, unit="件", state=state, method="table", confidence=1.0,
                evidence=replace(words(quote), table=0, row=1, column=1))
    return replace(fact, **more)  # type: ignore[arg-type]


APPLICANTS = (
    cell("c1", "requests.new", 9, "9", by={"applicant": "natural_person"}),
    cell("c2", "requests.new", 3, "3", by={"applicant": "enterprise"}),
    cell("c3", "requests.new", 12, "12", by={"applicant": "total"}),
    cell("c4", "requests.carried_in", 0, by={"applicant": "natural_person"}),
    cell("c5", "requests.carried_in", None, by={"applicant": "enterprise"}),
    cell("c6", "requests.carried_in", 1, "1", by={"applicant": "total"}),
    cell("c7", "requests.denied.state_secret", 0, by={"applicant": "natural_person"}),
    cell("c8", "requests.denied.state_secret", 0, by={"applicant": "total"}),
    cell("c9", "requests.processed_total", 2, "2", by={"applicant": "total"}, ambiguous=True, reason="数字连写"),
)
PROSE = (
    said("f1", "proactive.total", 1280, "约1280条", qualifier="about"),
    said("f2", "proactive.total", 860, "860条", by={"channel": "website"}, parent="f1"),
    said("f3", "proactive.total", 420, "420条", by={"channel": "wechat"}, parent="f1"),
    said("f4", "proactive.total", 9300, "9300条", by={"period": "cumulative"}, scope="cumulative"),
    said("f5", "consultations.total", 60, "60余人次", unit="人次", qualifier="at_least"),
    said("f6", "reconsideration.total", 0, "行政复议申请", unit="件"),
    said("f7", "proposals.completion_rate", 0.985, "98.5%", unit="1"),
    said("f8", "funds.spent", 25000, "2.5万元", unit="元"),
    said("f9", None, 35, "35名", unit="名", counted="河长", confidence=0.5),
)
FAILED = Check(
    id="requests.balance", subject="applicant=total",
    formula="本年新收＋上年结转＝本年度办理结果总计＋结转下年度继续办理",
    left=Side(expression="本年新收 12 + 上年结转 1", value=13, facts=("c3", "c6")),
    right=Side(expression="总计 2", value=2, facts=("c9",)),
    status="fail", fault="source", repair="c9=13",
)
PASSED = replace(FAILED, subject="applicant=enterprise", status="pass", fault=None)


def report(*facts: Fact, **more: object) -> Report:
    """A report of TEXT with these facts, or with all of the above."""
    whole = Report(source=source(), meta=Meta(title="云溪镇2022年政府信息公开工作年度报告", issuer="云溪镇", report_year=2022,
                                              form="2021"),
                   facts=facts or PROSE + APPLICANTS, checks=(FAILED, PASSED),
                   warnings=(Warning(code="year_conflict", message="标题与正文年份不一", evidence=words("2022年")),),
                   producer=PRODUCER)
    return replace(whole, **more)  # type: ignore[arg-type]
