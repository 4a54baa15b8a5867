"""Labelled documents in the formats of other tools: spaCy, CoNLL, brat, windows with BIO tags."""
