"""The audit: clean documents give no finding, each planted fault gives its own, and the command says so."""
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from annotations.corpus import AnnotatedDocument, Annotation, Passage, Provenance, encode
from annotations.corpus.splits import Splits, write_splits
from annotations.errors import AnnotationError
from annotations.quality import audit, audit_folder, rules
from infer.cli.annotate.audit import audit as command
from report import SpanType
from tests.annotations.made import labelled, moved, remarked

TOWN = labelled(
    "[[大营镇人民政府|ISSUER]][[2022年|YEAR]]政府信息公开工作年度报告\n"
    "索引号：[[dy-2023-0007|INDEX_NUMBER]] 文号：[[大政〔2023〕4号|DOCUMENT_NUMBER]]\n"
    "本报告依据《政府信息公开条例》第五十条编制，统计期限为2022年1月1日至12月31日，电话0599-6543210。\n一、总体情况\n"
    "全年在[[镇政府网站|CHANNEL]]公开[[政策文件类|CATEGORY]]信息[[73条|COUNT:proactive.total]]，在20个工作日内全部更新。"
    "历年累计公开信息[[1,904条|COUNT:proactive.total@cumulative]]，去年公开信息[[60余条|COUNT:proactive.total@previous_year]]。\n"
    "举办培训[[3次|COUNT:trainings.total]]，参训[[120人次|COUNT:trainings.participants]]；"
    "代表建议办结率为[[98.5％|RATE:proposals.completion_rate]]。\n"
    "二、依申请公开\n今年新收到申请[[5件|COUNT:requests.new]]，上年结转[[1件|COUNT:requests.carried_in]]，收取复制费[[12.5元|FEE:fees.copying]]。"
    "没有发生[[行政复议案件|NONE:reconsideration.total]]。\n规章 0 0 12\n[[大营镇人民政府|ISSUER]]\n[[2023年1月12日|DATE]]\n",
    name="town", issuer="大营镇人民政府", links=((6, 4), (6, 5)))
TOWN = replace(TOWN, regions=((TOWN.text.index("规章 0"), TOWN.text.index("规章 0") + 9),))
BUREAU = labelled(
    "[[青禾县水务局|ISSUER]]2022年年度报告\n我局通过[[微信公众号|CHANNEL]]推送水情[[２.５万条|COUNT:proactive.total]]，阅读量[[３０万次|COUNT:other]]。\n"
    "五、[[行政诉讼|NONE:litigation.total]]\n无。\n配备专职人员[[两名|COUNT:staff.full_time]]，向县政府办报送[[18条|COUNT:other@upward]]信息。\n"
    "政府采购支出[[8.65万元|FEE:procurement.amount]]，许可事项本年[[减少6项|COUNT:licensing.items_change]]。\n",
    name="bureau", issuer="青禾县水务局", links=((2, 1),))
SCHOOL = labelled(
    "南岭一中二〇二二年报告\n校务公开栏张贴通知[[四十期|COUNT:other]]，学校未收到[[公开申请|NONE:requests.new]]，也未因此产生[[费用|NONE:fees.collected]]。\n",
    name="school", issuer="南岭一中")
CLEAN = (TOWN, BUREAU, SCHOOL)
SPLITS = Splits({"大营镇人民政府": "train", "青禾县水务局": "dev", "南岭一中": "test"})

Fault = Callable[[], AnnotatedDocument]


def without(doc: AnnotatedDocument, words: str) -> AnnotatedDocument:
    kept = tuple(mark for mark in doc.annotations if doc.words(mark) != words)
    return replace(doc, annotations=kept, links=())


def added(doc: AnnotatedDocument, words: str, kind: SpanType, indicator: str | None = None) -> AnnotatedDocument:
    start = doc.text.index(words)
    mark = Annotation(start=start, end=start + len(words), type=kind, indicator=indicator)
    return replace(doc, annotations=(*doc.annotations, mark))


