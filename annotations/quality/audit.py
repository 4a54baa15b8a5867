"""The audit of a corpus: every check over every document, then the checks across documents."""
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from annotations.corpus.document import SUFFIX, AnnotatedDocument, read_document
from annotations.corpus.splits import FILE, LeakFinder, Splits, read_splits
from annotations.errors import AnnotationError
from annotations.quality.consistency import RARE, Consistency, rare_labels, texts_twice
from annotations.quality.findings import Check, Finding, finding
from annotations.quality.marks import check_edges, check_labels, check_links, check_places, check_text
from annotations.quality.meanings import check_identity, check_names, check_nones, check_scopes
from annotations.quality.page import Page
from annotations.quality.quantities import check_numbers, check_unlabelled

CHECKS: Final[tuple[Check, ...]] = (
    check_text, check_places, check_edges, check_labels, check_links, check_numbers, check_unlabelled, check_scopes,
    check_nones, check_names, check_identity,
)


def audit(docs: Iterable[AnnotatedDocument], splits: Splits | None = None, *, rare: int = RARE) -> tuple[Finding, ...]:
    """What looks wrong in labelled documents, by document and place; with `splits` also what stands on both sides.

    `rare`: how many examples of a type and indicator are enough.
    """
    docs = list(docs)
    consistency = Consistency()
    leaks = LeakFinder(splits) if splits is not None else None
    found: list[Finding] = []
    for doc in docs:
        page = Page(doc)
        for check in CHECKS:
            found += check(page)
        consistency.add(page)
        if leaks is not None and splits is not None:
            leaks.add(doc, (mask for unit, mask in zip(page.units, page.masks, strict=True) if unit.is_sentence))
            found += _unassigned(doc, splits)
    found += [*consistency.findings(), *rare_labels(docs, rare), *texts_twice(docs)]
    if leaks is not None:
        found += _leaks(leaks, {doc.name: doc for doc in docs})
    return tuple(sorted(found, key=lambda one: (one.document, one.start, one.end, one.rule)))


def _unassigned(doc: AnnotatedDocument, splits: Splits) -> Iterator[Finding]:
    if splits.of(doc.provenance.issuer) is None:
        yield finding("split.unassigned", doc.name, doc.text, (0, 0), f"no split has {doc.provenance.issuer or 'it'}")


def _leaks(finder: LeakFinder, docs: dict[str, AnnotatedDocument]) -> Iterator[Finding]:
    for leak in finder.leaks():
        first, *others = leak.places
        for split, name, start, end in others:
            if leak.kind == "issuer":
                message = f"in {split}, and in {first[0]} as {first[1]}"
                yield finding("split.issuer", name, name, (0, len(name)), message)
            else:
                yield finding("split.leak", name, docs[name].text, (start, end),
                              f"in {split}, and in {first[0]}: {first[1]} [{first[2]}:{first[3]}]")


def audit_folder(folder: Path, *, rare: int = RARE) -> tuple[tuple[Finding, ...], int]:
    """Findings in the documents of a folder and how many were read; splits.toml counts where it is there.

    A file that is broken is a finding. Raises AnnotationError where the folder holds no document.
    """
    paths = sorted(folder.glob(f"*{SUFFIX}"))
    if not paths:
        raise AnnotationError(f"no labelled document (*{SUFFIX}) in {folder}")
    docs, broken = [], []
    for path in paths:
        try:
            docs.append(read_document(path))
        except AnnotationError as error:
            broken.append(finding("file.broken", path.name, "", (0, 0), str(error)))
    splits = read_splits(folder / FILE) if (folder / FILE).is_file() else None
    return (*broken, *audit(docs, splits, rare=rare)), len(docs)
