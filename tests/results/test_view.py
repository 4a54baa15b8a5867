"""The readable view: what it must say, and that it stays in its columns."""
import re
import tomllib
from dataclasses import replace
from importlib.resources import files
from typing import get_args

import pytest
from rich.cells import cell_len

from infer.model.candidates import Relation
from infer.results.check_rows import check_label
from infer.results.view import render_plain
from infer.results.wording import OTHER_GROUP, group_of, value_label, wording
from report.checks import Side
from report.facts import Fact, Meta, Warning
from report.spans import Method
from report.vocabulary import vocabulary
from tests.results import made


def shown(*facts: Fact, full: bool = False, width: int = 100, **more: object) -> str:
    return render_plain(made.report(*facts, **more), full=full, width=width)


def line_of(page: str, words: str) -> str:
    return next(line for line in page.splitlines() if words in line)


def test_identity_comes_first() -> None:
    page = shown()
    assert page.splitlines()[0].startswith("云溪镇2022年政府信息公开工作年度报告")
    assert re.search(r"机关 +云溪镇\n +年度 +2022\n +表格 +2021年表格", page)


def test_failed_checks_stand_before_the_facts() -> None:
    page = shown()
    assert page.index("申请收支平衡（总计）  13 ≠ 2  疑为原文有误") < page.index("主动公开政府信息数")
    assert "勾稽 1 项相符，1 项不符" in page


def test_evidence_stands_in_its_words() -> None:
    assert "其中政府网站【860条】，微信公众号" in line_of(shown(), "860 条")


@pytest.mark.parametrize("width", [40, 60, 80, 100, 140])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert all(cell_len(line) <= width for line in shown(width=width).splitlines())


@pytest.mark.parametrize("width", [80, 100, 140])
def test_evidence_is_never_cut_away(width: int) -> None:
    page = shown(width=width)
    assert all(f"【{quote}】" in page for quote in ("约1280条", "60余人次", "98.5%", "2.5万元"))


def test_values_stand_in_one_column() -> None:
    lines = [line for line in shown().splitlines() if "【" in line and "提示" not in line and "年份不一" not in line]
    ends = {cell_len(line[:line.index(value)] + value) for line in lines
            for value in re.findall(r"(?:[\d,.]+ (?:条|人次|件|元)|98\.5%)", line)[:1] if "以上" not in line}
    assert len(lines) > 5
    assert len(ends) == 1


@pytest.mark.parametrize(("fact", "words"), [
    (made.PROSE[0], "约 1,280 条"),
    (made.PROSE[4], "60 人次以上"),
    (made.PROSE[6], "98.5%"),
    (made.PROSE[7], "25,000 元"),
    (made.cell("x", "fees.collected", 152790.25, unit="元"), "152,790.25 元"),
    (made.cell("x", "requests.new", None), "空白"),
    (made.cell("x", "requests.new", None, state="dash"), "—"),
    (made.cell("x", "requests.new", None, state="slash"), "/"),
    (made.cell("x", "requests.new", None, state="not_applicable"), "不适用"),
    (made.cell("x", "requests.new", None, state="unreadable"), "无法辨认"),
    (made.cell("x", "requests.new", 0), "0 件"),
])
def test_value_is_said_with_unit_state_and_qualifier(fact: Fact, words: str) -> None:
    assert value_label(fact) == words


def test_dimensions_and_scope_are_chinese_under_their_whole() -> None:
    lines = shown().splitlines()
    place = lines.index(line_of("\n".join(lines), "约 1,280 条"))
    assert [line.split()[0] for line in lines[place + 1:place + 4]] == ["政府网站", "政务微信", "历年累计"]


def test_requests_form_is_one_table() -> None:
    page = shown()
    assert re.search(r"申请 +自然人 商业企业 总计\n", page)
    assert re.search(r"本年新收政府信息公开申请数量 +9 +3 +12\n", page)
    assert re.search(r"上年结转政府信息公开申请数量 +0 +空白 +1\n", page)
    assert page.count("本年新收政府信息公开申请数量") == 1


