"""What a newcomer does with the commands alone: a base, a corpus, a fit, its scores; better than chance."""
import json
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from annotations.corpus import AnnotatedDocument, write_document
from annotations.corpus.splits import FILE
from train.cli import app
from train.corpora import read_splitted
from train.scoring import Mark, known_marks, total, type_alone

pytest.importorskip("torch").set_num_threads(1)
pytest.importorskip("transformers")
pytest.importorskip("datasets")

WRITTEN = Path(__file__).parents[2] / "annotations" / "written"
_DOCUMENTS = {"train": 80, "dev": 12, "test": 20}


def fewer(folder: Path) -> Path:
    """A small part of the written corpus."""
    folder.mkdir()
    corpus = read_splitted(WRITTEN)
    for split, count in _DOCUMENTS.items():
        for doc in getattr(corpus, split)[:count]:
            write_document(folder / f"{doc.name}.json", doc)
    (folder / FILE).write_bytes((WRITTEN / FILE).read_bytes())
    return folder


def by_chance(doc: AnnotatedDocument, rng: np.random.Generator) -> list[Mark]:
    """As many spans as there are, as long, with the same labels, anywhere."""
    marks = known_marks(doc)
    starts = rng.integers(0, len(doc.text), len(marks))
    return [(int(start), int(start) + last - first, tag)
            for start, (first, last, tag) in zip(starts, marks, strict=True)]


def run(*words: str) -> None:
    result = CliRunner().invoke(app, words)
    assert result.exit_code == 0, result.output


def test_a_model_from_nothing_is_better_than_chance(tmp_path: Path) -> None:
    corpus = fewer(tmp_path / "corpus")
    base, model, scores = tmp_path / "base", tmp_path / "run" / "model", tmp_path / "scores.json"
    run("base", "--scratch", "-o", str(base))
    run("fit", str(corpus), "--base", str(base), "-o", str(tmp_path / "run"), "--recipe", "small", "--quiet")
    run("evaluate", str(model), str(corpus), "--split", "test", "--json", str(scores), "--samples", "50")
    learned, = json.loads(scores.read_text(encoding="utf-8"))["sets"].values()
    rng = np.random.default_rng(0)
    chance = total([(known_marks(doc), by_chance(doc, rng)) for doc in read_splitted(corpus).test], type_alone)
    assert chance.f1 is not None
    assert chance.f1 < 0.05
    assert learned["types_f1"] > chance.f1 + 0.2
