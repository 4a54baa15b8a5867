"""Nine years of an invented county: what was planted is found, and nothing else."""
from dataclasses import replace
from pathlib import Path

from infer.comparing import compare, keep
from infer.comparing.comparison import IssuerTold
from infer.comparing.register import Register
from infer.comparing.telling import expression
from tests.comparing.made import (
    COPIED,
    COUNTY,
    DISTRICT,
    MADE,
    NEW_FIGURES,
    Made,
    Requests,
    compared,
    named,
    of,
    old,
    only,
    reports,
    text,
)

CARRIED = {("carry", 2019, 2020, "requests.carried_in"), ("carry", 2019, 2020, "requests.carried_in,natural_person")}
ITEMS = ("items", 2019, 2020, "licensing.items_previous_year")
COUNTED = {("cumulative", 2017, 2018, "proactive.total"), ("cumulative", 2017, 2018, "proactive.total,website")}
IN_FORCE = ("in_force", 2024, 2025, "documents.normative.in_force")


def county() -> IssuerTold:
    return next(one for one in compared().issuers if one.name == COUNTY)


def test_what_was_planted_does_not_hold_and_nothing_else() -> None:
    told = only(compared(as_one=True))
    assert named(told.of("breaks")) == {*CARRIED, ITEMS, *COUNTED, IN_FORCE}
    assert named(told.of("doubtful")) == {("previous_year", 2021, 2022, "proactive.total")}
    assert named(told.of("may_hold")) == set()


def test_each_side_shows_both_figures_and_the_words_of_both_reports() -> None:
    texts = {report.source.name: report.source.text for report in reports()}
    links = only(compared(as_one=True)).of("breaks", "doubtful")
    assert len(links) == 7
    for link in links:
        assert {term.year for term in link.terms} == {link.before, link.after}
        for term in link.terms:
            quote = term.quote
            assert quote is not None
            assert quote.document == term.document
            assert texts[quote.document][quote.start:quote.end] == quote.words
            assert term.value is not None
            assert "|" in quote.before or "条" in quote.words, "a bare number tells a reader nothing"
    items = next(link for link in links if link.chain == "items")
    assert (expression(items), items.left, items.right) == ("100 + 5 ≠ 104", 105, 104)
    assert [term.document for term in items.terms] == ["2019.txt", "2019.txt", "2020.txt"]


def test_a_series_without_a_fault_has_no_finding() -> None:
    years = [
        Made(year=2019, requests=Requests(carried_out=(2, 1)), licensing=(100, 5)),
        Made(year=2020, requests=Requests(carried_in=(2, 1)), licensing=(105, -3), documents=(4, 0, 44)),
        Made(year=2021, documents=(5, 5, 40), requests=Requests(carried_out=(0, 1))),
        Made(year=2022, documents=(6, 2, 44), requests=Requests(carried_in=(0, 1)),
             more=("2021年主动公开政府信息800条，2022年没有变化。",)),
    ]
    told = only(of(*map(text, years)))
    assert told.of("breaks", "doubtful", "may_hold", "missing") == []
    assert {link.chain for link in told.links} == {"carry", "items", "in_force", "disclosed_total", "previous_year"}


def test_a_name_that_changed_is_suspected_and_not_merged() -> None:
    comparison = compared()
    assert [one.name for one in comparison.issuers] == [COUNTY, DISTRICT]
    assert [(one.issuers, one.why) for one in comparison.suspected] == [((COUNTY, DISTRICT), "succession")]
    assert IN_FORCE not in named(county().links)
    assert compared(as_one=True).suspected == ()


def test_a_file_of_issuers_merges_what_it_names_and_no_more(tmp_path: Path) -> None:
    path = tmp_path / "issuers.csv"
    path.write_text(f"issuer,name\n{DISTRICT},{COUNTY}\n", encoding="utf-8")
    other = Made(year=2021, issuer="溪口县人民政府")
    told = of(*(text(one) for one in (*MADE, other)), register=Register.read(path))
    assert {one.name: [year.year for year in one.years] for one in told.issuers} == {
        COUNTY: [2019, 2020, 2021, 2022, 2024, 2025], "溪口县人民政府": [2021]}


def test_bodies_of_one_place_in_the_same_years_are_two_and_no_renaming() -> None:
    told = of(*(text(Made(year=2021, issuer=name)) for name in (COUNTY, DISTRICT)))
    assert [one.name for one in told.issuers] == [COUNTY, DISTRICT]
    assert told.suspected == ()


