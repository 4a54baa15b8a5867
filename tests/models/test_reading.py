"""Passages are read alike, whoever computes, whatever is read beside them, and however often."""
from collections.abc import Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotations.corpus import read_corpus
from models import session
from models.characters import Ids
from models.errors import ModelError
from models.session import RELEASED, Model
from models.torch_session import TorchModel
from models.windows import Scores
from report import Span
from tests.conftest import ROOT
from tests.models.made import list_files, write_model
from tests.models.small import write_plain, write_small

pytest.importorskip("onnxruntime")

TEXTS = ("申请7件，无9元。\n无7\n3件。申请70件", "７１０元\t73件 x7件。" * 4, "7" * 30, "无", "")
Stretches = list[tuple[int, int, int]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("reading") / "small", year=True)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Model:
    return Model.load(write_model(tmp_path_factory.mktemp("reading") / "made"))


def words(text: str, spans: Sequence[Span]) -> list[tuple[str, str]]:
    return [(text[one.start : one.end], one.type) for one in spans]


@st.composite
def stretches(draw: st.DrawFn) -> tuple[str, Stretches]:
    """A text and passages of it in order, each with some lead."""
    text = draw(st.text("0７79件元申请无。\n x", max_size=60))
    marks = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    found = [(start, end) for start, end in zip(marks[::2], marks[1::2], strict=False)]
    return text, [(max(0, start - draw(st.integers(0, 4))), start, end) for start, end in found]


@given(stretches())
def test_passages_are_read_as_if_each_were_alone(made: Model, given_: tuple[str, Stretches]) -> None:
    text, held = given_
    alone = [made.spans_of(text, [one]) for one in held]
    assert made.spans_of(text, held) == tuple(chain.from_iterable(alone))
    assert all(start <= span.start and span.end <= end
               for (_, start, end), spans in zip(held, alone, strict=True) for span in spans)


