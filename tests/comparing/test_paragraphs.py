"""What counts as an office's own prose, and when a paragraph is copied."""
import pytest

from infer.comparing.paragraphs import alike, copying, paragraphs
from infer.pipeline import extract
from report.facts import Report
from tests.comparing.made import COPIED, MADE, RULES, Made, text

OWN = "镇政务公开办公室每月到各村查看公开栏，对没有及时更换的内容当场督促整改，并在全镇工作例会上通报检查情况。"


def read(words: str) -> Report:
    return extract(words.encode(), name="a.txt", labels=RULES)


def own(words: str) -> list[str]:
    return [paragraph.words for paragraph in paragraphs(read(words))]


def test_headings_forms_and_introductions_are_no_prose() -> None:
    assert own(text(MADE[1])) == [
        "围绕疫情期间复工复产，县政府汇编惠企政策口袋书，由各乡镇干部上门送到企业手中，并安排专人解答申报中遇到的疑难。", *COPIED,
        "全年举办政务公开培训班3期，培训各单位工作人员120人次，并组织业务骨干到先进地区实地学习交流经验做法。"]


@pytest.mark.parametrize("given", [
    "根据《中华人民共和国政府信息公开条例》（国务院令第711号）第五十条规定，现将云岭县2021年政府信息公开工作年度报告予以公布。",
    "本报告所列数据的统计期限自2021年1月1日起至2021年12月31日止，如对本报告有疑问请与县政府办公室联系，地址人民路一号。",
    "本年度报告由总体情况、主动公开政府信息情况、收到和处理政府信息公开申请情况、存在的主要问题及改进情况等六个部分组成。",
    "申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请0000000申请人逾期未按收费通知要求缴纳费用",
])
def test_what_notices_prescribe_is_no_prose(given: str) -> None:
    assert own(f"云岭县2021年政府信息公开工作年度报告\n{given}\n{OWN}\n") == [OWN]


def test_a_law_that_an_office_merely_names_stays_prose() -> None:
    words = "依据《政府信息公开条例》的要求，镇政府制定了依申请公开工作流程图，明确登记、审核、答复、归档各环节的责任人和时限。"
    assert own(f"云岭镇2021年政府信息公开工作年度报告\n{words}\n") == [words]


def test_a_text_that_lost_its_line_breaks_falls_into_sentences() -> None:
    made = f"云岭镇2021年政府信息公开工作年度报告\n一、总体情况{OWN}{COPIED[0]}二、主动公开政府信息情况{COPIED[1]}三、存在的问题"
    assert [one[-20:] for one in own(made)] == [one[-20:] for one in (OWN, COPIED[0], COPIED[1])]


def test_years_width_and_script_do_not_hide_a_copy() -> None:
    before = list(paragraphs(read(f"甲县2021年政府信息公开工作年度报告\n2021年，{OWN}\n")))
    after = list(paragraphs(read(f"甲县2022年政府信息公开工作年度报告\n2022年, {OWN.replace('镇政务', '鎮政務')}\n")))
    made = copying(before, after)
    assert [one.likeness for one in made.copied] == ["same"]
    assert made.same == made.prose > 0


def test_new_figures_in_an_old_sentence_are_told_apart() -> None:
    said = "全年组织现场检查{}次，发现并督促整改问题{}个，相关责任单位均在规定的时间内完成整改并书面报告整改结果。"
    made = [list(paragraphs(read(f"甲县年报\n{said.format(*one)}\n"))) for one in ((3, 12), (5, 40))]
    assert [one.likeness for one in copying(*made).copied] == ["figures"]


def test_a_paragraph_with_a_word_changed_is_nearly_the_same_and_a_new_one_is_not() -> None:
    words = [f"甲县年报\n{one}\n" for one in (OWN, OWN.replace("当场督促", "现场要求"), COPIED[0])]
    first, changed, other = (list(paragraphs(read(one))) for one in words)
    made, = copying(first, changed).copied
    assert made.likeness == "near"
    assert 0.85 <= made.share < 1
    assert copying(first, other).copied == ()


def test_likeness_is_symmetric_and_total_only_for_the_same_words() -> None:
    assert alike(OWN, OWN) == 1
    assert alike(OWN, COPIED[0]) == alike(COPIED[0], OWN) < 0.5
    assert alike("", "") == 0


def test_a_report_that_says_nothing_of_its_own_has_no_share() -> None:
    assert copying((), ()).prose == 0
    assert text(Made(year=2019))
