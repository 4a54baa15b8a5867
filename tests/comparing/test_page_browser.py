"""In Chromium: the page is accessible, runs nothing of a report's, loads nothing, and can be read on paper."""
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from infer.comparing import Comparison, compare, keep
from infer.comparing.page import page as rendered
from report.facts import Report
from tests.comparing.made import MADE, compared, of, reports, text
from tests.viewing.made import NARROW, WIDE, chromium

pytestmark = [pytest.mark.browser, pytest.mark.slow]
ATTACK = "\"'><img src=x onerror=window.ran=1></script><script>window.ran=1</script>{{7*7}}\u202e\u2028"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@cache
def several() -> Comparison:
    """The county, and a neighbour whose figures contradict one another."""
    other = replace(MADE[2], issuer="溪口县人民政府")
    return of(*(text(one) for one in MADE), text(other).replace("| 12 | 0 | 0 | 0 | 0 | 0 | 12 |", "| 12 | 0 |"))


@cache
def hostile() -> Comparison:
    """Every word that a report lends to the page would run script if it could."""
    def spoilt(report: Report) -> Report:
        title = report.source.text.splitlines()[0]
        source = replace(report.source, text=report.source.text.replace(title, ATTACK[:len(title)].ljust(len(title))),
                         name=f"{ATTACK}{report.source.name}")
        return replace(report, source=source, meta=replace(report.meta, issuer=ATTACK, title=ATTACK))

    return compare([keep(spoilt(one)) for one in reports()], failures=((ATTACK, ATTACK),))


_PAGES: Final[dict[int, bytes]] = {}


def page_of(comparison: Comparison) -> bytes:
    """Drawn once for all tests."""
    if id(comparison) not in _PAGES:
        _PAGES[id(comparison)] = rendered(
            comparison, title=ATTACK if comparison.failures else None).encode("utf-8", "replace")
    return _PAGES[id(comparison)]


def opened(browser: Browser, folder: Path, comparison: Comparison, **context: object) -> Page:
    path = folder / "page.html"
    path.write_bytes(page_of(comparison))
    made = browser.new_context(viewport=WIDE, **context)  # type: ignore[arg-type]
    page = made.new_page()
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize(("scheme", "made"), [("light", several), ("dark", several), ("light", hostile)])
def test_axe_finds_nothing_in_either_language(
        browser: Browser, tmp_path: Path, scheme: str, made: Callable[[], Comparison]) -> None:
    """The policy of the page is passed by in this context alone, for axe to be let in."""
    page = opened(browser, tmp_path, made(), bypass_csp=True, color_scheme=scheme)
    for _ in ("zh", "en"):
        found = Axe().run(page).response
        assert len(found["passes"]) > 10
        assert [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]] == []
        page.click("#language")
    page.context.close()


def test_words_of_a_report_run_nothing_and_nothing_is_loaded(browser: Browser, tmp_path: Path) -> None:
    asked: list[Request] = []
    page = opened(browser, tmp_path, hostile())
    page.on("request", lambda request: asked.append(request))
    page.reload()
    assert page.evaluate("window.ran") is None
    assert page.locator("img").count() == 0
    assert page.locator("script").count() == 1
    assert [one.url for one in asked if not one.url.startswith("file:")] == []
    assert "49" not in page.title()
    assert "<img" in page.locator("h1").inner_text()
    page.context.close()


def test_the_buttons_switch_language_and_colours(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, compared(as_one=True), color_scheme="light")
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    assert page.get_by_role("heading", name="Carry-over chain").count() == 0
    page.click("#language")
    assert page.get_by_role("heading", name="Carry-over chain").count() == 1
    assert page.get_by_role("heading", name="结转链").count() == 0
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.click("#theme")
    page.click("#theme")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    assert said == []
    page.context.close()


def test_a_break_shows_the_words_of_both_reports(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, compared(as_one=True))
    shown = page.locator(".finding.breaks", has_text="100 + 5 ≠ 104")
    assert shown.locator("mark").all_inner_texts() == ["100", "+5", "104"]
    assert [one.split(" · ")[0] for one in shown.locator(".place").all_inner_texts()] == [
        "2019.txt", "2019.txt", "2020.txt"]
    page.context.close()


def test_nothing_hangs_over_the_edge_narrow_or_on_paper(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, several())
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.emulate_media(media="print")
    assert page.locator("#language").is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


def test_charts_show_figures_and_breaks(browser: Browser, tmp_path: Path) -> None:
    page = opened(browser, tmp_path, several())
    charts = page.locator("svg[role=img]")
    assert charts.count() >= 6
    assert all(label and "/" in label for label in (one.get_attribute("aria-label") for one in charts.all()))
    carry = page.locator("figure", has_text="各年交接处").first.inner_html()
    assert "var(--bad)" in carry
    assert "var(--c1)" in carry
    page.context.close()
