"""From bytes to Report, in five calls."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from infer.assemble import assemble
from infer.forms import Hints, read_forms
from infer.metadata import read_meta
from infer.read import Limits, read
from infer.rules import label, read_running_text, rules_digest
from infer.rules.context import Reading
from infer.sections import read_sections
from report import Document, Fact, Report, Section, Span, UnreadableDocument, Warning, vocabulary
from report.facts import Producer
from report.forms import forms_digest
from report.identities import check

_SAYINGS = {
    "broken_bytes": "some bytes do not belong to the encoding; they stand as � in the text",
    "mojibake": "parts of the text were saved in a wrong encoding and cannot be read",
    "pages_without_text": "some pages hold no text; a table on them may be an image",
    "unmapped_glyphs": "some characters of the PDF have no code and cannot be read",
    "mojibake_repaired": "the text had been saved in a wrong encoding; it was decoded again",
}


def extract(data: bytes | str | Path, *, name: str | None = None, limits: Limits | None = None) -> Report:
    """Read one document into a Report.

    `data`: bytes, or the path of a file. Raises report.UnreadableDocument with one line of reason, OSError for a path.
    """
    if not isinstance(data, bytes):
        name = name or Path(data).name
        data = Path(data).read_bytes()
    return extract_document(read(data, name=name or "-", limits=limits or Limits()))


def extract_document(doc: Document) -> Report:
    """Read an already decoded document into a Report."""
    forms = read_forms(doc)
    sections = read_sections(doc, forms.regions)
    meta = read_meta(doc, sections, form=forms.form if forms.detected else None)
    reading = read_running_text(doc, forms.regions)
    spans = label(doc, sections=sections, year=meta.meta.report_year, issuer=meta.meta.issuer, reading=reading)
    if any(cell.ambiguous for cell in forms.cells):
        forms = read_forms(doc, hints=_hints(doc, spans, reading))
    facts = assemble(doc, cells=forms.cells, regions=forms.regions, spans=spans, reading=reading)
    return Report(
        source=doc.source,
        meta=meta.meta,
        meta_evidence=meta.evidence,
        facts=facts,
        sections=sections,
        checks=check(facts, meta.meta, sections, doc.text),
        warnings=(
            *(Warning(code=code, message=_SAYINGS.get(code, code)) for code in doc.warnings),
            *meta.warnings,
            *_doubts(facts),
            *_cut(reading),
        ),
        producer=producer(),
    )


def _hints(doc: Document, spans: Sequence[Span], reading: Reading) -> Hints:
    """What the running text says of the indicators, for digit runs that the identities leave open."""
    stated: dict[str, list[int | float]] = {}
    for fact in assemble(doc, cells=(), regions=(), spans=spans, reading=reading):
        if fact.indicator and fact.value is not None:
            stated.setdefault(fact.indicator, []).append(fact.value)
    return Hints({indicator: tuple(values) for indicator, values in stated.items()})


def _doubts(facts: Sequence[Fact]) -> list[Warning]:
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


def _cut(reading: Reading) -> list[Warning]:
    if not reading.cut:
        return []
    return [
        Warning(
            code="too_many_numbers",
            message="the running text holds more numbers than any report; the last were left out",
        )
    ]


def producer() -> Producer:
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
    )


__all__ = ["Section", "UnreadableDocument", "extract", "extract_document", "producer"]
