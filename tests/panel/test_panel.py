"""What becomes a row, what is told of copies and names, and what a spreadsheet must not run."""
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from infer.batch import Failure
from infer.panel import Panel, Settings, build, write
from infer.panel.building import Shape, finisher
from infer.panel.codebook import codebook, value_labels
from infer.panel.columns import key_of, long_columns, stata_names, wide_columns
from infer.panel.harmony import FORMS, harmony
from infer.panel.issuers import BadIssuers, Register, level_of, place_of
from infer.panel.rows import Choice
from infer.pipeline import extract
from report import vocabulary
from tests.panel.made import RULES, page

polars = pytest.importorskip("polars")


def panel_of(*texts: str, settings: Settings | None = None) -> "Any":
    finish = finisher(settings or Settings())
    return build([finish(extract(text.encode(), name=f"{number}.txt", labels=RULES))
                  for number, text in enumerate(texts)], refuse)


def refuse(failure: Failure) -> None:
    pytest.fail(failure.reason)


def kinds(panel: Panel) -> list[tuple[str, str, str | None]]:
    return [(one.kind, one.document, one.other) for one in panel.problems]


def rows(panel: Panel, shape: Shape = "long") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = panel.table(shape).to_dicts()
    return found


def test_a_row_is_a_fact_with_its_words_and_their_place() -> None:
    text = page()
    with panel_of(text) as panel:
        [fee] = [row for row in rows(panel) if row["indicator"] == "fees.copying"] or [
            row for row in rows(panel) if str(row["indicator"]).startswith("fees.")]
        assert (fee["value"], fee["unit"], fee["state"], fee["issuer"], fee["year"]) == (
            12.35, "元", "value", "云河县人民政府", 2012)
        assert text[fee["start"]:fee["end"]] == fee["evidence"]
        assert fee["level"] == "county"


def test_a_report_is_a_row_with_its_parts_in_columns() -> None:
    with panel_of(page()) as panel:
        [row] = rows(panel, "wide")
    assert (row["proactive.total"], row["proactive.total@website"], row["requests.new"]) == (120.0, 80.0, 7.0)
    assert row["requests.new@natural_person"] == 7.0
    assert row["requests.granted"] is None


def test_two_values_of_one_figure_are_told_and_none_is_taken() -> None:
    with panel_of(page() + "全年共收到政府信息公开申请9件。\n") as panel:
        [row] = rows(panel, "wide")
        assert row["requests.new"] is None
        [problem] = panel.problems
    assert (problem.kind, "7、9；未采用" in problem.detail) == ("two_values", True)


def test_copies_are_marked_and_stay() -> None:
    copy = page().replace("县", "縣").replace("，", ",").replace("\n", "\r\n\u3000\u3000")
    other = page().replace("全年收取", "站点导航 首页 联系我们。全年收取")
    with panel_of(page(), page(year=2013), copy, other) as panel:
        assert kinds(panel)[0] == ("same_text", "2.txt", "0.txt")
        held = {row["document"]: (row["duplicate_of"], row["reports_of_year"]) for row in rows(panel)}
    assert held["2.txt"] == ("0.txt", 3)
    assert held["1.txt"] == (None, 1)


def test_different_reports_of_one_year_are_told() -> None:
    with panel_of(page(), page(total=999)) as panel:
        assert ("several_reports", "1.txt", "0.txt") in kinds(panel)
        assert len({row["document"] for row in rows(panel)}) == 2


def test_places_under_several_names_are_told_and_not_joined() -> None:
    with panel_of(page("云河县人民政府"), page("云河县政府", year=2013), page("云河市人民政府", year=2014)) as panel:
        told = [one for one in panel.problems if one.kind == "several_names"]
        assert {row["issuer_name"] for row in rows(panel)} == {"云河县人民政府", "云河县政府", "云河市人民政府"}
    assert [(one.issuer, "2012" in one.detail, "2013" in one.detail) for one in told] == [("云河县政府", True, True)]


def test_a_register_tells_what_names_do_not(tmp_path: Path) -> None:
    path = tmp_path / "bodies.csv"
    path.write_text("\ufeffissuer,name,level,region_code\n云河县政府,云河县人民政府,county,990101\n", encoding="utf-8")
    with panel_of(page("云河县政府"), settings=Settings(register=Register.read(path))) as panel:
        [row] = rows(panel, "wide")
    assert (row["issuer"], row["issuer_name"], row["region_code"]) == ("云河县政府", "云河县人民政府", "990101")
    path.write_text("issuer,level\n云河县政府,planet\n", encoding="utf-8")
    with pytest.raises(BadIssuers, match="line 2: no level planet"):
        Register.read(path)


