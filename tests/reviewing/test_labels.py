"""Labels that people set, as corrections; and decisions, as labels."""
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.corpus import AnnotatedDocument, Annotation, Provenance, read_corpus, to_spans, write_document
from annotations.quality.audit import audit
from infer.annotate.prelabel import prelabel
from infer.annotate.reading import document_of, read_report, running_text_of
from infer.assemble import text_facts
from infer.reviewing import BadCorrections, Corrections, corrected, load
from infer.reviewing.corpus import labelled
from infer.reviewing.labels import corrections_of
from report import Fact, Report, SpanType
from tests.conftest import ROOT
from tests.reviewing.made import FORM, TEXT, correction, corrections, district, reading, stated, town

WUTONG = ROOT / "examples" / "01_wutong_town_2009.txt"


def person(doc: AnnotatedDocument, annotator: str = "li@example.com") -> AnnotatedDocument:
    return replace(doc, annotator=annotator, provenance=replace(doc.provenance, method="label_studio"))


def by_rules(path: Path) -> AnnotatedDocument:
    """What the rules propose, signed by a person."""
    return person(prelabel(read_report(path.read_bytes(), name=path.name), name=path.name).doc)


def marked(*marks: tuple[str, SpanType, str | None]) -> AnnotatedDocument:
    """The town's report with these words marked."""
    found = [Annotation(start=TEXT.index(words), end=TEXT.index(words) + len(words), type=kind, indicator=indicator)
             for words, kind, indicator in marks]
    return person(AnnotatedDocument(name="town.txt", text=TEXT, annotations=tuple(found)))


def prose(report: Report) -> list[Fact]:
    return [fact for fact in report.facts if fact.status == "stated" and not fact.in_form]


def test_what_a_person_marked_is_all_that_the_running_text_states() -> None:
    doc = marked(("310条", SpanType.COUNT, "proactive.all_channels"), ("行政复议", SpanType.NONE, "reconsideration.total"))
    rows, refused = corrections_of(doc, "town.json")
    assert refused == []
    done = corrected(town(), Corrections.of(rows)).report
    assert [(fact.indicator, fact.value, fact.method) for fact in prose(done)] == [
        ("proactive.all_channels", 310, "reviewed"), ("reconsideration.total", 0, "reviewed")]
    assert {fact.id for fact in town().facts} < {fact.id for fact in done.facts}
    new = stated(done, "proactive.all_channels")
    assert new.review is not None
    assert (new.review.action, new.review.reviewer) == ("label", "li@example.com")


def test_cells_and_what_stands_in_regions_stay_as_they_are_read() -> None:
    doc = by_rules(FORM)
    assert doc.regions
    rows, _ = corrections_of(replace(doc, annotations=(), links=()), "a.json")
    done = corrected(district(), Corrections.of(rows)).report
    assert prose(done) == []
    assert [fact for fact in done.facts if fact.in_form] == [fact for fact in district().facts if fact.in_form]
    kept = next(fact for fact in prose(district()) if fact.indicator)
    region = (kept.evidence.start - 1, kept.evidence.end + 1)
    rows, _ = corrections_of(replace(doc, annotations=(), links=(), regions=(*doc.regions, region)), "a.json")
    assert [fact.id for fact in prose(corrected(district(), Corrections.of(rows)).report)] == [kept.id]


@pytest.mark.parametrize("path", [WUTONG, FORM])
def test_labels_are_assembled_as_extraction_does_parts_and_all(path: Path, tmp_path: Path) -> None:
    from infer.labelling import labelling
    from infer.pipeline import extract
    from tests.reviewing.made import RULES

    doc = by_rules(path)
    write_document(tmp_path / "a.json", doc)
    report = extract(path, labels=labelling(RULES))
    done = corrected(report, load([tmp_path])).report
    wanted = text_facts(document_of(doc), to_spans(doc), running_text_of(doc))
    places = {fact.id: fact.evidence for fact in wanted}
    assert sorted(map(said, wanted), key=str) == sorted(map(said, prose(done)), key=str)
    held = {fact.id: fact.evidence.start for fact in done.facts}
    assert {(fact.evidence.start, held[fact.parent]) for fact in prose(done) if fact.parent} == {
        (fact.evidence.start, places[fact.parent].start) for fact in wanted if fact.parent}


def said(fact: Fact) -> tuple[object, ...]:
    return (fact.evidence.start, fact.evidence.end, fact.indicator, fact.scope, tuple(sorted(fact.by.items())),
            fact.value, fact.unit, fact.qualifier, fact.counted)


def test_a_label_whose_words_are_no_number_is_refused_with_its_place() -> None:
    rows, refused = corrections_of(marked(("主动公开", SpanType.COUNT, "proactive.total"),
                                          ("310条", SpanType.FEE, "proactive.total")), "t.json")
    assert [row.action for row in rows] == ["settle"]
    at = TEXT.index("主动公开")
    assert {(one.origin, one.reason) for one in refused} == {
        (f"t.json, [{at}:{at + 4}] '主动公开'", "labelled COUNT:proactive.total, but its words are no number"),
        ("t.json, [45:49] '310条'", "FEE cannot be proactive.total")}


