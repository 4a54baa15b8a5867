"""An exported model becomes the released one: only where it is no worse, or for a reason that is kept."""
import platform
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

import msgspec

from models.record import FILE, Record, checked_bytes, digest, encode_record, read_record, weights_file, write_record
from models.session import RELEASED, Model
from train.card import FILE as CARD
from train.card import card_of
from train.errors import TrainingError
from train.exporting import read_parity
from train.folder import RECORD
from train.meta import Meta, Overruled, Scores, read_meta, write_meta
from train.places import without_places
from train.replacing import replacing

_LARGEST: Final = {weights_file("int8"): 25_000_000, "model.safetensors": 40_000_000}
_LEFT_OUT: Final = frozenset({weights_file("fp32")})
_SUFFIXES: Final = (".json", ".onnx", ".safetensors")
"""files that can hold no code"""
_PACKAGES: Final = ("gongkai", "torch", "transformers", "tokenizers", "onnx", "onnxruntime", "numpy")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An exported folder, its model's scores, and whether that trained on real reports beside the repository's."""

    folder: Path
    scores: Scores
    real_reports: bool = False


def promote(candidate: Candidate, *, to: Path = RELEASED, despite: str | None = None) -> Meta:
    """Replace the released model, whole or not at all. Raises GongkaiError where something speaks against it."""
    record, parity = read_record(candidate.folder), read_parity(candidate.folder)
    held = {name: checked_bytes(candidate.folder, name, record) for name in record.files if name not in _LEFT_OUT}
    _refuse_unfit(held)
    objections = (*parity.faults, *worse(candidate.scores, to))
    if objections and despite is None:
        raise TrainingError(f"{'; '.join(objections)} (--despite REASON releases it all the same)")
    training = _training(candidate)
    record = msgspec.structs.replace(record, files={name: record.files[name] for name in held})
    meta = Meta(
        promoted=datetime.now(UTC).date().isoformat(), commit=_commit(), versions=dict(_versions()),
        real_reports=candidate.real_reports, training=training, parity=parity,
        scores=candidate.scores.sets, files=record.files | {FILE: digest(encode_record(record))},
        despite=Overruled(reason=despite, objections=objections) if despite and objections else None)
    with replacing(to, known_by=FILE) as folder:
        for name, data in held.items():
            (folder / name).write_bytes(data)
        write_record(folder, record)
        write_meta(folder, meta)
        (folder / CARD).write_text(_card(meta, record), encoding="utf-8")
        Model.load(folder)
    return meta


def _card(meta: Meta, record: Record) -> str:
    try:
        return card_of(meta, record)
    except KeyError as missing:
        raise TrainingError(f"{RECORD}: {missing} is missing: no record of a training") from None


def worse(scores: Scores, released: Path) -> tuple[str, ...]:
    """The sets on which the strict F1 is lower than that of the released model, in words."""
    meta = read_meta(released)
    if meta is None:
        return ()
    before = {name: figures["f1"] for name, figures in meta.scores.items() if figures.get("f1") is not None}
    now = {name: figures.get("f1") for name, figures in scores.sets.items() if name in before}
    if not now:
        return ("no set is scored for this model and for the released one",)
    return tuple(f"F1 on {name} is {_shown(f1)}, that of the released model {before[name]:.4f}"
                 for name, f1 in now.items() if f1 is None or f1 < before[name])


def _shown(f1: float | None) -> str:
    return "none" if f1 is None else f"{f1:.4f}"


def _refuse_unfit(held: Mapping[str, bytes]) -> None:
    """Raises TrainingError where a file is missing, may hold code, or is too large to be released."""
    if odd := [name for name in held if Path(name).name != name or Path(name).suffix not in _SUFFIXES]:
        raise TrainingError(f"{odd[0]}: only files in {', '.join(_SUFFIXES)} are released")
    if missing := [name for name in _LARGEST if name not in held]:
        raise TrainingError(f"{missing[0]} is missing: export the model again")
    for name, most in _LARGEST.items():
        if len(held[name]) > most:
            raise TrainingError(f"{name} has {len(held[name]) / 1e6:.1f} MB, {most / 1e6:.0f} may be released")


def _training(candidate: Candidate) -> dict[str, Any]:
    """The record of `fit`. Raises TrainingError where the scores are of a model that was trained otherwise."""
    path = candidate.folder / RECORD
    try:
        found = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    except (OSError, ValueError) as error:
        raise TrainingError(f"{path}: no record of a training: {error}") from None
    if candidate.scores.keys - {found.get("key")}:
        raise TrainingError(f"the scores are those of another model than {candidate.folder}")
    return {key: without_places(value) for key, value in found.items()}


def _commit() -> str | None:
    """The checkout's commit, with -dirty where files differ from it; None where there is no git."""
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40", "--exclude=*"]
    try:
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, text=True, check=True, cwd=Path(__file__).parent)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.strip()


def _versions() -> Iterator[tuple[str, str]]:
    yield "python", platform.python_version()
    for package in _PACKAGES:
        try:
            yield package, version(package)
        except PackageNotFoundError:
            continue
