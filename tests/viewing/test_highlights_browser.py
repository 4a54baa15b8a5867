"""In Chromium: the highlighted words are the evidence of every fact, whatever characters stand in the text."""
import pytest

from report.facts import Evidence, Report
from tests.viewing.made import Opened, examples, hostile, page_bytes, real, words
from tests.viewing.made import report as made_report

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# clicks on every value of the list, those under "not taken" included, and returns what is then highlighted, by fact
HIGHLIGHTED = """() => {
  const found = {};
  Element.prototype.scrollIntoView = () => {}; // takes most of the time, and test_browser.py looks at it
  const click = () => document.querySelectorAll('.row').forEach((row) => {
    row.click();
    const nodes = [...document.querySelectorAll('.text .on')];
    const text = nodes.map((node) => node.textContent).join('');
    found[row.dataset.fact] = [row.querySelector('.id').textContent, nodes.length, text];
  });
  const quiet = document.querySelector('.controls .check input');
  if (quiet.checked) quiet.click();
  click();
  const readings = document.querySelector('input[value=readings]');
  if (readings) { readings.click(); click(); }
  return Object.values(found);
}"""


def assert_exact(opened: Opened, report: Report) -> None:
    """The whole text is there, and for every fact its words and no others are highlighted."""
    page = opened.go(page_bytes([report]))
    assert page.evaluate("document.querySelector('.text').textContent") == report.source.text
    found = page.evaluate(HIGHLIGHTED)
    expected = [[fact.id, fact.evidence.text] for fact in report.facts]
    assert sorted([identity, text] for identity, _, text in found) == sorted(expected)
    assert all(count for _, count, _ in found), "a blank cell has a mark of its own"
    assert not opened.complaints


@pytest.mark.parametrize("number", range(len(examples())))
def test_words_of_every_fact_of_every_example(opened: Opened, number: int) -> None:
    report = examples()[number]
    assert len(report.facts) > 10
    assert_exact(opened, report)


@pytest.mark.shared
@pytest.mark.parametrize("number", range(19))
def test_words_of_every_fact_of_the_real_reports(opened: Opened, number: int) -> None:
    assert_exact(opened, real()[number])


def test_newlines_blanks_emoji_astral_characters_and_controls(opened: Opened) -> None:
    report = hostile()
    assert {"12\n345件", "\u3000\u30009", "𠮷。", "\u202e反转\u202c公开\x0078", ""} <= {
        fact.evidence.text for fact in report.facts}
    assert_exact(opened, report)


def test_words_of_meta_and_of_warnings(opened: Opened) -> None:
    report = hostile()
    page = opened.go(page_bytes([report]), "云溪镇/meta.title")
    assert page.evaluate("document.querySelector('.text .on').textContent") == report.meta_evidence["title"].text
    opened.at("云溪镇/warning.1")
    assert page.evaluate("[...document.querySelectorAll('.text .on')].map((n) => n.textContent).join('')") == "末尾"
    opened.at("云溪镇/check.2")
    assert page.evaluate("[...document.querySelectorAll('.text .on')].map((n) => n.textContent).join('')") == "一、总体情况"


def test_a_text_that_ends_without_a_line_break_and_one_without_words(opened: Opened) -> None:
    for text in ("𠮷", "", "\n\n", "一\n", "🌱\n\n🌱"):
        report = made_report(text, meta_evidence={"title": Evidence(start=0, end=len(text), text=text)})
        page = opened.go(page_bytes([report]))
        assert page.evaluate("document.querySelector('.text').textContent") == text


def test_a_fact_over_a_line_break_is_one_highlight_over_two_lines(opened: Opened) -> None:
    report = hostile()
    page = opened.go(page_bytes([report]), "云溪镇/f1")
    assert words(report.source.text, "12\n345件") == report.facts[0].evidence
    assert page.evaluate("new Set([...document.querySelectorAll('.text .on')].map((n) => n.parentNode)).size") == 2
