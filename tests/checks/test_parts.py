"""其中 lists, shares and changes in the running text."""

from dataclasses import replace

import pytest

from report.checks import Check
from report.facts import Fact, Meta
from report.identities import check
from tests.checks.made import run, said

WHOLE = "proactive.total"


def _parts(text: str, whole: str, *parts: tuple[str, int], dimension: str = "category") -> list[Fact]:
    digits = int("".join(filter(str.isdigit, whole)))
    return [said(text, whole, WHOLE, digits)] + [
        said(text, f"{name}{value}条", WHOLE, value, parent=whole, **{dimension: name}) for name, value in parts
    ]


def _check(text: str, whole: str, *parts: tuple[str, int], dimension: str = "category") -> Check:
    found = run(_parts(text, whole, *parts, dimension=dimension), text=text)
    return found["parts_of_whole.proactive.total", f"whole={whole} by={dimension}"]


@pytest.mark.parametrize(
    ("text", "parts", "status"),
    [
        ("公开信息90条，其中文件类30条、规划类60条。", (("文件类", 30), ("规划类", 60)), "pass"),
        ("公开信息90条，其中文件类30条、规划类70条。", (("文件类", 30), ("规划类", 70)), "fail"),
        ("公开信息90条，其中文件类30条、规划类40条。", (("文件类", 30), ("规划类", 40)), "unknown"),
        ("公开信息90条，分别为文件类30条、规划类40条。", (("文件类", 30), ("规划类", 40)), "fail"),
        ("公开信息90条，其中文件类30条、其他类40条。", (("文件类", 30), ("其他类", 40)), "fail"),
        ("文件类30条、规划类40条，合计公开信息90条。", (("文件类", 30), ("规划类", 40)), "fail"),
    ],
)
def test_parts_against_the_whole(text: str, parts: tuple[tuple[str, int], ...], status: str) -> None:
    found = _check(text, "信息90条", *parts)
    assert (found.status, found.right.value) == (status, 90)
    assert found.fault == ("source" if status == "fail" else None)


@pytest.mark.parametrize(("website", "status"), [(60, "unknown"), (95, "fail")])
def test_one_piece_may_go_out_by_several_channels_but_by_none_more_often_than_there_are(
    website: int, status: str
) -> None:
    text = f"公开信息90条，其中网站{website}条、微信50条。"
    assert _check(text, "信息90条", ("网站", website), ("微信", 50), dimension="channel").status == status


def test_each_dimension_is_a_list_of_its_own() -> None:
    text = "公开信息90条，文件类30条、规划类60条，甲村50条、乙村41条。"
    facts = [
        *_parts(text, "信息90条", ("文件类", 30), ("规划类", 60)),
        *_parts(text, "信息90条", ("甲村", 50), ("乙村", 41), dimension="subunit")[1:],
    ]
    found = run(facts, text=text)
    assert found["parts_of_whole.proactive.total", "whole=信息90条 by=category"].status == "pass"
    assert found["parts_of_whole.proactive.total", "whole=信息90条 by=subunit"].status == "fail"


def test_parts_of_parts_are_not_added_to_the_whole() -> None:
    text = "公开信息96条，其中文件类41条、规划类55条，文件类中解读2条、简讯39条。"
    outer = _parts(text, "信息96条", ("文件类", 41), ("规划类", 55))
    inner = [
        said(text, words, WHOLE, value, parent="文件类41条", category=words[:2])
        for words, value in (("解读2条", 2), ("简讯39条", 39))
    ]
    assert {one.status for one in run([*outer, *inner], text=text).values()} == {"pass"}


def test_a_list_that_adds_up_to_the_whole_above_is_compared_with_that() -> None:
    text = "公开信息90条，其中机关50条、各村40条，按类别文件类30条、规划类60条，占66.7%。"
    outer = _parts(text, "信息90条", ("机关", 50), ("各村", 40), dimension="subunit")
    inner = [
        said(text, f"{name}{value}条", WHOLE, value, parent="各村40条", category=name)
        for name, value in (("文件类", 30), ("规划类", 60))
    ]
    found = run([*outer, *inner, said(text, "66.7%", None, 0.667, unit="1")], text=text)
    assert len(found) == 3
    assert {one.status for one in found.values()} == {"pass"}


def test_numbers_that_cannot_be_parts_are_no_list() -> None:
    text = "培训2次，共180人次；收到申请20件，结转3件。"
    facts = [
        said(text, "2次", "trainings.total", 2, unit="次"),
        said(text, "180人次", "trainings.participants", 180, unit="人次", parent="2次"),
        said(text, "20件", "requests.new", 20, unit="件"),
        said(text, "3件", "requests.carried_in", 3, unit="件", parent="20件"),
    ]
    assert run(facts, text=text) == {}


