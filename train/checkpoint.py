"""The state of a run in one file that is replaced whole: weights, optimizer, and how far it has come. Never pickle."""
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from train.errors import TrainingError

_MODEL = "model."
_STATE = "optimizer."
_PROGRESS = "progress"


@dataclass(slots=True, kw_only=True)
class Progress:
    """How far a run has come; `key` is the digest of everything that decides its outcome."""

    key: str
    epoch: int = 0
    batch: int = 0
    step: int = 0
    seconds: float = 0.0
    best: float = -1.0
    best_epoch: int = -1
    loss: float = 0.0
    history: list[dict[str, float]]


def key_of_run(parts: Sequence[str], base: Path) -> str:
    """Digest of what decides a run's outcome: these parts, and the weights that it starts from."""
    weights = [hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(base.glob("*.safetensors"))]
    return hashlib.sha256("|".join([*parts, *weights]).encode()).hexdigest()


def save(path: Path, model: Any, optimizer: Any, progress: Progress) -> None:
    """Write the checkpoint, whole or not at all."""
    from safetensors.torch import save_file

    tensors = {f"{_MODEL}{name}": weight for name, weight in _held_once(model).items()}
    for name, parameter in model.named_parameters():
        for key, value in optimizer.state.get(parameter, {}).items():
            tensors[f"{_STATE}{name}.{key}"] = value
    words = json.dumps({name: getattr(progress, name) for name in Progress.__slots__})
    partial = path.with_suffix(".part")
    save_file({name: tensor.contiguous() for name, tensor in tensors.items()}, partial, metadata={_PROGRESS: words})
    partial.replace(path)


def _held_once(model: Any) -> dict[str, Any]:
    """The model's weights by name, those that two layers share under the first's alone."""
    places: dict[int, str] = {}
    weights: dict[str, Any] = model.state_dict()
    return {name: weight for name, weight in weights.items() if places.setdefault(weight.data_ptr(), name) == name}


def load(path: Path, model: Any, optimizer: Any, key: str) -> Progress:
    """Bring model and optimizer back to the checkpoint. Raises TrainingError where it belongs to another run."""
    from safetensors import safe_open

    with safe_open(path, framework="pt") as file:
        progress = Progress(**json.loads(file.metadata()[_PROGRESS]))
        if progress.key != key:
            raise TrainingError(f"{path.parent} holds a run of other data, recipe, base or seed: choose another folder")
        tensors = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118
    weights = {name.removeprefix(_MODEL): tensor for name, tensor in tensors.items() if name.startswith(_MODEL)}
    if weights.keys() != _held_once(model).keys():
        raise TrainingError(f"{path} holds the weights of another model")
    model.load_state_dict(weights, strict=False)
    for name, parameter in model.named_parameters():
        begins = f"{_STATE}{name}."
        held = {key.removeprefix(begins): tensor for key, tensor in tensors.items() if key.startswith(begins)}
        if held:
            bring_back(optimizer, parameter, held)
    return progress


def bring_back(optimizer: Any, parameter: Any, held: Mapping[str, Any]) -> None:
    """Give a parameter its state again, beside it; only an optimizer that is not fused counts steps on the CPU."""
    group = next(group for group in optimizer.param_groups if any(one is parameter for one in group["params"]))
    beside = group.get("fused") or group.get("capturable")
    optimizer.state[parameter] = {
        name: tensor.to(parameter.device) if beside or name != "step" else tensor for name, tensor in held.items()}


def save_weights(path: Path, model: Any) -> None:
    """Write weights alone, whole or not at all."""
    from safetensors.torch import save_file

    partial = path.with_suffix(".part")
    save_file({name: weight.contiguous() for name, weight in model.state_dict().items()}, partial)
    partial.replace(path)


def load_weights(path: Path, model: Any) -> None:
    """Bring the model to the weights of save_weights."""
    from safetensors.torch import load_file

    model.load_state_dict(load_file(path))
