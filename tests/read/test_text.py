"""Tables drawn in plain text."""
from infer.read import read
from report.document import Document
from tests.read.made import cell_texts


def read_text(words: str) -> Document:
    document = read(words.encode(), name="a.txt")
    assert document.text == words
    return document


def test_markdown_table() -> None:
    document = read_text("一、总体情况\n\n| 信息内容 | 本年制发件数 | 现行有效件数 |\n|---|---|---|\n| 规章 | 0 | 12 |\n"
                         "| 规范性文件 | 3 | |\n\n二、其他")
    [table] = document.tables
    assert cell_texts(document, table) == [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "0", "12"],
                                           ["规范性文件", "3", ""]]


def test_rows_padded_with_trailing_pipes() -> None:
    document = read_text("第二十条第（一）项 | |||\n信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n规章 | 1 | 0 | 9 |\n无。")
    [table] = document.tables
    assert cell_texts(document, table) == [["第二十条第（一）项", "", "", ""],
                                           ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1", "0", "9"]]


def test_header_on_one_line_and_each_cell_on_its_own() -> None:
    document = read_text("信息内容 | 本年制发件数 | 现行有效件数\n规章 |\n0 |\n12 |\n行政规范\n性文件 |\n3 |\n\n|\n三、收到和处理申请情况")
    [table] = document.tables
    assert cell_texts(document, table) == [["信息内容", "本年制发件数", "现行有效件数"], ["规章", "0", "12"],
                                           ["行政规范\n性文件", "3", ""]]


def test_cells_that_do_not_fill_their_last_row_are_no_table() -> None:
    assert read_text("信息内容 | 甲 | 乙 |\n规章 |\n0 |\n三、下一部分").tables == ()


def test_single_line_with_pipes_is_no_table() -> None:
    assert read_text("首页 | 政务公开 | 互动交流\n\n全年公开12条。").tables == ()


def test_tab_rows_make_a_table_and_keep_blank_cells() -> None:
    document = read_text("统计\n年份\t主动公开\t收到申请\n2022\t310\t\n2023\t402\t7\n\n\t一、概述\n\t二、情况")
    [table] = document.tables
    assert cell_texts(document, table) == [["年份", "主动公开", "收到申请"], ["2022", "310", ""], ["2023", "402", "7"]]


def test_cells_that_each_begin_a_line_with_a_tab_are_left_to_the_form_parser() -> None:
    assert read_text("\t统计指标\n\t单位\n\t统计数\n\n\t收到申请数\n\t件\n\t3\n").tables == ()


def test_two_tables_with_a_heading_between_stay_apart() -> None:
    document = read_text("甲 | 乙 |\n1 | 2 |\n二、标题\n丙 | 丁 | 戊 |\n3 | 4 | 5 |\n")
    assert [cell_texts(document, table) for table in document.tables] == [
        [["甲", "乙"], ["1", "2"]], [["丙", "丁", "戊"], ["3", "4", "5"]]]
    assert [table.id for table in document.tables] == [0, 1]
