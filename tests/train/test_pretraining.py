"""Pretraining learns to tell hidden characters, goes on after a kill, and gives a base that fits start from."""
import json
import lzma
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.characters import FILE, MASK, SPECIALS, read_characters
from tests.train.made import scratch_base, write_corpus
from tests.train.watching import Killed, Watcher
from train.errors import TrainingError
from train.texts import cover, read_texts, split_off, to_windows
from train.vocabulary import table_of

TABLE = table_of("\n 0123456789年件条，。收到申请其中无万元%")
TEXT = "全年收到申请12件，其中3件。\n无申请。\n" * 40


@given(st.integers(0, 9), st.floats(0.05, 0.5))
def test_only_what_is_to_be_told_changes_and_only_into_characters(seed: int, share: float) -> None:
    rows = to_windows([TEXT * 3], TABLE, 30)
    covered, told = cover(rows, TABLE, share, (seed,))
    assert np.array_equal(covered[~told], rows[~told])
    hidden = covered == TABLE.ids[MASK]
    assert not set(covered[~hidden].ravel().tolist()) & {
        TABLE.ids[one] for one in SPECIALS} - set(rows.ravel().tolist())
    assert abs(told.mean() - share) < 0.1
    assert 0.65 < hidden.sum() / told.sum() < 0.95
    assert np.array_equal(covered, cover(rows, TABLE, share, (seed,))[0])


def test_windows_hold_the_text_in_its_order() -> None:
    rows = to_windows(["收到", "申请"], TABLE, 3)
    assert "".join(TABLE.tokens[number] for number in rows.ravel()) == "收到\n申请\n"
    with pytest.raises(TrainingError, match="no window of 9"):
        to_windows(["收到"], TABLE, 9)


def test_what_is_held_out_is_not_trained_on() -> None:
    rows = np.arange(300, dtype=np.int32).reshape(100, 3)
    train, held = split_off(rows, 0.1, 4)
    assert (len(train), len(held)) == (90, 10)
    assert {*train[:, 0].tolist(), *held[:, 0].tolist()} == set(rows[:, 0].tolist())


def test_texts_are_read_from_files_archives_and_labelled_documents(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.txt").write_text("甲", encoding="utf-8")
    (tmp_path / "texts" / "b.txt.xz").write_bytes(lzma.compress("乙".encode()))
    corpus = write_corpus(tmp_path / "corpus", train=1, dev=1)
    assert list(read_texts([tmp_path / "texts"])) == ["甲", "乙"]
    assert len(list(read_texts([corpus, tmp_path / "texts" / "a.txt"]))) == 5
    (tmp_path / "texts" / "b.txt.xz").write_bytes(b"no archive")
    with pytest.raises(TrainingError, match=r"b\.txt\.xz"):
        list(read_texts([tmp_path / "texts"]))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("pretraining")
    scratch_base(made / "base")
    (made / "prose.txt").write_text(TEXT * 6, encoding="utf-8")
    return made


def pretrained(folder: Path, output: str, watcher: Watcher) -> dict[str, object]:
    from train.pretraining import PretrainJob, pretrain, read_settings

    settings = msgspec.structs.replace(read_settings(), size=30, epochs=4, batch=600, rate=5e-3, held_out=0.1,
                                       precision="fp32", checkpoint_every=3)
    job = PretrainJob(texts=(folder / "prose.txt",), base=folder / "base", settings=settings, seed=2,
                      output=folder / output, device="cpu")
    return dict(pretrain(job, watcher)["pretraining"])


def test_hidden_characters_are_told_better_with_each_epoch(folder: Path) -> None:
    watcher = Watcher()
    made = pretrained(folder, "whole", watcher)
    first, last = watcher.rows[0], watcher.rows[-1]
    assert last["held_out_loss"] < first["held_out_loss"] * 0.8
    assert last["held_out_accuracy"] > 0.05
    assert made["texts"] == ["prose.txt"]
    again = Watcher()
    assert pretrained(folder, "whole", again) == made
    assert again.done == -1


def test_a_killed_run_ends_with_the_same_base(folder: Path) -> None:
    pretrained(folder, "whole", Watcher())
    with pytest.raises(Killed):
        pretrained(folder, "killed", Watcher(kill_at=14))
    pretrained(folder, "killed", Watcher())
    one, other = ((folder / name / "model.safetensors").read_bytes() for name in ("whole", "killed"))
    assert one == other


def test_the_adapted_base_is_one_that_fit_starts_from(folder: Path, tmp_path: Path) -> None:
    from tests.train.test_fit import recipe
    from train.corpora import gather
    from train.fit import Job, fit

    pretrained(folder, "whole", Watcher())
    corpus = write_corpus(tmp_path / "corpus")
    fit(Job(corpus=gather(corpus), base=folder / "whole", recipe=recipe(epochs=1), seed=0, output=tmp_path / "run",
            device="cpu"), Watcher())
    assert len(read_characters(tmp_path / "run" / "model" / FILE)) == len(read_characters(folder / "base" / FILE))
    record = json.loads((tmp_path / "run" / "model" / "training.json").read_text(encoding="utf-8"))
    assert record["base"]["pretraining"]["steps"] > 0
