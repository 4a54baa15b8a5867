"""Labels from a report's own form: taken where two readings agree, and nothing else."""
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotations.corpus import AnnotatedDocument, read_corpus
from infer.annotate.distant import Tally, annotate_from_form, measure
from infer.annotate.gold import read_gold
from infer.annotate.reading import read_report
from infer.cli import app
from tests.conftest import SHARED

HEAD = "枫岭县2022年政府信息公开工作年度报告\n一、总体情况\n"
FORM = """
二、主动公开政府信息情况
第二十条第（一）项
信息内容\n本年制发件数\n本年废止件数\n现行有效件数
规章\n0\n0\n0
行政规范性文件\n17\n4\n96
第二十条第（五）项
信息内容\n本年处理决定数量
行政许可\n2381
第二十条第（六）项
信息内容\n本年处理决定数量
行政处罚\n214
行政强制\n0
"""


def labelled(prose: str) -> AnnotatedDocument:
    document = annotate_from_form(read_report((HEAD + prose + FORM).encode(), name="x.txt"), name="x")
    assert document is not None
    return document


def tags(document: AnnotatedDocument) -> dict[str, str]:
    return {document.words(mark): mark.label.tag for mark in document.annotations}


def test_a_number_that_equals_the_cell_its_words_name_is_labelled() -> None:
    document = labelled("全年制发行政规范性文件17件，废止4件，现行有效96件。")
    assert tags(document) == {
        "17件": "COUNT:documents.normative.issued", "4件": "COUNT:documents.normative.repealed",
        "96件": "COUNT:documents.normative.in_force"}


def test_the_only_equal_cell_is_enough_where_the_clause_names_it() -> None:
    document = labelled("审批窗口依法作出各类行政许可决定合计2381份。")
    assert tags(document) == {"2381份": "COUNT:licensing.decisions"}


def test_a_sentence_with_a_number_that_nothing_vouches_for_is_set_aside() -> None:
    prose = "全年制发行政规范性文件17件。制发行政规范性文件23件。举办活动214次。"
    document = labelled(prose)
    assert tags(document) == {"17件": "COUNT:documents.normative.issued"}
    aside = [document.text[start:end] for start, end in document.regions]
    assert "制发行政规范性文件23件。" in aside
    assert "举办活动214次。" in aside
    assert not any("17件" in words for words in aside)


def test_a_report_without_a_form_gives_nothing() -> None:
    assert annotate_from_form(read_report((HEAD + "收到申请5件。").encode(), name="x.txt"), name="x") is None


@pytest.mark.shared
def test_labels_of_the_real_reports_are_gold() -> None:
    tally = Tally()
    for path in sorted((SHARED / "gold").glob("*.json")):
        source = next(one for one in (SHARED / "real").glob(f"{path.stem}.*"))
        read = read_report(source.read_bytes(), name=source.name)
        document = annotate_from_form(read, name=path.stem)
        tally.add(document)
        if document is not None:
            tally.compare(measure(read, document, read_gold(path)), path.stem)
    assert tally.compared >= 40
    assert tally.precision is not None
    assert tally.precision >= 0.97


def test_command_writes_documents_and_says_what_it_left(tmp_path: Path) -> None:
    source = tmp_path / "reports"
    source.mkdir()
    (source / "a.txt").write_text(HEAD + "全年制发行政规范性文件17件。" + FORM, encoding="utf-8")
    (source / "b.txt").write_text(HEAD + "收到申请5件。", encoding="utf-8")
    (source / "c.txt").write_bytes(b"\x00\x01\x02" * 900)
    done = CliRunner().invoke(app, ["annotate", "distant", str(source), "-o", str(tmp_path / "out")])
    assert done.exit_code == 1
    assert "c.txt" in done.stderr
    assert "2 reports, 1 labelled from their form, 1 spans" in done.stderr
    assert [document.name for document in read_corpus(tmp_path / "out")] == ["a"]


def test_pages_of_one_name_do_not_overwrite_one_another(tmp_path: Path) -> None:
    for folder, issued in (("a", 17), ("b", 17), ("c", 17)):
        place = tmp_path / "reports" / folder
        place.mkdir(parents=True)
        head = HEAD.replace("2022", "2023") if folder == "c" else HEAD
        (place / "index.txt").write_text(head + f"全年制发行政规范性文件{issued}件。" + FORM, encoding="utf-8")
    done = CliRunner().invoke(app, ["annotate", "distant", str(tmp_path / "reports"), "-o", str(tmp_path / "out")])
    assert done.exit_code == 0
    # the same text twice is one document, another text is another one
    texts = [document.text for document in read_corpus(tmp_path / "out")]
    assert len(texts) == len(set(texts)) == 2
