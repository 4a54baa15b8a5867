"""Which documents a model is measured on."""
from pathlib import Path

import pytest

from annotations.corpus import write_document
from annotations.errors import AnnotationError
from tests.annotations.made import labelled, remarked
from tests.train.made import write_corpus
from train.errors import TrainingError
from train.evaluating.sets import parse_set, read_set


@pytest.mark.parametrize(("words", "expected"), [
    ("real=a/b", ("real", Path("a/b"), None)), ("w=a/b:test", ("w", Path("a/b"), "test")),
    ("w=a:b", ("w", Path("a:b"), None)), ("w=test", ("w", Path("test"), None)), ("w=:dev", ("w", Path(":dev"), None))])
def test_a_set_is_named_with_its_folder_and_split(words: str, expected: tuple[str, Path, str | None]) -> None:
    assert parse_set(words) == expected


@pytest.mark.parametrize("words", ["folder", "=folder", "name=", ""])
def test_what_names_no_set_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="NAME=FOLDER"):
        parse_set(words)


def test_a_split_is_its_issuers_documents(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "corpus", train=3, dev=2)
    assert [doc.name for doc in read_set(folder, "dev", name="w").docs] == ["d003", "d004"]
    every = read_set(folder, None, name="w")
    assert len(every.docs) == 7
    assert every.digest != read_set(folder, "dev", name="w").digest


def test_documents_that_cannot_be_measured_are_named(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no labelled document"):
        read_set(tmp_path, None, name="w")
    doc = labelled("收到[[3件|COUNT:other]][[4件|COUNT:other]]", issuer="丙局")
    write_document(tmp_path / "a.json", doc)
    with pytest.raises(TrainingError, match=r"splits\.toml is missing"):
        read_set(tmp_path, "test", name="w")
    (tmp_path / "splits.toml").write_text('train = ["甲局"]\n', encoding="utf-8")
    with pytest.raises(TrainingError, match=r"丙局.* is in no split"):
        read_set(tmp_path, "train", name="w")
    (tmp_path / "splits.toml").write_text('train = ["丙局"]\n', encoding="utf-8")
    with pytest.raises(TrainingError, match="no document of the split test"):
        read_set(tmp_path, "test", name="w")
    write_document(tmp_path / "a.json", remarked(doc, "3件", end=5))
    with pytest.raises(AnnotationError, match="overlap"):
        read_set(tmp_path, None, name="w")
