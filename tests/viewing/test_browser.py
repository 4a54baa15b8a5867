"""In Chromium: what a person does with the page, with the mouse and with the keyboard."""
from dataclasses import replace
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect

from report.facts import Evidence, Fact, Meta, Report
from report.vocabulary import vocabulary
from tests.viewing.made import NARROW, Opened, examples, page_bytes, report

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# number of the mark that begins at a place of the text
MARK_AT = """(start) => {
  const marks = [...document.querySelectorAll('.text .mark')];
  const walker = document.createTreeWalker(document.querySelector('.text'), NodeFilter.SHOW_TEXT);
  for (let at = 0; walker.nextNode(); at += walker.currentNode.data.length) {
    if (at === start) return marks.indexOf(walker.currentNode.parentNode.closest('.mark'));
  }
}"""
# captions of the page that are still Chinese, but for the words that it quotes
STILL_CHINESE = """[...document.querySelectorAll('.tab, .panel th, .panel dt, .panel h3, .panel label, .formula')]
  .filter((node) => !node.closest('[lang=zh-CN]:not(html)')).map((node) => node.textContent.replace(/“[^”]*”/g, ''))
  .filter((words) => /[\u4e00-\u9fff]/.test(words))"""


def example(number: int) -> Report:
    return next(one for one in examples() if one.source.name.startswith(f"examples/{number:02}"))


def shown(page: Page) -> str:
    return str(page.evaluate("[...document.querySelectorAll('.text .on')].map((node) => node.textContent).join('')"))


def chosen(page: Page) -> str:
    return page.inner_text(".row.chosen .id")


def test_a_click_on_a_value_shows_its_words_and_a_click_on_words_their_value(opened: Opened) -> None:
    page = opened.go(page_bytes([example(1)]))
    facts = {fact.id: fact for fact in example(1).facts}
    page.click(".row >> nth=3")
    assert shown(page) == facts[chosen(page)].evidence.text
    expect(page.locator(".text .on").first).to_be_in_viewport()
    page.evaluate("[...document.querySelectorAll('.text .mark.fact')].pop().scrollIntoView()")
    last = page.locator(".text .mark.fact").last
    last.click()
    assert facts[chosen(page)].evidence.text == last.text_content() == shown(page)
    expect(page.locator(".row.chosen")).to_be_in_viewport()


def test_words_with_two_readings_go_through_both(opened: Opened) -> None:
    report = example(1)
    twice = next(fact for fact in report.facts if fact.status == "alternative" and any(
        other.status == "stated" and other.evidence == fact.evidence for other in report.facts))
    page = opened.go(page_bytes([report]))
    node = page.locator(".text .mark").nth(page.evaluate(MARK_AT, twice.evidence.start))
    assert node.text_content() == twice.evidence.text
    node.click()
    first = chosen(page)
    node.click()
    assert twice.id in (first, chosen(page))
    assert first != chosen(page)
    assert shown(page) == twice.evidence.text


def test_keyboard_alone_goes_there_and_back(opened: Opened) -> None:
    page = opened.go(page_bytes([example(12)]))
    page.focus("#tab-facts")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.classList.contains('row')"):
            break
    assert page.evaluate("document.activeElement.classList.contains('row')")
    page.keyboard.press("ArrowDown")
    row = chosen(page)
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('on')")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.classList.contains('mark')")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.querySelector('.id').textContent") == row
    page.keyboard.press("j")
    assert chosen(page) != row
    page.keyboard.press("k")
    assert chosen(page) == row
    page.keyboard.press("Escape")
    assert page.is_hidden(".card")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"
    page.keyboard.type("j不")
    assert page.input_value("#search") == "j不"
    page.keyboard.press("Escape")
    assert page.input_value("#search") == ""
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert page.evaluate("document.getElementById('help').open")
    page.keyboard.press("Escape")
    assert not page.evaluate("document.getElementById('help').open")
    assert not opened.complaints


def test_single_letters_can_be_switched_off(opened: Opened) -> None:
    page = opened.go(page_bytes([example(1)]))
    page.keyboard.press("?")
    page.click("#help input")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.is_hidden(".card")