def test_only_what_people_labelled_counts_and_two_opinions_are_refused(tmp_path: Path) -> None:
    docs = {"a": by_rules(WUTONG), "b": person(replace(by_rules(WUTONG), annotations=(), links=()), "wang@example.com"),
            "c": replace(by_rules(FORM), annotator=None, provenance=Provenance(method="synthetic"))}
    for name, doc in docs.items():
        write_document(tmp_path / f"{name}.json", doc)
    found = load([tmp_path])
    assert found.rows == ()
    assert [one.reason for one in found.refused] == [
        "no person labelled it (synthetic)", *["the same text is labelled in 2 ways, by li@example.com and "
                                               "wang@example.com; keep one"] * 2]
    (tmp_path / "b.json").unlink()
    assert load([tmp_path]).rows
    (tmp_path / "b.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BadCorrections, match=r"b\.json: no labelled document"):
        load([tmp_path])


def test_a_sheet_that_says_otherwise_than_the_labels_is_refused_and_so_are_they(tmp_path: Path) -> None:
    write_document(tmp_path / "t.json", marked(("310条", SpanType.COUNT, "proactive.total")))
    labels = load([tmp_path]).rows
    agreeing = correction(town(), "310条", action="confirm", reading=reading())
    assert corrected(town(), Corrections.of([*labels, agreeing])).account.refused == ()
    for words, said in (("310条", reading("proactive.all_channels", 310)), ("30余人次", reading("visits.total", 30))):
        refused = corrected(town(), Corrections.of([*labels, correction(town(), words, reading=said)])).account.refused
        assert any("says otherwise of these words" in one.reason for one in refused)


def test_decisions_become_labels_that_say_the_same(tmp_path: Path) -> None:
    """Back from the labels come the same facts, and nothing else outside the regions."""
    doc = by_rules(WUTONG)
    write_document(tmp_path / "a.json", doc)
    from infer.pipeline import extract

    report = corrected(extract(WUTONG), load([tmp_path])).report
    made = labelled(report)
    assert made is not None
    assert made.sentences > 20
    assert (made.doc.annotator, made.doc.provenance.method) == ("li@example.com", "reviewed")
    again = text_facts(document_of(made.doc), to_spans(made.doc), running_text_of(made.doc))
    outside = [fact for fact in prose(report)
               if not any(start <= fact.evidence.start < end for start, end in made.doc.regions)]
    assert [alike(fact) for fact in again] == [alike(fact) for fact in outside]
    assert not [finding for finding in audit([made.doc]) if finding.severity == "error"]


def alike(fact: Fact) -> tuple[object, ...]:
    return fact.evidence.start, fact.evidence.end, fact.indicator, fact.scope, fact.value


def test_sentences_with_numbers_that_nobody_decided_on_are_regions() -> None:
    rows = [correction(town(), "310条", action="confirm", reading=reading())]
    made = labelled(corrected(town(), corrections(*rows)).report)
    assert made is not None
    assert (made.sentences, made.doc.annotations) == (0, ())
    assert made.left == ("town.txt: 1 sentences with decisions also hold numbers that nobody decided on",)
    rows.append(correction(town(), "12条", action="confirm", reading=reading(value=12, by={"channel": "website"})))
    made = labelled(corrected(town(), corrections(*rows)).report)
    assert made is not None
    assert [made.doc.words(mark) for mark in made.doc.annotations] == ["310条", "政府网站", "12条"]
    assert [made.doc.annotations[n].label.tag for pair in made.doc.links for n in pair] == [
        "COUNT:proactive.total", "CHANNEL"]
    start, end = made.doc.regions[0]
    assert TEXT[start:end] == "收到政府信息公开申请5件，均为信函申请，办结4件。"


def test_what_the_scheme_cannot_say_is_named_and_its_sentence_left_out() -> None:
    rows = [correction(town(), "30余人次", action="change", reading=reading(
        "proactive.total", 30, qualifier="at_least", by={"category": "不在句中"}))]
    made = labelled(corrected(town(), corrections(*rows)).report)
    assert made is not None
    assert made.sentences == 0
    assert "no label can say that 30余人次 is proactive.total category=不在句中 30" in made.left[0]


def test_cells_are_said_to_carry_no_labels_and_an_unreviewed_report_gives_nothing() -> None:
    assert labelled(district()) is None
    cell = stated(district(), "requests.new", applicant="natural_person")
    row = correction(district(), cell.evidence.text, at=cell.evidence.start, action="confirm", reading=reading(
        "requests.new", cell.value, by={"applicant": "natural_person"}))
    made = labelled(corrected(district(), corrections(row)).report)
    assert made is not None
    assert made.left[-1].endswith("1 decisions on cells of its form; forms carry no labels")


def test_a_labelled_document_made_of_decisions_is_a_correction_again(tmp_path: Path) -> None:
    rows = [correction(town(), "310条", action="confirm", reading=reading()),
            correction(town(), "12条", action="confirm", reading=reading(value=12, by={"channel": "website"}))]
    done = corrected(town(), corrections(*rows)).report
    made = labelled(done)
    assert made is not None
    write_document(tmp_path / "a.json", made.doc)
    assert read_corpus(tmp_path) == [made.doc]
    again = corrected(town(), load([tmp_path])).report
    assert {said(fact) for fact in prose(again)} == {said(fact) for fact in prose(done)}
