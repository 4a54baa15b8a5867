"""What is taken from an export, and how it is written down."""
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.corpus import AnnotatedDocument, Provenance, read_corpus
from annotations.labelstudio.progress import Verdicts, progress
from annotations.labelstudio.pulling import pull
from annotations.labelstudio.results import to_results
from annotations.labelstudio.saving import Saved, file_name, save
from annotations.labelstudio.session import Export
from annotations.labelstudio.tasks import Proposal, to_task
from annotations.labelstudio.wire import Completion, Exported, Prediction
from tests.annotations.made import labelled, moved, remarked

LI, WANG = "li@example.com", "wang@example.com"
MARKED = "全年公开[[73条|COUNT:proactive.total]]，[[政府网站|CHANNEL]][[12条|COUNT:proactive.total]]，收费[[0元|FEE:fees.collected]]。"
DOC = replace(labelled(MARKED, name="甲/柳溪.txt"), provenance=Provenance(method="rules", issuer="柳溪镇"))


def given(
    doc: AnnotatedDocument, by: int = 1, number: int = 1, proposed: AnnotatedDocument | None = None,
) -> Completion:
    guess = Prediction(result=to_results(proposed), model_version="rules-1") if proposed else None
    return Completion(id=number, result=to_results(doc), completed_by=by, prediction=guess)


def export(*rows: Completion, doc: AnnotatedDocument = DOC, drafts: int = 0) -> Export:
    data = to_task(doc, Proposal(model_version="rules-1")).data
    task = Exported(id=7, data=data, annotations=list(rows), drafts=list(range(drafts)))
    return Export(tasks=(task,), people={1: LI, 2: WANG}, foreign=())


def test_each_annotator_gives_a_document_of_their_own() -> None:
    other = remarked(DOC, "73条", indicator=None)
    docs = pull(export(given(DOC, by=1, number=1), given(other, by=2, number=2))).docs
    assert [(doc.annotator, doc.annotations[0].indicator) for doc in docs] == [(LI, "proactive.total"), (WANG, None)]
    assert {(doc.provenance.method, doc.provenance.issuer) for doc in docs} == {("label_studio", "柳溪镇")}


def test_of_one_annotator_s_answers_the_last_is_taken_and_that_is_said() -> None:
    later = remarked(DOC, "73条", indicator=None)
    pulled = pull(export(given(later, number=9), given(DOC, number=3)))
    assert [doc.annotations for doc in pulled.docs] == [later.annotations]
    assert pulled.notes == (f"甲/柳溪.txt ({LI}): labelled 2 times, the last is taken",)


def test_skipped_tasks_and_drafts_are_counted_and_left() -> None:
    skipped = Completion(id=1, completed_by=1, was_cancelled=True)
    pulled = pull(export(skipped, drafts=2))
    assert (pulled.docs, pulled.skipped, pulled.drafts) == ((), 1, 2)


def test_what_cannot_be_taken_does_not_stop_the_rest() -> None:
    broken = given(moved(DOC, "73条", 0, 99), by=1)
    pulled = pull(export(broken, given(DOC, by=2, number=2)))
    assert [doc.annotator for doc in pulled.docs] == [WANG]
    assert pulled.refused[0].startswith("甲/柳溪.txt: span [4:106] lies outside the text")
    assert pulled.refused[0].endswith(f"(task 7, {LI})")


def test_a_label_that_the_scheme_does_not_allow_is_taken_and_named() -> None:
    pulled = pull(export(given(remarked(DOC, "73条", indicator="fees.collected"))))
    assert pulled.docs[0].annotations[0].indicator == "fees.collected"
    assert pulled.notes == (f"甲/柳溪.txt ({LI}): [4:7] '73条': COUNT cannot be fees.collected",)


def test_a_person_who_is_not_listed_stands_with_their_number() -> None:
    assert pull(export(given(DOC, by=5))).docs[0].annotator == "user 5"


BY_LI = replace(DOC, annotator=LI)


def test_files_are_a_corpus_folder_for_each_annotator(tmp_path: Path) -> None:
    save([BY_LI, replace(DOC, annotator=WANG)], tmp_path)
    assert read_corpus(tmp_path / LI) == [BY_LI]
    assert [path.name for path in (tmp_path / WANG).iterdir()] == [Path(file_name(BY_LI)).name]


def test_one_name_with_two_texts_makes_two_files(tmp_path: Path) -> None:
    saved = save([BY_LI, replace(labelled("另一篇"), name=DOC.name, annotator=LI)], tmp_path)
    assert len(saved.new) == 2


@pytest.mark.parametrize("annotator", ["../../x", "..", "a/b", None])
def test_no_file_leaves_the_folder(annotator: str | None, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    save([replace(DOC, name="../../y.txt", annotator=annotator)], tmp_path / "in")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert len(list((tmp_path / "in").rglob("*.json"))) == 1


def test_what_changed_on_the_server_is_updated_and_the_same_is_left(tmp_path: Path) -> None:
    name = file_name(BY_LI)
    changed = remarked(BY_LI, "73条", indicator=None)
    assert save([BY_LI], tmp_path) == Saved(new=(name,))
    assert save([BY_LI], tmp_path) == Saved(unchanged=(name,))
    assert save([changed], tmp_path) == Saved(updated=(name,))
    assert read_corpus(tmp_path / LI) == [changed]


def test_what_was_changed_here_is_kept_until_told_otherwise(tmp_path: Path) -> None:
    save([BY_LI], tmp_path)
    name = file_name(BY_LI)
    path = tmp_path / name
    mine = path.read_text(encoding="utf-8").replace("柳溪镇", "柳溪乡")
    path.write_text(mine, encoding="utf-8")
    assert save([BY_LI], tmp_path) == Saved(kept=(name,))
    assert path.read_text(encoding="utf-8") == mine
    assert save([BY_LI], tmp_path, overwrite=True) == Saved(updated=(name,))
    assert read_corpus(tmp_path / LI) == [BY_LI]


def test_progress_says_what_became_of_each_proposed_span() -> None:
    proposed = labelled(MARKED.replace("收费[[0元|FEE:fees.collected]]", "收费0元"), name=DOC.name)
    answer = replace(remarked(DOC, "73条", indicator=None), annotations=tuple(
        mark for mark in remarked(DOC, "73条", indicator=None).annotations if DOC.words(mark) != "12条"))
    row = given(answer, proposed=proposed)
    ids = {"s0": "s0", "s1": "s1", "s2": "made-in-the-browser"}
    for one in row.result:
        one.id = ids[one.id or ""]
    done = progress(export(row, drafts=1))
    assert (done.tasks, done.annotated, done.drafts, done.by_annotator) == (1, 1, 1, {LI: 1})
    assert done.verdicts == {"rules-1": Verdicts(accepted=1, changed=1, rejected=1, added=1)}


def test_progress_of_tasks_that_nobody_has_touched() -> None:
    done = progress(export(Completion(id=1, completed_by=1, was_cancelled=True)))
    assert (done.tasks, done.annotated, done.skipped, done.by_annotator, done.verdicts) == (1, 0, 1, {}, {})
