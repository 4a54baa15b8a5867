"""PDF pages to text, tables and boxes."""
import io
import logging
import zlib

import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from infer.read import Limits, read
from report.document import Document
from report.errors import LimitExceeded, UnreadableDocument
from tests.read.made import LEFT, SIMPLIFIED, PdfMaker, cell_texts, in_grid

LONG = SIMPLIFIED + SIMPLIFIED.replace("126", "1260")
ROWS = [["行政许可", "550", "12"], ["行政处罚", "4119", "7"], ["行政强制", "195", "0"]]
WIDTHS = (200, 120, 120)
PITCH_AFTER_TABLE = 40


def read_pdf(maker: PdfMaker) -> Document:
    return read(maker.bytes(), name="a.pdf")


@pytest.mark.parametrize("boxed", [False, True])
def test_wrapped_lines_are_one_paragraph_over_page_breaks(boxed: bool) -> None:
    maker = PdfMaker()
    for _ in range(14):
        maker.paragraph(LONG, boxed=boxed)
    document = read_pdf(maker)
    assert document.source.pages == 3
    assert document.text == f"{LONG}\n" * 13 + LONG
    assert document.tables == ()


def test_bare_page_numbers_go_but_a_figure_in_the_margin_stays() -> None:
    maker = PdfMaker()
    maker.page_number = "{}"
    for _ in range(3):
        maker.paragraph(LONG)
        maker.new_page()
    maker.line("7420", LEFT, 60)
    assert read_pdf(maker).text == f"{LONG}\n" * 3 + "7420"


def test_running_heads_of_many_pages_go() -> None:
    maker = PdfMaker()
    for number in range(4):
        maker.line(f"云台镇年报 第{number}版", LEFT, 810)
        maker.paragraph(f"第{number}部分。")
        maker.new_page()
    assert "云台镇" not in read_pdf(maker).text


def test_short_lines_and_headings_are_not_joined() -> None:
    maker = PdfMaker()
    for words in ("一、总体情况", LONG, "二、主动公开情况", LONG, LONG):
        maker.paragraph(words)
    assert read_pdf(maker).text.split("\n") == ["一、总体情况", LONG, "二、主动公开情况", LONG, LONG]


def test_ruled_table_stands_between_its_paragraphs() -> None:
    maker = PdfMaker()
    maker.paragraph(LONG)
    maker.table([["信息内容", "本年处理决定数量", "其他"], *ROWS], WIDTHS)
    maker.y -= PITCH_AFTER_TABLE
    maker.paragraph(LONG)
    document = read_pdf(maker)
    [table] = document.tables
    assert cell_texts(document, table)[1:] == ROWS
    assert document.text == f"{LONG}\n信息内容\t本年处理决定数量\t其他\n" + "".join("\t".join(row) + "\n" for row in ROWS) + LONG


@pytest.mark.parametrize("without_top", [False, True])
def test_table_cut_by_a_page_break_is_one_table(without_top: bool) -> None:
    maker = PdfMaker()
    maker.paragraph(SIMPLIFIED)
    maker.table(ROWS[:2], WIDTHS)
    maker.new_page()
    maker.table([*ROWS[2:], ["其他", "", "3"]], WIDTHS, without_top=without_top)
    document = read_pdf(maker)
    [table] = document.tables
    assert cell_texts(document, table) == [*ROWS, ["其他", "", "3"]]
    assert {line.page for line in document.lines if line.start >= table.start} == {1, 2}


def test_continued_part_with_fewer_columns_keeps_the_columns_of_the_whole() -> None:
    maker = PdfMaker()
    maker.table(ROWS[:2], WIDTHS)
    maker.new_page()
    maker.table([["信息内容", "本年收费金额"], ["行政事业性收费", "77.30"]], (200, 240))
    document = read_pdf(maker)
    [table] = document.tables
    assert in_grid(document, table, 3, 1) == in_grid(document, table, 3, 2) == "77.30"


def test_tables_with_words_between_or_other_edges_stay_apart() -> None:
    maker = PdfMaker()
    maker.table(ROWS, WIDTHS)
    maker.new_page()
    maker.table(ROWS, (150, 100, 100))
    maker.y -= PITCH_AFTER_TABLE
    maker.paragraph(SIMPLIFIED)
    maker.new_page()
    maker.table(ROWS, (150, 100, 100))
    assert len(read_pdf(maker).tables) == 3


def test_frame_around_running_text_is_no_table_but_the_grid_in_it_is() -> None:
    maker = PdfMaker()
    maker.canvas.rect(LEFT - 4, 80, 448, 700)
    for row in range(3):
        maker.canvas.line(LEFT - 4, 700 - 100 * row, LEFT + 444, 700 - 100 * row)
    maker.paragraph(LONG)
    maker.y = 400
    maker.table(ROWS, (200, 120, 100))
    document = read_pdf(maker)
    assert [cell_texts(document, table) for table in document.tables] == [ROWS]
    assert document.text.startswith(LONG)


def test_every_line_and_cell_has_its_box() -> None:
    maker = PdfMaker()
    maker.paragraph(SIMPLIFIED)
    maker.table(ROWS, WIDTHS)
    document = read_pdf(maker)
    first = document.lines[0]
    assert document.text[first.start:first.end] == SIMPLIFIED[:len("青柳县云台镇2023年政府信息公开工作年度报告。本年度主动公")]
    assert first.box[0] == pytest.approx(LEFT + 30, abs=1)
    assert first.box[1] == pytest.approx(842 - 770 - 13, abs=5)
    boxed = {document.text[line.start:line.end] for line in document.lines}
    assert {words for row in ROWS for words in row} <= boxed


