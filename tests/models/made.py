"""A model made by hand, which needs no training: each character has its own scores, whatever stands around it."""
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from models.characters import FILE as CHARACTERS
from models.characters import SPECIALS, CharacterTable, write_characters
from models.labels import Labels
from models.record import Precision, Record, digest, weights_file, write_record
from models.windows import Scores

TABLE = CharacterTable([*SPECIALS, *"0123456789件元申请无。\n"], {"０": "0"})
LABELS = Labels(("COUNT:requests.new", "FEE:other", "NONE:fees.collected"))


def scores_of_tokens() -> Scores:
    """Digits and 件 are likely COUNT (7 begins one), 元 is likely FEE, 无 NONE; some lead to tags that break IOB2."""
    made = np.random.default_rng(5).normal(0, 0.5, (len(TABLE), len(LABELS.tags))).astype(np.float32)
    for words, tag in (("0123456789件", 2), ("7", 1), ("元", 4), ("无", 5), ("申请。\n", 0)):
        made[[TABLE.ids[one] for one in words], tag] += 4
    return made


def write_weights(path: Path, scores: Scores, *, inputs: Sequence[str] = ("input_ids", "attention_mask")) -> None:
    """An ONNX graph that looks up each token's scores."""
    onnx = pytest.importorskip("onnx")
    helper, integers, floats = onnx.helper, onnx.TensorProto.INT64, onnx.TensorProto.FLOAT
    graph = helper.make_graph(
        [helper.make_node("Gather", ["scores", inputs[0]], ["logits"])], "made",
        [helper.make_tensor_value_info(name, integers, ["batch", "length"]) for name in inputs],
        [helper.make_tensor_value_info("logits", floats, ["batch", "length", scores.shape[1]])],
        [onnx.numpy_helper.from_array(scores, "scores")])
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20)], ir_version=10)
    path.write_bytes(model.SerializeToString())


def write_model(folder: Path, *, year: bool = False, precisions: Sequence[Precision] = ("fp32", "int8")) -> Path:
    """A folder that Model.load opens; both precisions hold the same weights."""
    folder.mkdir(parents=True, exist_ok=True)
    write_characters(folder / CHARACTERS, TABLE)
    for precision in precisions:
        write_weights(folder / weights_file(precision), scores_of_tokens())
    list_files(folder, year=year)
    return folder


def list_files(folder: Path, *, year: bool = False) -> None:
    """Write a record that lists the files as they are."""
    files = {path.name: digest(path.read_bytes()) for path in sorted(folder.iterdir()) if path.name != "reading.json"}
    write_record(folder, Record(tags=LABELS.tags, size=8, overlap=3, year=year, temperature=1.5, pooling="min",
                                files=files))
