"""Writing a corpus in another tool's format."""
from collections.abc import Sequence
from pathlib import Path

import msgspec

from annotations.corpus.bio import windows
from annotations.corpus.document import AnnotatedDocument
from annotations.errors import AnnotationError
from annotations.exports.brat import write_brat
from annotations.exports.conll import to_conll
from annotations.exports.formats import Format
from annotations.exports.spacy_docs import to_spacy


def export(docs: Sequence[AnnotatedDocument], form: Format, target: Path) -> None:
    """Write documents to `target`: one file that appears whole, for brat a folder that may be empty or absent.

    Raises AnnotationError for what the format cannot hold.
    """
    if form is Format.BRAT:
        write_brat(docs, target)
        return
    if target.is_dir():
        raise AnnotationError(f"{target} is a folder; {form} is one file")
    data = _bytes(docs, form)
    partial = target.with_name(f".{target.name}.part")
    partial.write_bytes(data)
    partial.replace(target)


def _bytes(docs: Sequence[AnnotatedDocument], form: Format) -> bytes:
    if form is Format.SPACY:
        return msgspec.json.format(msgspec.json.encode([to_spacy(doc) for doc in docs]), indent=1) + b"\n"
    if form is Format.CONLL:
        return "".join(to_conll(doc) for doc in docs).encode()
    return b"".join(msgspec.json.encode(window) + b"\n" for doc in docs for window in windows(doc))