def test_bold_drawn_twice_is_read_once() -> None:
    maker = PdfMaker()
    maker.line("收到申请121件，其他信息公开情况良好")
    maker.line("收到申请121件，其他信息公开情况良好", LEFT + 0.3)
    assert read_pdf(maker).text == "收到申请121件，其他信息公开情况良好"


def scanned(pages: int) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for _ in range(pages):
        canvas.drawInlineImage(_image(), 0, 0, 500, 700)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _image() -> Image.Image:
    return Image.new("L", (8, 8), 128)


def test_scanned_pdf_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="a scanned PDF, 3 pages without text"):
        read(scanned(3), name="a.pdf")


def test_encrypted_pdf_is_refused() -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", ownerPassword="owner"))
    canvas.drawString(72, 700, "12 items")
    canvas.save()
    with pytest.raises(UnreadableDocument, match="encrypted PDF"):
        read(buffer.getvalue(), name="a.pdf")


def test_truncated_pdf_is_refused(caplog: pytest.LogCaptureFixture) -> None:
    maker = PdfMaker()
    maker.paragraph(LONG)
    data = maker.bytes()
    level = logging.getLogger("pdfminer").level
    for end in (20, len(data) // 3, len(data) - 40):
        with pytest.raises(UnreadableDocument, match="truncated PDF"):
            read(data[:end], name="a.pdf")
    with pytest.raises(UnreadableDocument, match="damaged PDF"):
        read(data[:100] + b"\nstartxref\n0\n%%EOF", name="a.pdf")
    assert caplog.records == []
    assert logging.getLogger("pdfminer").level == level


def test_pages_and_unpacked_size_are_limited() -> None:
    maker = PdfMaker()
    for _ in range(4):
        maker.paragraph(SIMPLIFIED)
        maker.new_page()
    data = maker.bytes()
    with pytest.raises(LimitExceeded, match="pages: 4, more than the limit of 3"):
        read(data, name="a.pdf", limits=Limits(pages=3))
    with pytest.raises(LimitExceeded, match="characters of text"):
        read(data, name="a.pdf", limits=Limits(characters=100))


def test_stream_that_unfolds_without_end_is_refused_before_it_is_read() -> None:
    bomb = zlib.compress(b"BT (a) Tj ET\n" * 400_000, 9)
    data = b"%PDF-1.4\n4 0 obj<</Filter/FlateDecode>>stream\n" + bomb + b"\nendstream endobj\nstartxref\n0\n%%EOF"
    with pytest.raises(LimitExceeded, match="decompressed"):
        read(data, name="a.pdf", limits=Limits(decompressed=1_000_000))


def test_table_without_outer_verticals_keeps_its_outer_columns() -> None:
    maker = PdfMaker()
    maker.paragraph(SIMPLIFIED)
    top = maker.y
    for number, row in enumerate([["信息内容", "本年", "上年"], *ROWS, ["其他", "1", "2"]]):
        for words, x in zip(row, (LEFT, 272, 392), strict=True):
            maker.line(words, x + 4, top - 17 - 24 * number)
    for number in range(6):
        maker.canvas.line(LEFT, top - 24 * number, 512, top - 24 * number)
    for x in (272, 392):
        maker.canvas.line(x, top, x, top - 120)
    document = read_pdf(maker)
    assert [cell_texts(document, table)[1:4] for table in document.tables] == [ROWS]


def test_blank_field_at_the_head_of_a_page_is_not_filled_from_the_page_before() -> None:
    maker = PdfMaker()
    maker.table([["收到申请", "9"], ["结转", "4"]], (200, 100))
    maker.new_page()
    maker.table([["办结", ""], ["其他", "1"]], (200, 100))
    document = read_pdf(maker)
    [table] = document.tables
    assert in_grid(document, table, 2, 1) == ""
    assert [cell.row_span for cell in table.cells] == [1] * 8


def test_label_that_spans_rows_goes_on_over_the_page_break() -> None:
    maker = PdfMaker()
    maker.paragraph(SIMPLIFIED)
    spanning_table(maker, "办理结果", [("予以公开", "3"), ("部分公开", "1")])
    maker.new_page()
    spanning_table(maker, "", [("不予公开", "2"), ("总计", "6")])
    document = read_pdf(maker)
    [table] = document.tables
    assert [in_grid(document, table, row, 0) for row in range(4)] == ["办理结果"] * 4
    assert [in_grid(document, table, row, 2) for row in range(4)] == ["3", "1", "2", "6"]


def spanning_table(maker: PdfMaker, label: str, rows: list[tuple[str, str]]) -> None:
    top, height = maker.y, 24 * len(rows)
    maker.canvas.rect(LEFT, top - height, 100, height)
    maker.line(label, LEFT + 4, top - height / 2 - 6)
    for number, row in enumerate(rows):
        for words, x, width in zip(row, (LEFT + 100, LEFT + 300), (200, 100), strict=True):
            maker.canvas.rect(x, top - 24 * (number + 1), width, 24)
            maker.line(words, x + 4, top - 17 - 24 * number)
    maker.y = top - height
