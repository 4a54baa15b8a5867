"""From bytes to Report."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from infer.assemble import assemble, cell_facts, numbered
from infer.forms import FormReadings, Hints, read_forms
from infer.labelling import Labelling, default_labelling, read_both, stated
from infer.metadata import read_meta
from infer.metadata.reading import MetaReading
from infer.model.deciding import Seen
from infer.read import Limits, read
from infer.recognition import lowered, marked, told
from infer.rules import label, read_running_text, rules_digest
from infer.rules.context import Reading as RunningText
from infer.sections import read_sections
from report import Check, Document, Fact, Report, Section, Span, UnreadableDocument, Warning, vocabulary
from report.facts import Producer
from report.forms import forms_digest
from report.identities import check

_SAYINGS = {
    "broken_bytes": "some bytes do not belong to the encoding; they stand as � in the text",
    "mojibake": "parts of the text were saved in a wrong encoding and cannot be read",
    "unmapped_glyphs": "some characters of the PDF have no code and cannot be read",
    "mojibake_repaired": "the text had been saved in a wrong encoding; it was decoded again",
}


def extract(
    data: bytes | str | Path, *, name: str | None = None, limits: Limits | None = None, labels: Labelling | None = None
) -> Report:
    """Read one document into a Report.

    `data`: bytes, or the path of a file; `labels`: who reads the running text (default: model and rules). Raises
    report.UnreadableDocument with one line of reason, OSError for a path.
    """
    if not isinstance(data, bytes):
        name = name or Path(data).name
        data = Path(data).read_bytes()
    return extract_document(read(data, name=name or "-", limits=limits or Limits()), labels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A document read as far as the labellers: forms, their cells, sections, identity, running text, rules' spans."""

    doc: Document
    forms: FormReadings
    sections: tuple[Section, ...]
    meta: MetaReading
    text: RunningText
    spans: tuple[Span, ...]
    cells: tuple[Fact, ...]

    def seen(self, labels: Labelling) -> list[Seen]:
        """What the labellers read of the running text."""
        return read_both(self.doc, self.text, self.spans, self.cells, self.meta.meta.report_year, labels)

    def facts(self, seen: Sequence[Seen], labels: Labelling) -> tuple[Fact, ...]:
        """The report's facts, numbered: its cells, and what the labellers' readings come to."""
        facts = numbered([*self.cells, *stated(seen, labels, self.checks_of_said)])
        if not self.doc.recognised:
            return facts
        facts = lowered(facts, labels.take)
        return marked(facts, self.checks(facts))

    def checks(self, facts: Sequence[Fact]) -> tuple[Check, ...]:
        """The identities between all of its facts."""
        return check(facts, self.meta.meta, self.sections, self.doc.text)

    def checks_of_said(self, said: Sequence[Fact]) -> tuple[Check, ...]:
        """The same, of its cells and these facts of the running text."""
        return self.checks([*self.cells, *said])


def prepare(doc: Document, forms: FormReadings | None = None) -> Prepared:
    """Everything of a document that no model is needed for; `forms` where the caller knows them already."""
    found = forms or read_forms(doc)
    sections = read_sections(doc, found.regions)
    meta = read_meta(doc, sections, form=found.form if found.detected else None)
    text = read_running_text(doc, found.regions)
    spans = label(doc, sections=sections, year=meta.meta.report_year, issuer=meta.meta.issuer, reading=text,
                  title_end=_title_end(meta))
    if forms is None and any(cell.ambiguous for cell in found.cells):
        found = read_forms(doc, hints=_hints(doc, spans, text))
    return Prepared(doc=doc, forms=found, sections=sections, meta=meta, text=text, spans=spans,
                    cells=tuple(cell_facts(doc, found.cells)))


def extract_document(doc: Document, labels: Labelling | None = None) -> Report:
    """Read an already decoded document into a Report."""
    labels = labels or default_labelling()
    read = prepare(doc)
    facts = read.facts(read.seen(labels), labels)
    return Report(
        source=doc.source,
        meta=read.meta.meta,
        meta_evidence=read.meta.evidence,
        facts=facts,
        sections=read.sections,
        checks=read.checks(facts),
        warnings=(
            *(Warning(code=code, message=_SAYINGS.get(code, code)) for code in doc.warnings),
            *told(doc),
            *read.meta.warnings,
            *doubts(facts),
            *_cut(read.text),
            *_without_model(labels),
        ),
        producer=producer(labels),
    )


def _without_model(labels: Labelling) -> list[Warning]:
    if labels.problem is None:
        return []
    return [Warning(code="no_model", message="the running text was read by rules alone: " + labels.problem)]


def _title_end(meta: MetaReading) -> int | None:
    """Where the title of a page ends; not of one that is cited in a sentence."""
    title = meta.evidence.get("title")
    return title.end if title else None


def _hints(doc: Document, spans: Sequence[Span], reading: RunningText) -> Hints:
    """What the running text says of the indicators, for digit runs that the identities leave open."""
    stated: dict[str, list[int | float]] = {}
    for fact in assemble(doc, cells=(), regions=(), spans=spans, reading=reading):
        if fact.indicator and fact.value is not None:
            stated.setdefault(fact.indicator, []).append(fact.value)
    return Hints({indicator: tuple(values) for indicator, values in stated.items()})


def doubts(facts: Sequence[Fact]) -> list[Warning]:
    """What of the form cells nobody can be sure of."""
    ambiguous = [fact for fact in facts if fact.ambiguous and fact.status == "stated"]
    if not ambiguous:
        return []
    return [
        Warning(
            code="ambiguous_cells",
            evidence=ambiguous[0].evidence,
            message=f"{len(ambiguous)} form cells can be read in more than one way",
        )
    ]


def _cut(reading: RunningText) -> list[Warning]:
    if not reading.cut:
        return []
    return [
        Warning(
            code="too_many_numbers",
            message="the running text holds more numbers than any report; the last were left out",
        )
    ]


def producer(labels: Labelling | None = None) -> Producer:
    """Versions of everything that decides a result."""
    try:
        release = version("gongkai")
    except PackageNotFoundError:
        release = "0+source"
    return Producer(
        gongkai=release,
        vocabulary=f"{vocabulary().version}+{vocabulary().digest}",
        forms=forms_digest(),
        rules=rules_digest(),
        model=labels.model.digest[:12] if labels and labels.model else None,
    )


__all__ = ["Section", "UnreadableDocument", "extract", "extract_document", "producer"]
