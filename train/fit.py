"""Fits a model to a corpus: a plain loop that can be killed at any point and goes on with the same result."""
import json
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol

from models.characters import FILE, read_characters
from train.base import ORIGIN
from train.checkpoint import Progress, key_of_run, load, load_weights, save, save_weights
from train.corpora import Corpus
from train.data import Augmenter, Example, batches, choose_labels, examples_of, to_dataset
from train.folder import RECORD, Trained, read_record, read_trained, write_trained
from train.learning import (
    Device,
    Machine,
    descend,
    load_model,
    loss_of,
    optimizer_of,
    rate_at,
    seed_step,
    set_rates,
    tags_of,
    weights_of,
)
from train.predicting import predict
from train.recipe import Recipe, as_table
from train.scoring import found_marks, known_marks, total, type_alone, view_of

CHECKPOINT: Final = "checkpoint.safetensors"
BEST: Final = "best.safetensors"
MODEL: Final = "model"
LOGS: Final = "logs"
_SHOWN_EVERY: Final = 10


class Watcher(Protocol):
    """Is told how a run comes along."""

    def begin(self, steps: int, done: int) -> None: ...
    def step(self, step: int, loss: float | None) -> None: ...
    def epoch(self, row: Mapping[str, float]) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Everything that decides a run's outcome, and the folder for it."""

    corpus: Corpus
    base: Path
    recipe: Recipe
    seed: int
    output: Path
    device: Device = "auto"
    command: str = ""


@dataclass(slots=True, kw_only=True)
class _Run:
    job: Job
    machine: Machine
    trained: Trained
    examples: Sequence[Example]
    orders: Sequence[Sequence[Sequence[int]]]
    """window numbers by epoch and batch"""
    optimizer: Any
    weights: Any
    progress: Progress
    watcher: Watcher
    logs: "_Logs"
    since: float = field(default_factory=time.monotonic)

    @property
    def steps(self) -> int:
        return sum(map(len, self.orders))

    def seconds(self) -> float:
        return self.progress.seconds + time.monotonic() - self.since


def fit(job: Job, watcher: Watcher) -> Trained:
    """The model that is best on dev; a folder that holds the finished run is only read. Raises GongkaiError."""
    key = key_of(job)
    if (job.output / MODEL / RECORD).is_file():
        done = read_trained(job.output / MODEL)
        if done.record["key"] == key:
            return done
    job.output.mkdir(parents=True, exist_ok=True)
    with _writer(job.output / LOGS) as logs:
        run = _prepare(job, key, watcher, logs)
        watcher.begin(run.steps, run.progress.step)
        while run.progress.epoch < len(run.orders) and _has_patience(run):
            _epoch(run)
        return _finish(run)


def key_of(job: Job) -> str:
    """Digest of corpus, base, recipe and seed."""
    parts = [job.corpus.digest, json.dumps(as_table(job.recipe), sort_keys=True), str(job.seed)]
    return key_of_run(parts, job.base)


def _prepare(job: Job, key: str, watcher: Watcher, logs: "_Logs") -> _Run:
    settings = job.recipe.training
    machine = Machine.choose(job.device, settings.precision)
    table = read_characters(job.base / FILE)
    labels = choose_labels(job.corpus.train, job.recipe.data, {tag[2:] for tag in tags_of(job.base)})
    examples = examples_of(to_dataset(job.corpus.train, table, labels, job.recipe.data))
    lengths = [len(example.ids) for example in examples]
    orders = [batches(lengths, most=settings.batch, seed=job.seed, epoch=epoch) for epoch in range(settings.epochs)]
    model = load_model(job.base, labels, seed=job.seed, dropout=settings.dropout).to(machine.device)
    weights = weights_of(examples, len(labels.tags), settings.balance)
    optimizer = optimizer_of(model, settings)
    progress = Progress(key=key, history=[])
    if (job.output / CHECKPOINT).is_file():
        progress = load(job.output / CHECKPOINT, model, optimizer, key)
    return _Run(
        job=job, machine=machine, trained=Trained(model, table, labels, {}), examples=examples, orders=orders,
        optimizer=optimizer, weights=weights if weights is None else weights.to(machine.device), progress=progress,
        watcher=watcher, logs=logs,
    )


def _has_patience(run: _Run) -> bool:
    return run.progress.epoch - 1 - run.progress.best_epoch < run.job.recipe.training.patience or not run.progress.epoch


