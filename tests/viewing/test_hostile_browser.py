"""In Chromium: a report cannot run script, reach the network, or turn the page round."""
import re

import pytest
from playwright.sync_api import Error

from infer.batch import Failure
from report.facts import Report
from tests.viewing.made import Opened, hostile, page_bytes, report

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TABS = ("facts", "tables", "checks", "summary")
# where each of these characters of the text begins on the screen
LEFT_EDGES = """(words) => {
  const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words);
    if (at >= 0) return [...words].map((_, i) => {
      const range = document.createRange();
      range.setStart(walker.currentNode, at + i);
      range.setEnd(walker.currentNode, at + i + 1);
      return range.getBoundingClientRect().left;
    });
  }
}"""
ATTACK = "</script><script>window.ran='name'</script><img src=x onerror=window.ran='name'>"
FOREIGN = "document.querySelectorAll('img, iframe, object, embed, svg, link, base, form, [onerror], [src]').length"
LINKS = "[...document.querySelectorAll('a')].map((node) => node.getAttribute('href')).filter((href) => href[0] !== '#')"


def assert_nothing_ran(opened: Opened) -> None:
    page = opened.page
    assert page.evaluate("typeof window.ran") == "undefined"
    assert page.evaluate(FOREIGN) == 0
    assert page.evaluate(LINKS) == []
    assert page.evaluate("document.querySelectorAll('script:not([type])').length") == 1
    assert opened.complaints == []
    assert {url.partition("#")[0] for url in opened.requests} <= {page.url.partition("#")[0], "about:blank"}


def test_nothing_of_a_hostile_report_runs(opened: Opened) -> None:
    page = opened.go(page_bytes([hostile(), hostile()], title=ATTACK, failures=[Failure(name=ATTACK, reason=ATTACK)]))
    assert ATTACK in page.inner_text("h1")
    page.fill("#search", "onerror")
    page.click(".report-line")
    for language in ("English", "中文"):
        page.click(f"text={language}")
        for tab in TABS:
            page.click(f"#tab-{tab}")
            for node in page.query_selector_all(".panel :is(.row, .cell:not(.sample), .check-title, .link)"):
                if node.is_visible():
                    node.evaluate("node => node.click()")
            page.evaluate("document.querySelector('.text').querySelectorAll('.mark').forEach((node) => node.click())")
    assert_nothing_ran(opened)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert_nothing_ran(opened)


def test_a_hostile_address_runs_nothing(opened: Opened) -> None:
    opened.go(page_bytes([hostile()]))
    for item in ("%E0%A4%A", "__proto__/__proto__", "云溪镇/constructor", "<img src=x onerror=window.ran=1>/check.999",
                 "javascript:window.ran=1", "云溪镇/meta.constructor", "云溪镇/check.-1", "云溪镇/check.length"):
        opened.at(item)
    assert_nothing_ran(opened)


def test_facts_with_names_of_object_properties_are_found_by_them(opened: Opened) -> None:
    page = opened.go(page_bytes([hostile()]), "云溪镇/__proto__")
    assert page.inner_text(".row.chosen .id") == "__proto__"


def test_the_policy_stops_script_that_gets_in_anyway(opened: Opened) -> None:
    page = opened.go(page_bytes([hostile()]))
    page.evaluate("""() => {
      const script = document.createElement('script');
      try { script.textContent = "window.ran = 'injected'"; } catch { return; }
      document.body.append(script);
    }""")
    with pytest.raises(Error, match="Trusted"):
        page.evaluate("document.body.innerHTML = '<img src=x onerror=\"window.ran=1\">'")
    refused = page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    assert page.evaluate("typeof window.ran") == "undefined"
    assert any("Content Security Policy" in complaint for complaint in opened.complaints)


def test_writing_is_not_turned_round_beyond_the_words_that_do_it(opened: Opened) -> None:
    page = opened.go(page_bytes([hostile()]))
    codes = page.eval_on_selector_all(".text .unseen-character", "nodes => nodes.map((node) => node.dataset.code)")
    assert {"U+202E", "U+202C", "U+0000", "U+FEFF", "U+2028", "U+2029"} <= set(codes)
    styles = page.eval_on_selector_all(
        ".text .unseen-character", "nodes => nodes.map((node) => getComputedStyle(node).unicodeBidi)")
    assert set(styles) == {"isolate"}
    left = page.evaluate(f"({LEFT_EDGES})('反转')")
    assert left == sorted(left), "反转 still runs from left to right behind U+202E"


def test_labels_hold_no_characters_that_hide_or_turn() -> None:
    data = page_bytes([hostile()]).decode()
    text, shown = '"text":"', data.partition('id="report-0">')[2].partition("</script>")[0]
    before, _, rest = shown.partition(text)
    after = re.sub(r'^(?:[^"\\]|\\.)*"', "", rest)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\ufeff]", before + after)


def test_data_cannot_end_its_element() -> None:
    for one in (hostile(), _of_every_character()):
        data = page_bytes([one]).decode()
        block = data.partition('id="report-0">')[2].partition("</script>")[0]
        assert "<" not in block
        assert block.endswith("}")


def _of_every_character() -> Report:
    return report("".join(map(chr, range(0x100))) + "\u2028\u2029\ud7ff\ue000\ufffd\U0010ffff")


def test_the_policy_names_the_one_script_and_the_one_style() -> None:
    data = page_bytes([hostile()]).decode()
    policy = data.partition('http-equiv="Content-Security-Policy" content="')[2].partition('"')[0]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", directives["script-src"])
    assert re.fullmatch(r"'sha256-[\w+/]{43}='", directives["style-src"])
    assert "unsafe" not in policy
    assert "http" not in re.sub(r'http-equiv|"http://www.w3.org[^"]*"', "", data.partition("<script type")[0])
