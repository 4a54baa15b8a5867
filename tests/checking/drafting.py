"""Drafts out of `clean/*.src`: their tables written out, and one planted fault.

A source is that of examples/build.py with three short forms: `@disclosure EDITION`, `@requests EDITION`, `@disputes`,
each with the rows that are not all 0 below it; totals are added up, so that every source is free of faults.
"""
import pathlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from tests.checking.documents import ABOVE, LEFT

HERE = pathlib.Path(__file__).parent
FRAME = """| （本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） | < | < | 申请人情况 | < | < | < | < | < | < |
| ^ | ^ | ^ | 自然人 | 法人或其他组织 | < | < | < | < | 总计 |
| ^ | ^ | ^ | ^ | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 | ^ |"""
COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
OUTCOMES = (
    "（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）",
    "（三）不予公开 / 1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息",
    "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项",
    "（四）无法提供 / 1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确",
    "（五）不予处理 / 1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息",
)
OTHER = {
    "2019": ("（六）其他处理",),
    "2021": ("（六）其他处理 / 1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
             "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他"),
}
DISCLOSURE = {
    "2021": (("第二十条第（一）项", ("本年制发件数", "本年废止件数", "现行有效件数"), ("规章", "行政规范性文件")),
             ("第二十条第（五）项", ("本年处理决定数量",), ("行政许可",)),
             ("第二十条第（六）项", ("本年处理决定数量",), ("行政处罚", "行政强制")),
             ("第二十条第（八）项", ("本年收费金额（单位：万元）",), ("行政事业性收费",))),
    "2019": (("第二十条第（一）项", ("本年新制作数量", "本年新公开数量", "对外公开总数量"), ("规章", "规范性文件")),
             ("第二十条第（五）项", ("上一年项目数量", "本年增/减", "处理决定数量"), ("行政许可", "其他对外管理服务事项")),
             ("第二十条第（六）项", ("上一年项目数量", "本年增/减", "处理决定数量"), ("行政处罚", "行政强制")),
             ("第二十条第（八）项", ("上一年项目数量", "本年增/减"), ("行政事业性收费",)),
             ("第二十条第（九）项", ("采购项目数量", "采购总金额"), ("政府集中采购",))),
}
DISPUTES = """| 行政复议 | < | < | < | < | 行政诉讼 | < | < | < | < | < | < | < | < | < |
| 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 | < | < | < | < | 复议后起诉 | < | < | < | < |
| ^ | ^ | ^ | ^ | ^ | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing done to a source: a cell, words, or lines; each must be there."""

    row: str = ""
    column: str = ""
    to: str = ""
    swap: str = ""
    carry: bool = False
    find: str = ""
    replace: str = ""
    drop: list[str] = field(default_factory=list)
    move: list[str] = field(default_factory=list)


@cache
def source(name: str) -> str:
    """A clean source with its tables written out."""
    written: list[str] = []
    lines = iter((HERE / "clean" / f"{name}.src").read_text(encoding="utf-8").splitlines())
    for one in lines:
        if not one.startswith("@"):
            written.append(one)
            continue
        kind, _, edition = one.partition(" ")
        rows: dict[str, list[str]] = {}
        after = ""
        for row in lines:
            if row.startswith("#"):
                after = row
                break
            label, _, figures = row.partition("：")
            rows[label] = figures.split()
        written += [TABLES[kind](rows, edition), *([after] if after else [])]
    return "\n".join(written) + "\n"


def disclosure(rows: dict[str, list[str]], edition: str) -> str:
    widest = max(len(columns) for _, columns, _ in DISCLOSURE[edition])
    lines = []
    for item, columns, labels in DISCLOSURE[edition]:
        lines.append(line(item, *[LEFT] * widest))
        lines.append(line("信息内容", *spread(columns, widest)))
        lines += [line(label, *spread(rows.get(label, ["0"] * len(columns)), widest)) for label in labels]
    return "\n".join(lines)


def spread(cells: tuple[str, ...] | list[str], width: int) -> list[str]:
    return [*cells, *[LEFT] * (width - len(cells))]