FAULTS: dict[str, tuple[str, Fault]] = {
    "behind the text's end": ("span.range", lambda: moved(TOWN, "2023年1月12日", 0, 9)),
    "end before start": ("span.range", lambda: moved(TOWN, "5件", 0, -2)),
    "twice": ("span.duplicate", lambda: replace(TOWN, annotations=(*TOWN.annotations, TOWN.annotations[-1]))),
    "two labels on the same words": ("span.overlap", lambda: added(TOWN, "5件", SpanType.COUNT, "requests.replied")),
    "one over another": ("span.overlap", lambda: added(TOWN, "政策文件类信息", SpanType.CATEGORY)),
    "blank at the end": ("span.untrimmed", lambda: moved(TOWN, "dy-2023-0007", 0, 1)),
    "comma at the end": ("span.untrimmed", lambda: moved(TOWN, "73条", 0, 1)),
    "line's end at the start": ("span.untrimmed", lambda: moved(TOWN, "2023年1月12日", -1, 0)),
    "half a bracket": ("span.untrimmed", lambda: moved(TOWN, "大政〔2023〕4号", 3, 0)),
    "digits left out": ("quantity.no_number", lambda: moved(TOWN, "73条", 2, 0)),
    "first digit left out": ("quantity.number_cut", lambda: moved(TOWN, "73条", 1, 0)),
    "only the first digit": ("quantity.number_cut", lambda: moved(TOWN, "73条", 0, -2)),
    "before the decimal point": ("quantity.number_cut", lambda: moved(BUREAU, "２.５万条", 0, -4)),
    "behind the thousands comma": ("quantity.number_cut", lambda: moved(TOWN, "1,904条", 2, 0)),
    "half a Chinese numeral": ("quantity.number_cut", lambda: moved(SCHOOL, "四十期", 1, 0)),
    "measure word left out": ("quantity.measure_cut", lambda: moved(TOWN, "73条", 0, -1)),
    "half a measure word": ("quantity.measure_cut", lambda: moved(TOWN, "120人次", 0, -1)),
    "word before the number": ("quantity.extra_words", lambda: moved(TOWN, "3次", -1, 0)),
    "half of the next word": ("quantity.extra_words", lambda: moved(BUREAU, "18条", 0, 1)),
    "fee without its unit": ("quantity.fee_unit", lambda: moved(TOWN, "12.5元", 0, -1)),
    "rate without its sign": ("quantity.rate_unit", lambda: moved(TOWN, "98.5％", 0, -1)),
    "money as a count": ("quantity.type", lambda: remarked(TOWN, "12.5元", type=SpanType.COUNT, indicator=None)),
    "percentage as a count": ("quantity.type", lambda: remarked(TOWN, "98.5％", type=SpanType.COUNT, indicator=None)),
    "count on a date": ("quantity.not_counted", lambda: added(TOWN, "12月31日", SpanType.COUNT)),
    "count on a telephone": ("quantity.not_counted", lambda: added(TOWN, "0599-6543210", SpanType.COUNT)),
    "count on an article": ("quantity.not_counted", lambda: added(TOWN, "五十条", SpanType.COUNT)),
    "count on a document number": ("quantity.not_counted", lambda: remarked(
        TOWN, "大政〔2023〕4号", type=SpanType.COUNT, start=TOWN.text.index("4号"))),
    "indicator of another type": ("label.fault", lambda: remarked(TOWN, "12.5元", indicator="requests.new")),
    "indicator that does not exist": ("label.fault", lambda: remarked(TOWN, "5件", indicator="requests.news")),
    "scope on a name": ("label.fault", lambda: remarked(TOWN, "镇政府网站", scope="upward")),
    "cell of a form": ("span.in_region", lambda: added(TOWN, "12\n大", SpanType.COUNT)),
    "link from a name": ("link.source", lambda: replace(TOWN, links=((4, 5),))),
    "link to a quantity": ("link.target", lambda: replace(TOWN, links=((6, 7),))),
    "link over paragraphs": ("link.far", lambda: replace(TOWN, links=((12, 4),))),
    "link to nowhere": ("link.index", lambda: replace(TOWN, links=((6, 99),))),
    "Chinese figure without a label": ("quantity.unlabelled_words", lambda: labelled(
        "办理提案[[3件|COUNT:proposals.completed]]、建议两件。", name="z", issuer="南岭一中")),
    "figure without a label": ("quantity.unlabelled", lambda: without(TOWN, "3次")),
    "full-width figure without a label": ("quantity.unlabelled", lambda: without(BUREAU, "３０万次")),
    "over a sentence's end": ("span.across_sentences", lambda: moved(TOWN, "行政复议案件", 0, 5)),
    "half a page": ("span.too_long", lambda: moved(TOWN, "镇政府网站", -70, 0)),
    "last year's figure as this year's": ("scope.previous_year", lambda: remarked(TOWN, "60余条", scope="own")),
    "sum of many years as one year's": ("scope.cumulative", lambda: remarked(TOWN, "1,904条", scope="own")),
    "sent upward as disclosed": ("scope.upward", lambda: remarked(
        BUREAU, "18条", scope="own", indicator="proactive.total")),
    "none of what there is": ("none.no_denial", lambda: added(TOWN, "收到申请", SpanType.NONE, "requests.new")),
    "number as none": ("none.number", lambda: moved(remarked(TOWN, "5件", type=SpanType.NONE), "5件", -2, 0)),
    "category with its count": ("name.quantity", lambda: moved(TOWN, "政策文件类", 0, 5)),
    "another issuer": ("identity.conflict", lambda: added(
        remarked(SCHOOL, "费用", type=SpanType.ISSUER, indicator=None), "南岭一中", SpanType.ISSUER)),
    "issuer with the year": ("identity.shape", lambda: moved(BUREAU, "青禾县水务局", 0, 5)),
    "index number with its key": ("identity.shape", lambda: moved(TOWN, "dy-2023-0007", -4, 0)),
    "date in the prose": ("identity.place", lambda: added(TOWN, "20个工作日", SpanType.DATE)),
    "character that nothing carries": ("text.character", lambda: replace(BUREAU, text=BUREAU.text + "\u202e")),
    "form outside the text": ("region.range", lambda: replace(BUREAU, regions=((5, 9999),))),
    "passage outside the text": ("passage.range", lambda: replace(
        BUREAU, passages=(Passage(start=0, end=9999, pattern="x"),))),
    "sentence labelled another way": ("sentence.two_ways", lambda: replace(
        without(replace(SCHOOL, text=SCHOOL.text.replace("四十期", "二十期")), "公开申请"), name="school2")),
    "the same text again": ("document.twice", lambda: replace(SCHOOL, name="school2")),
    "sentence in two splits": ("split.leak", lambda: replace(
        SCHOOL, name="z", text=SCHOOL.text.replace("四十", "三十"),
        provenance=replace(SCHOOL.provenance, issuer="青禾县水务局"))),
    "issuer without a split": ("split.unassigned", lambda: replace(
        labelled("其他事项见附表。", name="z", issuer="西山乡"))),
}


