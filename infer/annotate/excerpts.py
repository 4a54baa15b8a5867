"""Chosen sentences and reports as documents to label, out of results alone: the files that were read are not needed."""
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from annotations.corpus import AnnotatedDocument
from annotations.labelstudio.pushing import Candidate
from annotations.labelstudio.tasks import Proposal
from infer.annotate.choosing import Choice, Unit
from infer.annotate.prelabel import Prelabelled, model_version, prelabel
from infer.annotate.reading import prepared_of, read_prepared
from infer.annotate.sentences import bare
from report import Report

_AROUND: Final = 120
"""characters before and behind a sentence that are shown with it"""
_STOPS: Final = "。！？!?\n"


def candidates(reports: Iterable[Report], chosen: Sequence[Choice], unit: Unit) -> Iterator[Candidate]:
    """What to push, with the rules' labels: reports as `annotate push` sends them, sentences in their surroundings."""
    wanted: dict[str, list[Choice]] = {}
    for choice in chosen:
        wanted.setdefault(choice.report, []).append(choice)
    for report in reports:
        picked = wanted.pop(report.source.name, [])
        if picked:
            read = _prelabelled(report)
            for made in [read] if unit == "report" else [excerpt(read, one.start, one.end) for one in picked]:
                yield Candidate(doc=made.doc, proposal=Proposal(model_version=model_version(), scores=made.scores))


def _prelabelled(report: Report) -> Prelabelled:
    doc = bare(report)
    made = prelabel(read_prepared(prepared_of(doc)), name=Path(doc.name).name)
    return replace(made, doc=replace(made.doc, provenance=replace(made.doc.provenance, source=doc.name)))


def excerpt(made: Prelabelled, start: int, end: int) -> Prelabelled:
    """text[start:end] with its labels, and some words around it, which are regions: read and never labelled."""
    doc = made.doc
    first, last = _before(doc.text, start), _behind(doc.text, end)
    kept = [n for n, mark in enumerate(doc.annotations) if start <= mark.start and mark.end <= end]
    place = {number: n for n, number in enumerate(kept)}
    marks = [doc.annotations[n] for n in kept]
    around = ((0, start - first), (end - first, last - first))
    part = AnnotatedDocument(
        name=f"{doc.name}.{start}-{end}", text=doc.text[first:last], provenance=doc.provenance,
        annotations=tuple(replace(mark, start=mark.start - first, end=mark.end - first) for mark in marks),
        links=tuple((place[one], place[other]) for one, other in doc.links if one in place and other in place),
        regions=tuple((one, other) for one, other in around if one < other))
    return Prelabelled(doc=part, scores=tuple(made.scores[n] for n in kept))


def _before(text: str, start: int) -> int:
    """Where the words before a place begin: behind a stop, if one is near enough."""
    least = max(0, start - _AROUND)
    stops = [n + 1 for n in range(least, start - 1) if text[n] in _STOPS]
    return stops[0] if stops and least else least


def _behind(text: str, end: int) -> int:
    most = min(len(text), end + _AROUND)
    stops = [n + 1 for n in range(end, most) if text[n] in _STOPS]
    return stops[-1] if stops and most < len(text) else most
