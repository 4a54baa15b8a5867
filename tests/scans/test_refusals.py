"""Pictures that cannot be read, or should not: one line each, nothing decoded that is too large."""
import os
import struct
import subprocess
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from infer.read import Limits, extra, ocr
from report.errors import LimitExceeded, UnreadableDocument
from tests.scans.made import CLEAN, LIMITS, needs_recognition, packed, picture, read_scan, scanned


def refused(data: bytes, name: str, limits: Limits = LIMITS) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_scan(data, name, limits)
    message = str(caught.value)
    assert "\n" not in message
    return message


def bomb(side: int) -> bytes:
    """A PNG of side times side black pixels, in a few thousand bytes."""
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    packer = zlib.compressobj(9)
    row = b"\0" * (side // 8 + 1)
    body = b"".join(packer.compress(row * 100) for _ in range(side // 100)) + packer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    needs_recognition()
    data = bomb(20_000)
    assert len(data) < 200_000
    assert "pixels" in refused(data, "bomb.png")


def test_a_pdf_of_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    needs_recognition()
    assert "pixels" in refused(scanned(CLEAN), "scan.pdf", replace(LIMITS, pixels=1_000_000))


def test_more_scanned_pages_than_allowed_are_refused() -> None:
    needs_recognition()
    small = Image.new("L", (300, 300), "white")
    data = packed(small, "TIFF", save_all=True, append_images=[small] * 4)
    assert "scanned pages" in refused(data, "pages.tif", replace(LIMITS, scans=3))


@pytest.mark.slow
def test_recognition_that_takes_too_long_is_ended() -> None:
    needs_recognition()
    data = packed(picture(100), "TIFF", save_all=True, append_images=[picture(100)])
    with pytest.raises(LimitExceeded, match="1 of 2 scanned pages"):
        read_scan(data, "slow.tif", replace(LIMITS, recognition=0))


@pytest.mark.parametrize("cut", [30, 5_000])
def test_a_truncated_picture_is_one_line(cut: int) -> None:
    needs_recognition()
    whole = packed(picture(100), "PNG")
    assert "image" in refused(whole[:cut], "cut.png")


def test_pictures_without_words_say_so() -> None:
    needs_recognition()
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (300, 300, 3), dtype=np.uint8))
    for image in (Image.new("RGB", (300, 300), "white"), noise):
        assert refused(packed(image, "PNG"), "nothing.png") == "an image without text that can be made out"


def test_other_weights_than_the_measured_ones_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    needs_recognition()
    settings = dict(extra.settings())
    monkeypatch.setattr(ocr, "settings", lambda: settings | {"recogniser": settings["recogniser"] | {"sha256": "0"}})
    ocr.recogniser.cache_clear()
    try:
        assert "is not the file that was measured" in refused(packed(picture(100), "PNG"), "page.png")
    finally:
        ocr.recogniser.cache_clear()


@pytest.mark.slow
def test_without_the_extra_scans_are_one_line_and_the_others_are_read(tmp_path: Path) -> None:
    site, reports = tmp_path / "site", tmp_path / "reports"
    site.mkdir()
    reports.mkdir()
    (site / "sitecustomize.py").write_text("import sys\nsys.modules['rapidocr'] = None\n", encoding="utf-8")
    (reports / "a.png").write_bytes(packed(picture(100), "PNG"))
    (reports / "b.pdf").write_bytes(scanned(CLEAN))
    (reports / "c.txt").write_text("白露镇2022年政府信息公开工作年度报告\n主动公开政府信息31条。", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", "from infer.cli import main; main()", "extract", str(reports), "-o",
         str(tmp_path / "out.jsonl"), "--rules-only"], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(site), os.environ["PYTHONPATH"]])})
    assert done.returncode == 1
    lines = [line for line in done.stderr.splitlines() if "gongkai[ocr]" in line]
    assert [Path(line.partition(":")[0]).name for line in lines] == ["a.png", "b.pdf"]
    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 1
