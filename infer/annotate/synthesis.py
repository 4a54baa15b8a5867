"""Synthetic reports on disk: each from its own seed, as a labelled document and as the source that a reader gets."""
from collections.abc import Callable, Iterable
from pathlib import Path

from annotations.corpus import AnnotatedDocument, write_document
from annotations.synthetic import synthesize
from annotations.synthetic.assembling import SyntheticReport
from infer.annotate.realizing import realize


def write_reports(folder: Path, seeds: Iterable[int], *, clean: bool, step: Callable[[], None]) -> int:
    """Write one report for each seed into `folder`; the number of their spans. `step` is called after each."""
    spans = 0
    for seed in seeds:
        report = synthesize(seed, clean=clean)
        document = realize(report)
        write_report(folder, report, document)
        spans += len(document.annotations)
        step()
    return spans


def write_report(folder: Path, report: SyntheticReport, document: AnnotatedDocument) -> None:
    """The labelled document into the folder, the source into sources/ below it."""
    suffix = "html" if report.is_html else "txt"
    (folder / "sources" / f"{report.name}.{suffix}").write_text(report.source, encoding="utf-8", newline="")
    write_document(folder / f"{report.name}.json", document)
