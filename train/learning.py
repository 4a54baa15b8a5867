"""The torch side of training: the model, its optimizer, its loss, and where and how precisely it computes."""
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from models.characters import PAD, CharacterTable, lead
from models.labels import Labels
from train.data import IGNORED, Example, Ids
from train.errors import TrainingError
from train.recipe import Training

Device = Literal["auto", "cpu", "cuda"]
Precision = Literal["auto", "fp32", "bf16"]


@dataclass(frozen=True, slots=True)
class Machine:
    """Where the model computes, and whether in bf16."""

    device: str
    bf16: bool

    @classmethod
    def choose(cls, device: Device, precision: Precision) -> "Machine":
        """The machine that is asked for, or the best that is here; kernels that give the same result twice."""
        import torch

        here = ("cuda" if torch.cuda.is_available() else "cpu") if device == "auto" else device
        if here == "cuda" and not torch.cuda.is_available():
            raise TrainingError("no CUDA device is here: --device cpu")
        if here == "cuda":
            os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")
            torch.backends.cuda.enable_mem_efficient_sdp(False)
        torch.use_deterministic_algorithms(True)
        return cls(here, _has_bf16(here) if precision == "auto" else precision == "bf16")

    def computing(self) -> AbstractContextManager[object]:
        import torch

        context: AbstractContextManager[object] = torch.autocast(self.device, dtype=torch.bfloat16, enabled=self.bf16)
        return context

    @property
    def name(self) -> str:
        """For records: the card, or the processor's count of threads."""
        import torch

        return str(torch.cuda.get_device_name()) if self.device == "cuda" else f"cpu, {torch.get_num_threads()} threads"


def _has_bf16(device: str) -> bool:
    import torch

    if device == "cuda":
        return bool(torch.cuda.is_bf16_supported())
    known = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(known and known())


def tags_of(base: Path) -> tuple[str, ...]:
    """The tags of a trained model; none for an encoder alone."""
    from transformers import AutoConfig

    held = AutoConfig.from_pretrained(base)
    trained = "ForTokenClassification" in "".join(held.architectures or ())
    return tuple(held.id2label[number] for number in range(held.num_labels)) if trained else ()


def load_model(base: Path, labels: Labels, *, seed: int, dropout: float) -> Any:
    """The encoder of `base` with a layer of labels, in fp32; `seed` fixes the weights of tags that `base` has not."""
    import torch
    from transformers import AutoModelForTokenClassification

    torch.manual_seed(seed)
    names = dict(enumerate(labels.tags))
    numbers = {tag: n for n, tag in names.items()}
    known = dict(enumerate(tags_of(base)))
    model = AutoModelForTokenClassification.from_pretrained(
        base, dtype=torch.float32, classifier_dropout=dropout, ignore_mismatched_sizes=True,
        id2label=names, label2id=numbers)
    if known and known != names:
        old = AutoModelForTokenClassification.from_pretrained(base, dtype=torch.float32)
        _copy_rows(old.classifier, model.classifier, known, numbers)
    return model


def _copy_rows(old: Any, new: Any, known: Mapping[int, str], numbers: Mapping[str, int]) -> None:
    """Weights of the tags that both layers know."""
    import torch

    with torch.no_grad():
        for row, tag in known.items():
            if tag in numbers:
                new.weight[numbers[tag]] = old.weight[row]
                new.bias[numbers[tag]] = old.bias[row]


def optimizer_of(model: Any, settings: Training) -> Any:
    """AdamW: the head at its own rate, each encoder layer below the top slower, no decay of biases and norms."""
    import torch

    depth = model.config.num_hidden_layers
    groups: dict[tuple[float, float], list[Any]] = {}
    for name, parameter in model.named_parameters():
        rate = settings.head_rate if not name.startswith(f"{model.base_model_prefix}.") else (
            settings.encoder_rate * settings.rate_decay ** (depth - 1 - _layer(name)))
        decay = settings.weight_decay if parameter.ndim > 1 else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    fused = next(model.parameters()).device.type == "cuda"
    return torch.optim.AdamW([{"params": held, "lr": rate, "initial_lr": rate, "weight_decay": decay}
                              for (rate, decay), held in groups.items()], fused=fused)


def _layer(name: str) -> int:
    """The number of the encoder layer; -1 for the embeddings."""
    parts = name.split(".")
    return int(parts[parts.index("layer") + 1]) if "layer" in parts else -1


def seed_step(seed: int, step: int) -> None:
    """Fix what chance decides within a step, so that a run that goes on takes the same one."""
    import torch

    torch.manual_seed(seed * 1_000_003 + step)


def descend(model: Any, optimizer: Any, loss: Any, clip: float) -> Any:
    """One step of the optimizer along the clipped gradient; the loss as a figure."""
    import torch

    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), clip)
    optimizer.step()
    return loss.detach()


def set_rates(optimizer: Any, share: float) -> None:
    for group in optimizer.param_groups:
        group["lr"] = group["initial_lr"] * share


def rate_at(step: int, steps: int, warmup: float) -> float:
    """The share of its rate at which each group learns in this step: up in a line, down in a line."""
    rising = max(1, round(steps * warmup))
    return (step + 1) / rising if step < rising else max(0.0, (steps - step) / max(1, steps - rising))


def weights_of(examples: Iterable[Example], count: int, balance: float) -> Any:
    """Weights of the tags in the loss, of mean 1 over the characters; None where all weigh the same."""
    import torch

    if not balance:
        return None
    seen = np.zeros(count)
    for example in examples:
        seen += np.bincount(example.tags, minlength=count)
    weights = np.maximum(seen, 1) ** -balance
    return torch.tensor(weights * seen.sum() / (weights * seen).sum(), dtype=torch.float32)


def padded(rows: Sequence[Ids], fill: int) -> Any:
    """Rows of one length, as a tensor."""
    import torch

    made = np.full((len(rows), max(map(len, rows))), fill, dtype=np.int64)
    for number, row in enumerate(rows):
        made[number, : len(row)] = row
    return torch.from_numpy(made)


def inputs(rows: Sequence[Ids], table: CharacterTable, device: str) -> dict[str, Any]:
    """What the model gets: framed windows, padded, and which of their tokens are none."""
    lengths = [len(row) for row in rows]
    given = {"input_ids": padded(rows, table.ids[PAD]).to(device, non_blocking=True)}
    if min(lengths) < max(lengths):
        given["attention_mask"] = padded([np.ones(length, np.int64) for length in lengths], 0).to(device)
    return given




def loss_of(model: Any, examples: Sequence[Example], table: CharacterTable, *, machine: Machine, year: bool,
            smoothing: float, weights: Any) -> Any:
    """Cross entropy over the characters of a batch."""
    from torch.nn.functional import cross_entropy

    wanted = padded([one.tags for one in examples], IGNORED).to(machine.device)
    with machine.computing():
        rows = [table.window(one.ids, one.year, with_year=year) for one in examples]
        scores = model(**inputs(rows, table, machine.device)).logits[:, lead(with_year=year) : -1]
    return cross_entropy(scores.float().flatten(0, 1), wanted.flatten(), ignore_index=IGNORED, weight=weights,
                         label_smoothing=smoothing)


def scores_of(
    model: Any, rows: Sequence[Ids], table: CharacterTable, machine: Machine, *, year: bool
) -> Iterator[Any]:
    """The scores of each framed window's characters."""
    import torch

    first = lead(with_year=year)
    with torch.inference_mode(), machine.computing():
        scores = model(**inputs(rows, table, machine.device)).logits.float().cpu().numpy()
    return (found[first : len(row) - 1] for found, row in zip(scores, rows, strict=True))