def test_clean_documents_give_no_finding() -> None:
    assert [(one.rule, one.context, one.message) for one in audit(CLEAN, SPLITS)] == []


@pytest.mark.parametrize("fault", FAULTS)
def test_planted_fault_is_found(fault: str) -> None:
    rule, plant = FAULTS[fault]
    planted = plant()
    assert planted not in CLEAN
    findings = audit([planted, *(doc for doc in CLEAN if doc.name != planted.name)], SPLITS)
    assert rule in {one.rule for one in findings if one.document in {planted.name, "school"}}


def test_finding_says_what_where_and_in_which_words() -> None:
    found, = audit([moved(TOWN, "73条", 0, -1)])
    start = TOWN.text.index("73条")
    assert (found.rule, found.severity, found.document) == ("quantity.measure_cut", "error", "town")
    assert (found.start, found.end, found.words) == (start, start + 2, "73")
    assert "政策文件类信息【73】条，在20个" in found.context
    assert "COUNT:proactive.total" in found.message


def test_a_sentence_labelled_two_ways_names_both_places() -> None:
    docs = [labelled(f"本年度我局新收到公开申请[[{n}件|COUNT:requests.new]]。", name=f"d{n}") for n in (3, 4)]
    odd = labelled("本年度我局新收到公开申请[[９件|COUNT:requests.processed_total]]。", name="odd")
    found, = audit([*docs, odd])
    assert (found.rule, found.document) == ("sentence.two_ways", "odd")
    assert "2x COUNT:requests.new" in found.message
    assert "as in d3 [0:" in found.message