def test_a_copy_and_a_corrected_report_are_shown_and_the_latest_counts() -> None:
    years = {year.year: year for year in county().years}
    assert years[2020].document == "2020.txt"
    assert [(one.document, one.why) for one in years[2020].versions] == [("2020-mirror.txt", "copy")]
    assert years[2022].document == "2022-corrected.txt"
    assert [(one.document, one.why) for one in years[2022].versions] == [("2022.txt", "other")]
    difference, = years[2022].differences
    assert difference.indicator == "documents.normative.in_force"
    assert [(quote.document, quote.words) for quote in difference.quotes] == [
        ("2022-corrected.txt", "44"), ("2022.txt", "45")]
    link = next(one for one in county().links if (one.chain, one.after) == ("in_force", 2022) and "normative" in
                one.indicator)
    assert (link.status, link.versions) == ("holds", (("2022.txt", "breaks"),))


def test_a_missing_year_is_named_and_no_chain_runs_over_it() -> None:
    told = only(compared(as_one=True))
    assert told.missing_years == (2023,)
    assert {(link.before, link.after) for link in told.links if link.after == 2024} == set()
    assert [(one.before, one.after, one.old, one.new) for one in told.form_changes] == [
        (2018, 2019, "2014", "2019"), (2020, 2021, "2019", "2021")]


def test_a_blank_cell_is_no_zero() -> None:
    held = [link for link in only(compared(as_one=True)).links if (link.chain, link.after) == ("carry", 2025)]
    assert {link.status for link in held} == {"missing"}
    assert {term.missing for link in held for term in link.terms if term.when == "after"} == {"blank"}


def test_cumulative_counts_over_missing_years_may_grow_and_never_shrink() -> None:
    before = old(2015, proactive=(300, 1000), requests=(2, 9))
    grown = only(of(before, old(2018, proactive=(350, 1900), requests=(5, 25))))
    assert grown.of("breaks", "doubtful") == []
    assert {link.relation for link in grown.links} == {"<="}
    shrunk = only(of(before, old(2018, proactive=(350, 1349), requests=(5, 25))))
    assert named(shrunk.of("breaks")) == {("cumulative", 2015, 2018, "proactive.total"),
                                          ("cumulative", 2015, 2018, "proactive.total,website")}


def test_copied_paragraphs_are_those_that_were_copied() -> None:
    told = next(one for one in county().copies if one.after == 2021)
    assert {(one.likeness, one.after) for one in told.paragraphs} == {
        ("same", COPIED[0]), ("same", COPIED[1]), ("figures", NEW_FIGURES.format(4, 150))}
    assert told.same == sum(one.size for one in told.paragraphs if one.likeness == "same")
    assert told.same + told.figures < told.prose
    text_of = {report.source.name: report.source.text for report in reports()}
    for one in told.paragraphs:
        assert text_of["2020.txt"][one.before_start:].startswith(one.before)
        assert text_of["2021.txt"][one.after_start:].startswith(one.after)
    assert [one.paragraphs for one in county().copies if one.after in (2019, 2020, 2022)] == [(), (), ()]


def test_reports_without_year_or_issuer_and_what_is_none_are_left_out_and_told() -> None:
    bare = text(MADE[0]).replace(COUNTY, "").replace("2019年政府", "政府").replace("2019年", "").replace("2020-01-20", "")
    told = of(text(MADE[0]), bare, "友情链接 网站地图\n首页 > 政务公开 > 通知\n" * 3)
    assert [one.document for one in told.left_out] == ["1.txt", "2.txt"]
    assert [year.document for year in only(told).years] == ["0.txt"]


def test_the_order_of_the_reports_does_not_matter() -> None:
    turned = compare([keep(one) for one in reversed(reports())], as_one=True)
    told, other = only(compared(as_one=True)), only(turned)
    assert named(other.of("breaks")) == named(told.of("breaks"))
    assert [year.year for year in other.years] == [year.year for year in told.years]


def test_two_reports_of_one_day_count_by_the_order_in_which_they_are_given() -> None:
    first = replace(MADE[2], documents=(5, 5, 41))
    told = only(of(text(first), text(MADE[2])))
    assert told.years[0].document == "1.txt"
