"""A labelled document as a task of Label Studio and back, without loss. Offsets are code points on both sides."""
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from annotations.corpus import AnnotatedDocument, Annotation
from annotations.corpus.document import annotated
from annotations.errors import AnnotationError
from annotations.labelstudio.refusals import refuse_text
from annotations.labelstudio.results import links_of, spans_of, to_results
from annotations.labelstudio.wire import FORMAT, Completion, Data, Person, Prediction, Result, Task


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Who proposes a document's labels, and how sure each is (in the order of its annotations; none: not known)."""

    model_version: str
    scores: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A document as somebody labelled it, and how many of its spans were drawn with blanks at an edge."""

    doc: AnnotatedDocument
    trimmed: int = 0


def task_key(doc: AnnotatedDocument) -> str:
    """The same name and text are the same task."""
    return hashlib.sha256(f"{doc.name}\0{doc.text}".encode()).hexdigest()


def to_task(doc: AnnotatedDocument, proposal: Proposal | None = None) -> Task:
    """The task of a document; its labels are a prediction where somebody proposes them, else its annotator's answers.

    Raises AnnotationError for a text or label that Label Studio cannot carry.
    """
    refuse_text(doc.name, doc.text)
    data = Data(
        gongkai=FORMAT, key=task_key(doc), sha256=doc.digest, name=doc.name, title=doc.name, text=doc.text,
        provenance=doc.provenance, regions=list(doc.regions), passages=list(doc.passages),
    )
    if proposal is None:
        person = Person(email=doc.annotator) if doc.annotator else None
        return Task(data=data, annotations=[Completion(result=to_results(doc), completed_by=person)])
    scores = proposal.scores
    mean = round(sum(scores) / len(scores), 4) if scores else None
    guess = Prediction(result=to_results(doc, scores), model_version=proposal.model_version, score=mean)
    return Task(data=data, predictions=[guess])


def from_task(data: Data, completion: Completion, annotator: str | None = None) -> Returned:
    """The document as one person labelled it. Raises AnnotationError where text, offsets or labels do not agree."""
    bare = AnnotatedDocument(
        name=data.name, text=data.text, regions=tuple(data.regions), passages=tuple(data.passages),
        provenance=data.provenance,
        annotator=completion.completed_by.email if isinstance(completion.completed_by, Person) else annotator,
    )
    if bare.digest != data.sha256 or task_key(bare) != data.key:
        raise AnnotationError(f"{data.name}: the text is not the one that was pushed (sha256 differs)")
    try:
        return _labelled(bare, completion.result)
    except AnnotationError as error:
        raise AnnotationError(f"{data.name}: {error}") from None


def _labelled(bare: AnnotatedDocument, results: Sequence[Result]) -> Returned:
    spans = spans_of(results)
    marks = tuple(_trimmed(bare.text, mark) for mark in spans.values())
    trimmed = sum(mark != drawn for mark, drawn in zip(marks, spans.values(), strict=True))
    links = links_of(results, spans)
    return Returned(doc=annotated(replace(bare, annotations=marks, links=links)), trimmed=trimmed)


def _trimmed(text: str, mark: Annotation) -> Annotation:
    """Without the blanks that a mouse took along."""
    if not 0 <= mark.start < mark.end <= len(text):
        raise AnnotationError(f"span [{mark.start}:{mark.end}] lies outside the text of {len(text)} characters")
    words = text[mark.start : mark.end]
    if not words.strip():
        raise AnnotationError(f"span [{mark.start}:{mark.end}] holds only blanks")
    before, after = len(words) - len(words.lstrip()), len(words) - len(words.rstrip())
    return replace(mark, start=mark.start + before, end=mark.end - after)
