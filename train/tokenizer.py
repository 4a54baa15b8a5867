"""The character table as a tokenizer that transformers loads, for users of the weights outside gongkai."""
from pathlib import Path
from typing import Any

from models.characters import FIRST, LAST, MASK, PAD, UNKNOWN, CharacterTable


def write_tokenizer(folder: Path, table: CharacterTable, *, positions: int) -> None:
    """Write tokenizer.json: one token a code point, offsets exact; variants count as what they fold to."""
    from transformers import PreTrainedTokenizerFast

    fast = PreTrainedTokenizerFast(
        tokenizer_object=_tokenizer(table), unk_token=UNKNOWN, pad_token=PAD, cls_token=FIRST, sep_token=LAST,
        mask_token=MASK, model_max_length=positions, split_special_tokens=True,
    )
    fast.save_pretrained(folder)


def _tokenizer(table: CharacterTable) -> Any:
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    made = Tokenizer(models.WordLevel(table.ids, unk_token=UNKNOWN))
    made.normalizer = normalizers.Sequence([normalizers.Replace(*fold) for fold in table.folds.items()])
    made.pre_tokenizer = pre_tokenizers.Split(Regex(r"[\s\S]"), "isolated")
    made.post_processor = processors.TemplateProcessing(
        single=f"{FIRST} $A {LAST}", special_tokens=[(name, table.ids[name]) for name in (FIRST, LAST)])
    return made
