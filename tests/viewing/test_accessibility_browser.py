"""In Chromium: axe-core finds nothing on any part of the page, light and dark, Chinese and English."""
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.viewing.made import NARROW, WIDE, examples, hostile, page_bytes

pytestmark = [pytest.mark.browser, pytest.mark.slow]
VIEWS = {"12_yunlu_district_2022/f46": ("facts", "checks"), "06_wenling_county_2019/f60": ("tables",),
         "云溪镇/f1": ("summary",)}


def faults(page: Page) -> list[str]:
    found = Axe().run(page).response
    assert len(found["passes"]) > 10
    return [f"{one['id']}: {node['html'][:120]}" for one in found["violations"] for node in one["nodes"]]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_found(browser: Browser, tmp_path: Path, scheme: str, language: str) -> None:
    """The policy of the page is passed by in this context alone, for axe to be let in."""
    path = tmp_path / "page.html"
    path.write_bytes(page_bytes([*examples(), hostile()], language=language))
    context = browser.new_context(bypass_csp=True, color_scheme=scheme, viewport=WIDE)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_selector(".report-line")
    found = {"list": faults(page)}
    for item, tabs in VIEWS.items():
        page.evaluate("item => { location.hash = item; }", item)
        page.wait_for_selector(".card:not([hidden])")
        for tab in tabs:
            page.click(f"#tab-{tab}")
            found[f"{item} {tab}"] = faults(page)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    page.click("#tab-text")
    found["narrow text"] = faults(page)
    page.click(".tools .tool >> nth=3")
    found["help"] = faults(page)
    context.close()
    assert {name: one for name, one in found.items() if one} == {}
