"""In leave-one-issuer-out no report is read by a model that saw its issuer."""
from dataclasses import replace
from pathlib import Path

import pytest

from annotations.corpus import AnnotatedDocument, write_document
from tests.train.made import document, scratch_base, write_corpus
from tests.train.test_fit import recipe
from tests.train.watching import Watcher
from train.corpora import gather
from train.errors import TrainingError
from train.fit import Job
from train.folder import Trained
from train.leaving import LeaveOutJob, leave_out, read_folds

pytest.importorskip("torch").set_num_threads(1)
pytest.importorskip("transformers")


def reports() -> list[AnnotatedDocument]:
    made = [document(number) for number in range(40, 45)]
    issuers = ["甲镇人民政府", "甲镇", "乙局", None, "丙局"]
    return [replace(doc, provenance=replace(doc.provenance, issuer=issuer))
            for doc, issuer in zip(made, issuers, strict=True)]


@pytest.fixture
def folders(tmp_path: Path) -> Path:
    scratch_base(tmp_path / "base")
    write_corpus(tmp_path / "corpus", train=4, dev=2)
    (tmp_path / "left").mkdir()
    for doc in reports():
        write_document(tmp_path / "left" / f"{doc.name}.json", doc)
    return tmp_path


def job(folders: Path, times: int = 2) -> LeaveOutJob:
    return LeaveOutJob(corpus=gather(folders / "corpus"), left=folders / "left", times=times, base=folders / "base",
                       recipe=recipe(epochs=1), seed=0, output=folders / "runs", device="cpu")


def test_folds_are_issuers_unless_a_file_names_them(folders: Path) -> None:
    folds = read_folds(folders / "left", reports())
    assert sorted(map(sorted, folds.values())) == [["d040", "d041"], ["d042"], ["d043"], ["d044"]]
    two = 'a = ["d040", "d041", "d042"]\nb = ["d043", "d044"]\n'
    (folders / "left" / "folds.toml").write_text(two, encoding="utf-8")
    assert set(read_folds(folders / "left", reports())) == {"a", "b"}
    (folders / "left" / "folds.toml").write_text('a = ["d040"]\n', encoding="utf-8")
    with pytest.raises(TrainingError, match="every document"):
        read_folds(folders / "left", reports())


def test_every_report_is_read_once_by_a_model_that_has_not_seen_its_issuer(
    folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import train.leaving as module
    from train.fit import fit

    seen: list[set[str]] = []

    def watched(one: Job, watcher: Watcher) -> Trained:
        seen.append({doc.name for doc in one.corpus.train})
        assert [doc.name for doc in one.corpus.train].count("d044") in (0, 2)
        return fit(one, watcher)

    monkeypatch.setattr(module, "fit", watched)
    cases = leave_out(job(folders), Watcher())
    assert sorted(case.doc.name for case in cases) == ["d040", "d041", "d042", "d043", "d044"]
    assert [{"d040", "d041"} & names for names in seen] == [set(), *[{"d040", "d041"}] * 3]
    assert all({"d040", "d041", "d042", "d043", "d044"} - names for names in seen)


def test_one_fold_alone_and_folds_that_are_done(folders: Path) -> None:
    case, = leave_out(job(folders), Watcher(), only=["乙局"])
    assert case.doc.name == "d042"
    again = Watcher()
    assert leave_out(job(folders), again, only=["乙局"]) == (case,)
    assert again.done == -1
    with pytest.raises(TrainingError, match="no fold 丁局"):
        leave_out(job(folders), Watcher(), only=["丁局"])
