"""A report of an invented office as a PDF with text, as pictures, and as scans of every kind."""
import io
import os
from functools import cache
from typing import Any, Final

import pytest
from PIL import Image

from benchmarks.scans import KINDS, Kind, build, pictures, scan, spoiled
from infer.labelling import Choice, labelling
from infer.pipeline import extract_document
from infer.read import Limits, read
from infer.read.extra import why_not
from report import Document, Fact, Report

SOURCE: Final = """白露县水务局2022年政府信息公开工作年度报告
一、总体情况
2022年，我局主动公开政府信息286条，其中通过政府网站公开204条，通过微信公众号公开82条。
全年收到政府信息公开申请17件，未收取任何费用。
二、主动公开政府信息情况
| 第二十条第（一）项 | < | < | < |
| 信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |
| 规章 | 0 | 0 | 0 |
| 行政规范性文件 | 13 | 1 | 24 |
| 第二十条第（五）项 | < | < | < |
| 信息内容 | 本年处理决定数量 | < | < |
| 行政许可 | 162 | < | < |
| 第二十条第（六）项 | < | < | < |
| 信息内容 | 本年处理决定数量 | < | < |
| 行政处罚 | 38 | < | < |
| 行政强制 | 5 | < | < |
| 第二十条第（八）项 | < | < | < |
| 信息内容 | 本年收费金额（单位：万元） | < | < |
| 行政事业性收费 | 7.25 | < | < |
"""
CELLS: Final = {
    "documents.regulations.issued": 0, "documents.regulations.repealed": 0, "documents.regulations.in_force": 0,
    "documents.normative.issued": 13, "documents.normative.repealed": 1, "documents.normative.in_force": 24,
    "licensing.decisions": 162, "penalties.decisions": 38, "coercion.decisions": 5, "administrative_fees.amount": 72500}
TEXT: Final = {("proactive.total", ()): 286, ("proactive.total", (("channel", "website"),)): 204,
               ("proactive.total", (("channel", "wechat"),)): 82, ("requests.new", ()): 17, ("fees.collected", ()): 0}
RULES: Final = labelling(Choice(mode="rules"))
CLEAN, ASKEW, ROUGH, FAINT = KINDS
LIMITS: Final = Limits()


def needs_recognition() -> None:
    """Skip without the extra; in CI its absence is a fault."""
    if (missing := why_not()) is not None:
        if os.environ.get("CI"):
            pytest.fail(missing)
        pytest.skip(missing)


@cache
def pdf() -> bytes:
    written: bytes = build().write_pdf(SOURCE)
    return written


@cache
def scanned(kind: Kind) -> bytes:
    return scan(pdf(), kind)


@cache
def picture(dpi: int = 200) -> Image.Image:
    page, = pictures(pdf(), dpi)
    return page


def packed(image: Image.Image, form: str, **more: Any) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, form, **more)
    return buffer.getvalue()


def worn(image: Image.Image) -> Image.Image:
    return spoiled(image, ROUGH, 1)


def read_scan(data: bytes, name: str = "scan.pdf", limits: Limits = LIMITS) -> Document:
    return read(data, name=name, limits=limits)


def report_of(data: bytes, name: str = "scan.pdf") -> Report:
    return extract_document(read_scan(data, name), RULES)


def cells(report: Report) -> dict[str, float | None]:
    return {fact.indicator or "": fact.value for fact in report.facts if fact.in_form}


def stated(report: Report) -> dict[tuple[str, tuple[tuple[str, str], ...]], float | None]:
    return {(fact.indicator, tuple(sorted(fact.by.items()))): fact.value for fact in report.facts
            if fact.indicator and fact.status == "stated" and not fact.in_form}


def figures(report: Report) -> list[Fact]:
    return [fact for fact in report.facts if fact.indicator and fact.status == "stated" and fact.value is not None]
