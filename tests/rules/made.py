"""Short reports around one passage, and the facts in them written as one line each."""
from collections.abc import Iterable

from infer.labelling import Choice, labelling
from infer.pipeline import extract
from report import Fact

Key = tuple[str, tuple[tuple[str, str], ...], int | float | None, str | None]
_HEADINGS = {
    "overview": "一、总体情况",
    "proactive": "一、总体情况\n（一）主动公开情况",
    "old_proactive": "二、主动公开政府信息的情况",
    "interpretation": "三、政策解读和回应社会关切情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "old_requests": "三、依申请公开政府信息情况",
    "disputes": "四、政府信息公开行政复议、行政诉讼情况",
    "fees": "五、政府信息公开支出与收费情况",
    "staff": "六、机构建设、人员配备和经费情况",
    "problems": "五、存在的主要问题及改进情况",
    "other": "六、其他需要报告的事项",
    "proposals": "七、建议提案办理情况",
}


RULES = labelling(Choice(mode="rules"))


def report_of(passage: str, *, section: str = "proactive", year: int = 2022, issuer: str = "青禾县水务局") -> str:
    """A report of `year` with `passage` under the heading of `section`; nothing else in it is a quantity."""
    return (f"{issuer}{year}年政府信息公开工作年度报告\n\n"
            f"根据《中华人民共和国政府信息公开条例》有关规定，现公布{issuer}{year}年政府信息公开工作年度报告。"
            f"本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。\n\n"
            f"{_HEADINGS[section]}\n{passage}\n")


def read_passage(passage: str, *, section: str = "proactive", year: int = 2022,
                 issuer: str = "青禾县水务局") -> tuple[Fact, ...]:
    """The facts of a passage, read the whole way from bytes."""
    text = report_of(passage, section=section, year=year, issuer=issuer)
    return extract(text.encode(), name="passage.txt", labels=RULES).facts


def named(facts: Iterable[Fact]) -> set[str]:
    """Every fact that has an indicator, as a line: indicator, dimensions, value, qualifier."""
    return {line_of(fact) for fact in facts if fact.indicator and fact.status == "stated"}


def opened(facts: Iterable[Fact]) -> dict[int | float | None, Fact]:
    """The facts without an indicator, by value."""
    return {fact.value: fact for fact in facts if fact.indicator is None}


def line_of(fact: Fact) -> str:
    """proactive.total channel=website 1200 about"""
    by = [f"{dimension}={fact.by[dimension]}" for dimension in sorted(fact.by)]
    return " ".join([fact.indicator or "open", *by, f"{fact.value}" if fact.value is not None else fact.state,
                     *([fact.qualifier] if fact.qualifier else [])])
