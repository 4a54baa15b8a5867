"""Only a model that is no worse becomes the released one, whole, with its card and how it came about."""
import json
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
import pytest
from typer.testing import CliRunner

from models.errors import ModelError
from models.record import digest, read_record
from models.session import Model
from tests.models.made import list_files, write_model
from tests.train.killing import killed_after
from tests.train.watching import Killed
from train import promoting
from train.card import card_of
from train.cli import app
from train.errors import TrainingError
from train.meta import Figures, Meta, Scores, read_meta
from train.parity import F1, Parity, Same
from train.promoting import Candidate, promote

pytest.importorskip("onnxruntime")

EPOCH = {"epoch": 1, "dev_f1": 0.71, "dev_types_f1": 0.91}
TRAINING: dict[str, Any] = {
    "key": "00", "command": "gongkai train fit annotations/written --extra /home/someone/reports --recipe=/tmp/r.toml",
    "seed": 3, "corpus": {"sha256": "c0ffee", "train": 1200, "dev": 34, "windows": 5600},
    "base": {"name": "someone/encoder", "licence": "MIT", "from": "/home/someone/encoder", "layers": 6,
             "characters": 8409},
    "machine": "cpu, 2 threads", "steps": 2973, "seconds": 190.0, "best_epoch": 1, "history": [EPOCH],
}
RELEASED = {"README.md", "characters.json", "config.json", "meta.json", "model.int8.onnx", "model.safetensors",
            "reading.json"}


def parity(**f1: float) -> Parity:
    rates = {"torch": 0.8, "fp32": 0.8, "int8": 0.799, **f1}
    return Parity(documents=3, characters=900, same=Same(1.0, 0.9987), f1=F1(**rates))


def exported(folder: Path, weights: bytes = b"weights", measured: Parity | None = None) -> Path:
    """As `export --check` leaves it, but for weights that only stand for such."""
    write_model(folder, year=True)
    (folder / "model.safetensors").write_bytes(weights)
    (folder / "config.json").write_text("{}", encoding="utf-8")
    list_files(folder, year=True)
    (folder / "training.json").write_text(json.dumps(TRAINING), encoding="utf-8")
    (folder / "parity.json").write_bytes(msgspec.json.encode(measured or parity()))
    return folder


def candidate(folder: Path, **f1: float | None) -> Candidate:
    sets: dict[str, Figures] = {}
    for name, value in f1.items():
        sets[name] = {"f1": value, "interval": [0.5, 1.0], "types_f1": 0.9, "views": {}}
    return Candidate(folder=folder, scores=Scores(sets=sets))


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return exported(tmp_path / "exported")


@pytest.fixture
def released(source: Path, tmp_path: Path) -> Path:
    """Holds a model with 0.8 on `test` and 0.6 on `real`."""
    promote(candidate(source, test=0.8, real=0.6), to=tmp_path / "released")
    return tmp_path / "released"


def meta_of(folder: Path) -> Meta:
    found = read_meta(folder)
    assert found is not None
    return found


def test_the_released_folder_loads_and_holds_no_code(released: Path, source: Path) -> None:
    assert set(content(released)) == RELEASED
    text = "申请7件，无9元。"
    assert Model.load(released).spans(text, year=2020) == Model.load(source).spans(text, year=2020)
    with pytest.raises(ModelError, match="lists no such file"):
        Model.load(released, precision="fp32")


def test_meta_says_how_it_came_about_without_places_on_a_machine(released: Path) -> None:
    meta = meta_of(released)
    assert meta.training["command"] == "gongkai train fit annotations/written --extra reports --recipe=r.toml"
    assert (meta.training["seed"], meta.training["corpus"]["sha256"]) == (3, "c0ffee")
    assert {"python", "onnxruntime"} <= set(meta.versions)
    assert set(meta.files) == RELEASED - {"README.md", "meta.json"}
    assert meta.files == {name: digest((released / name).read_bytes()) for name in meta.files}
    assert meta.parity == parity()
    assert not any(b"/home/" in data or b"/tmp/" in data for data in content(released).values())


