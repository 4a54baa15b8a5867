"""A trained model as a folder: what transformers loads, with the character table and what it was made of."""
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.characters import FILE, CharacterTable, read_characters, write_characters
from models.labels import Labels
from train.errors import TrainingError
from train.tokenizer import write_tokenizer

RECORD: Final = "training.json"


@dataclass(frozen=True, slots=True)
class Trained:
    """A model ready to predict, and the record of its training."""

    model: Any
    table: CharacterTable
    labels: Labels
    record: Mapping[str, Any]


def write_trained(folder: Path, trained: Trained) -> None:
    """Write weights (fp32), configuration, tokenizer, table and record."""
    folder.mkdir(parents=True, exist_ok=True)
    trained.model.save_pretrained(folder)
    write_characters(folder / FILE, trained.table)
    write_tokenizer(folder, trained.table, positions=trained.model.config.max_position_embeddings)
    (folder / RECORD).write_text(json.dumps(trained.record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read_record(folder: Path) -> dict[str, Any]:
    """How the model of a folder was trained: a run's own record, or that of a released model."""
    from train.meta import FILE as RELEASED

    name = RELEASED if (folder / RELEASED).is_file() else RECORD
    found: dict[str, Any] = json.loads((folder / name).read_text(encoding="utf-8"))
    training: dict[str, Any] = found.get("training", found)
    return training


def read_trained(folder: Path) -> Trained:
    """Inverse of write_trained. Raises GongkaiError."""
    from transformers import AutoModelForTokenClassification

    try:
        record = read_record(folder)
        model = AutoModelForTokenClassification.from_pretrained(folder, dtype="float32")
    except (OSError, ValueError) as error:
        raise TrainingError(f"{folder}: no trained model: {str(error).splitlines()[0]}") from None
    tags = [model.config.id2label[number] for number in range(model.config.num_labels)]
    return Trained(model, read_characters(folder / FILE), Labels.of_tags(tags), record)
