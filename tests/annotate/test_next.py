"""What `gongkai annotate next` picks, why, and what it sends."""
import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotations.corpus import write_document
from annotations.labelstudio.preparing import prepare
from annotations.labelstudio.pulling import pull
from infer.annotate.choosing import Choice, Unit, choices
from infer.annotate.excerpts import candidates
from infer.annotate.sentences import Sentence, read_of, sentences_of, wordings
from infer.cli import app
from infer.results.lines import encode
from report.checks import Check, Side
from report.facts import Evidence, Fact, Meta, Report
from tests.annotate.conftest import Server
from tests.annotations.made import labelled
from tests.results.made import PRODUCER, source


def made(text: str, *facts: Fact, name: str = "甲.txt", checks: tuple[Check, ...] = ()) -> Report:
    return Report(source=source(text, name), meta=Meta(issuer="云溪镇", report_year=2022), facts=facts, checks=checks,
                  producer=PRODUCER)


def fact(text: str, quote: str, identity: str, **more: object) -> Fact:
    """What both read alike and are sure of, unless it is said otherwise."""
    start = text.index(quote)
    sure = Fact(id=identity, indicator="proactive.total", value=1, unit="条", state="value", method="both",
                confidence=0.99, evidence=Evidence(start=start, end=start + len(quote), text=quote))
    return replace(sure, **more)  # type: ignore[arg-type]


def picked(
    *reports: Report, unit: Unit = "sentence", count: int = 9, known: frozenset[str] = frozenset()
) -> list[Choice]:
    rows = [row for one in reports for row in sentences_of(read_of(one))]
    return choices(rows, unit, count, known)


SURE = "全年主动公开信息12条。"
TWO = "网站发布动态7条。"
UNSURE = "收到公开申请4件。"
UNREAD = "另有旧档案33卷。"
WORDS = f"云溪镇政府信息公开年度报告\n{SURE}{TWO}{UNSURE}{UNREAD}2022年一切正常。\n"


def doubtful(name: str = "甲.txt", text: str = WORDS) -> Report:
    return made(
        text,
        fact(text, "12条", "f1"),
        fact(text, "7条", "f2", method="model", confidence=0.97, reading_of="f2", by={"channel": "website"}),
        fact(text, "7条", "f3", method="rule", confidence=0.1, reading_of="f2", indicator=None, status="alternative"),
        fact(text, "4件", "f4", method="rule", confidence=0.55, indicator="requests.new"),
        name=name)


def test_each_choice_says_why_and_stands_where_it_says() -> None:
    found = {one.sentence: one for one in picked(doubtful())}
    assert all(WORDS[one.start : one.end] == words for words, one in found.items())
    assert found[TWO].reasons == ("7条 is read as proactive.total website (model), no known indicator (rule)",)
    assert found[UNSURE].reasons == ("unsure of 4件 as requests.new (0.55)",)
    assert found[UNREAD].reasons == ("nothing is read from 33",)
    assert found[SURE].worth < 0.02
    assert not found[SURE].reasons
    assert "2022年一切正常。" not in found


def test_the_least_sure_comes_first_and_the_sure_last() -> None:
    assert [one.sentence for one in picked(doubtful())] == [UNSURE, TWO, UNREAD, SURE]
    assert [one.sentence for one in picked(doubtful(), count=1)] == [UNSURE]


def test_hours_and_house_numbers_are_nothing_that_was_missed() -> None:
    assert not picked(made("受理时间为上午9时至12时，地址为柳溪路33号501室。"))


def test_a_failed_check_makes_doubtful_unless_the_report_itself_is_wrong() -> None:
    check = Check(id="requests.balance", subject="", formula="", status="fail", fault="reading",
                  left=Side(expression="12", value=12, facts=("f1",)), right=Side(expression="13", value=13))
    text = SURE
    wrong = made(text, fact(text, "12条", "f1"), checks=(check,))
    assert picked(wrong)[0].reasons == ("check requests.balance fails with 12条",)
    assert picked(wrong)[0].worth > 0.3
    theirs = replace(wrong, checks=(replace(check, fault="source"),))
    assert picked(theirs)[0].worth < 0.02


def test_one_wording_is_chosen_once_and_the_common_one_first() -> None:
    rare, common = "窗口受理申请{}件。", "大厅答复群众{}次。"
    texts = [f"{rare.format(5)}{common.format(3)}", f"云溪镇\n{common.format(41)}", f"{common.format(8)}"]
    reports = [
        made(text, *(fact(text, quote, quote, confidence=0.6) for quote in ("5件", "3次", "41次", "8次") if quote in text),
             name=f"{n}.txt") for n, text in enumerate(texts)]
    found = picked(*reports)
    assert [one.sentence[:2] for one in found] == ["大厅", "窗口"]
    assert found[0].reasons[-1] == "3 reports say it in these words"


def test_names_do_not_make_a_wording_new() -> None:
    text = "其中竹编技艺类信息6条。\n其中水车修缮类信息8条。"
    report = made(text, fact(text, "6条", "a", confidence=0.6, by={"category": "竹编技艺"}),
                  fact(text, "8条", "b", confidence=0.5, by={"category": "水车修缮"}))
    assert [one.sentence for one in picked(report)] == ["其中水车修缮类信息8条。"]


