"""An exported model is loaded by its hashes and without torch, and finds what its scores say."""
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.characters import Ids
from models.decoding import find_spans
from models.errors import ModelError
from models.record import FILE
from models.session import Model
from models.windows import Scores, pieces
from tests.conftest import ROOT
from tests.models.made import LABELS, TABLE, list_files, scores_of_tokens, write_model, write_weights

pytest.importorskip("onnxruntime")

LETTERS = st.text("0０79件元申请无。\n x", max_size=60)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_model(tmp_path_factory.mktemp("session") / "model")


@pytest.fixture(scope="module")
def model(folder: Path) -> Model:
    return Model.load(folder)


@pytest.fixture(scope="module")
def model_with_year(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return Model.load(write_model(tmp_path_factory.mktemp("session") / "year", year=True))


@given(LETTERS, st.tuples(st.integers(0, 60), st.integers(0, 20)), st.integers(2000, 2030))
def test_spans_are_those_of_the_scores_outside_the_regions(
    model: Model, model_with_year: Model, text: str, region: tuple[int, int], year: int
) -> None:
    start = min(region[0], len(text))
    regions = [(start, min(start + region[1], len(text)))]
    scores = scores_of_tokens()[TABLE.encode(text)]
    wanted = [span for first, last in pieces(len(text), regions)
              for span in find_spans(scores[first:last], LABELS, start=first, temperature=1.5)]
    assert list(model.spans(text, regions=regions)) == wanted
    assert list(model_with_year.spans(text, regions=regions, year=year)) == wanted


def test_the_year_stands_before_each_window(model_with_year: Model, monkeypatch: pytest.MonkeyPatch) -> None:
    held: list[list[int]] = []
    session = model_with_year._session

    class Spy:
        def run(self, names: None, given: dict[str, Ids]) -> list[Scores]:
            held.extend(given["input_ids"].tolist())
            made: list[Scores] = session.run(names, given)
            return made

    monkeypatch.setattr(model_with_year, "_session", Spy())
    model_with_year.spans("申请7件。" * 2, year=2021)
    assert len(held) == 2
    assert all(row[:6] == TABLE.frame_with_year(TABLE.encode(""), 2021)[:-1].tolist() for row in held)


def test_threads_change_nothing(folder: Path, model: Model) -> None:
    text = "申请7件，无9元。\n" * 20
    assert model.spans(text)
    assert Model.load(folder, threads=3).spans(text) == model.spans(text)


def test_loading_needs_neither_torch_nor_transformers(folder: Path) -> None:
    ask = ("import sys; from pathlib import Path; from models.session import Model; "
           "print(len(Model.load(Path(sys.argv[1])).spans('申请7件。'))); "
           "print(sorted({'torch', 'transformers', 'tokenizers', 'onnx'} & set(sys.modules)))")
    said = subprocess.check_output([sys.executable, "-c", ask, str(folder)], cwd=ROOT, text=True)
    assert said.splitlines() == ["1", "[]"]


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


@pytest.mark.parametrize("name", ["model.int8.onnx", "characters.json"])
def test_a_file_that_is_not_the_one_listed_is_refused(copy: Path, name: str) -> None:
    data = (copy / name).read_bytes()
    for changed in (data[:-1] + bytes([data[-1] ^ 1]), data[: len(data) // 2], b""):
        (copy / name).write_bytes(changed)
        with pytest.raises(ModelError, match=rf"{name}: not the file that reading.json lists \(sha256 differs\)$"):
            Model.load(copy)
    (copy / name).unlink()
    with pytest.raises(ModelError, match=f"{name}: No such file"):
        Model.load(copy)


def test_a_file_that_nobody_listed_is_refused(copy: Path) -> None:
    record = json.loads((copy / FILE).read_text(encoding="utf-8"))
    del record["files"]["model.fp32.onnx"]
    (copy / FILE).write_text(json.dumps(record), encoding="utf-8")
    Model.load(copy)
    with pytest.raises(ModelError, match=r"model\.fp32\.onnx: reading\.json lists no such file"):
        Model.load(copy, precision="fp32")


@pytest.mark.parametrize(("change", "why"), [
    ({"version": 2}, "version 2, this gongkai reads 1"),
    ({"beams": 4}, "unknown field `beams`"),
    ({"pooling": "max"}, "pooling"),
    ({"size": 0}, "size"),
    ({"temperature": 0.0}, "temperature"),
    ({"tags": ["O", "B-COUNT:requests.new"]}, "no classifier of 2 tags"),
    ({"tags": ["O", *(f"{mark}-{name}" for name in ("COUNT", "FEE", "WEIGHT") for mark in "BI")]}, "no label 'WEIGHT'"),
])
def test_a_record_that_is_not_understood_is_refused(copy: Path, change: dict[str, object], why: str) -> None:
    record = json.loads((copy / FILE).read_text(encoding="utf-8"))
    (copy / FILE).write_text(json.dumps({**record, **change}), encoding="utf-8")
    with pytest.raises(ModelError, match=why) as raised:
        Model.load(copy)
    assert "\n" not in str(raised.value)


def test_no_model_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"nowhere: no exported model, reading\.json is missing"):
        Model.load(tmp_path / "nowhere")


def test_weights_that_are_no_classifier_are_refused(copy: Path) -> None:
    weights = copy / "model.int8.onnx"
    weights.write_bytes(b"PK\x03\x04")
    list_files(copy)
    with pytest.raises(ModelError, match=r"model\.int8\.onnx: onnxruntime cannot open it"):
        Model.load(copy)
    write_weights(weights, scores_of_tokens(), inputs=("input_ids", "token_type_ids"))
    list_files(copy)
    with pytest.raises(ModelError, match="no classifier of 7 tags over input_ids and attention_mask"):
        Model.load(copy)
