"""Scans of the invented reports in examples/: facts and cells against gold, by kind of scan; writes scans.json.

    python -m benchmarks.scans [NAME ...]
"""
import importlib.util
import io
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import numpy as np
from PIL import Image, ImageFilter

from infer import extract
from infer.pipeline import extract_document
from infer.read import read
from report import Document, Fact, Report, Table

HERE: Final = Path(__file__).resolve().parent
EXAMPLES: Final = HERE.parent / "examples"
RESULTS: Final = HERE / "scans.json"
_REPORTS: Final = frozenset({".txt", ".html", ".docx", ".pdf"})
_WHOLE: Final = ("applicant", "total")
_POINTS: Final = 72
_LEFT, _ABOVE = "<", "^"

Picture = Image.Image
Key = tuple[str | None, tuple[tuple[str, str], ...], float | int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A way to scan: dots an inch, degrees askew, blur in pixels, grain in grey levels, quality of the JPEG."""

    name: str
    dpi: int = 200
    turn: float = 0.0
    blur: float = 0.0
    grain: float = 0.0
    quality: int = 90


KINDS: Final = (
    Kind(name="clean, 200 dpi"),
    Kind(name="askew, blurred, JPEG, 200 dpi", turn=1.1, blur=1.2, grain=6, quality=40),
    Kind(name="askew, blurred, JPEG, 150 dpi", turn=-0.8, blur=1.0, grain=6, quality=40),
    Kind(name="faint, 100 dpi", turn=0.4, blur=0.6, grain=8, quality=50),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Facts of the report that gold has, that it has not, and that were missed; of the wrong ones those marked."""

    right: int = 0
    wrong: int = 0
    marked: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(right=self.right + other.right, wrong=self.wrong + other.wrong,
                      marked=self.marked + other.marked, missed=self.missed + other.missed)


@cache
def build() -> ModuleType:
    """examples/build.py, which stands in no package."""
    spec = importlib.util.spec_from_file_location("examples_build", EXAMPLES / "build.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(EXAMPLES / "build.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def source_of(doc: Document) -> str:
    """A document as a source of examples/build.py: its paragraphs, and its tables as grids."""
    lines, place = [], 0
    for table in sorted(doc.tables, key=lambda table: table.start):
        if table.start < place:
            continue
        lines += [*doc.text[place:table.start].split("\n"), *_rows(table, doc.text)]
        place = table.end
    lines += doc.text[place:].split("\n")
    words = [line.replace("\t", " ").strip() if not line.startswith("| ") else line for line in lines]
    return "\n".join(word for word in words if word)


def _rows(table: Table, text: str) -> Iterator[str]:
    rows = max(cell.row + cell.row_span for cell in table.cells)
    columns = max(cell.column + cell.column_span for cell in table.cells)
    grid = [["" for _ in range(columns)] for _ in range(rows)]
    for cell in table.cells:
        for row in range(cell.row, min(rows, cell.row + cell.row_span)):
            for column in range(cell.column, cell.column + cell.column_span):
                grid[row][column] = _LEFT if column > cell.column else _ABOVE
        grid[cell.row][cell.column] = " ".join(text[cell.start:cell.end].split())
    return ("| " + " | ".join(row) + " |" for row in grid)


def printed(path: Path) -> bytes:
    """A report as a PDF with text: itself, or its words and tables set anew."""
    data = path.read_bytes()
    if path.suffix == ".pdf":
        return data
    written: bytes = build().write_pdf(source_of(read(data, name=path.name)))
    return written


def pictures(pdf: bytes, dpi: int) -> list[Picture]:
    """Its pages as pictures."""
    with importlib.import_module("pypdfium2").PdfDocument(pdf) as document:
        return [page.render(scale=dpi / _POINTS).to_pil().convert("RGB") for page in document]


def spoiled(picture: Picture, kind: Kind, seed: int) -> Picture:
    """As a scanner of that kind gives it."""
    page = picture.rotate(kind.turn, resample=Image.Resampling.BICUBIC, fillcolor="white") if kind.turn else picture
    page = page.filter(ImageFilter.GaussianBlur(kind.blur)) if kind.blur else page
    if kind.grain:
        grey = np.asarray(page, dtype=np.float64) * 0.9 + 15
        grey += np.random.default_rng(seed).normal(0, kind.grain, grey.shape[:2])[..., None]
        page = Image.fromarray(grey.clip(0, 255).astype(np.uint8))
    packed = io.BytesIO()
    page.save(packed, "JPEG", quality=kind.quality)
    return Image.open(io.BytesIO(packed.getvalue())).convert("RGB")


def scan(pdf: bytes, kind: Kind) -> bytes:
    """A PDF of nothing but pictures of its pages."""
    pages = [spoiled(picture, kind, seed) for seed, picture in enumerate(pictures(pdf, kind.dpi))]
    packed = io.BytesIO()
    pages[0].save(packed, "PDF", resolution=kind.dpi, save_all=True, append_images=pages[1:], quality=kind.quality)
    return packed.getvalue()


def key_of(fact: Fact | dict[str, Any]) -> Key:
    """What a fact says, whatever its words."""
    indicator, by, value = ((fact.indicator, fact.by, fact.value) if isinstance(fact, Fact)
                            else (fact["indicator"], fact.get("by") or {}, fact.get("value")))
    parts = tuple(sorted((name, "".join(part.split())) for name, part in by.items() if (name, part) != _WHOLE))
    return indicator, parts, None if value is None else round(float(value), 6)


def compared(report: Report, wanted: Sequence[Key], allowed: frozenset[Key], *, cells: bool) -> Counts:
    """The stated facts of text or of cells against those that are to be had."""
    held: dict[Key, Fact] = {}
    for fact in report.facts:
        if fact.indicator and fact.value is not None and fact.status == "stated":
            held.setdefault(key_of(fact), fact)
    wrong = [fact for key, fact in held.items() if key not in allowed and (fact.method == "table") == cells
             and not (fact.method == "table" and fact.value == 0)]
    return Counts(right=sum(key in held for key in wanted), missed=sum(key not in held for key in wanted),
                  wrong=len(wrong), marked=sum(fact.ambiguous for fact in wrong))


def against_original(original: Report, report: Report) -> tuple[Counts, Counts]:
    """What the scan says against what the page with text says: running text, cells."""
    facts = [fact for fact in original.facts if fact.indicator and fact.value is not None and fact.status == "stated"]
    allowed = frozenset(key_of(fact) for fact in facts)
    found = [compared(report, sorted({key_of(fact) for fact in facts if (fact.method == "table") == cells}, key=str),
                      allowed, cells=cells) for cells in (False, True)]
    return found[0], found[1]


def main(arguments: Sequence[str], tell: Callable[[str], object] = print) -> int:
    names = sorted(path for path in EXAMPLES.iterdir() if path.is_file() and path.suffix in _REPORTS
                   and (not arguments or any(name in path.name for name in arguments)))
    rows = []
    for kind in KINDS:
        text, cells, pages, seconds = Counts(), Counts(), 0, 0.0
        for path in names:
            pdf = printed(path)
            scanned = scan(pdf, kind)
            pages += len(pictures(pdf, _POINTS))
            begun = time.process_time()
            doc = read(scanned, name="b.pdf")
            seconds += time.process_time() - begun
            more = against_original(extract(pdf, name="a.pdf"), extract_document(doc))
            text, cells = text + more[0], cells + more[1]
            tell(f"{kind.name}: {path.name}: text {more[0]}, cells {more[1]}")
        rows.append({"kind": kind.name, "reports": len(names), "pages": pages,
                     "seconds_a_page": round(seconds / max(1, pages), 2),
                     "text": {**asdict(text), "f1": round(text.f1, 3)},
                     "cells": {**asdict(cells), "f1": round(cells.f1, 3)}})
        tell(json.dumps(rows[-1], ensure_ascii=False))
    if not arguments:
        RESULTS.write_text(json.dumps(rows, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
