"""Documents sent as tasks, each once."""
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final, TypeVar

import msgspec

from annotations.corpus import AnnotatedDocument
from annotations.errors import AnnotationError
from annotations.labelstudio.session import Project, Session
from annotations.labelstudio.tasks import Proposal, to_task
from annotations.labelstudio.wire import Listed, Task

_BATCH: Final = 50

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A document to send, and who proposes its labels (None: it is sent bare)."""

    doc: AnnotatedDocument
    proposal: Proposal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushed:
    """What became of the documents; hidden: untouched tasks whose pre-annotations, of another version, do not show."""

    new: int
    known: int
    refreshed: int
    hidden: int
    refused: tuple[str, ...] = ()


def push(session: Session, project: Project, candidates: Iterable[Candidate]) -> Pushed:
    """Send what is not there yet; a task that nobody has labelled takes pre-annotations of another version."""
    tasks, refused = _tasks(candidates)
    version = _version(tasks.values())
    there = {task.key: task for task in session.list_tasks(project) if task.key}
    new = [task for key, task in tasks.items() if key not in there]
    current = session.predicted_by(project, version) if version and there else frozenset()
    stale = {key: task for key, task in there.items() if version and _is_stale(task, current)}
    for batch in _batches(new):
        session.import_tasks(project, batch)
    for key in (again := stale.keys() & tasks.keys()):
        session.add_prediction(stale[key], tasks[key].predictions[0])
    if version and version != project.model_version:
        session.update_project(project, model_version=version, show_collab_predictions=True)
    return Pushed(
        new=len(new), known=len(tasks) - len(new), refreshed=len(again), refused=refused,
        hidden=sum(bool(task.total_predictions) for key, task in stale.items() if key not in again),
    )


def _tasks(candidates: Iterable[Candidate]) -> tuple[Mapping[str, Task], tuple[str, ...]]:
    tasks: dict[str, Task] = {}
    refused = []
    for one in candidates:
        try:
            task = to_task(one.doc, one.proposal) if one.proposal else _bare(one.doc)
        except AnnotationError as error:
            refused.append(str(error))
        else:
            tasks[task.data.key] = task
    return tasks, tuple(refused)


def _bare(doc: AnnotatedDocument) -> Task:
    return msgspec.structs.replace(to_task(replace(doc, annotations=(), links=())), annotations=[])


def _version(tasks: Iterable[Task]) -> str | None:
    """Label Studio shows the pre-annotations of one version in a project, so two kinds need two projects."""
    versions = {guess.model_version or "" for task in tasks for guess in task.predictions}
    if len(versions) > 1:
        raise AnnotationError(
            f"pre-annotations of {len(versions)} kinds ({', '.join(sorted(versions))}): Label Studio shows one kind "
            "in a project; push reports and labelled documents into projects of their own (--project)"
        )
    return next(iter(versions), None)


def _is_stale(task: Listed, current: frozenset[int]) -> bool:
    return not task.total_annotations and task.id not in current


def _batches(items: Sequence[T]) -> Iterator[list[T]]:
    rest = iter(items)
    while batch := list(islice(rest, _BATCH)):
        yield batch
