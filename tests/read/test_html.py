"""Pages to text and tables."""
import pytest

from infer.read import Limits, read
from report.document import Document
from report.errors import LimitExceeded, UnreadableDocument
from tests.read.made import SIMPLIFIED, cell_texts, in_grid


def page(body: str, head: str = "") -> Document:
    return read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), name="a.html")


@pytest.mark.parametrize(("body", "text"), [
    ("<p>公开<b>12</b>条</p>", "公开12条\n"),
    ("<p>公开<span> 12 </span>条</p>", "公开 12 条\n"),
    ("<p>政府信息\n   公开</p>", "政府信息公开\n"),
    ("<p>共 12\n34 条</p>", "共 12 34 条\n"),
    ("<p>一</p>\n\n<div><p>二</p><p></p><p>三</p></div>", "一\n二\n三\n"),
    ("甲<br>乙<br/><br/><br/><br/>丙", "甲\n乙\n\n丙\n"),
    ("<p>&nbsp;&nbsp;一、概述</p>", "\xa0\xa0一、概述\n"),
    ("<ul><li>甲<li>乙</ul>", "甲\n乙\n"),
    ("<pre>甲  1\n乙  2</pre>", "甲  1\n乙  2\n"),
    ("公开&lt;条例&gt;12&#26465;", "公开<条例>12条\n"),
])
def test_text_is_what_a_person_sees(body: str, text: str) -> None:
    assert page(f"<main>{body}</main>").text == text


@pytest.mark.parametrize("junk", [
    "<script>var a='公开99条'</script>", "<style>.a{}</style>", "<noscript>请开启99</noscript>", "<!-- 公开99条 -->",
    "<!--[if IE]><p>99</p><![endif]-->", "<template><p>99</p></template>", "<select><option>99</select>",
    "<button>99</button>", "<svg><text>99</text></svg>", "<p style='color:red; display : none'>99</p>",
    "<p hidden>99</p>",
    "<iframe>99</iframe>", "<textarea>99</textarea>", "<nav>首页99</nav>", "<footer>访问量99</footer>",
    "<div class='bdsharebuttonbox clearfix'>分享到 99</div>", "<div id='breadcrumb'>当前位置：首页 &gt; 99</div>",
    "<ul><li><a>首页</a><li><a>政务公开</a><li><a>互动99</a><li><a>数据</a></ul>",
    "<div><a>首页</a> | <a>政务</a> | <a>服务99</a> | <a>互动</a></div>",
    "<table><tr><td><a>首页</a><td><a>政务</a><td><a>服务99</a><td><a>互动</a></table>",
])
def test_what_is_no_text_of_the_report_is_left_out(junk: str) -> None:
    assert page(f"{junk}<p>{SIMPLIFIED}</p>{junk}").text == f"{SIMPLIFIED}\n"


@pytest.mark.parametrize("kept", [
    "<div class='nav'><a>索引号</a>：<a>QL-01</a> <a>发布机构</a> <a>云台镇</a></div>",
    "<ul><li><a href=1.pdf>年报一</a><li><a href=2.pdf>年报二</a><li><a href=3.pdf>年报三</a><li><a href=4.pdf>年报四</a></ul>",
    "<ul>" + "".join(f"<li><a>云台镇202{n}年政府信息公开工作年度报告</a>" for n in range(5)) + "</ul>",
    "<div class='content-share'>" + "公开信息" * 300 + "</div>",
    "<header><h1>云台镇2023年年报</h1></header>",
])
def test_text_that_looks_like_navigation_but_is_none_stays(kept: str) -> None:
    assert len(page(f"{kept}<p>{SIMPLIFIED}</p>").text) > len(SIMPLIFIED) + 10


def test_page_of_nothing_but_links_is_still_read() -> None:
    assert "工作动态" in page("<div><a>首页</a><a>年报</a><a>工作动态</a><a>数据</a></div>").text


def test_text_hidden_until_a_script_runs_is_taken_where_nothing_else_is() -> None:
    assert SIMPLIFIED in page(f"<p>载入中</p><div style='display:none'>{SIMPLIFIED * 3}</div>").text


def test_title_is_kept_apart() -> None:
    document = page(f"<p>{SIMPLIFIED}</p>", head="<title>云台镇\n 年报</title>")
    assert (document.title, document.text) == ("云台镇 年报", f"{SIMPLIFIED}\n")


