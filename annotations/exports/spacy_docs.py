"""spaCy's training data as JSON: a list of texts with their entities.

    nlp = spacy.blank("zh")                          # one token a character, so that every span falls on tokens
    for row in json.load(open("corpus.json")):
        doc = nlp.make_doc(row["text"])
        doc.spans["gongkai"] = [doc.char_span(start, end, label) for start, end, label in row["entities"]]
        # or, where nothing overlaps: Example.from_dict(doc, {"entities": row["entities"]})
"""
from dataclasses import dataclass

from annotations.corpus.document import AnnotatedDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One document; entities are (start, end, label), links and regions as in the corpus."""

    text: str
    entities: tuple[tuple[int, int, str], ...]
    links: tuple[tuple[int, int], ...]
    regions: tuple[tuple[int, int], ...]
    meta: dict[str, str | int | None]


def to_spacy(doc: AnnotatedDocument) -> Row:
    """The row of a document."""
    entities = tuple((mark.start, mark.end, mark.label.tag) for mark in doc.annotations)
    meta: dict[str, str | int | None] = {
        "name": doc.name, "sha256": doc.digest, "annotator": doc.annotator, "issuer": doc.provenance.issuer,
        "year": doc.provenance.year,
    }
    return Row(text=doc.text, entities=entities, links=doc.links, regions=doc.regions, meta=meta)
