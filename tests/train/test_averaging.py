"""The mean of runs that differ in their seed: its weights, its record, what it refuses."""
import shutil
from pathlib import Path

import msgspec
import pytest
from typer.testing import CliRunner

from tests.train.made import scratch_base, write_corpus
from tests.train.watching import Watcher
from train.averaging import average
from train.card import card_of
from train.cli import app
from train.corpora import gather
from train.errors import TrainingError
from train.fit import Job, fit
from train.folder import read_record, read_trained
from train.meta import Meta
from train.parity import F1, Parity, Same
from train.recipe import read_recipe

torch = pytest.importorskip("torch")
for _package in ("datasets", "transformers"):
    pytest.importorskip(_package)


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two models that differ in their seed, and one of another recipe."""
    folder = tmp_path_factory.mktemp("average")
    corpus, base, small = gather(write_corpus(folder / "corpus")), scratch_base(folder / "base"), read_recipe("small")
    quick = msgspec.structs.replace(small, training=msgspec.structs.replace(small.training, epochs=1))
    other = msgspec.structs.replace(quick, training=msgspec.structs.replace(quick.training, dropout=0.3))
    made = []
    for name, seed, recipe in (("one", 0, quick), ("two", 1, quick), ("other", 0, other)):
        fit(Job(corpus=corpus, base=base, recipe=recipe, seed=seed, output=folder / name, device="cpu"), Watcher())
        made.append(folder / name / "model")
    return made


def test_every_weight_is_the_mean_of_both(runs: list[Path]) -> None:
    one, two = (read_trained(folder).model.state_dict() for folder in runs[:2])
    mean = average(runs[:2]).model.state_dict()
    assert set(mean) == set(one)
    assert any(not torch.equal(one[name], two[name]) for name in one)
    for name, weight in mean.items():
        assert torch.allclose(weight.double(), (one[name].double() + two[name].double()) / 2, atol=1e-7)


def test_a_model_averaged_with_itself_stays(runs: list[Path], tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(runs[0], copy)
    was = read_trained(runs[0]).model.state_dict()
    assert all(torch.equal(weight, was[name]) for name, weight in average([runs[0], copy]).model.state_dict().items())


def test_the_command_writes_a_model_that_says_what_it_is_of(runs: list[Path], tmp_path: Path) -> None:
    output = tmp_path / "mean"
    done = CliRunner().invoke(app, ["average", str(runs[0]), str(runs[1]), "-o", str(output)])
    assert done.exit_code == 0, done.output
    record = read_record(output)
    assert record["averaged"]["seeds"] == [0, 1]
    assert record["key"] not in {read_record(folder)["key"] for folder in runs}
    assert record["steps"] == sum(read_record(folder)["steps"] for folder in runs[:2])
    assert read_trained(output).labels == read_trained(runs[0]).labels


def test_models_that_were_not_trained_alike_are_refused(runs: list[Path], tmp_path: Path) -> None:
    with pytest.raises(TrainingError, match="not trained alike: recipe"):
        average([runs[0], runs[2]])
    with pytest.raises(TrainingError, match="nothing to average"):
        average(runs[:1])
    done = CliRunner().invoke(app, ["average", str(runs[0]), str(tmp_path), "-o", str(tmp_path / "mean")])
    assert done.exit_code == 1
    assert "no trained model" in done.output
    assert not (tmp_path / "mean").exists()


def test_the_card_names_the_seeds(runs: list[Path]) -> None:
    from models.record import Record

    trained = average(runs[:2], command="gongkai train average")
    sizes = read_recipe("small")
    record = Record(tags=trained.labels.tags, size=sizes.data.size, overlap=0, year=False, temperature=1, pooling="min",
                    files={})
    meta = Meta(promoted="2026-01-01", commit=None, versions={}, real_reports=False, training=dict(trained.record),
                parity=Parity(documents=1, characters=1, f1=F1(torch=1, fp32=1, int8=1), same=Same(fp32=1, int8=1)),
                scores={}, despite=None, files={})
    assert "| mean of | the weights of 2 runs, seeds 0, 1; steps and time are of all |" in card_of(meta, record)
