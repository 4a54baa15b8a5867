"""Chromium, started once for all tests of the page."""
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.viewing.made import WIDE, Opened, chromium


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Opened]:
    """A window that is wide enough for text and numbers side by side."""
    context = browser.new_context(viewport=WIDE)  # type: ignore[arg-type]
    yield Opened(context, tmp_path)
    context.close()