@pytest.mark.parametrize(("one", "other"), [
    ("2022年我局新收到公开申请[[3件|COUNT:requests.new]]。", "2021年我局新收到公开申请[[3件|COUNT:requests.new@previous_year]]。"),
    ("全县本年共主动公开政府信息[[3条|COUNT:proactive.total]]。", "全县本年共主动公开政府信息[[4条|COUNT:proactive.total@aggregate]]。"),
    ("申请。\n其中网上[[3件|COUNT:requests.new]]。", "提案。\n其中网上[[3件|COUNT:proposals.received]]。"),
])
def test_sentences_that_may_differ_are_no_finding(one: str, other: str) -> None:
    assert audit([labelled(one, name="a"), labelled(other, name="b")]) == ()


def test_distant_labels_may_be_partial() -> None:
    doc = without(TOWN, "3次")
    assert audit([replace(doc, provenance=Provenance(method="distant", year=2022))]) == ()


def test_rare_labels_are_a_matter_of_many_documents() -> None:
    docs = [labelled(f"本年新收到申请[[{n}件|COUNT:requests.new]]。", name=f"{n}") for n in range(10, 40)]
    odd = labelled("复制费[[5元|FEE:fees.copying]]。", name="odd")
    found, = audit([*docs, odd])
    assert (found.rule, found.severity, found.document) == ("label.rare", "warning", "odd")
    assert audit([*docs, odd], rare=1) == ()
    assert audit([*docs[:5], odd]) == ()


def test_issuer_in_two_splits_is_found() -> None:
    found, = audit([SCHOOL], Splits({"南岭一中": "dev", "南嶺一中": "test"}))
    assert found.rule == "split.issuer"


def test_every_rule_is_planted_or_tested_here() -> None:
    tested = {rule for rule, _ in FAULTS.values()} | {"label.rare", "split.issuer", "file.broken"}
    assert set(rules()) == tested


def write(folder: Path, *docs: AnnotatedDocument) -> Path:
    for doc in docs:
        folder.joinpath(f"{doc.name}.json").write_bytes(encode(doc))
    return folder


def test_a_broken_file_is_a_finding_and_an_empty_folder_an_error(tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="no labelled document"):
        audit_folder(tmp_path)
    write(tmp_path, *CLEAN)
    write_splits(tmp_path / "splits.toml", SPLITS)
    assert audit_folder(tmp_path) == ((), 3)
    tmp_path.joinpath("town.json").write_bytes(encode(TOWN).replace(b'"start":0,"end":7', b'"start":0,"end":6', 1))
    (found,), documents = audit_folder(tmp_path)
    assert (found.rule, found.document, documents) == ("file.broken", "town.json", 2)


def test_command_prints_table_and_context_and_tells_errors_from_warnings(tmp_path: Path) -> None:
    app = typer.Typer()
    app.command()(command)
    run = CliRunner().invoke
    write(tmp_path, *CLEAN)
    clean = run(app, [str(tmp_path)])
    assert (clean.exit_code, clean.stdout, "3 documents, 0 errors" in clean.stderr) == (0, "", True)
    write(tmp_path, replace(SCHOOL, name="again"))
    warned = run(app, [str(tmp_path)])
    assert (warned.exit_code, "document.twice" in warned.stdout) == (0, True)
    write(tmp_path, moved(TOWN, "73条", 0, -1))
    failed = run(app, [str(tmp_path)])
    assert failed.exit_code == 1
    assert "【73】条" in failed.stdout
    rows = json.loads(run(app, [str(tmp_path), "--json"]).stdout)
    assert {row["rule"] for row in rows} == {"document.twice", "quantity.measure_cut"}
