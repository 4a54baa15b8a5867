"""Scans and pictures say what the page with text says; where they do not, no figure is stated as if it were sure."""
import io
import socket
from importlib import import_module
from typing import NoReturn

import pytest
from PIL import Image

from benchmarks.scans import Kind
from infer.pipeline import extract
from tests.scans.made import (
    ASKEW,
    CELLS,
    CLEAN,
    FAINT,
    ROUGH,
    RULES,
    TEXT,
    cells,
    figures,
    needs_recognition,
    packed,
    pdf,
    picture,
    read_scan,
    report_of,
    scanned,
    stated,
    worn,
)

pytestmark = pytest.mark.slow
SURE = 0.9


@pytest.fixture(autouse=True)
def _recognition() -> None:
    needs_recognition()


def test_the_page_with_text_says_what_is_expected() -> None:
    report = extract(pdf(), name="text.pdf", labels=RULES)
    assert (cells(report), stated(report)) == (CELLS, TEXT)
    assert all(fact.evidence.recognised is None for fact in report.facts)


@pytest.mark.parametrize("kind", [CLEAN, ASKEW, ROUGH], ids=lambda kind: kind.name)
def test_a_scan_says_what_the_page_says(kind: Kind) -> None:
    report = report_of(scanned(kind))
    assert report.meta.title == "白露县水务局2022年政府信息公开工作年度报告"
    assert (cells(report), stated(report)) == (CELLS, TEXT)
    assert [warning.message for warning in report.warnings if warning.code == "pages_recognised"] == [
        "pages with text recognised in images: 1"]


def test_a_faint_scan_states_no_wrong_figure_as_sure() -> None:
    report = report_of(scanned(FAINT))
    right = set(CELLS.values()) | set(TEXT.values())
    assert not [fact for fact in figures(report) if fact.confidence >= SURE and fact.value not in right]
    assert len(figures(report)) > len(CELLS) / 2


def test_facts_of_a_scan_have_page_and_box_and_are_less_sure() -> None:
    data = scanned(CLEAN)
    width, height = 595.3, 841.9
    plain = {fact.indicator: fact for fact in extract(pdf(), name="text.pdf", labels=RULES).facts if fact.in_form}
    found = [fact for fact in report_of(data).facts if fact.evidence.text]
    assert found
    for fact in found:
        assert fact.evidence.page == 1
        x0, top, x1, bottom = fact.evidence.box or (0.0, 0.0, 0.0, 0.0)
        assert 0 <= x0 < x1 <= width
        assert 0 <= top < bottom <= height
        assert fact.evidence.recognised is not None
        assert fact.confidence <= fact.evidence.recognised
        if fact.in_form:
            assert fact.confidence <= plain[fact.indicator].confidence


def test_a_box_lies_where_the_text_of_the_page_lies() -> None:
    plain = extract(pdf(), name="text.pdf", labels=RULES)
    told = {fact.indicator: fact.evidence.box for fact in plain.facts if fact.in_form}
    read = {fact.indicator: fact.evidence.box for fact in report_of(scanned(CLEAN)).facts if fact.in_form}
    for name, box in told.items():
        other = read[name]
        assert box is not None
        assert other is not None
        assert min(box[2], other[2]) > max(box[0], other[0])
        assert abs((box[1] + box[3]) / 2 - (other[1] + other[3]) / 2) < 6


@pytest.mark.parametrize(("form", "name"), [("PNG", "page.png"), ("JPEG", "page.jpg"), ("TIFF", "page.tif")])
def test_pictures_of_every_kind_are_read(form: str, name: str) -> None:
    report = report_of(packed(worn(picture()), form), name)
    assert (report.source.media, report.source.pages) == ("image", 1)
    assert (cells(report), stated(report)) == (CELLS, TEXT)


def test_a_tiff_of_several_pages_is_one_report() -> None:
    page = picture()
    half = page.height // 4
    upper, lower = page.crop((0, 0, page.width, half)), page.crop((0, half, page.width, page.height))
    blank = Image.new("RGB", upper.size, "white")
    data = packed(upper, "TIFF", save_all=True, append_images=[blank, lower], compression="tiff_lzw")
    report = report_of(data, "pages.tiff")
    assert report.source.pages == 3
    assert stated(report).items() <= TEXT.items()
    assert {fact.evidence.page for fact in report.facts if fact.evidence.page} == {1, 3}


@pytest.mark.parametrize("turn", [90, 180])
def test_a_page_that_lies_on_its_side_is_turned(turn: int) -> None:
    report = report_of(packed(worn(picture()).rotate(turn, expand=True), "PNG"), "turned.png")
    assert (cells(report), stated(report)) == (CELLS, TEXT)


def test_a_page_with_text_before_a_scanned_one_is_read_as_text() -> None:
    document = import_module("pypdfium2").PdfDocument
    whole = document.new()
    for part in (pdf(), scanned(CLEAN)):
        whole.import_pages(document(part))
    buffer = io.BytesIO()
    whole.save(buffer)
    doc = read_scan(buffer.getvalue())
    assert (doc.source.pages, doc.recognised, doc.unread) == (2, (2,), ())
    assert doc.text.count("白露县水务局2022年政府信息公开工作年度报告") == 2


def test_recognition_opens_no_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    from infer.read import ocr

    ocr.recogniser.cache_clear()
    assert report_of(packed(picture(), "PNG"), "page.png").facts