@pytest.mark.parametrize(("name", "level"), [
    ("浙江省人民政府", "province"), ("广西壮族自治区人民政府办公厅", "province"), ("上海市人民政府", "province"),
    ("云河市人民政府", "city"), ("云河县人民政府办公室", "county"), ("临渚区", "county"), ("梧桐坳镇人民政府", "township"),
    ("东浦街道办事处", "township"), ("云河县财政局", "department"), ("云河县发展和改革委员会", "department"),
    ("云河经济技术开发区管理委员会", "zone"), ("云河", None),
])
def test_levels_are_told_by_names(name: str, level: str | None) -> None:
    assert level_of(name) == level


def test_places_are_names_without_government() -> None:
    assert {place_of(name) for name in ("云河县人民政府", "雲河縣 政府", "云河县人民政府办公室")} == {"云河县"}


def test_alternatives_open_numbers_and_look_alikes_come_when_asked_for() -> None:
    odd = page() + "全年接待来访群众35批次。\n"
    with panel_of(odd) as panel:
        few = rows(panel)
    with panel_of(odd, settings=Settings(choice=Choice(open_facts=True))) as panel:
        more = rows(panel)
    assert [row["evidence"] for row in more if row["indicator"] is None] == ["35批次"]
    assert len(more) == len(few) + 1
    with panel_of(odd, settings=Settings(choice=Choice(least=0.999))) as panel:
        assert len(rows(panel)) < len(few)


@pytest.mark.parametrize("words", ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "'=1"])
def test_no_text_is_a_formula(tmp_path: Path, words: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    with panel_of(page()) as panel:
        polars.read_parquet(panel.paths["long"]).with_columns(evidence=polars.lit(words)).write_parquet(
            tmp_path / "evil.parquet")
        evil = replace(panel, paths={**panel.paths, "long": tmp_path / "evil.parquet"})
        write(evil, tmp_path / "p.csv", "long")
        write(evil, tmp_path / "p.xlsx", "long")
    assert {cell[:1] for cell in polars.read_csv(tmp_path / "p.csv")["evidence"]} == {"'"}
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    column = [cell.value for cell in next(book["事实"].iter_rows(max_row=1))].index("evidence") + 1
    cell = book["事实"].cell(3, column)
    assert (cell.data_type, cell.value.strip()) == ("s", words.strip())


def test_every_indicator_stands_in_the_codebook_with_labels_and_its_forms() -> None:
    book = {row["variable"]: row for row in codebook()}
    for one in vocabulary().indicators.values():
        row = book[one.id]
        assert (row["zh"], row["unit"], row["kind"]) == (one.zh, one.unit, one.kind)
        assert str(row["en"]).isascii() or "“" in str(row["en"])
        for form in FORMS:
            assert (row[f"form_{form}"] == "absent") == (form not in one.forms)
    assert {column.name for column in (*long_columns(), *wide_columns())} == set(book)


def test_changed_rows_say_how() -> None:
    assert all(one.zh and one.en for one in harmony().values() if one.standing == "changed")
    assert harmony()["requests.new", "2014"].standing == "changed"
    assert harmony()["requests.new", "2021"].standing == "comparable"
    assert harmony()["litigation.total", "2021"].standing == "absent"


def test_stata_names_are_unique_and_legal() -> None:
    names = stata_names()
    assert len(set(names.values())) == len(names)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]{0,31}", name) for name in names.values())


def test_listed_values_are_those_of_the_schema() -> None:
    from typing import get_args

    from report.facts import FormId, Kind, State, Status
    from report.spans import Method, Qualifier, Scope

    for name, listed in (("state", State), ("status", Status), ("kind", Kind), ("form", FormId), ("method", Method),
                         ("scope", Scope), ("qualifier", Qualifier)):
        assert set(value_labels()[name]) == set(get_args(listed)), name


def test_a_column_is_for_one_listed_part_at_most() -> None:
    assert key_of("requests.new", {"applicant": "total"}) == ("requests.new", None)
    assert key_of("requests.new", {"mode": "fax"}) == ("requests.new", "mode=fax")
    for by in ({"mode": "fax", "applicant": "enterprise"}, {"category": "财政"}, {"period": "cumulative"}):
        assert key_of("requests.new", by) is None
    assert key_of(None, {}) is None
