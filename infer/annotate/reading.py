"""A report as annotation needs it: its text, its form, the rules' spans, and the facts that they give."""
from collections.abc import Mapping
from dataclasses import dataclass, replace

from annotations.corpus import AnnotatedDocument
from infer.assemble import assemble
from infer.forms import FormReadings, read_forms
from infer.inputs import Input
from infer.model.passages import Passage, passages
from infer.pipeline import Prepared, prepare
from infer.read import Limits, read
from infer.rules import read_running_text
from infer.rules.context import Reading
from report import Document, Fact, Meta, Span, UnreadableDocument
from report.document import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadReport:
    """`spans` are the rules' labels of the running text; `facts_at` the facts that the words at a place give."""

    doc: Document
    forms: FormReadings
    meta: Meta
    meta_places: Mapping[str, tuple[int, int]]
    reading: Reading
    spans: tuple[Span, ...]
    facts_at: Mapping[tuple[int, int], tuple[Fact, ...]]

    @property
    def text(self) -> str:
        return self.doc.text

    @property
    def regions(self) -> tuple[tuple[int, int], ...]:
        return tuple(self.forms.regions)


def read_report(data: bytes, *, name: str) -> ReadReport:
    """Read one report as infer.pipeline.extract does. Raises report.UnreadableDocument."""
    doc = read(data, name=name, limits=Limits())
    return read_prepared(prepare(doc, read_forms(doc)))


def read_prepared(read: Prepared) -> ReadReport:
    """What the rules say of a document outside its forms."""
    facts: dict[tuple[int, int], tuple[Fact, ...]] = {}
    for fact in assemble(read.doc, cells=(), regions=read.forms.regions, spans=read.spans, reading=read.text):
        place = (fact.evidence.start, fact.evidence.end)
        facts[place] = (*facts.get(place, ()), fact)
    places = {key: (evidence.start, evidence.end) for key, evidence in read.meta.evidence.items()}
    return ReadReport(doc=read.doc, forms=read.forms, meta=read.meta.meta, meta_places=places, reading=read.text,
                      spans=read.spans, facts_at=facts)


def document_of(labelled: AnnotatedDocument) -> Document:
    """The text of a labelled document as a reader would have given it, so that every offset holds."""
    return Document(source=Source(name=labelled.name, media="text", encoding=None, sha256=labelled.digest,
                                  size=len(labelled.text.encode()), pages=None, text=labelled.text))


def prepared_of(labelled: AnnotatedDocument) -> Prepared:
    """A labelled document as extraction reads it; its regions stand for the forms, whose cells nobody reads."""
    doc = document_of(labelled)
    return prepare(doc, replace(read_forms(doc), regions=labelled.regions, cells=()))


def running_text_of(labelled: AnnotatedDocument) -> Reading:
    """The running text of a labelled document."""
    return read_running_text(document_of(labelled), labelled.regions)


def passages_of(labelled: AnnotatedDocument) -> tuple[Passage, ...]:
    """The passages of a labelled document that the model reads."""
    return passages(running_text_of(labelled), labelled.text)


def read_found(found: Input) -> ReadReport | str:
    """The report, or the reason in one line why it cannot be read; no report stops a run over many."""
    try:
        return read_report(found.read(), name=found.name)
    except UnreadableDocument as error:
        return error.reason
    except OSError as error:
        return error.strerror or str(error)
    except Exception as error:
        return f"internal error: {type(error).__name__}: {' '.join(str(error).split())}"
