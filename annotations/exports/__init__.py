"""Labelled documents in the formats of other tools: spaCy, CoNLL, brat, windows with BIO tags."""
from annotations.exports.exporting import Format, export

__all__ = ["Format", "export"]