def counted(model: Model, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The windows of each call that onnxruntime is asked for from here on."""
    calls: list[int] = []
    run = model._session.run

    class Spy:
        def run(self, names: None, given: dict[str, Ids]) -> list[Scores]:
            calls.append(len(given["input_ids"]))
            made: list[Scores] = run(names, given)
            return made

    monkeypatch.setattr(model, "_session", Spy())
    return calls


def test_what_was_read_is_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model.load(write_model(tmp_path / "made"))
    calls = counted(model, monkeypatch)
    text = "申请7件。无9元。申请7件。"
    held = [(0, 0, 5), (5, 5, 9), (9, 9, 14)]
    first = model.spans_of(text, held)
    assert sum(calls) == 2
    assert model.spans_of(text, held) == first
    assert sum(calls) == 2
    assert [(one.start, one.end) for one in model.spans_of("。。" + text, [(2, 2, 7)])] == [
        (one.start + 2, one.end + 2) for one in first if one.end <= 5]
    assert sum(calls) == 2


def test_another_year_is_another_window(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    model = Model.load(write_model(tmp_path / "made", year=True))
    calls = counted(model, monkeypatch)
    for year in (2020, 2021, 2020, None):
        model.spans_of("申请7件。", [(0, 0, 5)], year=year)
    assert sum(calls) == 3


def test_memory_has_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_REMEMBERED", 2)
    model = Model.load(write_model(tmp_path / "made"))
    calls = counted(model, monkeypatch)
    for text, wanted in (("7", 1), ("8", 2), ("7", 2), ("9", 3), ("7", 3), ("8", 4)):
        model.spans_of(text, [(0, 0, 1)])
        assert sum(calls) == wanted
        assert len(model._memory) <= 2


def framed(model: Model, text: str, held: Stretches) -> list[Ids]:
    ids = model.table.encode(text)
    return [model._framed(ids[lead:end], 2021) for lead, _, end in held]


def changed(model: Model, windows: Sequence[Ids]) -> int:
    """How many windows get other scores beside others, padded, than alone."""
    beside = dict(model._score(windows, range(len(windows))))
    return sum(not np.array_equal(beside[n], model._score([one], [0])[0][1]) for n, one in enumerate(windows))


def test_neighbours_and_padding_change_no_score(folder: Path) -> None:
    model = Model.load(folder)
    windows = [model._framed(model.table.encode(text), 2021) for text in TEXTS if text]
    assert len({len(one) for one in windows}) > 2
    assert changed(model, windows) == 0


def test_without_fixed_steps_they_would(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above is able to fail."""
    from train import graph

    loose = tmp_path / "loose"
    loose.mkdir()
    for name in ("characters.json", "model.fp32.onnx"):
        (loose / name).write_bytes((folder / name).read_bytes())
    monkeypatch.setattr(graph, "fix_steps", lambda graph: None)
    graph.write_int8(loose / "model.int8.onnx", loose / "model.fp32.onnx")
    list_files(loose, year=True)
    model = Model.load(loose)
    assert changed(model, [model._framed(model.table.encode(text), 2021) for text in TEXTS if text])


def test_the_released_weights_are_free_of_their_neighbours() -> None:
    model = Model.load(RELEASED)
    text = read_corpus(ROOT / "annotations" / "written")[0].text
    bounds = ((0, 40), (200, 241), (300, 346), (420, 453), (500, 547), (700, 820))
    held = [(start, start, end) for start, end in bounds]
    assert changed(model, framed(model, text, held)) == 0
    assert changed(model, framed(model, text, held[:5])) == 0


@settings(max_examples=25)
@given(stretches(), st.sampled_from([None, 2021]))
def test_torch_reads_as_onnxruntime(folder: Path, given_: tuple[str, Stretches], year: int | None) -> None:
    """The record's windows of 8 characters, its temperature and its year are torch's too."""
    text, held = given_
    one, other = _pair(folder)
    found, wanted = other.spans_of(text, held, year=year), one.spans_of(text, held, year=year)
    assert words(text, found) == words(text, wanted)
    assert [span.confidence for span in found] == pytest.approx([span.confidence for span in wanted], abs=1e-4)


_HELD: dict[Path, tuple[Model, TorchModel]] = {}


def _pair(folder: Path) -> tuple[Model, TorchModel]:
    if folder not in _HELD:
        _HELD[folder] = Model.load(folder, precision="fp32"), TorchModel.load(folder)
    return _HELD[folder]


@pytest.mark.parametrize("text", TEXTS[:4])
def test_int8_finds_what_torch_finds(folder: Path, text: str) -> None:
    held = [(0, 0, len(text))]
    found, wanted = (model.spans_of(text, held, year=2021) for model in (Model.load(folder), _pair(folder)[1]))
    assert wanted
    assert words(text, found) == words(text, wanted)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> TorchModel:
    return TorchModel.load(write_plain(tmp_path_factory.mktemp("reading") / "plain"))


def test_any_checkpoint_reads_with_its_own_tokenizer(plain: TorchModel) -> None:
    text = "申请70件。无 73元。"
    found = plain.spans_of(text, [(0, 0, 6), (6, 6, len(text))], year=2021)
    assert words(text, found)[:2] == [("70件", "COUNT"), ("无", "NONE")]
    assert all(span.method == "model" for span in found)


def test_a_character_without_a_token_breaks_no_span_and_begins_none(plain: TorchModel) -> None:
    text = "\n\n申请7\n 3件\n\n。 \n"
    assert words(text, plain.spans_of(text, [(0, 0, len(text))])) == [("7\n 3件", "COUNT")]
    assert plain.spans_of("\n \u3000", [(0, 0, 3)]) == ()


def test_a_passage_longer_than_the_positions_is_cut(plain: TorchModel) -> None:
    text = "申请。70件。" * 100
    found = plain.spans_of(text, [(0, 0, len(text))])
    assert words(text, found) == [("70件", "COUNT")] * 100


@pytest.mark.parametrize("change", [
    {"tokenizer.json": None, "tokenizer_config.json": None}, {"tokenizer.json": b"{"},
    {"model.safetensors": b"PK\x03\x04"}, {"model.safetensors": None}, {"config.json": b"{"}, {"config.json": None},
], ids=lambda change: " ".join(f"{name} {'missing' if data is None else 'broken'}" for name, data in change.items()))
def test_a_broken_checkpoint_is_one_line(tmp_path: Path, change: dict[str, bytes | None]) -> None:
    folder = write_plain(tmp_path / "plain")
    for name, data in change.items():
        (folder / name).unlink() if data is None else (folder / name).write_bytes(data)
    with pytest.raises(ModelError) as raised:
        TorchModel.load(folder)
    assert str(raised.value).startswith(f"{folder}: ")
    assert "\n" not in str(raised.value)


def test_a_checkpoint_of_other_labels_is_refused(tmp_path: Path) -> None:
    folder = write_plain(tmp_path / "plain")
    path = folder / "config.json"
    path.write_text(path.read_text(encoding="utf-8").replace("COUNT:requests.new", "PER"), encoding="utf-8")
    with pytest.raises(ModelError, match="no label 'PER'"):
        TorchModel.load(folder)


@pytest.mark.parametrize("device", ["cuda", "gpu"])
def test_a_device_that_is_not_there_is_one_line(tmp_path: Path, device: str) -> None:
    import torch

    if device == "cuda" and torch.cuda.is_available():
        pytest.skip("there is a GPU")
    with pytest.raises(ModelError) as raised:
        TorchModel.load(write_plain(tmp_path / "plain"), device=device)
    assert "\n" not in str(raised.value)
