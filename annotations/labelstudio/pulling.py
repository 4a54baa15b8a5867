"""What people have marked, brought back: checked against the text, one document for each annotator."""
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from annotations.corpus import AnnotatedDocument
from annotations.errors import AnnotationError
from annotations.labelstudio.session import Export
from annotations.labelstudio.tasks import Returned, from_task
from annotations.labelstudio.wire import Completion, Exported, Person
from annotations.scheme import scheme

METHOD: Final = "label_studio"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """Documents as people labelled them; why others could not be taken; what a lead should know of the rest."""

    docs: tuple[AnnotatedDocument, ...]
    refused: tuple[str, ...]
    notes: tuple[str, ...]
    skipped: int
    drafts: int


def pull(export: Export) -> Pulled:
    """Submitted annotations only; skipped tasks and drafts are counted."""
    docs, refused, notes = [], list(export.foreign), []
    for task in export.tasks:
        for annotator, rows in _by_annotator(task, export):
            try:
                returned = from_task(task.data, rows[-1], annotator)
            except AnnotationError as error:
                refused.append(f"{error} (task {task.id}, {annotator})")
                continue
            docs.append(replace(returned.doc, provenance=replace(returned.doc.provenance, method=METHOD)))
            notes += [f"{task.data.name} ({annotator}): {note}" for note in _notes(returned, len(rows))]
    return Pulled(
        docs=tuple(docs), refused=tuple(refused), notes=tuple(notes),
        skipped=sum(row.was_cancelled for task in export.tasks for row in task.annotations),
        drafts=sum(len(task.drafts) for task in export.tasks),
    )


def _by_annotator(task: Exported, export: Export) -> Iterator[tuple[str, list[Completion]]]:
    found: dict[str, list[Completion]] = {}
    for row in sorted(task.annotations, key=lambda row: row.id or 0):
        if not row.was_cancelled:
            found.setdefault(annotator_of(row, export), []).append(row)
    yield from found.items()


def annotator_of(row: Completion, export: Export) -> str:
    """The e-mail, or the number where the server does not say whose it is."""
    if isinstance(row.completed_by, Person):
        return row.completed_by.email
    return export.people.get(row.completed_by or 0, f"user {row.completed_by}")


def _notes(returned: Returned, times: int) -> Iterator[str]:
    if times > 1:
        yield f"labelled {times} times, the last is taken"
    if returned.trimmed:
        yield f"{returned.trimmed} spans were drawn with blanks at an edge and trimmed"
    for mark in returned.doc.annotations:
        for fault in scheme().faults(mark.label):
            yield f"[{mark.start}:{mark.end}] {returned.doc.words(mark)!r}: {fault}"
