"""`train evaluate` from a trained model to tables, figures and the page."""
import json
import shutil
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests.train.made import scratch_base, write_corpus
from train.cli import app
from train.corpora import gather
from train.fit import Job, fit
from train.folder import RECORD, read_trained
from train.recipe import Recipe, read_recipe

pytest.importorskip("torch").set_num_threads(1)
pytest.importorskip("transformers")
pytest.importorskip("datasets")
pytest.importorskip("seqeval")


class Silent:
    def begin(self, steps: int, done: int) -> None: ...
    def step(self, step: int, loss: float | None) -> None: ...
    def epoch(self, row: object) -> None: ...


def recipe() -> Recipe:
    from annotations.corpus.bio import Granularity

    small = read_recipe("small")
    return msgspec.structs.replace(
        small, data=msgspec.structs.replace(small.data, granularity=Granularity.SCOPE),
        training=msgspec.structs.replace(small.training, epochs=14, batch=512, patience=14))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("evaluate")
    scratch_base(folder / "base")
    write_corpus(folder / "corpus", train=40)
    fit(Job(corpus=gather(folder / "corpus"), base=folder / "base", recipe=recipe(), seed=1, output=folder / "run",
            device="cpu"), Silent())
    return folder


def run(*words: object) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, ["evaluate", *map(str, words)], catch_exceptions=False)
    return result.exit_code, result.stdout, result.stderr


def test_figures_are_those_of_the_predictions(folder: Path, tmp_path: Path) -> None:
    from train.learning import Machine
    from train.predicting import predict
    from train.scoring import found_marks, known_marks, total, type_alone

    code, printed, said = run(
        folder / "run" / "model", folder / "corpus", "--split", "dev", "--name", "written",
        "--set", f"every={folder / 'corpus'}", "--set", f"unseen={folder / 'corpus'}:test", "--rules",
        "--samples", 50, "--json", tmp_path / "out.json", "--page", tmp_path / "out.html", "--device", "cpu")
    assert code == 0
    table = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert list(table["sets"]) == ["written", "every", "unseen"]
    dev = table["sets"]["written"]
    trained = read_trained(folder / "run" / "model")
    docs = gather(folder / "corpus").dev
    spans = predict(trained.model, docs, trained.table, trained.labels, recipe(), Machine("cpu", bf16=False))
    pairs = [(known_marks(doc), found_marks(found)) for doc, found in zip(docs, spans, strict=True)]
    assert (dev["documents"], dev["spans"], dev["f1"]) == (4, 16, total(pairs).f1)
    assert dev["types_f1"] == total(pairs, type_alone).f1
    assert dev["types_f1"] > 0.5
    assert dev["seqeval"]["label"]["micro"]["f1"] == pytest.approx(dev["f1"])
    assert dev["interval"][0] <= dev["f1"] <= dev["interval"][1]
    assert dev["by_label"]["FEE:fees.collected"]["known"] == 4
    assert dev["by_group"]["level"]["unknown"]["documents"] == 4
    difference = dev["rules"]["difference"]["label"]["f1"]
    assert difference == pytest.approx(dev["f1"] - dev["rules"]["f1"])
    assert (table["sets"]["every"]["documents"], table["sets"]["unseen"]["documents"]) == (46, 2)
    assert table["model"]["command"] == ""
    assert "history" not in table["model"]
    assert "written: 4 documents, 16 spans" in printed
    assert f"{dev['f1']:.3f}" in printed
    assert "model - rules" in printed
    assert said.splitlines()[0] == "written: 4 documents ..."
    assert (tmp_path / "out.html").read_text(encoding="utf-8").count('class="set"') == 3


def test_the_file_holds_no_words_of_the_documents(folder: Path, tmp_path: Path) -> None:
    code, printed, said = run(folder / "run" / "model", folder / "corpus", "--split", "test", "--samples", 5,
                              "--json", tmp_path / "out.json", "-q")
    assert (code, said) == (0, "")
    assert "corpus:test: 2 documents" in printed
    held = (tmp_path / "out.json").read_text(encoding="utf-8")
    for words in ("本年收到", "青禾县", "d044", str(folder / "corpus")):
        assert words not in held


def test_what_cannot_be_measured_is_one_line(folder: Path, tmp_path: Path) -> None:
    model, corpus = folder / "run" / "model", folder / "corpus"
    bare = tmp_path / "bare"
    shutil.copytree(corpus, bare)
    (bare / "splits.toml").unlink()
    empty = tmp_path / "empty"
    empty.mkdir()
    old = tmp_path / "old"
    shutil.copytree(model, old)
    record = json.loads((old / RECORD).read_text(encoding="utf-8"))
    del record["recipe"]["data"]["year"]
    (old / RECORD).write_text(json.dumps(record), encoding="utf-8")
    for words, why in (((empty, corpus), "no trained model"), ((model, empty), "holds no labelled document"),
                       ((model, bare, "--split", "dev"), "splits.toml is missing"), ((old, corpus), "year")):
        code, printed, said = run(*words, "-q")
        assert (code, printed, said.count("\n")) == (1, "", 1)
        assert why in said


@pytest.mark.parametrize("words", [
    [], ["--split", "dev"], ["--set", "a"], ["--set", "a=nowhere"], ["CORPUS", "--set", "corpus=CORPUS"],
    ["CORPUS", "--json", "nowhere/out.json"], ["CORPUS", "--split", "odd"], ["nowhere"]])
def test_wrong_use_is_told_before_anything_is_read(folder: Path, words: list[str]) -> None:
    code, printed, said = run(folder, *(word.replace("CORPUS", str(folder / "corpus")) for word in words))
    assert (code, printed) == (2, "")
    assert "Traceback" not in said