def test_approximate_figures_are_not_held_against_the_office() -> None:
    text = "公开信息90条，其中文件类30条、规划类50条。"
    whole, *parts = _parts(text, "信息90条", ("文件类", 30), ("规划类", 50))
    found = run([whole, replace(parts[0], qualifier="at_least"), parts[1]], text=text)
    assert [one.status for one in found.values()] == ["unknown"]


def test_outcomes_and_open_numbers_are_lists_too() -> None:
    text = "办结申请20件，其中公开15件、不予公开5件。账号70个，其中微博29个、微信42个。"
    facts = [
        said(text, "申请20件", "requests.processed_total", 20, unit="件"),
        said(text, "公开15件", "requests.granted", 15, unit="件", parent="申请20件"),
        said(text, "不予公开5件", "requests.denied.total", 5, unit="件", parent="申请20件"),
        *(
            said(text, words, None, value, unit="个", parent=parent)
            for words, value, parent in (
                ("账号70个", 70, None),
                ("微博29个", 29, "账号70个"),
                ("微信42个", 42, "账号70个"),
            )
        ),
    ]
    found = run(facts, text=text)
    assert found["parts_of_whole.requests.processed_total", "whole=申请20件 by=outcome"].status == "pass"
    assert found["parts_of_whole.open", "whole=账号70个 by=counted"].status == "fail"


def test_all_kinds_of_consultation_claim_to_be_all() -> None:
    text = "接受咨询250次，其中电话80次、当面60次、网上70次。"
    facts = [said(text, "咨询250次", "consultations.total", 250, unit="人次")] + [
        said(text, words, f"consultations.{kind}", value, unit="次", parent="咨询250次")
        for words, kind, value in (("电话80次", "phone", 80), ("当面60次", "on_site", 60), ("网上70次", "online", 70))
    ]
    assert [one.status for one in run(facts, text=text).values()] == ["fail"]


@pytest.mark.parametrize(
    ("rate", "value", "status"),
    [
        ("51.85%", 0.5185, "pass"),
        ("51.9%", 0.519, "pass"),
        ("51%", 0.51, "pass"),
        ("52%", 0.52, "pass"),
        ("53%", 0.53, "fail"),
        ("51.95%", 0.5195, "fail"),
    ],
)
@pytest.mark.parametrize("linked", [True, False])
def test_shares_are_recomputed(rate: str, value: float, status: str, linked: bool) -> None:
    text = f"办结申请81件，其中公开42件，占{rate}。"
    facts = [
        said(text, "申请81件", "requests.processed_total", 81, unit="件"),
        said(text, "公开42件", "requests.granted", 42, unit="件", parent="申请81件"),
        said(text, rate, None, value, unit="1", parent="公开42件" if linked else None),
    ]
    found = run(facts, text=text)["rates.requests.granted", f"rate={rate}"]
    assert (found.status, found.left.facts) == (status, ("公开42件", "申请81件"))


def test_a_rate_of_something_else_is_no_share() -> None:
    text = "办结申请81件，其中公开42件，按时答复率99%。"
    facts = [
        said(text, "申请81件", "requests.processed_total", 81, unit="件"),
        said(text, "公开42件", "requests.granted", 42, unit="件", parent="申请81件"),
        said(text, "99%", None, 0.99, unit="1"),
    ]
    assert not any(name.startswith("rates.") for name, _ in run(facts, text=text))


@pytest.mark.parametrize(
    ("change", "value", "unit", "status"),
    [
        ("增加450条", 450, "条", "pass"),
        ("增加400条", 400, "条", "fail"),
        ("减少450条", 450, "条", "fail"),
        ("增长50%", 0.5, "1", "pass"),
        ("增长45%", 0.45, "1", "fail"),
    ],
)
def test_changes_from_last_year_are_recomputed(change: str, value: float, unit: str, status: str) -> None:
    text = f"去年公开900条，今年公开1350条，比去年{change}。"
    facts = [
        said(text, "900条", WHOLE, 900, period="previous_year"),
        said(text, "1350条", WHOLE, 1350),
        said(text, change[2:], None, value, unit=unit),
    ]
    found = [one for one in check(facts, Meta(), (), text) if one.id == "previous_year.proactive.total"]
    assert [one.status for one in found] == [status]
