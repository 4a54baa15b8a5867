"""What a person does in the browser: sees the proposed labels, marks words with the mouse, submits."""
import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from annotations.labelstudio.preparing import prepare
from annotations.labelstudio.progress import Verdicts, progress
from annotations.labelstudio.pulling import pull
from annotations.labelstudio.pushing import Candidate, push
from annotations.labelstudio.tasks import Proposal
from infer.annotate.prelabel import model_version, prelabel
from infer.annotate.reading import read_report
from tests.annotate.conftest import Server

pytestmark = [pytest.mark.labelstudio, pytest.mark.browser, pytest.mark.slow]

CHROMIUM_VARIABLE = "GONGKAI_CHROMIUM"
PATIENCE = 30_000
WINDOW = {"width": 1500, "height": 1000}
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
REPORT = (
    "柳溪镇2022年政府信息公开工作年度报告\n\n一、总体情况\n2022年，我镇主动公开政府信息310条，其中政府网站公开12条。"
    "“🌱绿美\n柳溪”公众号𠮷祥发布。\n\n未收到政府信息公开申请。\n"
)
DRAGGED = "🌱绿美\n柳溪"
READY = "() => window.Htx?.annotationStore?.selected?.regions?.length > 0 && document.querySelector('.htx-highlight')"
# where the first characters of some words stand on the screen; lines and highlights are nodes of their own
PLACE_OF = """([words, count]) => {
  const nodes = document.createTreeWalker(document.querySelector('.lsf-htx-richtext'), NodeFilter.SHOW_TEXT);
  while (nodes.nextNode()) {
    const at = nodes.currentNode.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(nodes.currentNode, at);
    range.setEnd(nodes.currentNode, at + count);
    const rect = range.getBoundingClientRect();
    return {left: rect.left, right: rect.right, middle: rect.top + rect.height / 2};
  }
}"""


@pytest.fixture
def page() -> Iterator[Page]:
    chromium = os.environ.get(CHROMIUM_VARIABLE) or shutil.which("chromium") or shutil.which("google-chrome")
    if not chromium:
        reason = f"no Chromium on the path nor in {CHROMIUM_VARIABLE}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=QUIET)
        yield browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]
        browser.close()


def log_in(page: Page, server: Server) -> None:
    page.goto(f"{server.access.url}/user/login/")
    page.fill("input[name=email]", server.access.email)
    page.fill("input[name=password]", server.access.password)
    page.click("button[type=submit]")
    page.wait_for_url("**/")


def drag(page: Page) -> None:
    """The mouse over DRAGGED, in two moves: the browser takes one for a click."""
    first = page.evaluate(PLACE_OF, ["🌱绿美", len("🌱".encode("utf-16-le")) // 2])
    last = page.evaluate(PLACE_OF, ["柳溪”公众号", len("柳溪")])
    page.mouse.move(first["left"] + 1, first["middle"])
    page.mouse.down()
    page.mouse.move(first["right"], first["middle"], steps=5)
    page.mouse.move(last["right"] - 1, last["middle"], steps=5)
    page.mouse.up()


def test_a_span_dragged_over_an_emoji_and_a_line_break_comes_back_exactly(server: Server, page: Page) -> None:
    guessed = prelabel(read_report(REPORT.encode(), name="柳溪.txt"), name="柳溪.txt")
    project = prepare(server.session, "浏览器里标注").project
    proposal = Proposal(model_version=model_version(), scores=guessed.scores)
    push(server.session, project, [Candidate(doc=guessed.doc, proposal=proposal)])
    task = server.session.list_tasks(project)[0]

    log_in(page, server)
    page.goto(f"{project.url}?task={task.id}")
    page.wait_for_function(READY)
    proposed = [guessed.doc.words(mark) for mark in guessed.doc.annotations]
    assert "310条" in proposed
    for words in proposed:
        expect(page.locator(".htx-highlight", has_text=words).first).to_be_visible()

    page.locator(".lsf-label", has_text="渠道 · CHANNEL").click()
    drag(page)
    regions = "() => window.Htx.annotationStore.selected.regions.length"
    expect(page.locator(".htx-highlight", has_text="绿美")).to_be_visible()
    assert page.evaluate(regions) == len(proposed) + 1
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/annotations" in answer.url) as saved:
        page.get_by_role("button", name="Submit").click()
    assert saved.value.ok

    export = server.session.export(project)
    doc = pull(export).docs[0]
    start = doc.text.index(DRAGGED)
    channels = [mark for mark in doc.annotations if mark not in guessed.doc.annotations]
    assert [(mark.start, mark.end, mark.label.tag) for mark in channels] == [(start, start + len(DRAGGED), "CHANNEL")]
    assert doc.annotator == server.access.email
    assert set(guessed.doc.annotations) < set(doc.annotations)
    assert progress(export).verdicts == {model_version(): Verdicts(accepted=len(proposed), added=1)}
