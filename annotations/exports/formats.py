"""The formats by name, apart from what writes them, so that a command line can list them without loading anything."""
from enum import StrEnum


class Format(StrEnum):
    """What `gongkai annotate export` writes."""

    SPACY = "spacy"
    CONLL = "conll"
    BRAT = "brat"
    BIO = "bio"