def test_rows_of_zeros_are_one_line_unless_all_is_asked_for() -> None:
    assert "全为 0：不予公开：属于国家秘密" in shown()
    assert re.search(r"不予公开：属于国家秘密 +0 +0\n", shown(full=True))


def test_a_row_of_blanks_is_not_called_zero() -> None:
    blanks = [made.cell(f"b{row}", f"requests.{row}", None, by={"applicant": "natural_person"})
              for row in ("granted", "partially_granted")]
    page = shown(made.APPLICANTS[0], *blanks)
    assert "全为 空白：予以公开、部分公开" in page
    assert "全为 0" not in page


def test_a_row_of_zeros_and_blanks_keeps_its_line() -> None:
    zero = made.cell("z", "requests.granted", 0, by={"applicant": "natural_person"})
    blank = made.cell("b", "requests.granted", None, by={"applicant": "enterprise"})
    assert re.search(r"予以公开 +0 +空白\n", shown(made.APPLICANTS[0], zero, blank))


def test_doubtful_cells_are_marked_with_the_reason() -> None:
    page = shown()
    assert re.search(r"本年度办理结果 总计 +2\?", page)
    assert "? 1 格存疑：数字连写" in page


def test_two_statements_of_one_cell_are_both_shown() -> None:
    again = made.cell("again", "requests.new", 8, by={"applicant": "natural_person"})
    assert re.search(r"申请数量 +9\|8 ", shown(*made.APPLICANTS, again))


def test_low_confidence_is_said() -> None:
    unsure = made.said("low", "funds.spent", 25000, "2.5万元", unit="元", confidence=0.5)
    assert "把握 0.50" in line_of(shown(unsure), "25,000 元")
    assert "把握" not in line_of(shown(), "河长【")


def test_an_open_fact_is_told_by_its_words_alone() -> None:
    assert line_of(shown(), "35 名").split() == ["35", "名", "全镇共有河长【35名】。"]


def test_of_many_open_facts_the_first_are_shown_and_the_rest_counted() -> None:
    text = "".join(f"办理第{n}项{n}件。" for n in range(100, 120))
    facts = [made.open_fact(text, f"{n}件") for n in range(100, 120)]
    page, whole = (shown(*facts, source=made.source(text), full=full) for full in (False, True))
    assert (page.count("办理"), whole.count("办理")) == (12, 20)
    assert "另有 8 个，extract -v 全部列出" in page
    assert "另有" not in whole


def test_one_open_fact_too_many_is_shown_rather_than_counted() -> None:
    text = "".join(f"办理第{n}项{n}件。" for n in range(100, 113))
    assert "另有" not in shown(*(made.open_fact(text, f"{n}件") for n in range(100, 113)), source=made.source(text))


def test_a_large_open_number_keeps_its_unit_on_its_line() -> None:
    large = replace(made.PROSE[8], value=17_000_000, unit="平方米")
    assert "17,000,000 平方米  全镇" in shown(large)


def test_a_total_does_not_repeat_the_head_of_its_parts() -> None:
    page = shown(made.said("d", "requests.denied.total", 35, "35名", unit="件"))
    assert re.search(r"^  不同意公开答复数 +35 件", page, re.MULTILINE)


def test_an_open_fact_sent_upward_says_so() -> None:
    assert "报送上级" in line_of(shown(replace(made.PROSE[8], scope="upward")), "35 名")


LOST = made.said("alt", "proactive.total", 77, "约1280条", status="alternative", reading_of="f1", method="model",
                 confidence=0.41)
UNSURE = made.said("low", "funds.spent", 25000, "2.5万元", unit="元", status="alternative", reading_of="low",
                   confidence=0.62)


