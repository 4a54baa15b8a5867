"""Exported weights tag as the trained model does, in every form, and say nothing of the machine they were made on."""
import re
import shutil
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from annotations.corpus import AnnotatedDocument, Provenance, read_corpus
from models.decoding import decode
from models.record import read_record
from models.session import Model
from report import Span
from tests.conftest import ROOT
from tests.train.made import NOUNS, scratch_base, write_corpus
from tests.train.watching import Watcher
from train import exporting, parity
from train.cli import app
from train.corpora import gather
from train.errors import TrainingError
from train.exporting import documents_to_check, export, read_parity
from train.fit import Job, fit
from train.folder import Trained, read_trained
from train.meta import Scores
from train.parity import F1, Parity, Same
from train.promoting import Candidate, promote
from train.recipe import Recipe, read_recipe

torch = pytest.importorskip("torch")
torch.set_num_threads(1)
for _package in ("datasets", "onnx", "onnxruntime", "onnxscript", "transformers"):
    pytest.importorskip(_package)


def recipe() -> Recipe:
    """Windows shorter than a sentence, each behind its year."""
    small = read_recipe("small")
    replace = msgspec.structs.replace
    return replace(
        small, data=replace(small.data, year=True, size=24, overlap=8, least=1, granularity="scope"),
        training=replace(small.training, epochs=25, patience=25, batch=512),
        decoding=replace(small.decoding, overlap=12, temperature=1.3))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Holds a run, what was exported of it, and the corpus of both."""
    folder = tmp_path_factory.mktemp("export")
    write_corpus(folder / "corpus", train=40)
    fit(Job(corpus=gather(folder / "corpus"), base=scratch_base(folder / "base"), recipe=recipe(), seed=1,
            output=folder / "run", device="cpu", command="gongkai train fit corpus"), Watcher())
    export(folder / "run" / "model", folder / "exported", check=documents_to_check(folder / "corpus"))
    return folder


@pytest.fixture(scope="module")
def trained(folder: Path) -> Trained:
    return read_trained(folder / "run" / "model")


@pytest.fixture(scope="module")
def fp32(folder: Path) -> Model:
    return Model.load(folder / "exported", precision="fp32")


def predicted(trained: Trained, doc: AnnotatedDocument) -> tuple[Span, ...]:
    from train.learning import Machine
    from train.predicting import predict

    return predict(trained.model, [doc], trained.table, trained.labels, recipe(), Machine("cpu", bf16=False))[0]


def placed(spans: tuple[Span, ...]) -> list[tuple[object, ...]]:
    return [(span.start, span.end, span.type, span.indicator, span.scope) for span in spans]


WORDS = st.text(st.sampled_from("".join(NOUNS) + "本年收到费用，。；\n0123456789.%件万元"), max_size=130)


@settings(max_examples=40)
@given(WORDS, st.none() | st.integers(2008, 2025), st.integers(0, 100))
def test_fp32_finds_what_torch_finds(trained: Trained, fp32: Model, text: str, year: int | None, cut: int) -> None:
    region = (min(cut, len(text)), min(cut + 10, len(text)))
    doc = AnnotatedDocument(name="x", text=text, regions=(region,), provenance=Provenance(method="written", year=year))
    found, wanted = fp32.spans(text, regions=doc.regions, year=year), predicted(trained, doc)
    assert placed(found) == placed(wanted)
    assert [span.confidence for span in found] == pytest.approx([span.confidence for span in wanted], abs=0.01)


def test_int8_finds_what_was_learned(folder: Path, fp32: Model) -> None:
    model = Model.load(folder / "exported")
    docs = gather(folder / "corpus").test
    found = [placed(model.spans(doc.text)) for doc in docs]
    assert found == [placed(fp32.spans(doc.text)) for doc in docs]
    assert all(found)


def test_parity_is_measured_and_kept(folder: Path) -> None:
    found = read_parity(folder / "exported")
    docs = gather(folder / "corpus").dev
    assert (found.documents, found.characters) == (len(docs), sum(len(doc.text) for doc in docs))
    assert found.faults == ()
    assert found.f1.torch == found.f1.fp32 > 0.3


def test_the_record_tells_all_that_reading_needs(folder: Path, trained: Trained) -> None:
    record = read_record(folder / "exported")
    assert record.tags == trained.labels.tags
    assert (record.size, record.overlap, record.year, record.temperature, record.pooling) == (24, 12, True, 1.3, "min")
    held = {path.name for path in (folder / "exported").iterdir()}
    assert held == {*record.files, "reading.json", "training.json", "parity.json"}
    assert {"model.safetensors", "config.json", "tokenizer.json", "characters.json", "model.fp32.onnx",
            "model.int8.onnx"} <= set(record.files)


def test_transformers_gives_the_same_tags(folder: Path, fp32: Model) -> None:
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    tokenizer = AutoTokenizer.from_pretrained(folder / "exported")
    model = AutoModelForTokenClassification.from_pretrained(folder / "exported")
    assert model.dtype is torch.float16
    text = "收到申請3件，收费2.5万元。"
    ids = tokenizer(text, add_special_tokens=False)["input_ids"]
    assert ids == fp32.table.encode(text).tolist()
    window = torch.tensor([fp32.table.frame_with_year(np.array(ids), 2021).tolist()])
    with torch.inference_mode():
        scores = model.float()(window).logits[0, 6:-1].numpy()
    found = [(span.start, span.end) for span in fp32.spans(text, year=2021)]
    assert found
    tags = [model.config.id2label[number] for number in decode(scores).tolist()]
    assert [n for n, tag in enumerate(tags) if tag[0] == "B"] == [start for start, _ in found]


def test_the_card_s_examples_run(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    released = tmp_path / "released"
    promote(Candidate(folder=folder / "exported", scores=Scores(sets={"dev": {"f1": 0.9}})), to=released)
    card = (released / "README.md").read_text(encoding="utf-8")
    light, heavy = re.findall(r"```python\n(.*?)```", card, re.DOTALL)
    names: dict[str, Any] = {"Path": Path}
    exec(light.replace("Model.load()", f"Model.load(Path({str(released)!r}))"), names)  # noqa: S102
    assert capsys.readouterr().out.splitlines()
    exec(heavy.replace('"models/released"', repr(str(released))), names)  # noqa: S102
    assert len(names["tags"]) == len(names["text"])
    assert any(tag != "O" for tag in names["tags"])


def test_both_axes_are_free(folder: Path) -> None:
    import onnxruntime

    for name in ("model.fp32.onnx", "model.int8.onnx"):
        session = onnxruntime.InferenceSession(folder / "exported" / name)
        for shape in ((1, 3), (3, 17), (5, 300)):
            ids = np.ones(shape, np.int64)
            scores, = session.run(None, {"input_ids": ids, "attention_mask": ids})
            assert scores.shape[:2] == shape


def test_padding_that_is_masked_changes_no_score(folder: Path, fp32: Model) -> None:
    import onnxruntime

    session = onnxruntime.InferenceSession(folder / "exported" / "model.fp32.onnx")
    window = fp32.table.frame(fp32.table.encode("收到申请3件"))[np.newaxis]
    plain, = session.run(None, {"input_ids": window, "attention_mask": np.ones_like(window)})
    wide, = session.run(None, {"input_ids": np.pad(window, ((0, 0), (0, 9))),
                               "attention_mask": np.pad(np.ones_like(window), ((0, 0), (0, 9)))})
    assert wide[:, : window.shape[1]] == pytest.approx(plain, abs=1e-4)


def test_no_file_holds_a_path_of_this_machine(folder: Path) -> None:
    places = [str(ROOT).encode(), str(Path(torch.__file__).parents[1]).encode(), str(folder).encode()]
    for path in (folder / "exported").iterdir():
        data = path.read_bytes()
        assert not any(place in data for place in places), path.name


def test_an_export_replaces_an_export_and_nothing_else(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = (folder / "exported" / "model.fp32.onnx").read_bytes()
    monkeypatch.setattr(exporting, "write_fp32", lambda path, model: path.write_bytes(graph))
    shutil.copytree(folder / "run" / "model", tmp_path / "model")
    with pytest.raises(TrainingError, match="holds something else"):
        export(tmp_path / "model", tmp_path / "model")
    shutil.copytree(folder / "exported", tmp_path / "exported")
    assert export(tmp_path / "model", tmp_path / "exported") is None
    assert not (tmp_path / "exported" / "parity.json").exists()
    with pytest.raises(TrainingError, match=r"parity\.json: export the model with --check"):
        read_parity(tmp_path / "exported")


def test_a_weight_too_large_for_fp16_is_refused(folder: Path, tmp_path: Path) -> None:
    from train.folder import write_trained

    large = read_trained(folder / "run" / "model")
    with torch.no_grad():
        large.model.classifier.bias[0] = 1e6
    write_trained(tmp_path / "model", large)
    with pytest.raises(TrainingError, match="too large for fp16"):
        export(tmp_path / "model", tmp_path / "exported")
    assert not (tmp_path / "exported").exists()


@pytest.mark.parametrize(("same", "int8", "why"), [
    (0.9989, 0.8, ["fp32 tags 99.89% of the characters as torch does, 99.9% are asked for"]),
    (1.0, 0.7969, ["int8 loses 0.31 points of F1, 0.3 are allowed"]),
    (0.999, 0.797, []),
    (1.0, 0.9, []),
])
def test_bounds_are_told_in_words(same: float, int8: float, why: list[str]) -> None:
    found = Parity(documents=1, characters=1, same=Same(same, 0.9), f1=F1(0.8, 0.8, int8))
    assert list(found.faults) == why


def test_the_command_fails_in_one_line_where_a_bound_is_missed(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["export", str(folder / "run" / "model"), "-o", str(tmp_path / "out"), "--check", str(folder / "corpus")]
    monkeypatch.setattr(parity, "_MOST_LOST", -2.0)
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1
    assert done.stdout.splitlines()[0] == "4 documents, 140 characters"
    assert done.stderr.splitlines()[-1].startswith("int8 loses ")
    assert read_parity(tmp_path / "out").documents == 4


def test_documents_without_labels_measure_nothing(tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="no labelled document"):
        documents_to_check(tmp_path)


def test_of_a_corpus_with_splits_dev_is_used(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder / "corpus", tmp_path / "corpus")
    assert tuple(documents_to_check(tmp_path / "corpus")) == gather(tmp_path / "corpus").dev
    (tmp_path / "corpus" / "splits.toml").unlink()
    assert documents_to_check(tmp_path / "corpus") == read_corpus(tmp_path / "corpus")
