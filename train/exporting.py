"""A trained model as files that others load: a transformers folder (fp16), ONNX in fp32 and int8, their record."""
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import msgspec

from annotations.corpus import AnnotatedDocument, read_corpus
from annotations.corpus.splits import FILE as SPLITS
from models.characters import FILE as CHARACTERS
from models.characters import write_characters
from models.record import FILE, Record, digest, weights_file, write_record
from train.corpora import read_splitted
from train.errors import TrainingError
from train.evaluating.running import recipe_of
from train.folder import RECORD, Trained, read_trained
from train.graph import write_fp32, write_int8
from train.parity import FILE as PARITY
from train.parity import Parity, compare
from train.recipe import Recipe
from train.replacing import replacing
from train.tokenizer import write_tokenizer


def export(source: Path, output: Path, *, check: Sequence[AnnotatedDocument] | None = None) -> Parity | None:
    """Write the files of the model in `source`; with documents to check, how near each comes to the trained model.

    All files hold the same weights, rounded to fp16. Raises GongkaiError.
    """
    trained = read_trained(source)
    recipe = recipe_of(trained, source)
    with replacing(output, known_by=FILE) as folder:
        _write_files(folder, trained, recipe)
        (folder / RECORD).write_bytes((source / RECORD).read_bytes())
        if check is None:
            return None
        parity = compare(trained, recipe, folder, check)
        (folder / PARITY).write_bytes(msgspec.json.format(msgspec.json.encode(parity), indent=1) + b"\n")
    return parity


def documents_to_check(folder: Path) -> list[AnnotatedDocument]:
    """Labelled documents; of a corpus with splits only dev, since a model is surer of what it was trained on."""
    docs = list(read_splitted(folder).dev) if (folder / SPLITS).is_file() else read_corpus(folder)
    if not any(doc.annotations for doc in docs):
        raise TrainingError(f"{folder}: no labelled document to check with")
    return docs


def _write_files(folder: Path, trained: Trained, recipe: Recipe) -> None:
    model = _rounded(trained.model)
    model.save_pretrained(folder)
    write_characters(folder / CHARACTERS, trained.table)
    write_tokenizer(folder, trained.table, positions=model.config.max_position_embeddings)
    write_fp32(folder / weights_file("fp32"), model.float())
    write_int8(folder / weights_file("int8"), folder / weights_file("fp32"))
    files = {path.name: digest(path.read_bytes()) for path in sorted(folder.iterdir())}
    write_record(folder, Record(
        tags=trained.labels.tags, size=recipe.data.size, overlap=recipe.decoding.overlap, year=recipe.data.year,
        temperature=recipe.decoding.temperature, pooling=recipe.decoding.pooling, files=files))


def _rounded(model: Any) -> Any:
    """A copy in fp16 on the CPU. Raises TrainingError where a weight is too large for it."""
    made = deepcopy(model).cpu().eval().half()
    if not all(weight.isfinite().all() for weight in made.state_dict().values()):
        raise TrainingError("a weight is too large for fp16: the model did not learn well")
    return made


def read_parity(folder: Path) -> Parity:
    """What `export --check` measured. Raises TrainingError."""
    try:
        return msgspec.json.decode((folder / PARITY).read_bytes(), type=Parity)
    except FileNotFoundError:
        raise TrainingError(f"{folder}: no {PARITY}: export the model with --check") from None
    except ValueError as error:
        raise TrainingError(f"{folder / PARITY}: {error}") from None
