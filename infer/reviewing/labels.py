"""Labels that people set to corrections: what they marked is all that the running text of a document states."""
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from annotations.corpus import AnnotatedDocument, read_document, to_spans
from annotations.errors import AnnotationError
from annotations.labelstudio.pulling import METHOD
from annotations.scheme import QUANTITIES, scheme
from infer.annotate.reading import document_of, running_text_of
from infer.assemble import text_facts
from infer.reviewing.corrections import BadCorrections, Correction, Reading, Refused, text_hash
from report import Fact

REVIEWED: Final = "reviewed"
_LABELLERS: Final = frozenset({METHOD, REVIEWED})


def corrections_of_labels(paths: Iterable[Path]) -> tuple[list[Correction], list[Refused]]:
    """Of each text once; what two people label differently, and what no person labelled, is refused."""
    held: dict[str, list[tuple[Path, AnnotatedDocument]]] = {}
    refused: list[Refused] = []
    for path in paths:
        try:
            doc = read_document(path)
        except AnnotationError as error:
            raise BadCorrections(str(error)) from None
        if doc.annotator is None and doc.provenance.method not in _LABELLERS:
            refused.append(Refused(origin=str(path), reason=f"no person labelled it ({doc.provenance.method})"))
            continue
        held.setdefault(text_hash(doc.text), []).append((path, doc))
    rows: list[Correction] = []
    for same in held.values():
        if reason := _differ([doc for _, doc in same]):
            refused += [Refused(origin=str(path), reason=reason) for path, _ in same]
            continue
        path, doc = same[0]
        made, left = corrections_of(doc, str(path))
        rows += made
        refused += left
    return rows, refused


def _differ(docs: Sequence[AnnotatedDocument]) -> str | None:
    first = docs[0]
    if all((one.annotations, one.links, one.regions) == (first.annotations, first.links, first.regions)
           for one in docs):
        return None
    people = " and ".join(dict.fromkeys(one.annotator or "unknown" for one in docs))
    return f"the same text is labelled in {len(docs)} ways, by {people}; keep one"


def corrections_of(doc: AnnotatedDocument, origin: str) -> tuple[list[Correction], list[Refused]]:
    """A fact for each label, and a `settle` for each stretch that was there to be labelled."""
    facts = text_facts(document_of(doc), to_spans(doc, method="reviewed"), running_text_of(doc))
    refused = dict(_refused(doc, facts, origin))
    places = {fact.id: (fact.evidence.start, fact.evidence.end) for fact in facts}
    rows = [_row(doc, fact, places, origin) for fact in facts if places[fact.id] not in refused]
    settled = (_settle(doc, start, end, origin) for start, end in _stretches(doc))
    return [*settled, *rows], list(refused.values())


def _refused(
    doc: AnnotatedDocument, facts: Sequence[Fact], origin: str,
) -> Iterator[tuple[tuple[int, int], Refused]]:
    """By place, the labels that give no fact."""
    made = {(fact.evidence.start, fact.evidence.end) for fact in facts}
    for mark in doc.annotations:
        name = f"{origin}, [{mark.start}:{mark.end}] {doc.words(mark)!r}"
        reason = "; ".join(scheme().faults(mark.label))
        if not reason and mark.type in QUANTITIES and (mark.start, mark.end) not in made:
            reason = f"labelled {mark.label.tag}, but its words are no number"
        if reason:
            yield (mark.start, mark.end), Refused(origin=name, reason=reason)


def _row(doc: AnnotatedDocument, fact: Fact, places: dict[str, tuple[int, int]], origin: str) -> Correction:
    reading = reading_of(fact)
    return Correction(
        origin=f"{origin}, [{fact.evidence.start}:{fact.evidence.end}]", text_sha256=text_hash(doc.text),
        document=doc.name, start=fact.evidence.start, end=fact.evidence.end, words=fact.evidence.text, action="label",
        reading=reading, place="text", part_of=places.get(fact.parent or ""), reviewer=doc.annotator)


def reading_of(fact: Fact) -> Reading:
    """What a fact says, as a correction has it."""
    return Reading(indicator=fact.indicator, by=tuple(sorted(fact.by.items())), scope=fact.scope, value=fact.value,
                   unit=fact.unit, state=fact.state, qualifier=fact.qualifier, counted=fact.counted)


def _settle(doc: AnnotatedDocument, start: int, end: int, origin: str) -> Correction:
    return Correction(origin=f"{origin}, [{start}:{end}]", text_sha256=text_hash(doc.text), document=doc.name,
                      start=start, end=end, words=None, action="settle", place="text", reviewer=doc.annotator)


def _stretches(doc: AnnotatedDocument) -> Iterator[tuple[int, int]]:
    """The text outside of the regions that nobody labels."""
    at = 0
    for start, end in sorted(doc.regions):
        if at < start:
            yield at, start
        at = max(at, end)
    if at < len(doc.text):
        yield at, len(doc.text)