def _epoch(run: _Run) -> None:
    """The rest of the epoch that the run has come to, its score on dev, a checkpoint."""
    settings, progress = run.job.recipe.training, run.progress
    augmenter = Augmenter(run.trained.table, run.job.recipe.augmentation, run.job.seed)
    order = run.orders[progress.epoch]
    for numbers in order[progress.batch :]:
        loss = _step(run, numbers, augmenter)
        progress.batch += 1
        progress.step += 1
        shown = progress.step % _SHOWN_EVERY == 0 or progress.step == 1
        if shown:
            progress.loss = float(loss)
            run.logs.add("loss", progress.loss, progress.step)
        run.watcher.step(progress.step, progress.loss if shown else None)
        if progress.step % settings.checkpoint_every == 0 and progress.batch < len(order):
            _checkpoint(run)
    _measure(run)
    progress.epoch, progress.batch = progress.epoch + 1, 0
    _checkpoint(run)


def _step(run: _Run, numbers: Sequence[int], augmenter: Augmenter) -> Any:
    """One step of the optimizer; what chance decides in it is fixed by seed and step."""
    settings, progress, model = run.job.recipe.training, run.progress, run.trained.model
    seed_step(run.job.seed, progress.step)
    model.train()
    set_rates(run.optimizer, rate_at(progress.step, run.steps, settings.warmup))
    changed = [augmenter.change(run.examples[number], epoch=progress.epoch, number=number) for number in numbers]
    loss = loss_of(model, changed, run.trained.table, machine=run.machine, year=run.job.recipe.data.year,
                   smoothing=settings.smoothing, weights=run.weights)
    return descend(model, run.optimizer, loss, settings.clip)


def _measure(run: _Run) -> None:
    """Score the model on dev; keep its weights where none before were better."""
    progress, docs = run.progress, run.job.corpus.dev
    spans = predict(run.trained.model, docs, run.trained.table, run.trained.labels, run.job.recipe, run.machine)
    pairs = [(known_marks(doc), found_marks(found)) for doc, found in zip(docs, spans, strict=True)]
    strict = total(pairs, view_of(run.job.recipe.data.granularity))
    types = total(pairs, type_alone)
    row = {
        "epoch": progress.epoch + 1, "step": progress.step, "loss": progress.loss, "dev_f1": strict.f1 or 0.0,
        "dev_precision": strict.precision or 0.0, "dev_recall": strict.recall or 0.0, "dev_types_f1": types.f1 or 0.0,
    }
    progress.history.append(row)
    for name, value in row.items():
        run.logs.add(name, value, progress.step)
    if row["dev_f1"] > progress.best:
        progress.best, progress.best_epoch = row["dev_f1"], progress.epoch
        save_weights(run.job.output / BEST, run.trained.model)
    run.watcher.epoch(row)


def _checkpoint(run: _Run) -> None:
    run.progress.seconds, run.since = run.seconds(), time.monotonic()
    save(run.job.output / CHECKPOINT, run.trained.model, run.optimizer, run.progress)


def _finish(run: _Run) -> Trained:
    job, progress = run.job, run.progress
    load_weights(job.output / BEST, run.trained.model)
    record = {
        "key": progress.key, "command": job.command, "seed": job.seed, "recipe": as_table(job.recipe),
        "corpus": {"sha256": job.corpus.digest, "train": len(job.corpus.train), "dev": len(job.corpus.dev),
                   "windows": len(run.examples)},
        "base": base_record(job.base), "labels": len(run.trained.labels.names), "machine": run.machine.name,
        "bf16": run.machine.bf16, "steps": progress.step, "seconds": round(run.seconds(), 1),
        "best_epoch": progress.best_epoch + 1, "history": progress.history,
    }
    trained = Trained(run.trained.model, run.trained.table, run.trained.labels, record)
    write_trained(job.output / MODEL, trained)
    for name in (CHECKPOINT, BEST):
        (job.output / name).unlink()
    return trained


def base_record(base: Path) -> Mapping[str, object]:
    """Where an encoder is from; of a trained model, how it was trained."""
    if (base / ORIGIN).is_file():
        origin: dict[str, object] = json.loads((base / ORIGIN).read_text(encoding="utf-8"))
        return origin
    try:
        return {key: value for key, value in read_record(base).items() if key != "history"}
    except OSError:
        return {}


class _Logs:
    """TensorBoard's scalars, where it is installed."""

    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, name: str, value: float, step: int) -> None:
        if self._writer is not None:
            self._writer.add_scalar(name, value, step)


@contextmanager
def _writer(folder: Path) -> Iterator[_Logs]:
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        yield _Logs(None)
        return
    with SummaryWriter(str(folder)) as writer:
        yield _Logs(writer)
