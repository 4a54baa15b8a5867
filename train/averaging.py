"""One model out of several that differ by chance alone: the mean of their weights.

Wortsman et al., Model soups, ICML 2022, arXiv:2203.05482 (the uniform soup).
"""
import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from train.errors import TrainingError
from train.folder import Trained, read_trained

_LEAST: Final = 2
_ALIKE: Final = ("recipe", "base", "corpus")
"""what runs must share, so that only their seeds differ"""


def average(folders: Sequence[Path], *, command: str = "") -> Trained:
    """The mean of models that went on from one base by one recipe on one corpus. Raises TrainingError.

    Its record is the first one's, with the seeds, steps and seconds of all, and each one's own history.
    """
    if len(folders) < _LEAST:
        raise TrainingError("name two models or more: there is nothing to average")
    models = [read_trained(folder) for folder in folders]
    first, *others = models
    for folder, other in zip(folders[1:], others, strict=True):
        _require_alike(folders[0], first, folder, other)
    first.model.load_state_dict(_mean([one.model.state_dict() for one in models]))
    return Trained(first.model, first.table, first.labels, _record([one.record for one in models], command))


def _require_alike(folder: Path, one: Trained, other_folder: Path, other: Trained) -> None:
    if one.labels != other.labels or (one.table.tokens, one.table.folds) != (other.table.tokens, other.table.folds):
        raise TrainingError(f"{folder} and {other_folder} have other labels or characters: they have no mean")
    if differing := [name for name in _ALIKE if one.record.get(name) != other.record.get(name)]:
        raise TrainingError(f"{folder} and {other_folder} were not trained alike: {', '.join(differing)}")


def _mean(states: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Weight by weight; what is no real number is alike in all."""
    import torch

    return {name: torch.stack([state[name] for state in states]).mean(dim=0) if weight.is_floating_point() else weight
            for name, weight in states[0].items()}


def _record(records: Sequence[Any], command: str) -> dict[str, Any]:
    keys = "|".join(str(one["key"]) for one in records)
    return {**records[0], "key": hashlib.sha256(keys.encode()).hexdigest(), "averaged": {
        "command": command, "seeds": [one["seed"] for one in records],
        "histories": [one["history"] for one in records]},
        "steps": sum(one["steps"] for one in records), "seconds": round(sum(one["seconds"] for one in records), 1)}