TABLE = """<p>前</p><table><caption>表一</caption><thead><tr><th rowspan=2>项目<th colspan=2>数量</tr>
<tr><th>本年新<br/>制作<th><p>商业</p><p>企业</p></tr></thead>
<tr><td>规章<td>&nbsp;<td> 12 </tr><tr><td rowspan=0>合计<td>3<td></tr><tr><td>4<td>5</tr></table><p>后</p>"""


def test_data_table_has_every_cell_in_its_place() -> None:
    document = page(TABLE)
    [table] = document.tables
    assert document.text == "前\n表一\n项目\t数量\n本年新\n制作\t商业\n企业\n规章\t\t12\n合计\t3\t\n4\t5\n后\n"
    assert cell_texts(document, table) == [["项目", "数量"], ["本年新\n制作", "商业\n企业"], ["规章", "", "12"], ["合计", "3", ""],
                                           ["4", "5"]]
    assert [in_grid(document, table, row, 0) for row in range(5)] == ["项目", "项目", "规章", "合计", "合计"]
    assert in_grid(document, table, 0, 2) == "数量"
    assert in_grid(document, table, 4, 2) == "5"
    assert document.text[table.start:table.end].startswith("项目\t")


def test_blank_cell_has_no_words() -> None:
    [table] = page("<table><tr><td>收到申请<td>&nbsp;<td>\u3000</table><p>完").tables
    assert [cell.end - cell.start for cell in table.cells] == [4, 0, 0]


def test_rowspan_ends_with_its_group_and_hidden_rows_are_no_rows() -> None:
    document = page("<table><tbody><tr><td rowspan=9>甲<td>1</tr></tbody><tbody><tr style='display:none'><td>0<td>0</tr>"
                    "<tr><td>乙<td>2</tr></tbody></table>")
    assert cell_texts(document, document.tables[0]) == [["甲", "1"], ["乙", "2"]]


def test_absurd_spans_are_cut() -> None:
    [table] = page("<table><tr><td colspan=99999 rowspan=99999>甲<td>1<tr><td>2</table>").tables
    assert max(cell.column_span for cell in table.cells) <= 100
    assert max(cell.row_span for cell in table.cells) == 2


def test_page_laid_out_by_a_table_flows_and_inner_tables_stay() -> None:
    inner = "<table><tr><td>收到申请<td>3</tr><tr><td>办结<td>2</tr></table>"
    document = page(f"<table><tr><td>{SIMPLIFIED}<p>一、概述</p>{inner}<p>二、其他</p></td></tr></table>")
    assert document.text == f"{SIMPLIFIED}\n一、概述\n收到申请\t3\n办结\t2\n二、其他\n"
    assert [cell_texts(document, table) for table in document.tables] == [[["收到申请", "3"], ["办结", "2"]]]


def test_key_and_value_of_a_layout_table_stay_on_one_line() -> None:
    document = page(f"<table><tr><td>索引号<td>QL-01</tr><tr><td colspan=2><p>{SIMPLIFIED * 5}</p></td></tr></table>")
    assert document.tables == ()
    assert document.text.startswith("索引号\tQL-01\n青柳县")


@pytest.mark.parametrize("body", [
    "<div id=app></div><script src=a.js></script><script>start()</script>",
    "<div id='root'><p>加载中</p></div><script>window.x=1</script>",
    f"<p>请稍候</p><script>{'var a=1;' * 400}</script>",
])
def test_script_shell_is_refused(body: str) -> None:
    with pytest.raises(UnreadableDocument, match="script shell"):
        page(body)


def test_deep_nesting_neither_overflows_nor_passes_the_limit() -> None:
    assert page("<div><span>" * 900 + SIMPLIFIED).text.strip() == SIMPLIFIED
    with pytest.raises(LimitExceeded, match="elements inside each other"):
        page("<div>" * 100_000 + SIMPLIFIED)


@pytest.mark.parametrize("bomb", [
    "".join(f"<font size={n}>" for n in range(1500)) + "<p>x</p><p>y" * 5000,
    "<div " + " ".join(f"a{n}=1" for n in range(60_000)) + ">x",
])
def test_page_that_costs_the_parser_its_square_is_refused(bomb: str) -> None:
    with pytest.raises(LimitExceeded):
        page(bomb)


def test_cells_are_limited() -> None:
    with pytest.raises(LimitExceeded, match="table cells"):
        read(b"<table>" + b"<tr><td>1<td>2" * 30, name="a.html", limits=Limits(cells=50))
