"""The corpus: one file for each labelled document, character tags for training, frozen splits."""
from annotations.corpus.document import (
    AnnotatedDocument,
    Annotation,
    Passage,
    Provenance,
    decode,
    encode,
    from_spans,
    read_corpus,
    read_document,
    to_spans,
    write_document,
)

__all__ = [
    "AnnotatedDocument", "Annotation", "Passage", "Provenance", "decode", "encode", "from_spans", "read_corpus",
    "read_document", "to_spans", "write_document",
]