def test_readings_that_lost_are_shown_only_when_all_is_asked_for() -> None:
    won = replace(made.PROSE[0], reading_of="f1")
    assert "77 条" not in shown(won, LOST)
    page = shown(won, LOST, full=True)
    assert page.index("未采用的读法 1 种") < page.index("77 条")
    assert "仅模型，把握 0.41" in line_of(page, "77 条")


def test_a_number_that_nobody_is_sure_of_is_always_shown_apart() -> None:
    page = shown(made.PROSE[0], UNSURE)
    assert page.index("? 把握不足，未采用 1 个") < page.index("25,000 元")
    assert "仅规则，把握 0.62" in line_of(page, "25,000 元")
    assert page.count("25,000 元") == shown(made.PROSE[0], UNSURE, full=True).count("25,000 元") == 1


def test_the_second_reading_of_a_number_nobody_is_sure_of_is_not_shown_twice() -> None:
    other = replace(UNSURE, id="other", indicator="funds.special", confidence=0.3)
    assert "未采用 1 个" in shown(made.PROSE[0], UNSURE, other)
    assert "未采用的读法 1 种" in shown(made.PROSE[0], UNSURE, other, full=True)


def test_what_is_hardly_read_at_all_is_counted_and_shown_on_demand() -> None:
    hardly = replace(UNSURE, confidence=0.04)
    page = shown(made.PROSE[0], hardly)
    assert "25,000 元" not in page
    assert "其中 1 个把握不到 0.30，extract -v 全部列出" in page
    assert "25,000 元" in shown(made.PROSE[0], hardly, full=True)


def test_the_head_says_who_read_how_many() -> None:
    both = replace(made.PROSE[0], method="both", reading_of="f1")
    page = shown(both, made.PROSE[1], made.APPLICANTS[0], LOST, UNSURE)
    assert re.search(r"读法 +表格 1，规则与模型 1，仅规则 1；1 个把握不足，未采用，另有 1 种读法未采用\n", page)
    assert "读法" not in shown(*made.PROSE)


def test_who_alone_read_a_number_is_said_when_all_is_asked_for() -> None:
    both = replace(made.PROSE[0], method="both")
    facts = (both, replace(made.PROSE[1], method="model"))
    of_model = replace(made.PRODUCER, model="0123456789ab")
    assert "仅模型" in line_of(shown(*facts, full=True, producer=of_model), "860 条")
    assert "仅" not in line_of(shown(*facts, full=True, producer=of_model), "1,280 条")
    assert "仅模型" not in line_of(shown(*facts, producer=of_model), "860 条")


def test_rules_alone_are_not_said_at_every_number() -> None:
    assert "仅规则" not in shown(*made.PROSE, full=True)


def test_every_method_is_named() -> None:
    assert set(wording().methods) == set(get_args(Method))


def test_every_relation_of_readings_is_named() -> None:
    assert set(wording().relations) == set(get_args(Relation))


def test_zero_cells_of_a_list_form_are_one_line() -> None:
    zeros = [made.cell("z1", "response.hot_topics", 0, unit="次"), made.cell("z2", "response.other", 0, unit="次"),
             made.cell("z3", "response.interpretations", None, unit="篇")]
    assert "为 0：回应公众关注热点或重大舆情数、其他方式回应事件数；空白：政策解读稿件发布数" in shown(*zeros)


def test_zero_cells_with_dimensions_keep_the_name_of_their_indicator() -> None:
    zeros = [made.cell(f"z{n}", "requests.new", 0, by=by)
             for n, by in enumerate(({}, {"mode": "fax"}, {"mode": "letter"}))]
    assert "为 0：本年新收政府信息公开申请数量（总数、传真申请、信函申请）" in shown(*zeros)


def test_of_many_zero_cells_the_first_are_named_and_all_counted() -> None:
    zeros = [made.cell(name, f"requests.{name}", 0) for name in
             ("replied", "completed_on_time", "completed_extended", "carried_out", "carried_in", "granted",
              "partially_granted", "denied.total", "denied.privacy")]
    assert re.search(r"为 0：[^、]+、[^、]+、[^、]+等 9 格", shown(*zeros).replace("\n  ", ""))


