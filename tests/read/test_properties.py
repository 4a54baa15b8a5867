"""What holds for every document that reading lets through."""
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from infer.read import read
from report.document import Document
from report.errors import UnreadableDocument
from tests.conftest import SHARED
from tests.read.made import SIMPLIFIED, outcome
from tests.read.test_html import TABLE

TAGS = st.sampled_from(["table", "tr", "td", "th", "tbody", "caption", "p", "div", "br", "a", "ul", "li", "pre"])
PIECES = st.one_of(
    st.builds("<{}>".format, TAGS), st.builds("</{}>".format, TAGS),
    st.builds("<td rowspan={} colspan={}>".format, st.integers(-1, 5), st.integers(-1, 5)),
    st.sampled_from(["公开12条", "收到申请", " ", "\n", "\t", "&nbsp;", "0", "-", "<!--", "-->", "<p hidden>", "<script>"]))
REPORT = f"<html><meta charset=utf-8><body><p>{SIMPLIFIED}</p>{TABLE}<ul><li><a href=x>附件</a></ul></body>".encode()


def assert_consistent(document: Document) -> None:
    """Cells and lines lie in the text, in order, and do not run into each other; no two cells share a place."""
    document.text.encode("utf-8")
    for table in document.tables:
        assert 0 <= table.start <= table.end <= len(document.text)
        end, places = table.start, set[tuple[int, int]]()
        for cell in table.cells:
            assert end <= cell.start <= cell.end <= table.end
            assert document.text[cell.start:cell.end] == document.text[cell.start:cell.end].strip()
            assert cell.row_span >= 1
            assert cell.column_span >= 1
            assert (cell.row, cell.column) not in places
            places.add((cell.row, cell.column))
            end = cell.end
    for before, after in zip(document.tables, document.tables[1:], strict=False):
        assert before.end <= after.start
        assert before.id + 1 == after.id
    for line in document.lines:
        assert 0 <= line.start < line.end <= len(document.text)


def assert_read_or_refused(data: bytes, name: str) -> None:
    result = outcome(data, name)
    if isinstance(result, UnreadableDocument):
        assert result.reason
        assert "\n" not in result.reason
    else:
        assert result.text.strip()
        assert_consistent(result)


@given(st.lists(PIECES, max_size=60))
def test_any_soup_of_tags_is_read_or_refused(pieces: list[str]) -> None:
    assert_read_or_refused("".join(pieces).encode(), "a.html")


@given(st.integers(0, len(REPORT)), st.integers(0, 40), st.binary(max_size=8))
def test_damaged_page_is_read_or_refused(place: int, length: int, junk: bytes) -> None:
    assert_read_or_refused(REPORT[:place] + junk + REPORT[place + length:], "a.html")
    assert_read_or_refused(REPORT[:place], "a.html")


@given(st.lists(st.sampled_from(["|", " | ", "\n", "\t", "甲", "12", "规章 |\n", "---|---\n", "||", "\r\n"]), max_size=80))
def test_any_drawn_table_is_consistent(pieces: list[str]) -> None:
    assert_read_or_refused("".join(pieces).encode(), "a.txt")


@settings(max_examples=50)
@given(st.sampled_from([b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf", b"<html>", b""]),
       st.binary(max_size=200), st.sampled_from([b"", b"\nstartxref\n0\n%%EOF"]))
def test_junk_under_any_magic_is_read_or_refused(magic: bytes, junk: bytes, tail: bytes) -> None:
    assert_read_or_refused(magic + junk + tail, "a.pdf")


REAL = sorted((SHARED / "real").glob("*")) if (SHARED / "real").is_dir() else []


@pytest.mark.shared
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_reports_are_read_whole(path: Path) -> None:
    document = read(path.read_bytes(), name=path.name)
    assert_consistent(document)
    assert document.warnings == ()
    if path.suffix == ".txt":
        assert document.text == path.read_text(encoding="utf-8")
    else:
        assert [max(cell.row + cell.row_span for cell in table.cells) for table in document.tables][-2:] == [26, 4]
