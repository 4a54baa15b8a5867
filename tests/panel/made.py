"""Reports made by hand for the panel's tests; places and numbers are invented."""
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from infer.results import encode
from report.document import Source
from report.facts import Evidence, Fact, Meta, Producer, Report

TEXT = "柳溪县2022年政府信息公开工作年度报告"


def made_report(*facts: Fact, name: str = "a.txt", text: str = TEXT, issuer: str | None = "柳溪县人民政府",
                year: int | None = 2022, **meta: Any) -> Report:
    source = Source(name=name, media="text", encoding="utf-8", sha256=sha256(text.encode()).hexdigest(),
                    size=len(text), pages=None, text=text)
    return Report(source=source, facts=tuple(facts),
                  meta=Meta(issuer=issuer, report_year=year, **{"form": "2021", **meta}),
                  producer=Producer(gongkai="0", vocabulary="v", forms="f", rules="r"))


def made_fact(value: float | None, indicator: str | None = "requests.new", *, words: str | None = None,
              number: int = 1, **fields: Any) -> Fact:
    text = str(value) if words is None else words
    state = "blank" if value is None else "zero" if value == 0 else "value"
    return Fact(**{"id": f"f{number}", "indicator": indicator, "value": value, "unit": "件", "state": state,
                   "method": "table", "confidence": 1.0,
                   "evidence": Evidence(start=0, end=len(text), text=text), **fields})


def figures(*values: int) -> tuple[Fact, ...]:
    """Cells of the requests table, one a value."""
    rows = ("new", "granted", "partially_granted", "denied.state_secret", "denied.privacy", "denied.internal_affairs",
            "unavailable.not_held", "not_processed.repeated", "processed_total", "carried_out", "carried_in", "replied")
    return tuple(made_fact(value, f"requests.{row}", number=number)
                 for number, (row, value) in enumerate(zip(rows, values, strict=False), 1))


def renamed(report: Report, *, name: str, text: str | None = None, **meta: Any) -> Report:
    """The same facts in another document."""
    own = report.source.text if text is None else text
    source = replace(report.source, name=name, text=own, sha256=sha256(own.encode()).hexdigest())
    return replace(report, source=source, meta=replace(report.meta, **meta))


def write_results(path: Path, *reports: Report) -> Path:
    path.write_bytes(b"".join(encode(report) + b"\n" for report in reports))
    return path