def test_arrows_move_in_a_table(opened: Opened) -> None:
    page = opened.go(page_bytes([example(10)]))
    page.click("#tab-tables")
    page.locator(".requests tbody tr").nth(0).locator(".cell").nth(0).click()
    before = page.get_attribute(":focus", "data-fact")
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.classList.contains('cell')")
    assert page.get_attribute(":focus", "data-fact") == before
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.classList.contains('on')")
    page.keyboard.press("Escape")
    assert page.get_attribute(":focus", "data-fact") == before


def test_states_of_cells_differ_by_more_than_colour(opened: Opened) -> None:
    """A number, zero, a blank, a dash, a slash, 不适用, something unreadable, and a cell of which nothing was read."""
    states = {"value": "12", "zero": "0", "blank": "", "dash": "-", "slash": "/", "not_applicable": "不适用",
              "unreadable": "1?"}
    text, facts = "", []
    for applicant, (state, words) in zip(vocabulary().dimensions["applicant"], states.items(), strict=True):
        value = {"value": 12, "zero": 0}.get(state)
        facts.append(Fact(
            id=state, indicator="requests.new", by={"applicant": applicant}, value=value, unit="件", method="table",
            state=state, confidence=0.99,  # type: ignore[arg-type]
            evidence=Evidence(start=len(text), end=len(text) + len(words), text=words)))
        text += f"{words}\t"
    page = opened.go(page_bytes([report(text, facts, meta=Meta(form="2021"))]))
    page.click("#tab-tables")
    row = page.locator(".requests tbody tr").first
    assert row.locator(".cell").all_inner_texts() == ["12", "0", "␣", "—", "/", "不适用", "无法辨认\n▨"]
    assert page.locator(".requests td.unread").count() == 24 * 7
    assert "gradient" in page.eval_on_selector(".requests td.unread", "node => getComputedStyle(node).backgroundImage")
    assert page.locator(".legend li").count() == 11
    page.click("#tab-facts")
    page.click(".controls .check input")
    assert {"空白", "—", "/", "不适用", "无法辨认"} <= set(page.locator(".row .value").all_inner_texts())


def test_a_link_to_a_fact_leads_there(opened: Opened) -> None:
    page = opened.go(page_bytes(examples()), "12_yunlu_district_2022/f46")
    assert chosen(page) == "f46"
    assert shown(page) == "14"
    expect(page.locator(".text .on").first).to_be_in_viewport()
    page.click(".row >> nth=0")
    assert page.evaluate("decodeURIComponent(location.hash)") == f"#12_yunlu_district_2022/{chosen(page)}"


def test_failed_checks_are_marked_at_both_and_listed(opened: Opened) -> None:
    page = opened.go(page_bytes([example(12)]))
    failed = [check for check in example(12).checks if check.status == "fail"]
    assert "✗4" in page.inner_text("#tab-checks")
    page.click("#tab-checks")
    cards = page.locator(".check-card.fail")
    assert cards.count() == len(failed) == 4
    first = cards.nth(0).inner_text()
    for words in ("15", "≠", "14", "疑为原文有误", "本年新收＋上年结转", "改动一处即全部相符"):
        assert words in first
    page.click(".check-card.fail .check-title >> nth=0")
    assert page.locator(".text .on").count() == 2
    assert page.locator(".text .right-side").count() == 2
    expect(page.locator(".text .bad.on").first).to_be_in_viewport()
    page.click(".check-card.fail .link >> nth=0")
    assert page.locator(".card .involved .fail").count() >= 1


def test_the_least_sure_come_first(opened: Opened) -> None:
    page = opened.go(page_bytes([example(2)]))
    page.select_option(".controls select", "unsure")
    sure = [float(text.split()[-1]) for text in page.locator(".row:not(.alt) .sure").all_inner_texts()]
    known = sorted(round(fact.confidence, 4) for fact in example(2).facts if fact.status == "stated" and fact.indicator)
    assert sure[:3] == [pytest.approx(value, abs=.006) for value in known[:3]]
    page.click("label:has(input[value=low])")
    assert page.locator(".row").count() > 0
    assert page.locator(".row .badge").count() >= page.locator(".row").count()


def test_readings_that_lost_are_shown_with_their_reason(opened: Opened) -> None:
    report = example(2)
    lost = next(fact for fact in report.facts if fact.reading_of == "f4" and fact.id == "f5")
    page = opened.go(page_bytes([report]), f"02_fenglin_water_2012/{lost.id}")
    card = page.inner_text(".card")
    assert "此处取了模型的读法" in card
    assert "其他读法" in card
    page.click("text=English")
    assert "the rules alone read it so" in page.inner_text(".card")