def test_parts_without_their_whole_stand_under_its_name() -> None:
    lines = [line.split("…")[0].rstrip() for line in shown(*made.PROSE[1:3]).splitlines()]
    place = lines.index("  主动公开政府信息数")
    assert [line.split()[0] for line in lines[place + 1:place + 3]] == ["政府网站", "政务微信"]


def test_a_cell_s_words_are_shown_only_where_they_differ_from_its_value() -> None:
    wan = made.cell("w", "funds.special", 20000, "2", unit="元")
    assert line_of(shown(wan), "20,000 元").split() == ["政府信息公开专项经费", "20,000", "元", "表格【2】"]
    same = made.cell("s", "staff.total", 12, "12", unit="人")
    assert line_of(shown(same), "12 人").split() == ["从事政府信息公开工作人员数", "12", "人", "表格"]


def test_what_a_sentence_denies_keeps_its_line() -> None:
    assert "未收到【行政复议申请】" in line_of(shown(), "0 件")


def test_same_words_twice_are_one_line() -> None:
    twice = made.said("f1b", "proactive.total", 1280, "约1280条", qualifier="about")
    assert "2处" in line_of(shown(*made.PROSE, twice), "约 1,280 条")


def test_look_alike_is_named_once_with_the_words_that_told() -> None:
    warning = Warning(code="kind_interpretation", message="This looks like ...", evidence=made.words("云溪镇2022年"))
    page = shown(meta=Meta(kind="interpretation", title="一图读懂"), warnings=(warning,))
    assert "看来是年报的解读，不是年报  【云溪镇2022年】" in page
    assert "This" not in page
    assert "提示" not in page


def test_no_facts_is_said() -> None:
    assert "没有读到任何数" in render_plain(made.report().__class__(
        source=made.source(), meta=Meta(), producer=made.PRODUCER))


def test_document_cannot_write_to_the_terminal() -> None:
    meta = Meta(title="\x1b[31m红\x1b]0;x\x07 [bold]字[/bold]")
    assert "\x1b" not in shown(meta=meta)
    assert "[bold]字[/bold]" in shown(meta=meta)


def test_every_indicator_has_one_group() -> None:
    areas = [area for group in wording().groups for area in group.indicators]
    assert len(areas) == len(set(areas))
    assert [name for name in vocabulary().indicators if group_of(name) == OTHER_GROUP] == []


def test_form_tables_name_indicators_that_exist() -> None:
    for matrix in wording().matrices:
        for row in matrix.rows:
            assert any(f"{row}.{column}" in vocabulary() for column in matrix.columns), row


def test_a_repair_names_the_cell_and_both_values() -> None:
    assert "改动一处即全部相符：本年度办理结果 总计（总计） 2 件 → 13" in shown()


@pytest.mark.parametrize(("identity", "subject", "label"), [
    ("requests.balance", "applicant=enterprise", "申请收支平衡（商业企业）"),
    ("requests.applicants", "row=requests.granted", "申请人合计（予以公开）"),
    ("requests.balance", "report", "申请收支平衡"),
    ("text_vs_table.requests.new", "applicant=enterprise, mode=online",
     "正文与表格（本年新收政府信息公开申请数量，商业企业，网络申请）"),
    ("text_vs_table.requests.new", "report", "正文与表格（本年新收政府信息公开申请数量）"),
    ("parts_of_whole.proactive.total", "whole=f1 by=channel", "各部分与总数（主动公开政府信息数，【约1280条】，渠道）"),
    ("parts_of_whole.proactive.total", "whole=f1 by=category+channel",
     "各部分与总数（主动公开政府信息数，【约1280条】，类别、渠道）"),
    ("rates.other", "rate=f7", "占比复算（【98.5%】）"),
    ("sections.required", "topic=disputes", "应有的部分（复议诉讼）"),
    ("sections.empty", "section=三、收到 和处理", "内容空缺（三、收到 和处理）"),
    ("sections.numbering", "level=1", "标题编号"),
    ("dates.year", "title", "年份一致（标题）"),
    ("a.family.without.name", "report", made.FAILED.formula),
])
def test_check_is_named_in_chinese(identity: str, subject: str, label: str) -> None:
    check = replace(made.FAILED, id=identity, subject=subject)
    assert check_label(check, {fact.id: fact for fact in made.PROSE}) == label


