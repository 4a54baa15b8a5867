"""The READMEs hold what was measured, both say the same, and what they point to is there."""
import re

import pytest

from benchmarks.readme import READMES, cost_part, rendered, replace_part, scores_part
from benchmarks.scores import parse_total, thresholds
from tests.conftest import ROOT

PAGES = {name: (ROOT / name).read_text(encoding="utf-8") for name in READMES}


@pytest.mark.parametrize("name", READMES)
def test_tables_are_those_of_the_measurements(name: str) -> None:
    assert f"\n{scores_part(name)}\n" in PAGES[name], "run `make readme`"
    assert f"\n{cost_part(name)}\n" in PAGES[name], "run `make readme`"


@pytest.mark.parametrize("name", READMES)
def test_rendering_again_changes_only_what_is_generated(name: str) -> None:
    kept = re.compile(r"(<!-- (\w+): generated).*?<!-- end of \2 -->", re.DOTALL)
    assert kept.sub(r"\1", rendered(PAGES[name], name)) == kept.sub(r"\1", PAGES[name])


@pytest.mark.parametrize("name", READMES)
def test_sample_is_the_view_of_an_example(name: str) -> None:
    sample = PAGES[name].partition("<!-- sample")[2].partition("<!-- end of sample")[0]
    for words in ("机关", "年度", "表格", "examples/", "勾稽", "【", "主动公开", "依申请公开"):
        assert words in sample


@pytest.mark.parametrize("name", READMES)
def test_links_lead_somewhere(name: str) -> None:
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", PAGES[name]) if "://" not in link]
    assert len(links) > 5
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_commands_shown_exist(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"(?:^|`)make (\w+)", PAGES[name], re.MULTILINE)):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


def test_both_languages_have_the_same_parts() -> None:
    shapes = [[len(line.split()[0]) for line in page.splitlines() if line.startswith("#")] for page in PAGES.values()]
    blocks = [re.findall(r"^(?:gongkai|make|from|curl)\b[^#\n]*", page, re.MULTILINE) for page in PAGES.values()]
    assert shapes[0] == shapes[1]
    assert [command.strip() for command in blocks[0]] == [command.strip() for command in blocks[1]]


def test_page_without_its_marks_is_refused() -> None:
    with pytest.raises(ValueError, match="0 places for 'scores'"):
        replace_part("# A page\n", "scores", "words")


def test_scorer_s_last_line_is_understood() -> None:
    line = ("ALL 19 reports (right, wrong, missed): text (400, 10, 12) F1 0.973; cells (1500, 0, 3) F1 0.999; "
            "whole reports right 11/19; quantities 0.985; evidence exact 3000/3000; meta 0.970\n")
    assert parse_total(line) == {
        "reports": 19, "text_right": 400, "text_wrong": 10, "text_missed": 12, "text_f1": 0.973, "cells_right": 1500,
        "cells_wrong": 0, "cells_missed": 3, "cells_f1": 0.999, "whole": 11, "quantities": 0.985, "exact": 3000,
        "spans": 3000, "meta": 0.97}
    with pytest.raises(ValueError, match="no line of totals"):
        parse_total("Traceback")


def test_thresholds_are_options_of_the_scorer() -> None:
    assert set(thresholds()) <= {"text", "cells", "whole", "quantities", "meta"}
    assert all(0.9 <= least <= 1 for least in thresholds().values())
