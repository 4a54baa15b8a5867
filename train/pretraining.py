"""Masked-language-model adaptation of a base encoder to unlabelled text; what comes out is a base again."""
import json
import shutil
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Literal

import msgspec
import numpy as np

from models.characters import FILE, CharacterTable, read_characters
from train.base import ORIGIN
from train.checkpoint import Progress, key_of_run, load, save
from train.errors import TrainingError
from train.fit import CHECKPOINT, Watcher
from train.learning import Device, Machine, descend, rate_at, seed_step, set_rates
from train.recipe import read_table
from train.texts import Windows, cover, digest_of, read_texts, split_off, to_windows

RECIPE: Final = "pretrain"
_SHOWN_EVERY: Final = 10
_NAMES: Final = (FILE, "tokenizer.json", "tokenizer_config.json")


class Pretraining(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    size: int
    epochs: int
    batch: int
    rate: float
    warmup: float
    weight_decay: float
    clip: float
    masked: float
    held_out: float
    precision: Literal["auto", "fp32", "bf16"]
    checkpoint_every: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PretrainJob:
    """Everything that decides a run's outcome, and the folder for the base that it makes."""

    texts: tuple[Path, ...]
    base: Path
    settings: Pretraining
    seed: int
    output: Path
    device: Device = "auto"


@dataclass(slots=True, kw_only=True)
class _Run:
    job: PretrainJob
    machine: Machine
    table: CharacterTable
    model: Any
    optimizer: Any
    train: Windows
    held: Windows
    progress: Progress
    watcher: Watcher
    since: float

    @property
    def rows(self) -> int:
        return max(1, self.job.settings.batch // self.job.settings.size)

    @property
    def steps(self) -> int:
        """in an epoch"""
        return -(-len(self.train) // self.rows)


def read_settings(name: str = RECIPE) -> Pretraining:
    """The settings of a file, or those that ship with gongkai. Raises TrainingError naming the key that is wrong."""
    path = files("train").joinpath("pretraining.toml") if name == RECIPE else Path(name)
    return read_table(path, Pretraining, [RECIPE])


def pretrain(job: PretrainJob, watcher: Watcher) -> Mapping[str, Any]:
    """Write the adapted base, and say what it was made of; a folder that holds the finished run is only read."""
    table = read_characters(job.base / FILE)
    windows = to_windows(read_texts(job.texts), table, job.settings.size)
    key = _key(job, windows)
    if (job.output / ORIGIN).is_file():
        done: dict[str, Any] = json.loads((job.output / ORIGIN).read_text(encoding="utf-8"))
        if done.get("pretraining", {}).get("key") == key:
            return done
    job.output.mkdir(parents=True, exist_ok=True)
    run = _prepare(job, key, table, windows, watcher)
    watcher.begin(run.steps * job.settings.epochs, run.progress.step)
    while run.progress.epoch < job.settings.epochs:
        _epoch(run)
    return _finish(run)


def _key(job: PretrainJob, windows: Windows) -> str:
    parts = [digest_of(windows), json.dumps(msgspec.to_builtins(job.settings), sort_keys=True), str(job.seed)]
    return key_of_run(parts, job.base)


def _prepare(job: PretrainJob, key: str, table: CharacterTable, windows: Windows, watcher: Watcher) -> _Run:
    import torch
    from transformers import AutoModelForMaskedLM

    machine = Machine.choose(job.device, job.settings.precision)
    torch.manual_seed(job.seed)
    model = AutoModelForMaskedLM.from_pretrained(job.base, dtype=torch.float32).to(machine.device)
    optimizer = torch.optim.AdamW(
        [{"params": [p for p in model.parameters() if (p.ndim > 1) == decays], "lr": job.settings.rate,
          "initial_lr": job.settings.rate, "weight_decay": job.settings.weight_decay * decays}
         for decays in (True, False)], fused=machine.device == "cuda")
    progress = Progress(key=key, history=[])
    if (job.output / CHECKPOINT).is_file():
        progress = load(job.output / CHECKPOINT, model, optimizer, key)
    train, held = split_off(windows, job.settings.held_out, job.seed)
    return _Run(job=job, machine=machine, table=table, model=model, optimizer=optimizer, train=train, held=held,
                progress=progress, watcher=watcher, since=time.monotonic())


def _epoch(run: _Run) -> None:
    settings, progress = run.job.settings, run.progress
    order = np.random.default_rng([run.job.seed, progress.epoch]).permutation(len(run.train))
    for batch in range(progress.batch, run.steps):
        loss = _step(run, run.train[order[batch * run.rows : (batch + 1) * run.rows]])
        progress.batch, progress.step = batch + 1, progress.step + 1
        shown = progress.step % _SHOWN_EVERY == 0
        if shown:
            progress.loss = float(loss)
        run.watcher.step(progress.step, progress.loss if shown else None)
        if progress.step % settings.checkpoint_every == 0 and progress.batch < run.steps:
            _checkpoint(run)
    row = {"epoch": progress.epoch + 1, "step": progress.step, "loss": progress.loss, **_measure(run)}
    progress.history.append(row)
    run.watcher.epoch(row)
    progress.epoch, progress.batch = progress.epoch + 1, 0
    _checkpoint(run)


def _step(run: _Run, rows: Windows) -> Any:
    settings, progress = run.job.settings, run.progress
    seed_step(run.job.seed, progress.step)
    run.model.train()
    set_rates(run.optimizer, rate_at(progress.step, run.steps * settings.epochs, settings.warmup))
    loss, _ = _told(run, rows, (run.job.seed, 1, progress.step))
    return descend(run.model, run.optimizer, loss, settings.clip)


def _told(run: _Run, rows: Windows, key: tuple[int, ...]) -> tuple[Any, Any]:
    """Cross entropy of the characters to be told, and the share of them that is right."""
    import torch
    from torch.nn.functional import cross_entropy

    covered, told = cover(rows, run.table, run.job.settings.masked, key)
    framed = np.stack([run.table.frame(row) for row in covered])
    given = torch.from_numpy(framed).to(run.machine.device)
    chosen = torch.from_numpy(np.flatnonzero(told)).to(run.machine.device)
    wanted = torch.from_numpy(rows[told].astype(np.int64)).to(run.machine.device)
    with run.machine.computing():
        states = run.model.base_model(input_ids=given).last_hidden_state[:, 1:-1].flatten(0, 1)
        head = getattr(run.model, "cls", None) or run.model.lm_head
        scores = head(states.index_select(0, chosen)).float()
    return cross_entropy(scores, wanted), (scores.argmax(dim=1) == wanted).float().mean()


def _measure(run: _Run) -> dict[str, float]:
    """Loss and accuracy on the windows held out, with the same characters hidden each time."""
    import torch

    run.model.eval()
    found = []
    with torch.inference_mode():
        for start in range(0, len(run.held), run.rows):
            rows = run.held[start : start + run.rows]
            loss, right = _told(run, rows, (run.job.seed, 2, start))
            found.append((float(loss), float(right), len(rows)))
    weights = [count for *_, count in found]
    return {"held_out_loss": float(np.average([loss for loss, *_ in found], weights=weights)),
            "held_out_accuracy": float(np.average([right for _, right, _ in found], weights=weights))}


def _checkpoint(run: _Run) -> None:
    now = time.monotonic()
    run.progress.seconds, run.since = run.progress.seconds + now - run.since, now
    save(run.job.output / CHECKPOINT, run.model, run.optimizer, run.progress)


def _finish(run: _Run) -> Mapping[str, Any]:
    import torch

    job, progress = run.job, run.progress
    run.model.base_model.to(torch.float16).save_pretrained(job.output)
    for name in _NAMES:
        shutil.copyfile(job.base / name, job.output / name)
    origin = json.loads((job.base / ORIGIN).read_text(encoding="utf-8"))
    origin["pretraining"] = {
        "key": progress.key, "characters": int(run.train.size), "texts": _names(job.texts), "seed": job.seed,
        "settings": msgspec.to_builtins(job.settings), "machine": run.machine.name, "steps": progress.step,
        "seconds": round(progress.seconds, 1), "history": progress.history,
    }
    (job.output / ORIGIN).write_text(json.dumps(origin, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (job.output / CHECKPOINT).unlink()
    return dict(origin)


def _names(paths: Iterable[Path]) -> list[str]:
    """Names without their folders, which are a machine's own."""
    names = [path.name for path in paths]
    if len(set(names)) < len(names):
        raise TrainingError(f"two texts are called {max(names, key=names.count)}")
    return names
