"""The draft beside last year's report."""
from infer import extract
from infer.checking import Checked, check_report
from report import Report
from tests.checking.documents import WRITERS
from tests.checking.drafting import source

LAST_YEAR = source("county_2022").replace("2022年", "2021年").replace("比2021年增加18件", "比2020年增加18件")


def read(text: str, file: str = "docx") -> Report:
    return extract(WRITERS[file](text), name=f"draft.{file}")


def of_kind(checked: Checked, kind: str) -> list[tuple[str, str | None]]:
    return [(finding.title, finding.places[0].row if finding.places else None)
            for finding in checked.findings if finding.kind == kind]


def test_what_is_carried_over_must_be_what_was_left_last_year() -> None:
    checked = check_report(read(source("county_2022")), [read(LAST_YEAR)])
    assert of_kind(checked, "previous.carried") == [
        ("“自然人”上年结转 8 件，去年的报告却是结转下年度 9 件", "二、上年结转政府信息公开申请数量"),
        ("“商业企业”上年结转 1 件，去年的报告却是结转下年度 2 件", "二、上年结转政府信息公开申请数量"),
        ("“法律服务机构”上年结转 0 件，去年的报告却是结转下年度 1 件", "二、上年结转政府信息公开申请数量"),
        ("“总计”上年结转 9 件，去年的报告却是结转下年度 12 件", "二、上年结转政府信息公开申请数量")]


def test_documents_in_force_follow_from_last_year_s() -> None:
    checked = check_report(read(source("county_2022")), [read(LAST_YEAR)])
    assert of_kind(checked, "previous.in_force") == [
        ("“第二十条第（一）项 行政规范性文件”现行有效 142 件，按去年推算是 138 件", "第二十条第（一）项 行政规范性文件")]


def test_a_table_and_paragraphs_left_in_are_named() -> None:
    checked = check_report(read(source("county_2022")), [read(LAST_YEAR)])
    assert len(of_kind(checked, "previous.table")) == 3
    places = [place for finding in checked.findings if finding.kind == "previous.paragraph" for place in finding.places]
    assert any(place.section == "五、存在的主要问题及改进情况" for place in places)


def test_reports_that_follow_one_another_give_no_finding() -> None:
    """A town without requests, and the year before with one that was settled."""
    then = source("town_2024").replace("青杄镇", "白蓼镇").replace("2024年", "2022年")
    then = then.replace("| 1 | 2 | 6 |", "| 0 | 0 | 0 |")
    left = "| 四、结转下年度继续办理 | < | < |"
    then = then.replace(f"{left} 1 | 0 | 0 | 0 | 0 | 0 | 1 |", f"{left} 0 | 0 | 0 | 0 | 0 | 0 | 0 |")
    checked = check_report(read(source("town_2023")), [read(then)])
    assert [finding.kind for finding in checked.findings] == []


def test_of_several_the_year_before_of_the_same_office_is_taken() -> None:
    others = [read(source(name)) for name in ("town_2023", "county_2019", "district_2021")]
    checked = check_report(read(source("county_2022")), [*others, read(LAST_YEAR)])
    assert len(of_kind(checked, "previous.carried")) == 4


def test_another_office_s_report_is_told_and_not_compared() -> None:
    checked = check_report(read(source("county_2022")), [read(source("district_2021"))])
    assert [(finding.kind, finding.level) for finding in checked.findings] == [("previous.other", "note")]
    assert "珞水区" in checked.findings[0].title
    assert checked.errors == 0
