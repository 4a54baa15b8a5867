"""Cases written inline: the same words marked as they should be and as they were found."""
from dataclasses import replace

from annotations.corpus import Provenance
from tests.annotations.made import labelled
from train.evaluating.cases import Case
from train.scoring import known_marks


def case(known: str, found: str | None = None, *, name: str = "a", sure: float = 0.9, **origin: object) -> Case:
    """[[words|LABEL]] in `known` and in `found`, which may say |LABEL|0.7 too; by default all is found."""
    doc = labelled(known, name=name)
    words, confidences = _split(known if found is None else found)
    marked = labelled(words, name=name)
    assert marked.text == doc.text
    doc = replace(doc, provenance=replace(Provenance(method="written", issuer="青禾县水务局", year=2022),
                                          **origin))  # type: ignore[arg-type]
    marks = known_marks(marked)
    return Case(doc, {mark: confidences.get(number, sure) for number, mark in enumerate(marks)})


def _split(marked: str) -> tuple[str, dict[int, float]]:
    """The words without confidences, and those by number of the mark."""
    parts = marked.split("]]")
    found = {}
    for number, part in enumerate(parts):
        if part.count("|") == 2:
            parts[number], _, said = part.rpartition("|")
            found[number] = float(said)
    return "]]".join(parts), found