def test_english_names_everything_and_keeps_the_place(opened: Opened) -> None:
    page = opened.go(page_bytes([example(12)]), "12_yunlu_district_2022/f46")
    page.click("text=English")
    assert page.evaluate("document.documentElement.lang") == "en"
    assert chosen(page) == "f46"
    assert "New requests received" in page.inner_text(".row.chosen")
    for tab in ("tables", "checks", "summary"):
        page.click(f"#tab-{tab}")
    assert page.evaluate(STILL_CHINESE) == []


def test_a_narrow_window_shows_one_part_at_a_time(browser: Browser, opened: Opened) -> None:
    page = opened.go(page_bytes([example(10)]))
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]
    expect(page.locator("#tab-text")).to_be_visible()
    assert page.locator(".text-pane").is_hidden()
    page.click(".row >> nth=1")
    expect(page.locator(".text .on").first).to_be_in_viewport()
    assert "第" in page.inner_text(".card")
    page.click(".card .narrow-only")
    expect(page.locator(".row.chosen")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]


def test_light_dark_and_as_the_system(browser: Browser, opened: Opened) -> None:
    page = opened.go(page_bytes([example(1)]))
    colours = []
    for scheme, clicks in product(("light", "dark"), range(3)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        page.click(".tools .tool >> nth=1")
        assert clicks < 3
    light, dark = colours[0], colours[3]
    assert light != dark
    assert colours == [light, light, dark, dark, light, dark]


def test_on_paper_text_tables_and_failed_checks_stand_without_controls(opened: Opened) -> None:
    page = opened.go(page_bytes([example(12)]))
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    for part in (".text", ".form-table.requests", ".check-card.fail", ".identity"):
        assert page.locator(part).first.is_visible(), part
    for part in ("#bar", ".tabs", ".controls", ".card"):
        assert page.locator(part).first.is_hidden(), part
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    assert page.locator(".form-table.requests").is_hidden()
    assert len(page.pdf()) > 10_000


def test_a_list_of_reports_is_searched_and_filtered(opened: Opened) -> None:
    reports = examples()
    page = opened.go(page_bytes(reports))
    lines = page.locator(".report-line")
    assert lines.count() == len(reports)
    page.fill("#search", "抗旱服务电话")
    assert lines.count() == 1
    assert "抗旱服务电话" in page.inner_text(".report-line .found mark")
    page.fill("#search", "")
    page.select_option("select >> nth=0", "2022")
    expected = [one for one in reports if one.meta.report_year == 2022]
    assert 0 < lines.count() == len(expected)
    page.select_option("select >> nth=0", "")
    page.click("label:has-text('勾稽不符') input")
    assert lines.count() == sum(any(check.status == "fail" for check in one.checks) for one in reports)
    page.select_option("select >> nth=2", "failed")
    assert "鹤墩县" in (lines.first.text_content() or "")
    lines.first.click()
    expect(page.locator("h1")).to_contain_text("鹤墩县")
    page.go_back()
    assert lines.count() > 0


def test_two_hundred_reports_stay_usable(opened: Opened) -> None:
    """Fast enough on any machine: the list is there, a search through all texts and a report open at once."""
    many = [replace(one, source=replace(one.source, name=f"{number:03}.html"))
            for number in range(200) for one in [examples()[number % len(examples())]]]
    page = opened.go(page_bytes(many))
    assert page.locator(".report-line").count() == 200
    took = page.evaluate("""() => {
      const begun = performance.now();
      const search = document.getElementById('search');
      search.value = '抗旱服务电话';
      search.dispatchEvent(new Event('input'));
      return [performance.now() - begun, document.querySelectorAll('.report-line').length];
    }""")
    assert took[1] == 200 // len(examples()) + 1
    assert took[0] < 5_000
    assert page.evaluate("performance.getEntriesByType('navigation')[0].domInteractive") < 10_000
    page.click(".report-line >> nth=5")
    page.wait_for_selector(".row")
    page.keyboard.press("]")
    page.wait_for_selector(".row")
    assert not opened.complaints
