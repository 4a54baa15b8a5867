"""Word documents to text and tables."""
import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from infer.read import Limits, read
from report.errors import LimitExceeded, UnreadableDocument
from tests.read.made import SIMPLIFIED, cell_texts, in_grid, outcome, saved


def test_paragraphs_and_tables_come_in_the_order_of_the_body() -> None:
    word = docx.Document()
    word.core_properties.title = "云台镇年报"
    word.sections[0].header.paragraphs[0].text = "内部资料"
    word.add_paragraph("一、总体情况")
    table = word.add_table(rows=3, cols=3)
    for number, words in enumerate(("项目", "本年", "历年", "收到", "3", "", "办结", "2", "15")):
        table.cell(number // 3, number % 3).text = words
    word.add_paragraph("二、主动\t公开")
    document = read(saved(word), name="a.docx")
    assert document.text == "一、总体情况\n项目\t本年\t历年\n收到\t3\t\n办结\t2\t15\n二、主动\t公开\n"
    assert cell_texts(document, document.tables[0])[2] == ["办结", "2", "15"]
    assert (document.title, document.source.media) == ("云台镇年报", "docx")


def test_merged_cells_span_their_grid() -> None:
    word = docx.Document()
    table = word.add_table(rows=4, cols=3)
    table.cell(0, 1).merge(table.cell(0, 2)).text = "申请人"
    table.cell(1, 0).merge(table.cell(3, 0)).text = "办理结果"
    for row in (1, 2, 3):
        table.cell(row, 1).text, table.cell(row, 2).text = f"项{row}", str(row)
    document = read(saved(word), name="a.docx")
    [read_table] = document.tables
    assert in_grid(document, read_table, 0, 2) == "申请人"
    assert [in_grid(document, read_table, row, 0) for row in (1, 2, 3)] == ["办理结果"] * 3
    assert [in_grid(document, read_table, row, 2) for row in (1, 2, 3)] == ["1", "2", "3"]


def test_nested_table_is_a_table_of_its_own() -> None:
    word = docx.Document()
    outer = word.add_table(rows=1, cols=1)
    outer.cell(0, 0).text = "说明"
    inner = outer.cell(0, 0).add_table(rows=1, cols=2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "收到", "9"
    document = read(saved(word), name="a.docx")
    assert [cell_texts(document, table) for table in document.tables] == [[["收到", "9"]]]
    assert document.text == "说明\n收到\t9\n"


def test_deleted_and_hidden_words_go_inserted_ones_and_controls_stay() -> None:
    word = docx.Document()
    paragraph = word.add_paragraph("公开")._p
    run = "<w:r><w:t>{}</w:t></w:r>"
    for xml in ("<w:ins {0}>" + run.format("12") + "</w:ins>",
                "<w:del {0}><w:r><w:delText>99</w:delText></w:r></w:del>",
                "<w:r {0}><w:rPr><w:vanish/></w:rPr><w:t>88</w:t></w:r>",
                "<w:sdt {0}><w:sdtContent>" + run.format("条") + "</w:sdtContent></w:sdt>"):
        paragraph.append(parse_xml(xml.format(nsdecls("w"))))
    assert read(saved(word), name="a.docx").text == "公开12条\n"


def test_text_box_is_read_once() -> None:
    word = docx.Document()
    box = ('<w:r {0}><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
           "<mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>框内7件</w:t></w:r></w:p></w:txbxContent>"
           "</w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>框内7件</w:t></w:r></w:p>"
           "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>")
    word.add_paragraph("正文")._p.append(parse_xml(box.format(nsdecls("w"))))
    assert read(saved(word), name="a.docx").text == "正文\n框内7件\n"


def one_paragraph() -> bytes:
    word = docx.Document()
    word.add_paragraph("占位")
    return saved(word)


def rezipped(data: bytes, change: bytes, to: bytes) -> bytes:
    """The same archive with other bytes in its main part."""
    source, target = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in source.namelist():
            part = source.read(member)
            archive.writestr(member, part.replace(change, to) if member == "word/document.xml" else part)
    return target.getvalue()


def with_entities(declared: str) -> bytes:
    """A document whose paragraph says &x; after its words, with these declarations above it."""
    doctype = f"<!DOCTYPE d [{declared}]><w:document".encode()
    return rezipped(rezipped(one_paragraph(), b"<w:document", doctype), "占位".encode(), "占位&x;".encode())


def test_external_entity_is_not_fetched(tmp_path: Path) -> None:
    file = tmp_path / "file.txt"
    file.write_text("outside")
    document = read(with_entities(f'<!ENTITY x SYSTEM "{file.as_uri()}">'), name="a.docx")
    assert document.text == "占位\n"


def test_entities_do_not_unfold() -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    result = outcome(with_entities(f'<!ENTITY l0 "lol">{laughs}<!ENTITY x "&l9;">'), "a.docx")
    assert isinstance(result, UnreadableDocument) or result.text == "占位\n"


def test_zip_bomb_is_refused_unread() -> None:
    data = rezipped(one_paragraph(), "占位".encode(), b"0" * 3_000_000)
    assert len(data) < 100_000
    with pytest.raises(LimitExceeded, match="decompressed"):
        read(data, name="a.docx", limits=Limits(decompressed=1_000_000))


@pytest.mark.parametrize(("change", "to"), [(b"</w:body>", b""), (b"<w:document", b"<w:dokument")])
def test_damaged_document_is_refused(change: bytes, to: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="Word document"):
        read(rezipped(one_paragraph(), change, to), name="a.docx")


def test_blank_document_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match="no text"):
        read(saved(docx.Document()), name="a.docx")


def test_text_of_a_long_document_is_whole() -> None:
    word = docx.Document()
    for _ in range(50):
        word.add_paragraph(SIMPLIFIED)
    assert read(saved(word), name="a.docx").text == f"{SIMPLIFIED}\n" * 50