def test_the_card_is_made_of_meta_and_shows_the_scores(released: Path) -> None:
    card = (released / "README.md").read_text(encoding="utf-8")
    assert card == card_of(meta_of(released), read_record(released))
    for words in ("license: apache-2.0\n", "base_model: someone/encoder\n",
                  "| test | 0.800 | 0.500 to 1.000 | 0.900 |\n", "| COUNT | 1 |",
                  "1,200 reports (5,600 windows)", "`c0ffee`", "at temperature 1.5", "99.87% of the characters"):
        assert words in card
    assert "labelled real reports" not in card
    assert "$" not in card


def test_the_card_tells_of_real_reports_and_of_reasons(source: Path, released: Path) -> None:
    lower = candidate(source, test=0.5, real=0.6)
    promote(Candidate(folder=source, scores=lower.scores, real_reports=True), to=released, despite="fewer wrong fees")
    card = (released / "README.md").read_text(encoding="utf-8")
    assert "trained on labelled real reports" in card
    assert "although F1 on test is 0.5000, that of the released model 0.8000. Why: fewer wrong fees" in card


@pytest.mark.parametrize(("scores", "why"), [
    ({"test": 0.9, "real": 0.59}, "^F1 on real is 0.5900, that of the released model 0.6000"),
    ({"test": 0.7, "real": 0.5}, "F1 on test is .*; F1 on real is "),
    ({"test": None}, "F1 on test is none"),
    ({"elsewhere": 1.0}, "no set is scored"),
])
def test_a_lower_score_is_refused_and_the_old_model_stays(
    source: Path, released: Path, scores: dict[str, float | None], why: str
) -> None:
    before = content(released)
    with pytest.raises(TrainingError, match=why):
        promote(candidate(source, **scores), to=released)
    assert content(released) == before
    meta = promote(candidate(source, **scores), to=released, despite="because")
    assert meta.despite is not None
    assert meta.despite.reason == "because"
    assert meta_of(released) == meta


@pytest.mark.parametrize("scores", [{"test": 0.8, "real": 0.6}, {"real": 0.7, "more": 0.1}])
def test_no_lower_score_is_accepted(source: Path, released: Path, scores: dict[str, float]) -> None:
    meta = promote(candidate(source, **scores), to=released, despite="not needed")
    assert meta.despite is None
    assert {name: figures["f1"] for name, figures in meta_of(released).scores.items()} == scores


def test_weights_that_lost_in_export_need_a_reason(tmp_path: Path) -> None:
    folder = exported(tmp_path / "exported", measured=parity(int8=0.79))
    with pytest.raises(TrainingError, match=r"int8 loses 1\.00 points of F1"):
        promote(candidate(folder, test=0.8), to=tmp_path / "released")
    (folder / "parity.json").unlink()
    with pytest.raises(TrainingError, match="export the model with --check"):
        promote(candidate(folder, test=0.8), to=tmp_path / "released", despite="no reason helps")


def test_files_that_may_hold_code_are_too_large_or_were_changed_are_refused(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(why: str, error: type[Exception] = TrainingError) -> None:
        with pytest.raises(error, match=why):
            promote(candidate(source, test=0.8), to=tmp_path / "released", despite="no reason helps")
        assert not (tmp_path / "released").exists()

    with monkeypatch.context() as patched:
        patched.setitem(promoting._LARGEST, "model.safetensors", 6)
        refused("model.safetensors has 0.0 MB, 0 may be released")
    (source / "training_args.bin").write_bytes(b"\x80\x04")
    (source / "training.json").rename(tmp_path / "training.json")
    (source / "parity.json").rename(tmp_path / "parity.json")
    list_files(source)
    for name in ("training.json", "parity.json"):
        (tmp_path / name).rename(source / name)
    refused(r"training_args\.bin: only files in \.json, \.onnx, \.safetensors are released")
    (source / "config.json").write_text("{ }", encoding="utf-8")
    refused("config.json: not the file that reading.json lists", ModelError)


def test_a_kill_leaves_the_old_model_or_the_new(source: Path, released: Path, tmp_path: Path) -> None:
    before, better = content(released), exported(tmp_path / "better", b"better weights")
    for steps in count(0, 3):
        try:
            with killed_after(steps, tmp_path):
                promote(candidate(better, test=0.9, real=0.7), to=released)
        except Killed:
            if content(released) != before:
                break
            assert Model.load(released).spans("7件", year=2020)
        else:
            break
    assert steps > 3
    assert (released / "model.safetensors").read_bytes() == b"better weights"
    assert meta_of(released).scores["test"]["f1"] == 0.9
    Model.load(released)


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["promote", *map(str, words)])
    return done.exit_code, done.stderr


