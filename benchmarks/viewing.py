"""What a page of `gongkai view` costs in Chromium: python -m benchmarks.viewing PAGE.html"""
import os
import shutil
import sys
from pathlib import Path
from statistics import median
from typing import Any, Final

from playwright.sync_api import Browser, sync_playwright

TRIALS: Final = 3
CHROMIUM_VARIABLE: Final = "GONGKAI_CHROMIUM"
SEARCHED: Final = "政务公开栏"
INTERACTIVE: Final = "performance.getEntriesByType('navigation')[0].domInteractive"
SEARCH: Final = """(words) => {
  const begun = performance.now();
  const field = document.getElementById('search');
  field.value = words;
  field.dispatchEvent(new Event('input'));
  return performance.now() - begun;
}"""
OPEN: Final = """async () => {
  const keys = JSON.parse(document.getElementById('shared').textContent).entries.map((entry) => entry[0]);
  const took = [];
  for (const key of keys.slice(0, 12)) {
    const begun = performance.now();
    location.hash = encodeURIComponent(key);
    const drawn = (done) => () => requestAnimationFrame(() => setTimeout(done));
    await new Promise((done) => addEventListener('hashchange', drawn(done), {once: true}));
    took.push(performance.now() - begun);
  }
  return took.sort((one, other) => one - other)[Math.floor(took.length / 2)];
}"""


def measure(browser: Browser, page: Path) -> dict[str, float]:
    """Milliseconds until the page answers, to search all texts, to open a report; megabytes of heap behind that."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    opened.goto(page.resolve().as_uri())
    opened.wait_for_selector(".report-line")
    session = context.new_cdp_session(opened)
    session.send("Performance.enable")
    found = {"interactive": opened.evaluate(INTERACTIVE), "search": opened.evaluate(SEARCH, SEARCHED),
             "open": opened.evaluate(OPEN)}
    metrics: list[dict[str, Any]] = session.send("Performance.getMetrics")["metrics"]
    found["heap"] = next(one["value"] for one in metrics if one["name"] == "JSHeapUsedSize") / 1e6
    context.close()
    return found


def main(page: Path) -> None:
    chromium = os.environ.get(CHROMIUM_VARIABLE) or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        trials = [measure(browser, page) for _ in range(TRIALS)]
        browser.close()
    print(f"{page.stat().st_size / 1e6:.1f} MB", *(
        f"{name} {median(one[name] for one in trials):.0f}" for name in trials[0]), sep=", ")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
