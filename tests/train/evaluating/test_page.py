"""The page shows the worst errors in their words, escaped, and asks for nothing from elsewhere."""
import os
import re
import shutil
from pathlib import Path

import pytest

from tests.train.evaluating.made import case
from train.evaluating.cases import Case
from train.evaluating.measuring import Sampling, measure
from train.evaluating.page import MOST, render
from train.evaluating.running import Evaluation, SetResult
from train.evaluating.sets import EvaluationSet

CHROMIUM_VARIABLE = "GONGKAI_CHROMIUM"
PADDING = "说明文字" * 20
WIDE = case(f"{PADDING}<b>收到</b>\n[[3件|COUNT:requests.new]]，办[[结4|COUNT:other]]件&[[5元|FEE:other]]{PADDING}",
            f"{PADDING}<b>收到</b>\n[[3件|COUNT:other|0.61]]，办结[[4件|COUNT:other|0.97]]&5元{PADDING[:-2]}"
            "[[文字|CHANNEL|0.25]]", name="<i>柳溪")


def evaluation(*sets: tuple[str, list[Case]]) -> Evaluation:
    results = tuple(
        SetResult(of=EvaluationSet(name=name, folder="f", split=None, docs=tuple(one.doc for one in cases)),
                  cases=tuple(cases), measures=measure(cases, Sampling(samples=20)), rules=None, seconds=1.0)
        for name, cases in sets)
    return Evaluation(model={"folder": "runs/<1>", "sha256": "ab"}, sets=results)


def articles(page: str) -> list[str]:
    """What each error says, without markup, marks in brackets."""
    found = re.findall(r"<article>.*?</article>", page, re.DOTALL)
    marked = [re.sub(r'<mark class="([a-z ]+)">(.*?)</mark>', r"[\2|\1]", one) for one in found]
    return [re.sub(r"<[^>]+>", "", one) for one in marked]


def test_each_error_stands_in_its_context() -> None:
    label, border, missed, invented = articles(render(evaluation(("写", [WIDE]))))
    assert "&lt;i&gt;柳溪" in label
    assert "0.61" in label
    before = (PADDING + "<b>收到</b>\n")[-40:].replace("\n", "↵").replace("<", "&lt;").replace(">", "&gt;")
    assert f"…{before}[3件|known found]，办结4件&amp;5元" in label
    assert "COUNT:requests.new" in label
    assert "本年新收政府信息公开申请数量" in label
    assert "办[结|known][4|known found][件|found]&amp;" in border
    assert "[5元|known]" in missed
    assert f"{PADDING[-42:-2]}[文字|found]" in invented
    assert invented.count("…") == 1


def test_nothing_of_a_document_is_markup_and_nothing_comes_from_elsewhere() -> None:
    page = render(evaluation(("<u>", [WIDE]), ("b", [WIDE])))
    for raw in ("<i>", "<b>收", "<u>", "runs/<1>"):
        assert raw not in page
    assert re.findall(r'(?:href|src)="(?!#)|url\(|@import|https?:', page) == []
    assert page.count('href="#set') == 2


def test_the_surest_are_kept_where_there_are_too_many() -> None:
    many = [case("甲乙", f"[[甲|CHANNEL|{n / 1000:.3f}]]乙", name=f"d{n}") for n in range(MOST + 50)]
    page = render(evaluation(("many", many)))
    shown = articles(page)
    assert len(shown) == MOST
    assert f"d{MOST + 49} " in shown[0]
    assert f"{MOST} / {MOST + 50}" in page


def test_a_set_without_errors_and_one_without_spans_have_a_page() -> None:
    page = render(evaluation(("right", [case("[[3件|COUNT:other]]")]), ("empty", [case("无")])))
    assert articles(page) == []
    assert "100.0%" in page


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("width", [375, 1280])
def test_it_fits_its_window(tmp_path: Path, width: int) -> None:
    from playwright.sync_api import sync_playwright

    chromium = os.environ.get(CHROMIUM_VARIABLE) or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        reason = f"no Chromium on the path nor in {CHROMIUM_VARIABLE}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    (tmp_path / "page.html").write_text(render(evaluation(("写", [WIDE] * 3))), encoding="utf-8")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": width, "height": 800})
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        page.goto((tmp_path / "page.html").as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") == width
        assert page.locator("mark.known.found").first.is_visible()
        narrow = page.evaluate("Math.min(...[...document.querySelectorAll('td .tag')].map(one => one.clientWidth))")
        assert narrow > 30
        assert page.evaluate("getComputedStyle(document.querySelector('mark.found')).backgroundColor") != (
            "rgba(0, 0, 0, 0)")
        assert said == []
        browser.close()