def test_a_check_of_at_least_is_not_shown_as_unequal() -> None:
    check = replace(made.FAILED, formula="公开总数≥规范性文件数")
    assert "13 ＜ 2" in shown(checks=(check,))


def test_every_check_of_the_identities_has_a_name() -> None:
    identities = tomllib.loads(files("report").joinpath("identities.toml").read_text(encoding="utf-8"))
    assert {row["id"] for row in identities["identity"]} <= set(wording().checks)
    assert {row["name"] for row in identities["family"]} <= set(wording().subjects)


@pytest.mark.parametrize(("identity", "left", "right", "words"), [
    ("text_vs_table.requests.new", Side(expression="13件", value=13), Side(expression="本年新收 1400", value=1400),
     "正文 13，表格 1,400  疑为原文有误\n    【13件】；本年新收 1400"),
    ("parts_of_whole.proactive.total", Side(expression="website 86 + wechat 42", value=128),
     Side(expression="约1280条 1280", value=1280), "各部分 128，总数 1,280  疑为原文有误\n    政府网站 86 + 政务微信 42 = 128"),
    ("rates.other", Side(expression="政府网站 377 / 总数 455", value=0.828571),
     Side(expression="98.5%", value=0.985, facts=("f7",)), "复算 82.86%，原文 98.5%  疑为原文有误\n    政府网站 377 ÷ 总数 455 = "),
    ("sections.required", Side(expression="required", value="总体情况"), Side(expression="found", value=None),
     "未找到“总体情况”  疑为原文有误\n"),
    ("sections.empty", Side(expression="characters", value=0), Side(expression="at least", value=1),
     "内容空缺（总计）  疑为原文有误\n"),
    ("dates.year", Side(expression="report_year", value=2022), Side(expression="统计期限自2021年", value=2021),
     "报告年度 2022，此处 2021  疑为原文有误\n    【统计期限自2021年】"),
])
def test_a_failed_check_says_what_each_side_is(identity: str, left: Side, right: Side, words: str) -> None:
    assert words in shown(checks=(replace(made.FAILED, id=identity, left=left, right=right, repair=None),))


def test_a_check_that_fails_twice_for_a_text_said_twice_is_shown_once() -> None:
    page = shown(checks=(made.FAILED, made.FAILED, made.PASSED))
    assert "勾稽不符 2 项" in page
    assert page.count("申请收支平衡") == 1


def test_lists_break_behind_their_commas() -> None:
    zeros = [made.cell(name, f"requests.{name}", 0) for name in
             ("replied", "completed_on_time", "completed_extended", "carried_out", "carried_in", "granted")]
    page = shown(*zeros, width=60)
    lines = page.splitlines()[page.splitlines().index(line_of(page, "为 0：")):]
    assert len(lines) > 1
    assert all(line.endswith("、") for line in lines[:-1])


@pytest.mark.parametrize(("width", "heading"), [(100, "社会公益 法律服务"), (76, "社会 法律")])
def test_headings_of_a_wide_form_are_folded_where_room_is_short(width: int, heading: str) -> None:
    row = [made.cell(key, "requests.not_processed.petition", 1, by={"applicant": key})
           for key in vocabulary().dimensions["applicant"]]
    page = shown(*row, width=width)
    assert [line.strip() for line in page.splitlines() if "社会" in line] == [heading]
    assert re.search("不予处理：信访举报投诉类申请 +1 +1", page)
