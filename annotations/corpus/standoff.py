"""Labels without their text, for reports whose words may not be passed on: whoever holds the text joins them again."""
from pathlib import Path
from typing import Final

import msgspec

from annotations.corpus.document import AnnotatedDocument, Annotation, Provenance
from annotations.errors import AnnotationError
from annotations.scheme import Label

SUFFIX: Final = ".labels.json"
_Place = tuple[int, int, str]


class Standoff(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """`labels` are half-open offsets (code points) with a label's tag; `sha256` is that of the text they belong to."""

    name: str
    sha256: str
    provenance: Provenance
    labels: tuple[_Place, ...]
    links: tuple[tuple[int, int], ...] = ()
    regions: tuple[tuple[int, int], ...] = ()


def detach(doc: AnnotatedDocument) -> Standoff:
    """The document's labels alone."""
    labels = tuple((mark.start, mark.end, mark.label.tag) for mark in doc.annotations)
    return Standoff(name=doc.name, sha256=doc.digest, provenance=doc.provenance, labels=labels, links=doc.links,
                    regions=doc.regions)


def attach(held: Standoff, text: str) -> AnnotatedDocument:
    """Inverse of detach. Raises AnnotationError where the text is another."""
    marks = tuple(Annotation.of(Label.parse(tag), start, end) for start, end, tag in held.labels)
    doc = AnnotatedDocument(name=held.name, text=text, annotations=marks, links=held.links, regions=held.regions,
                            provenance=held.provenance)
    if doc.digest != held.sha256:
        raise AnnotationError(f"{held.name}: the text is not the one that was labelled (sha256 differs)")
    return doc


def write_standoff(path: Path, held: Standoff) -> None:
    """Write one file, a label a line."""
    words = msgspec.json.encode(held).decode()
    path.write_text(words.replace(",[", ",\n[") + "\n", encoding="utf-8")


def read_standoff(path: Path) -> Standoff:
    """Read one file. Raises AnnotationError naming it."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Standoff)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise AnnotationError(f"{path.name}: no labels: {error}") from None
