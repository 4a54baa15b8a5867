"""Copies and doubtful names are found, told and kept."""
from pathlib import Path

import pytest
from opencc import OpenCC

from report.facts import Report
from tests.panel.conftest import Command, Ran
from tests.panel.made import TEXT, figures, made_fact, made_report, renamed, write_results
from tests.panel.reading import Rows, read_csv, read_parquet

NUMBERS = figures(61, 22, 13, 4, 5, 16, 7, 8, 49, 10)
BASE = made_report(*NUMBERS, name="own.html", text=TEXT + "。收到申请61件，予以公开22件，部分公开13件，其余见表。" * 9)


class Told:
    """What a panel of these reports says."""

    def __init__(self, ran: Ran, facts: Rows, problems: Rows) -> None:
        self.ran = ran
        self.facts = facts
        self.problems = problems

    def kinds(self) -> list[tuple[str, str]]:
        return [(row["problem"], row["document"]) for row in self.problems]

    def copies(self) -> dict[str, str | None]:
        names = {row["report_id"]: row["document"] for row in self.facts}
        return {row["document"]: row["duplicate_of"] and names[row["duplicate_of"]] for row in self.facts}


def tell(panel: Command, folder: Path, *reports: Report) -> Told:
    ran = panel(write_results(folder / "in.jsonl", *reports), "-o", folder / "out.parquet")
    assert ran.code == 0, ran.messages
    told = Told(ran, read_parquet(folder / "out.parquet", "facts"), read_csv(folder / "out.problems.csv", "problems"))
    assert len(told.facts) == sum(len(report.facts) for report in reports), "nothing is merged"
    return told


def traditional(text: str) -> str:
    converted: str = OpenCC("s2t").convert(text)
    return converted


WIDE = str.maketrans({str(digit): chr(0xFF10 + digit) for digit in range(10)} | {"。": "｡"})


@pytest.mark.parametrize(("problem", "copy"), [
    ("same_file", renamed(BASE, name="copy.html")),
    ("same_text", renamed(BASE, name="copy.html", text=traditional(BASE.source.text), issuer="柳溪縣人民政府")),
    ("same_text", renamed(BASE, name="copy.html", text=BASE.source.text.translate(WIDE).replace("，", "， \n"),
                          issuer="柳溪县 人民政府")),
    ("same_figures", renamed(BASE, name="copy.html", text="登录 注册 " + BASE.source.text + "打印 关闭")),
    ("near_copy", renamed(made_report(*NUMBERS[:-1], text=BASE.source.text + "版权所有"), name="copy.html")),
])
def test_copies_are_told_and_kept(problem: str, copy: Report, panel: Command, tmp_path: Path) -> None:
    told = tell(panel, tmp_path, BASE, copy)
    assert (problem, "copy.html") in told.kinds()
    assert told.copies() == {"own.html": None, "copy.html": "own.html"}
    assert {row["issuer_year_reports"] for row in told.facts} == {2}
    assert len({row["report_id"] for row in told.facts}) == 2
    assert f"{problem}: " in told.ran.messages
    assert "copy.html" in told.ran.messages
    assert not any(kind == "several_reports" for kind, _ in told.kinds())


def test_the_copy_with_the_most_facts_is_kept(panel: Command, tmp_path: Path) -> None:
    short = renamed(made_report(*NUMBERS[:-1], text=BASE.source.text + "版权所有"), name="short.html")
    told = tell(panel, tmp_path, short, BASE)
    assert told.copies() == {"short.html": "own.html", "own.html": None}


def test_several_reports_of_one_issuer_and_year_are_told(panel: Command, tmp_path: Path) -> None:
    other = made_report(*figures(3, 1, 1, 0, 0, 0, 0, 0, 2, 1), name="other.html", text="另一份报告，数字全然不同，乃政府办公室本级之报告。")
    told = tell(panel, tmp_path, BASE, other)
    assert told.kinds() == [("several_reports", "own.html"), ("several_reports", "other.html")]
    assert told.copies() == {"own.html": None, "other.html": None}
    assert {row["problem_group"] for row in told.problems} == {"柳溪县人民政府 2022"}


def test_same_figures_under_another_name_are_told_and_no_copy(panel: Command, tmp_path: Path) -> None:
    other = renamed(BASE, name="spam.html", text="别处" + BASE.source.text, issuer="竹岭区人民政府")
    told = tell(panel, tmp_path, BASE, other)
    assert ("same_figures_elsewhere", "spam.html") in told.kinds()
    assert told.copies() == {"own.html": None, "spam.html": None}


def test_small_figures_alike_under_another_name_are_chance(panel: Command, tmp_path: Path) -> None:
    small = made_report(*figures(1, 1, 0, 0, 0, 0, 0, 0, 1), name="a.html", text="甲")
    told = tell(panel, tmp_path, small, renamed(small, name="b.html", text="乙", issuer="竹岭区人民政府"))
    assert told.kinds() == []


def test_next_year_s_report_is_no_copy(panel: Command, tmp_path: Path) -> None:
    nxt = made_report(*figures(70, 31, 9, 1, 2, 3, 4, 5, 55, 12), name="next.html", text="次年", year=2023)
    assert tell(panel, tmp_path, BASE, nxt).kinds() == []


def test_a_government_and_its_office_are_told_never_joined(panel: Command, tmp_path: Path) -> None:
    office = made_report(made_fact(3), name="office.html", text="办公室", issuer="柳溪县人民政府办公室", year=2023)
    told = tell(panel, tmp_path, BASE, office)
    assert told.kinds() == [("issuer_variants", "own.html"), ("issuer_variants", "office.html")]
    assert told.problems[0]["detail"] == "柳溪县人民政府 2022; 柳溪县人民政府办公室 2023"
    assert {row["issuer_key"] for row in told.facts} == {"柳溪县人民政府", "柳溪县人民政府办公室"}


@pytest.mark.parametrize(("issuer", "year", "found"), [
    ("柳溪区人民政府", 2024, True), ("柳溪市", 2023, True), ("柳溪区人民政府", 2022, False),
    ("柳溪镇人民政府", 2024, False), ("竹岭区人民政府", 2024, False), ("柳溪县水利局", 2024, False),
])
def test_a_county_that_became_a_district_is_told(issuer: str, year: int, found: bool, panel: Command,
                                                 tmp_path: Path) -> None:
    later = made_report(made_fact(3), name="later.html", text="后来", issuer=issuer, year=year)
    told = tell(panel, tmp_path, BASE, later)
    assert told.kinds() == ([("possible_rename", "later.html")] if found else [])


def test_no_issuer_and_no_year_are_told(panel: Command, tmp_path: Path) -> None:
    nameless = made_report(made_fact(3), name="n.html", issuer=None, year=None)
    told = tell(panel, tmp_path, nameless)
    assert told.kinds() == [("no_issuer", "n.html"), ("no_year", "n.html")]
    assert told.facts[0]["issuer_year_reports"] is None


def test_a_unit_of_its_own_stays_out_of_the_wide_table(panel: Command, tmp_path: Path) -> None:
    told = tell(panel, tmp_path, made_report(made_fact(3, "meetings.total", unit="人")))
    assert told.kinds() == [("other_unit", "a.txt")]


def test_only_the_first_of_many_are_told_on_the_terminal(panel: Command, tmp_path: Path) -> None:
    told = tell(panel, tmp_path, *(renamed(BASE, name=f"{number}.html") for number in range(9)))
    assert len(told.problems) == 8
    assert "and 3 more in table problems" in told.ran.messages
