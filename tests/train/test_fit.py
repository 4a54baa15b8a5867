"""A fit learns, goes on after a kill with the same result, and refuses another run's folder."""
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from annotations.corpus import write_document
from tests.train.made import document, scratch_base, write_corpus
from tests.train.watching import Killed, Watcher
from train.corpora import gather
from train.errors import TrainingError
from train.fit import BEST, CHECKPOINT, Job, fit
from train.folder import read_trained
from train.recipe import Recipe, read_recipe

ROOT = Path(__file__).parents[2]
pytest.importorskip("torch").set_num_threads(1)
pytest.importorskip("transformers")
pytest.importorskip("datasets")


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fit")
    scratch_base(folder / "base")
    write_corpus(folder / "corpus")
    write_corpus(folder / "larger", train=40)
    (folder / "extra").mkdir()
    for number in range(60, 65):
        write_document(folder / "extra" / f"{number}.json", document(number))
    return folder


def recipe(**changes: object) -> Recipe:
    small = read_recipe("small")
    training = {"epochs": 3, "batch": 128, "checkpoint_every": 2, **changes}
    return msgspec.structs.replace(small, training=msgspec.structs.replace(small.training, **training))


def job(folders: Path, output: str, corpus: str = "corpus", **changes: object) -> Job:
    return Job(corpus=gather(folders / corpus), base=folders / "base", recipe=recipe(**changes), seed=1,
               output=folders / output, device="cpu")


def weights(path: Path) -> bytes:
    return (path / "model" / "model.safetensors").read_bytes()


@pytest.fixture(scope="module")
def whole(folders: Path) -> Path:
    fit(job(folders, "whole"), Watcher())
    return folders / "whole"


@pytest.mark.parametrize("kill_at", [1, 4, 6, 11])
def test_a_killed_run_ends_with_the_same_weights(folders: Path, whole: Path, kill_at: int) -> None:
    output = f"killed_{kill_at}"
    with pytest.raises(Killed):
        fit(job(folders, output), Watcher(kill_at))
    again = Watcher()
    fit(job(folders, output), again)
    assert again.done == (kill_at - 1) // 2 * 2 or again.done % 6 == 0
    assert weights(folders / output) == weights(whole)
    assert not {CHECKPOINT, BEST} & {path.name for path in (folders / output).iterdir()}


