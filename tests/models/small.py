"""A small transformer whose head was solved for, not trained: what it says of a character is nearly that of made.py."""
from pathlib import Path
from typing import Any

import pytest

from models.characters import FILE as CHARACTERS
from models.characters import write_characters
from models.record import weights_file
from tests.models.made import LABELS, TABLE, list_files, scores_of_tokens


def small_model(*, positions: int = 64) -> Any:
    """A classifier over the ids of made.TABLE, in fp32."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    torch.set_num_threads(1)
    torch.manual_seed(3)
    model = transformers.BertForTokenClassification(transformers.BertConfig(
        vocab_size=len(TABLE), hidden_size=64, num_hidden_layers=1, num_attention_heads=2, intermediate_size=128,
        max_position_embeddings=positions, id2label=dict(enumerate(LABELS.tags)),
        label2id={tag: number for number, tag in enumerate(LABELS.tags)})).eval()
    ids = torch.randint(0, len(TABLE), (256, 16), generator=torch.Generator().manual_seed(5))
    with torch.no_grad():
        model.bert.embeddings.position_embeddings.weight.mul_(0.1)
        held = model.bert(input_ids=ids).last_hidden_state.reshape(-1, 64)
        wanted = torch.from_numpy(2 * scores_of_tokens())[ids.reshape(-1)]
        ones = torch.ones(len(held), 1)
        # in fp64 and by this driver, or the solution differs from process to process
        rows = torch.cat([held, ones], dim=1).double()
        solved = torch.linalg.lstsq(rows, wanted.double(), driver="gelsd", rcond=1e-2).solution
        model.classifier.weight.copy_(solved[:-1].T)
        model.classifier.bias.copy_(solved[-1])
    return model


def write_small(folder: Path, *, year: bool = False) -> Path:
    """The files of `train export`: what torch and what onnxruntime load."""
    pytest.importorskip("onnx")
    pytest.importorskip("onnxscript")
    from train.graph import write_fp32, write_int8

    model = small_model()
    folder.mkdir(parents=True)
    model.save_pretrained(folder)
    write_characters(folder / CHARACTERS, TABLE)
    write_fp32(folder / weights_file("fp32"), model)
    write_int8(folder / weights_file("int8"), folder / weights_file("fp32"))
    list_files(folder, year=year)
    return folder


def write_plain(folder: Path) -> Path:
    """The same weights as anybody's checkpoint: with a tokenizer of BERT's kind, without a table or a record."""
    transformers = pytest.importorskip("transformers")
    small_model().save_pretrained(folder)
    vocabulary = {token: number for number, token in enumerate(TABLE.tokens)}
    transformers.BertTokenizerFast(vocab=vocabulary, do_lower_case=True).save_pretrained(folder)
    return folder
