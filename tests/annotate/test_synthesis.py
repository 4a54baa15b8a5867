"""Synthetic reports as a reader gets them, what an extraction misses in them, and how a corpus is made of them."""
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from annotations.corpus import AnnotatedDocument, Annotation, Passage, read_corpus
from annotations.corpus.splits import office
from annotations.errors import AnnotationError
from annotations.synthetic import synthesize
from annotations.synthetic.patterns import grammar
from infer.annotate.coverage import coverage_by
from infer.annotate.misses import Misses, compare
from infer.annotate.realizing import realize
from infer.annotate.synthesis import write_reports
from infer.annotate.written import Builder, split_of
from infer.cli import app
from infer.pipeline import extract
from infer.read import Limits, read
from report import SpanType

SEEDS = range(60)


def test_labels_are_of_the_text_that_is_read() -> None:
    pages = 0
    for seed in SEEDS:
        report = synthesize(seed)
        document = realize(report)
        pages += report.is_html
        name = "x.html" if report.is_html else "x.txt"
        assert read(report.source.encode(), name=name, limits=Limits()).text == document.text
        counted = sum(len(run.marks) for run in report.runs if hasattr(run, "marks"))
        assert len(document.annotations) + len(document.passages) == counted
    assert pages > 5


def test_forms_of_pages_are_set_apart_from_their_prose() -> None:
    seed = next(n for n in range(500) if synthesize(n, clean=True).is_html)
    document = realize(synthesize(seed, clean=True))
    assert document.regions
    for start, end in document.regions:
        assert not any(mark.start < end and start < mark.end for mark in document.annotations)
    told = document.text[document.regions[0][0] : document.regions[-1][1]]
    assert "信息内容" in told or "统计指标" in told or "申请人情况" in told


def test_reports_are_written_with_their_sources(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    steps: list[int] = []
    spans = write_reports(tmp_path, range(40, 46), clean=True, step=lambda: steps.append(1))
    documents = read_corpus(tmp_path)
    assert len(documents) == len(steps) == len(list((tmp_path / "sources").iterdir())) == 6
    assert spans == sum(len(document.annotations) for document in documents)


def test_command_gives_the_same_report_whatever_the_count(tmp_path: Path) -> None:
    for folder, count in (("a", 1), ("b", 3)):
        arguments = ["annotate", "synthesize", "--count", str(count), "--seed", "7", "-o", str(tmp_path / folder)]
        assert CliRunner().invoke(app, arguments).exit_code == 0
    name = "synthetic_000007.json"
    assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
    assert len(read_corpus(tmp_path / "b")) == 3


FROZEN = ["dev", "train", "train", "train", "train"]
TEXT = "收到政府信息公开申请5件。举办培训班2期。"


def document() -> AnnotatedDocument:
    return AnnotatedDocument(
        name="x", text=TEXT,
        annotations=(Annotation(start=10, end=12, type=SpanType.COUNT, indicator="requests.new"),
                     Annotation(start=18, end=20, type=SpanType.COUNT, indicator="trainings.total")),
        passages=(Passage(start=0, end=13, pattern="requests#1"), Passage(start=13, end=21, pattern="meetings#2")))


def test_misses_are_counted_by_class() -> None:
    misses = Misses()
    facts = extract(TEXT.encode(), name="x.txt").facts
    misses.add(document(), facts)
    assert {row.kind: (row.right, row.missed, row.wrong) for row in misses.rows()} == {
        "requests": (1, 0, 0), "meetings": (1, 0, 0)}
    misses.add(document(), [fact for fact in facts if fact.indicator == "requests.new"])
    worst = misses.rows()[0]
    assert (worst.kind, worst.right, worst.missed, worst.recall, worst.example) == (
        "meetings", 1, 1, 0.5, "举办培训班2期。")
    assert misses.total().sentences_right == 3


def test_a_fact_that_no_label_has_is_wrong() -> None:
    misses = Misses()
    bare = AnnotatedDocument(name="x", text=TEXT, passages=document().passages)
    misses.add(bare, extract(TEXT.encode(), name="x.txt").facts)
    assert misses.total().wrong == 2


def test_results_of_another_text_are_refused(tmp_path: Path) -> None:
    from annotations.corpus import write_document

    write_document(tmp_path / "x.json", document())
    results = tmp_path / "out.jsonl"
    results.write_text(json.dumps({"source": {"name": "x.txt", "text": "别的文字。"}, "facts": []}) + "\n", encoding="utf-8")
    with pytest.raises(AnnotationError, match="another one"):
        compare(tmp_path, results)
    told = CliRunner().invoke(app, ["annotate", "misses", str(tmp_path), str(results)])
    assert (told.exit_code, "another one" in told.stderr) == (1, True)


def test_misses_command_reads_what_extract_writes(tmp_path: Path) -> None:
    runner = CliRunner()
    folder = tmp_path / "synthetic"
    assert runner.invoke(app, ["annotate", "synthesize", "--count", "8", "-q", "-o", str(folder)]).exit_code == 0
    results = tmp_path / "out.jsonl"
    read_all = runner.invoke(app, ["extract", "--rules-only", "-q", str(folder / "sources"), "-o", str(results)])
    assert read_all.exit_code == 0
    told = runner.invoke(app, ["annotate", "misses", str(folder), str(results), "--markdown", "--rows", "3"])
    assert told.exit_code == 0
    lines = told.stdout.splitlines()
    assert lines[2].startswith("| all |")
    assert len(lines) == 6


def test_a_pattern_stays_in_its_split() -> None:
    # frozen: a model is judged on these
    names = ("requests.received#000000", "fees.none#abcdef", "a", "b", "c")
    assert [split_of(name) for name in names] == FROZEN
    shares = [split_of(pattern.id) for pattern in grammar().patterns]
    assert 0.62 < shares.count("train") / len(shares) < 0.74
    assert 0.1 < shares.count("dev") / len(shares) < 0.18


def test_the_builder_keeps_sentences_and_issuers_on_one_side() -> None:
    from annotations.synthetic import draw_plan

    builder = Builder()
    made = [one for seed in range(30_000_000, 30_000_012) if (one := builder.add(draw_plan(seed)))]
    assert len(made) >= 10
    for one in made:
        split = builder.issuers[one.provenance.issuer or ""]
        assert {split_of(passage.pattern) for passage in one.passages} == {split}
    offices = [office(one.provenance.issuer or "") for one in made]
    assert len(set(offices)) == len(offices)


def test_coverage_counts_ngrams_outside_of_forms() -> None:
    corpus = AnnotatedDocument(name="x", text="全年主动公开信息五条。\n甲乙丙丁戊", regions=((12, 17),))
    found = coverage_by([corpus])
    assert found.add("全年主动公开政策\n甲乙丙丁戊", ()) == 2 / 5
    assert (found.occurrences, found.distinct_covered) == (5, 2)
    assert found.add("甲", ()) is None
    assert found.add("全年主動公開 12条", ()) == 2 / 4