def line(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def requests(rows: dict[str, list[str]], edition: str) -> str:
    def figures(label: str) -> list[int]:
        found = [values for name, values in rows.items() if name in label]
        held = [int(value) for value in found[0]] if found else []
        return held + [0] * (6 - len(held))

    outcomes = [*OUTCOMES, *OTHER[edition]]
    total = [sum(column) for column in zip(*(figures(label) for label in outcomes), strict=True)]
    lines = [FRAME]
    for label in ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"):
        lines.append(line(label, LEFT, LEFT, *with_total(figures(label))))
    for number, label in enumerate(outcomes):
        head, slash, own = label.partition(" / ")
        first = "三、本年度办理结果" if number == 0 else ABOVE
        whole = head.startswith("（") and not slash
        cells = [first, head, LEFT] if whole else [first, head, own] if slash else [first, ABOVE, head]
        lines.append(line(*cells, *with_total(figures(label))))
    lines.append(line(ABOVE, "（七）总计", LEFT, *with_total(total)))
    label = "四、结转下年度继续办理"
    lines.append(line(label, LEFT, LEFT, *with_total(figures(label))))
    balance = [new + old - done - left for new, old, done, left in zip(
        figures("一、本年新收政府信息公开申请数量"), figures("二、上年结转政府信息公开申请数量"), total, figures(label), strict=True)]
    assert not any(balance), f"the source does not balance: {balance}"
    return "\n".join(lines)


def statistics(rows: dict[str, list[str]], _: str) -> str:
    """The form of 2014: label, unit, figure."""
    lines = [line("统计指标", "单位", "统计数")]
    for one in (HERE / "statistics.txt").read_text(encoding="utf-8").splitlines():
        label, _, unit = one.partition("|")
        figure = next((values[0] for name, values in rows.items() if name in label), "0") if unit else "——"
        lines.append(line(label, unit or "——", figure))
    return "\n".join(lines)


def with_total(figures: list[int]) -> list[str]:
    return [str(figure) for figure in (*figures, sum(figures))]


def disputes(rows: dict[str, list[str]], _: str) -> str:
    groups = [[int(value) for value in rows.get(name, ["0"] * 4)] for name in ("复议", "直接起诉", "复议后起诉")]
    return f"{DISPUTES}\n{line(*(str(figure) for group in groups for figure in (*group, sum(group))))}"


TABLES: dict[str, Callable[[dict[str, list[str]], str], str]] = {
    "@disclosure": disclosure, "@requests": requests, "@disputes": disputes, "@statistics": statistics}


def spoil(text: str, fault: Fault) -> str:
    """The source with the fault in it."""
    if fault.row:
        return spoil_cell(text, fault)
    if fault.move:
        section, before = (part_of(text, heading) for heading in fault.move)
        return text.replace(section, "").replace(before, section + before)
    for start in fault.drop:
        kept = [one for one in text.split("\n") if start not in one]
        assert len(kept) < len(text.split("\n")), start
        text = "\n".join(kept)
    if fault.find:
        assert text.count(fault.find) == 1, f"{fault.find}: {text.count(fault.find)} times"
        text = text.replace(fault.find, fault.replace)
    return text


def part_of(text: str, heading: str) -> str:
    found = re.search(rf"^## {heading}.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[0]


def spoil_cell(text: str, fault: Fault) -> str:
    lines = text.split("\n")
    place = next(number for number, one in enumerate(lines) if one.startswith("|") and fault.row in one)
    cells = [cell.strip() for cell in lines[place].strip("| ").split(" | ")]
    spot = spot_of(lines, place, fault.column)
    if fault.swap:
        other = spot_of(lines, place, fault.swap)
        cells[spot], cells[other] = cells[other], cells[spot]
    else:
        if fault.carry:
            cells[-1] = str(int(cells[-1]) + int(fault.to) - int(cells[spot]))
        cells[spot] = fault.to
    lines[place] = line(*cells)
    return "\n".join(lines)


def spot_of(lines: list[str], place: int, column: str) -> int:
    if column.isdigit():
        return int(column)
    return 3 + COLUMNS.index(column) if column in COLUMNS else next(
        cells.index(column) for cells in ([cell.strip() for cell in one.strip("| ").split(" | ")]
                                          for one in reversed(lines[:place])) if column in cells)


def names() -> list[str]:
    return [path.stem for path in sorted((HERE / "clean").glob("*.src"))]