def test_the_command_says_in_one_line_what_speaks_against_it(source: Path, released: Path, tmp_path: Path) -> None:
    scores, more = tmp_path / "scores.json", tmp_path / "more.json"
    held: dict[str, Any] = {"model": {"key": "00", "seed": 3}, "sets": {"test": {"f1": 0.75, "by_label": {}}}}
    scores.write_text(json.dumps(held), encoding="utf-8")
    more.write_text('{"sets": {"real": {"f1": 0.6}}}', encoding="utf-8")
    words = [source, "--scores", scores, "--scores", more, "--to", released]
    status, said = run(*words)
    assert (status, said.count("\n")) == (1, 1)
    assert "0.7500" in said
    assert run(*words, "--despite", " ")[0] == 2
    assert run(*words, "--despite", "it is smaller")[0] == 0
    assert meta_of(released).scores == {**held["sets"], "real": {"f1": 0.6}}


@pytest.mark.parametrize(("words", "why"), [
    ("[]", "no scores"),
    ('{"sets": {"real": {}}}', "another file has scores of real too"),
    ('{"model": {"key": "ff"}, "sets": {"test": {"f1": 0.9}}}', "the scores are those of another model"),
])
def test_scores_that_are_none_or_another_s_are_refused(
    words: str, why: str, source: Path, released: Path, tmp_path: Path
) -> None:
    scores, more = tmp_path / "scores.json", tmp_path / "more.json"
    scores.write_text(words, encoding="utf-8")
    more.write_text('{"sets": {"real": {"f1": 0.9}}}', encoding="utf-8")
    status, said = run(source, "--scores", more, "--scores", scores, "--to", released, "--despite", "no reason helps")
    assert (status, said.count("\n")) == (1, 1)
    assert why in said


def test_the_card_tells_of_every_training_before_and_names_the_encoder_below_them(tmp_path: Path) -> None:
    adapted = {**TRAINING["base"], "pretraining": {
        "settings": {"epochs": 9}, "characters": 12_577_064, "texts": ["policy.txt.xz"], "seconds": 232.0,
        "machine": "a card", "history": [{"held_out_accuracy": 0.831}]}}
    first = {**TRAINING, "command": "gongkai train fit annotations/written --recipe full", "base": adapted}
    folder = exported(tmp_path / "model")
    (folder / "training.json").write_text(json.dumps({**TRAINING, "base": first}), encoding="utf-8")
    card = card_of(promote(candidate(folder, written=0.9), to=tmp_path / "released"), read_record(folder))
    assert "base_model: someone/encoder\n" in card
    assert "gongkai train fit annotations/written --recipe full" in card
    assert "9 times over 12,577,064 characters of policy.txt.xz; 83.1% of the hidden characters told" in card


def test_what_only_an_error_page_needs_is_not_kept_with_the_weights(tmp_path: Path) -> None:
    from train.meta import read_scores

    rules = {"f1": 0.7, "by_label": {"COUNT:other": {"f1": 0.1}}}
    written = {"sets": {"written": {"f1": 0.9, "confusion": [["a", "b", 1]], "rules": rules}}}
    (tmp_path / "scores.json").write_text(json.dumps(written), encoding="utf-8")
    assert read_scores([tmp_path / "scores.json"]).sets == {"written": {"f1": 0.9, "rules": {"f1": 0.7}}}