def test_a_run_that_the_system_kills_goes_on(folders: Path, whole: Path) -> None:
    """SIGKILL in the middle of `gongkai train fit`, then the same command again."""
    words = msgspec.json.encode(recipe(epochs=3)).decode()
    script = (
        "import sys, msgspec, torch; from pathlib import Path; from train.corpora import gather;"
        "from train.fit import *; from train.recipe import Recipe; from tests.train.watching import Watcher;"
        "torch.set_num_threads(1);"
        "class_ = type('Slow', (Watcher,), {'step': lambda self, step, loss: (print(step, flush=True),"
        "__import__('time').sleep(0.2 if len(sys.argv) > 2 else 0))});"
        f"fit(Job(corpus=gather(Path({str(folders / 'corpus')!r})), base=Path({str(folders / 'base')!r}),"
        f"recipe=msgspec.json.decode({words!r}, type=Recipe), seed=1, output=Path(sys.argv[1]), device='cpu'),"
        "class_())"
    )
    command = [sys.executable, "-c", script, str(folders / "killed")]
    with subprocess.Popen([*command, "slowly"], cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if int(line) == 7:
                process.send_signal(signal.SIGKILL)
                break
    assert process.returncode == -signal.SIGKILL
    assert (folders / "killed" / CHECKPOINT).is_file()
    again = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    assert int(again.stdout.split()[0]) == 7
    assert weights(folders / "killed") == weights(whole)


def test_a_fit_from_a_trained_model_keeps_the_labels_that_it_knows(folders: Path, whole: Path) -> None:
    from models.labels import Labels
    from train.learning import load_model

    old = read_trained(whole / "model")
    names = (*reversed(old.labels.names), "ISSUER")
    model = load_model(whole / "model", Labels(names), seed=0, dropout=0.0)
    assert tuple(model.config.id2label.values()) == Labels(names).tags
    for row, tag in enumerate(Labels(names).tags):
        if tag in old.labels.tags:
            before = old.model.classifier.weight[old.labels.tags.index(tag)]
            assert model.classifier.weight[row].tolist() == before.tolist()
    assert model.config.num_labels == len(Labels(names).tags)


def test_a_fit_from_a_trained_model_loses_no_label_that_is_rare_in_the_new_documents(
    folders: Path, whole: Path, tmp_path: Path
) -> None:
    corpus = write_corpus(tmp_path / "few", train=2, dev=2)
    again = fit(Job(corpus=gather(corpus), base=whole / "model", recipe=recipe(epochs=1), seed=1,
                    output=tmp_path / "run", device="cpu"), Watcher())
    assert again.labels == read_trained(whole / "model").labels
    assert again.labels.names


def test_documents_that_count_several_times_over_are_trained_on_as_often(folders: Path) -> None:
    plain, thrice = (gather(folders / "larger", extra=[folders / "extra"], times=times) for times in (1, 3))
    assert len(thrice.train) - len(plain.train) == 2 * 5


def test_a_finished_run_is_only_read(folders: Path, whole: Path) -> None:
    again = Watcher()
    fit(job(folders, "whole"), again)
    assert again.done == -1


def test_another_recipe_does_not_go_on_in_its_folder(folders: Path) -> None:
    with pytest.raises(Killed):
        fit(job(folders, "other"), Watcher(kill_at=5))
    with pytest.raises(TrainingError, match="choose another folder"):
        fit(job(folders, "other", clip=0.5), Watcher())


def test_a_model_that_learned_finds_its_spans(folders: Path) -> None:
    from train.learning import Machine
    from train.predicting import predict

    watcher = Watcher()
    learned = job(folders, "learned", "larger", epochs=25, batch=512, patience=25)
    fit(learned, watcher)
    assert max(watcher.epochs) > 0.9
    trained = read_trained(folders / "learned" / "model")
    doc = learned.corpus.test[0]
    spans, = predict(trained.model, [doc], trained.table, trained.labels, learned.recipe, Machine("cpu", bf16=False))
    assert {(span.start, span.end) for span in spans} == {(mark.start, mark.end) for mark in doc.annotations}
    assert all(0 < span.confidence <= 1 for span in spans)


def test_the_folder_is_a_transformers_model(whole: Path) -> None:
    from transformers import AutoModelForTokenClassification, AutoTokenizer

    trained = read_trained(whole / "model")
    model = AutoModelForTokenClassification.from_pretrained(whole / "model")
    tokenizer = AutoTokenizer.from_pretrained(whole / "model")
    text = "２０２２年收到申請3件。\n[SEP]😀"
    assert tokenizer(text)["input_ids"] == trained.table.frame(trained.table.encode(text)).tolist()
    assert tuple(model.config.id2label.values()) == trained.labels.tags


def test_a_corpus_without_splits_is_refused(folders: Path, tmp_path: Path) -> None:
    shutil.copytree(folders / "corpus", tmp_path / "corpus")
    (tmp_path / "corpus" / "splits.toml").unlink()
    with pytest.raises(TrainingError, match=r"splits\.toml is missing"):
        gather(tmp_path / "corpus")


@pytest.mark.parametrize(("words", "why"), [("[data]\n", "granularity"), ("data = 1", "data"), ("[", "recipe")])
def test_a_broken_recipe_names_its_key(words: str, why: str, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(words, encoding="utf-8")
    with pytest.raises(TrainingError, match=why):
        read_recipe(str(tmp_path / "mine.toml"))
    with pytest.raises(TrainingError, match="default, full, small"):
        read_recipe("no-such-recipe")
