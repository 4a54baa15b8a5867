"""Reports and corrections for the tests of this folder."""
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from infer.labelling import Choice, labelling
from infer.pipeline import extract
from infer.reviewing import Correction, Corrections, Reading
from infer.reviewing.corrections import text_hash
from infer.reviewing.rows import cells_of
from infer.reviewing.sheet import write_sheet
from report import Fact, Report, vocabulary
from tests.conftest import ROOT

RULES = Choice(mode="rules")
TEXT = (
    "柳溪镇2022年政府信息公开工作年度报告\n\n一、总体情况\n2022年，我镇主动公开政府信息310条，其中政府网站公开12条。"
    "收到政府信息公开申请5件，均为信函申请，办结4件。全年参加培训30余人次。未发生行政复议。\n"
)
FORM = ROOT / "examples" / "08_songtao_district_2021.txt"


@cache
def town() -> Report:
    """A report in running text, by rules alone."""
    return extract(TEXT.encode(), name="town.txt", labels=labelling(RULES))


@cache
def district() -> Report:
    """A report with the forms of 2021."""
    return extract(FORM, labels=labelling(RULES))


def stated(report: Report, indicator: str | None, **by: str) -> Fact:
    """The one stated fact of this key."""
    found, = (fact for fact in report.facts
              if fact.status == "stated" and fact.indicator == indicator and fact.by == by)
    return found


def correction(report: Report, words: str, *, at: int | None = None, **more: Any) -> Correction:
    """A decision on the first place where the words stand, or on the one at a character."""
    start = report.source.text.index(words) if at is None else at
    fields: dict[str, Any] = {
        "origin": f"c.csv, row {start}", "text_sha256": text_hash(report.source.text), "start": start,
        "end": start + len(words), "words": words, "action": "change", "reviewer": "李梅", "date": "2026-03-05",
    }
    return Correction(**{**fields, **more})


def reading(indicator: str | None = "proactive.total", value: float | None = 310, **more: Any) -> Reading:
    """What is stated; its unit is the vocabulary's."""
    unit = vocabulary()[indicator].unit if indicator else "个"
    state = "value" if value else "zero" if value == 0 else "blank"
    by = tuple(sorted(more.pop("by", {}).items()))
    return Reading(**{"indicator": indicator, "value": value, "unit": unit, "state": state, "by": by, **more})


def corrections(*rows: Correction) -> Corrections:
    return Corrections.of(replace(row, origin=f"c.csv, row {n}") for n, row in enumerate(rows, start=2))


def sheet(path: Path, rows: list[Mapping[str, str]]) -> Path:
    path.write_bytes(b"".join(write_sheet(rows)))
    return path


def cells(row: Correction) -> dict[str, str]:
    return cells_of(row)