def test_what_is_annotated_already_is_left_out() -> None:
    known = wordings([labelled("收到公开申请[[90件|COUNT:requests.new]]。")])
    assert [one.sentence for one in picked(doubtful(), known=known)] == [TWO, UNREAD, SURE]
    whole = wordings([labelled(WORDS)])
    assert not picked(doubtful(), known=whole)
    assert not picked(doubtful(), known=whole, unit="report")


def test_a_report_that_says_nothing_new_is_not_chosen() -> None:
    other = WORDS.replace("4件", "9件").replace("年度报告", "报告")
    copy = replace(doubtful("乙.txt", WORDS), source=source(other, "乙.txt"))
    long = made("有关情况说明。收到意见5次。", fact("有关情况说明。收到意见5次。", "5次", "x", confidence=0.6), name="丙.txt")
    found = picked(doubtful(), copy, long, unit="report")
    assert [one.report for one in found] in (["甲.txt", "丙.txt"], ["乙.txt", "丙.txt"])
    assert found[0].reasons[:2] == ("3 of 4 sentences are doubtful", "unsure of 4件 as requests.new (0.55)")


def test_cells_of_forms_are_no_sentences() -> None:
    text = "本表如下\n新收 自然人 9 件。\n结转 1 件。\n" + SURE
    cells = [fact(text, quote, quote, method="table", confidence=1.0) for quote in ("9", "1 件")]
    rows: list[Sentence] = sentences_of(read_of(made(text, *cells, fact(text, "12条", "f1"))))
    assert [row.words for row in rows] == [SURE]


def test_a_line_that_was_wrapped_is_one_sentence() -> None:
    text = "云溪镇人民政府二〇二二年度全年通过各种渠道累计主动公开了\n各类政府信息12条。"
    assert [one.sentence for one in picked(made(text, fact(text, "12条", "f1", confidence=0.6)))] == [text]


def test_a_sentence_is_sent_in_its_surroundings_which_nobody_labels() -> None:
    report = doubtful()
    sent = list(candidates([report], picked(report, count=1), "sentence"))
    doc = sent[0].doc
    assert len(sent) == 1
    assert doc.text == WORDS
    before, behind = WORDS.split(UNSURE)
    assert [doc.text[start:end] for start, end in doc.regions] == [before, behind]
    assert [(doc.words(mark), mark.label.tag) for mark in doc.annotations] == [("4件", "COUNT:requests.new")]
    assert sent[0].proposal is not None
    assert len(sent[0].proposal.scores) == 1


def test_surroundings_end_at_stops() -> None:
    text = "长话短说。" * 60 + SURE + "再说一遍。" * 60
    doc = next(candidates([made(text, fact(text, "12条", "f1", confidence=0.5))], picked(
        made(text, fact(text, "12条", "f1", confidence=0.5))), "sentence")).doc
    assert SURE in doc.text
    assert len(doc.text) < 260
    assert doc.text.startswith("长话短说。")
    assert doc.text.endswith("再说一遍。")


def test_a_report_is_sent_as_push_sends_it() -> None:
    report = doubtful("some/folder/甲.txt")
    doc = next(candidates([doubtful("乙.txt"), report], picked(report, unit="report"), "report")).doc
    assert (doc.name, doc.text) == ("甲.txt", WORDS)


@pytest.fixture
def results(tmp_path: Path) -> Path:
    path = tmp_path / "out.jsonl"
    path.write_bytes(encode(doubtful()) + b"\n" + encode(doubtful("乙.txt")) + b"\n")
    return path


def run(*arguments: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["annotate", "next", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_writes_lines(results: Path, tmp_path: Path) -> None:
    code, out, _ = run(results, "--count", 2)
    rows = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [row["sentence"] for row in rows] == [UNSURE, TWO]
    assert set(rows[0]) == {"report", "start", "end", "sentence", "worth", "reasons"}
    code, out, _ = run(results, "--count", 2, "-o", tmp_path / "next.jsonl")
    assert (code, out) == (0, "")
    assert [json.loads(line) for line in (tmp_path / "next.jsonl").read_text(encoding="utf-8").splitlines()] == rows


def test_the_command_leaves_out_a_labelled_folder(results: Path, tmp_path: Path) -> None:
    (tmp_path / "known").mkdir()
    write_document(tmp_path / "known" / "a.json", labelled(WORDS))
    code, out, err = run(results, "--known", tmp_path / "known")
    assert (code, out) == (0, "")
    assert "nothing in it is in doubt" in err


def test_a_broken_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("{}\n", encoding="utf-8")
    code, out, err = run(tmp_path / "x.jsonl")
    assert (code, out) == (1, "")
    assert "x.jsonl, line 1" in err
    assert err.count("\n") == 1


@pytest.mark.labelstudio
def test_pushed_sentences_become_tasks_once(server: Server, results: Path) -> None:
    project = prepare(server.session, "下一批句子").project
    for new, known in ((2, 0), (0, 2)):
        code, out, err = run(results, "--count", 2, "--push", "--project", project.title, *server.options)
        assert (code, out.strip()) == (0, project.url)
        assert f"{new} new, {known} already there" in err
    tasks = server.session.export(project).tasks
    assert sorted(task.data.text[slice(task.data.regions[0][1], task.data.regions[1][0])] for task in tasks) == sorted(
        [UNSURE, TWO])
    assert all(task.data.provenance.source == "甲.txt" for task in tasks)
    assert not pull(server.session.export(project)).docs
