"""A small random encoder and a corpus of a few sentences that tests train on."""
from pathlib import Path

import pytest

from annotations.corpus import AnnotatedDocument, write_document
from annotations.corpus.splits import FILE, Split, Splits, write_splits
from tests.annotations.made import labelled

NOUNS = ("申请", "投诉", "信息", "提案", "举报", "咨询")


def scratch_base(folder: Path) -> Path:
    """A base of one layer; the test is skipped where torch is not installed."""
    pytest.importorskip("torch")
    pytest.importorskip("transformers")
    from train.base import from_scratch, write_base

    write_base(folder, from_scratch(layers=1, hidden=32), layers=1)
    return folder


def document(number: int) -> AnnotatedDocument:
    noun, other = NOUNS[number % len(NOUNS)], NOUNS[(number + 2) % len(NOUNS)]
    return labelled(
        f"本年收到{noun}[[{number * 7 % 90 + 1}件|COUNT:requests.new]]，收费[[{number % 9 + 1}.5万元|FEE:fees.collected]]；"
        f"办结{other}[[{number}件|COUNT:requests.completed]]，按期办结率[[{number % 100}%|RATE:other]]。",
        name=f"d{number:03}", issuer=f"青禾县第{number}局")


def write_corpus(folder: Path, *, train: int = 12, dev: int = 4) -> Path:
    """A folder of documents with splits.toml; two more documents are test."""
    folder.mkdir()
    issuers: dict[str, Split] = {}
    for number in range(train + dev + 2):
        doc = document(number)
        write_document(folder / f"{doc.name}.json", doc)
        split: Split = "train" if number < train else "dev" if number < train + dev else "test"
        issuers[doc.provenance.issuer or ""] = split
    write_splits(folder / FILE, Splits(issuers))
    return folder
