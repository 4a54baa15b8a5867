"""The project: made, or brought up to date without losing what people have marked."""
from dataclasses import dataclass, replace
from typing import Literal

from annotations.errors import AnnotationError
from annotations.labelstudio.config import known_values, labelling_config
from annotations.labelstudio.results import values_of
from annotations.labelstudio.session import Project, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A project that is ready, and what was done for that."""

    project: Project
    done: Literal["made", "updated", "found"]


def prepare(session: Session, title: str, *, annotators: int | None = None) -> Prepared:
    """Make the project, or bring the labelling page of the one that is there up to date.

    `annotators`: how many are to label each report; None leaves it, 1 in a new project. Raises AnnotationError where
    people have used a label that the scheme no longer has.
    """
    if not session.find_projects(title):
        made = session.create_project(title, labelling_config(), annotators=annotators or 1)
        return Prepared(project=made, done="made")
    project = session.project(title)
    changed: dict[str, str | int] = {}
    if annotators not in (None, project.annotators):
        changed["maximum_annotations"] = annotators or 1
    if project.config.strip() != labelling_config().strip():
        _refuse_losing_labels(session, project)
        changed["label_config"] = labelling_config()
    if not changed:
        return Prepared(project=project, done="found")
    session.update_project(project, **changed)
    return Prepared(project=replace(project, config=labelling_config()), done="updated")


def _refuse_losing_labels(session: Session, project: Project) -> None:
    used = {
        value for task in session.export(project).tasks for row in task.annotations for value in values_of(row.result)
    }
    if lost := sorted(used - known_values()):
        raise AnnotationError(
            f"project {project.title!r} has annotations with labels that this gongkai does not know: "
            f"{', '.join(lost)}; its page stays as it is: make a project under another title with --project"
        )
