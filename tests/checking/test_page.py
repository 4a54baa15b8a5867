"""The page: self-contained, hostile words stay words, readable by everyone."""
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from infer import extract
from infer.checking import Checked, check_report
from infer.checking.rendering import Format, render
from tests.checking.documents import WRITERS
from tests.checking.drafting import Fault, source, spoil

CHROMIUM_VARIABLE = "GONGKAI_CHROMIUM"
HOSTILE = "<script>document.title='taken'</script><img src=x onerror=alert(1)>"


def drafts() -> list[Checked]:
    hostile = spoil(source("street_2025"), Fault(find="社区公开栏张贴公告60期", replace=f"张贴公告XX期{HOSTILE}"))
    wrong = spoil(source("county_2022"), Fault(row="（一）予以公开", column="总计", to="65"))
    blank = spoil(source("town_2023"), Fault(row="4.保护第三方", column="自然人", to="-"))
    texts = [hostile, wrong, blank, source("town_2024")]
    return [check_report(extract(WRITERS["docx"](text), name=f"draft{number}.docx"))
            for number, text in enumerate(texts)]


@pytest.fixture(scope="module")
def page_html() -> str:
    return render(drafts(), Format.HTML)


def test_nothing_is_fetched_and_no_script_may_run(page_html: str) -> None:
    assert "default-src 'none'" in page_html
    assert not re.search(r"(?:src|href)=[\"']?(?:https?:)?//|@import|url\(|<script", page_html)
    assert "&lt;script&gt;" in page_html


def test_markdown_escapes_what_would_be_markup() -> None:
    text = render(drafts(), Format.MARKDOWN)
    assert "<script" not in text.replace("\\<", "")
    assert "\\<script\\>" in text


@pytest.fixture
def page() -> Iterator[Page]:
    chromium = os.environ.get(CHROMIUM_VARIABLE) or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        reason = f"no Chromium on the path nor in {CHROMIUM_VARIABLE}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page(viewport={"width": 1000, "height": 1200})
        browser.close()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_in_a_browser(page: Page, page_html: str, tmp_path: Path, scheme: str) -> None:
    path = tmp_path / "page.html"
    path.write_text(page_html, encoding="utf-8")
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(path.as_uri())
    assert page.title() == "年报发布前核对"
    assert page.locator("article.finding").count() >= 3
    assert page.locator("script, img").count() == 0
    assert page.locator("mark", has_text="65").is_visible()
    page.locator("table.index a").nth(1).click()
    assert page.url.endswith("#draft-2")
    # axe is put in by the test; the page's own policy lets no script in
    violations = [one["id"] for one in _axe(page_html, page, scheme)]
    assert violations == []


def _axe(page_html: str, page: Page, scheme: str) -> list[dict[str, object]]:
    page.set_content(re.sub(r"<meta http-equiv=[^>]*>", "", page_html))
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    found: list[dict[str, object]] = Axe().run(page).response["violations"]
    return found
