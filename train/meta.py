"""How a released model came about: meta.json, from which its card is made."""
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import msgspec

from train.errors import TrainingError
from train.parity import Parity

FILE: Final = "meta.json"
Figures = dict[str, Any]
_TOO_MUCH: Final = frozenset({"confusion", "seqeval"})
_SUMS: Final = frozenset({"f1", "precision", "recall", "types_f1", "interval"})


class _Of(msgspec.Struct):
    key: str


class _Scores(msgspec.Struct):
    sets: dict[str, Figures]
    model: _Of | None = None


class Scores(msgspec.Struct, frozen=True, kw_only=True):
    """By set, figures of which `f1` is the strict one (null: nothing to score); `keys`: of the models they are of."""

    sets: dict[str, Figures]
    keys: frozenset[str] = frozenset()


class Overruled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Why a model was released despite what spoke against it."""

    reason: str
    objections: tuple[str, ...]


class Meta(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`training` is the record of `fit`; `real_reports`: it also trained on real ones, whose text is kept elsewhere."""

    promoted: str
    commit: str | None
    versions: dict[str, str]
    real_reports: bool
    training: dict[str, Any]
    parity: Parity
    scores: dict[str, Figures]
    despite: Overruled | None
    files: dict[str, str]
    """sha256 by name"""


def write_meta(folder: Path, meta: Meta) -> None:
    """Write meta.json."""
    (folder / FILE).write_bytes(msgspec.json.format(msgspec.json.encode(meta), indent=1) + b"\n")


def read_meta(folder: Path) -> Meta | None:
    """Inverse of write_meta; None where there is no released model. Raises TrainingError."""
    path = folder / FILE
    try:
        return msgspec.json.decode(path.read_bytes(), type=Meta)
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise TrainingError(f"{path}: {error}") from None


def _figures(held: Figures) -> Figures:
    """Without what only an error page needs, and of the rules beside it only the sums."""
    kept = {name: value for name, value in held.items() if name not in _TOO_MUCH}
    if isinstance(rules := held.get("rules"), dict):
        kept["rules"] = {name: value for name, value in rules.items() if name in _SUMS}
    return kept


def read_scores(paths: Iterable[Path]) -> Scores:
    """What `evaluate --json` and `leave-out --json` wrote, together. Raises TrainingError."""
    sets: dict[str, Figures] = {}
    keys = set()
    for path in paths:
        try:
            found = msgspec.json.decode(path.read_bytes(), type=_Scores)
        except (OSError, ValueError) as error:
            raise TrainingError(f"{path}: no scores: {error}") from None
        if twice := sorted(set(sets) & set(found.sets)):
            raise TrainingError(f"{path}: another file has scores of {twice[0]} too")
        sets |= {name: _figures(one) for name, one in found.sets.items()}
        keys |= {found.model.key} if found.model else set()
    return Scores(sets=sets, keys=frozenset(keys))
