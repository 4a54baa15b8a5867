"""Reports made by hand for the page, and the browser that opens it."""
import io
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from infer.batch import Failure
from infer.pipeline import extract
from infer.viewing import Options, PageWriter, Prepared, prepare
from report.checks import Check, Side
from report.document import Source
from report.facts import Evidence, Fact, Meta, Producer, Report, Section, Warning
from tests.conftest import ROOT, SHARED

CHROMIUM_VARIABLE: Final = "GONGKAI_CHROMIUM"
QUIET: Final = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
                "--disable-component-update", "--disable-sync"]
WIDE: Final = {"width": 1280, "height": 800}
NARROW: Final = {"width": 390, "height": 844}
EXAMPLES: Final = sorted(path for path in (ROOT / "examples").iterdir()
                         if path.suffix in (".txt", ".html", ".docx", ".pdf"))
REAL: Final = sorted((SHARED / "real").iterdir()) if (SHARED / "real").is_dir() else []

HOSTILE: Final = (
    "</script><script>window.ran='script'</script><img src=x onerror=\"window.ran='image'\">\n"
    "<!--<script>\u2028]]>{{constructor.constructor('window.ran=1')()}}\u2029javascript:window.ran='link'\n"
    "一、总体情况\n𠮷祥镇🌱收到申请👩\u200d👩\u200d👧12\n345件，\u202e反转\u202c公开\x0078条，全角空格\u3000\u30009次，\ufeff末尾𠮷。\t\t空\n"
)
PRODUCER: Final = Producer(gongkai="0.1.0", vocabulary="1+0123456789ab", forms="1+0123456789ab", rules="0123456789ab")


def words(text: str, quote: str) -> Evidence:
    start = text.index(quote)
    return Evidence(start=start, end=start + len(quote), text=quote)


def fact(text: str, identity: str, quote: str, **more: Any) -> Fact:
    """A fact whose evidence are the words `quote`."""
    made = Fact(id=identity, indicator="requests.new", value=7, unit="件", state="value", method="both", confidence=0.97,
                evidence=words(text, quote))
    return replace(made, **more)


def report(text: str, facts: Iterable[Fact] = (), **more: Any) -> Report:
    source = Source(name="云溪镇.html", media="html", encoding="utf-8", sha256="0" * 64, size=len(text.encode()),
                    pages=None, text=text)
    made = Report(source=source, meta=Meta(title="云溪镇2022年年报", issuer="云溪镇", report_year=2022), facts=tuple(facts),
                  producer=PRODUCER)
    return replace(made, **more)


def hostile() -> Report:
    """A report whose every word would run script, hide or turn round what stands beside it, if it could."""
    text, attack = HOSTILE, "\"'><img src=x onerror=window.ran='label'></script><script>window.ran='label'</script>"
    facts = [
        fact(text, "f1", "12\n345件"), fact(text, "__proto__", "78条", method="rule", counted=attack, indicator=None),
        fact(text, attack, "9次", by={"category": attack, "subunit": "\u202e倒\u2066"}, unit=attack),
        fact(text, "check.1", "收到申请👩\u200d👩\u200d👧12", reason=attack, status="alternative", reading_of="f1"),
        fact(text, "f5", "\u202e反转\u202c公开\x0078", parent="f1"), fact(text, "f6", "\u3000\u30009"),
        fact(text, "f7", "𠮷。"), fact(text, "f8", "</script><script>window.ran='script'</script>"),
        Fact(id="f9", indicator="requests.new", value=None, unit="件", state="blank", method="table", confidence=0.9,
             evidence=Evidence(start=text.index("\t空"), end=text.index("\t空"), text="")),
        fact(text, "f10", "constructor", indicator="constructor", scope="own", by={"constructor": "__proto__"}),
        fact(text, "f11", "\u2028]]>"),
    ]
    checks = (
        Check(id=attack, subject=f"section={attack}", formula=attack, status="fail", fault="source", note=attack,
              repair=f"f1={attack}", left=Side(expression=attack, value=attack, facts=("f1", "f6")),
              right=Side(expression=attack, value=3, facts=("f9", "gone"))),
        Check(id="sections.empty", subject="section=一总体情况", formula="各部分均有内容", status="fail",
              left=Side(expression="characters", value=0), right=Side(expression="at least", value=1)),
    )
    section = Section(level=1, number="一", title="总体情况", topic="overview", start=text.index("一、"), end=len(text))
    meta = Meta(kind="other", title=attack, issuer=f"\u202e{attack}", index_number=attack, published_on=attack)
    warning = Warning(code=attack, message=attack, evidence=words(text, "末尾"))
    return report(
        text, facts, meta=meta, meta_evidence={"title": words(text, "<img src=x onerror=\"window.ran='image'\">")},
        checks=checks, sections=(section,), warnings=(warning,))


@cache
def examples() -> tuple[Report, ...]:
    """The reports of examples/, read."""
    return tuple(extract(path.read_bytes(), name=f"examples/{path.name}") for path in EXAMPLES)


@cache
def real() -> tuple[Report, ...]:
    return tuple(extract(path.read_bytes(), name=path.name) for path in REAL)


def page_bytes(reports: Iterable[Report], *, failures: Iterable[Failure] = (), **options: Any) -> bytes:
    stream = io.BytesIO()
    writer = PageWriter(stream, Options(**options))
    for one in reports:
        prepared = prepare(one)
        assert isinstance(prepared, Prepared), prepared
        writer.write(prepared)
    writer.finish(tuple(failures))
    return stream.getvalue()


@contextmanager
def chromium() -> Iterator[Browser]:
    path = os.environ.get(CHROMIUM_VARIABLE) or shutil.which("chromium") or shutil.which("google-chrome")
    if not path:
        reason = f"no Chromium on the path nor in {CHROMIUM_VARIABLE}"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


class Opened:
    """A page in Chromium, with everything that it complained of or asked the network for."""

    def __init__(self, context: BrowserContext, folder: Path) -> None:
        self.page: Page = context.new_page()
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self._folder = folder
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog {dialog.message}"))
        self.page.on("request", lambda request: self.requests.append(request.url))

    def go(self, data: bytes, item: str = "") -> Page:
        path = self._folder / "page.html"
        path.write_bytes(data)
        self.page.goto("about:blank")
        self.page.goto(f"{path.as_uri()}#{item}")
        self.page.wait_for_selector("main > *")
        return self.page

    def at(self, item: str) -> Page:
        """Another place of the same page, as a link would lead there."""
        self.page.evaluate("item => { location.hash = item; }", item)
        self.page.wait_for_timeout(60)
        return self.page
