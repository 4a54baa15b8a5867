"""Talking to a server: projects, tasks and exports through Label Studio's own client, its faults told in one line."""
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Self

import msgspec

from annotations.errors import AnnotationError
from annotations.labelstudio.access import Connection
from annotations.labelstudio.wire import Exported, Listed, Prediction, Task

if TYPE_CHECKING:
    import httpx
    from label_studio_sdk import LabelStudio

_TIMEOUT: Final = 300.0
_PAGE: Final = 500
_LISTED_FIELDS: Final = "id,data,total_annotations,total_predictions"
_LONGEST_CAUSE: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Project:
    """A project of the server."""

    id: int
    title: str
    config: str
    model_version: str
    annotators: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """Finished and unfinished tasks, the e-mail of each annotator, and the tasks that gongkai did not make."""

    tasks: tuple[Exported, ...]
    people: dict[int, str]
    foreign: tuple[str, ...]


class Session:
    """One server; every fault of it is an AnnotationError that names its address and nothing secret."""

    def __init__(self, connection: Connection) -> None:
        self.url = connection.url
        self._client, self._transport = _client(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_fault: object) -> None:
        self._transport.close()

    def find_projects(self, title: str) -> list[Project]:
        """Those of exactly this title, or the one of this number."""
        with self._told():
            if title.isdecimal():
                return [self._get(int(title))]
            rows: Iterable[Any] = self._client.projects.list(include="id,title")
            return [self._get(row.id) for row in rows if row.title == title]

    def project(self, title: str) -> Project:
        """The one project of this title or number."""
        found = self.find_projects(title)
        if not found:
            raise AnnotationError(f"{self.url} has no project {title!r}: make it with `gongkai annotate init`")
        if len(found) > 1:
            ids = ", ".join(str(project.id) for project in found)
            raise AnnotationError(f"{self.url} has {len(found)} projects {title!r}: give the number of one ({ids})")
        return found[0]

    def _get(self, project: int) -> Project:
        row = self._client.projects.get(project)
        return Project(
            id=project, title=row.title or "", config=row.label_config or "", model_version=row.model_version or "",
            annotators=row.maximum_annotations or 1, url=f"{self.url}/projects/{project}/data",
        )

    def create_project(self, title: str, config: str, *, annotators: int) -> Project:
        with self._told():
            made: Any = self._client.projects.create(
                title=title, label_config=config, show_collab_predictions=True, maximum_annotations=annotators,
            )
            return self._get(made.id)

    def update_project(self, project: Project, **changed: str | bool | int) -> None:
        with self._told():
            self._client.projects.update(project.id, **changed)  # type: ignore[arg-type]

    def list_tasks(self, project: Project) -> list[Listed]:
        """Every task with its key; others' tasks have none."""
        with self._told():
            rows: Iterable[Any] = self._client.tasks.list(
                project=project.id, fields="task_only", include=_LISTED_FIELDS, page_size=_PAGE,
            )
            return [msgspec.convert(row.model_dump(), Listed) for row in rows]

    def predicted_by(self, project: Project, version: str) -> frozenset[int]:
        """Ids of the tasks that hold pre-annotations of this version."""
        wanted = {"filter": "filter:tasks:predictions_model_versions", "operator": "contains", "type": "List",
                  "value": [version]}
        query = json.dumps({"filters": {"conjunction": "and", "items": [wanted]}})
        with self._told():
            rows: Iterable[Any] = self._client.tasks.list(
                project=project.id, fields="task_only", include="id", query=query, page_size=_PAGE,
            )
            return frozenset(row.id for row in rows)

    def import_tasks(self, project: Project, tasks: Sequence[Task]) -> None:
        with self._told():
            rows = [msgspec.to_builtins(task) for task in tasks]
            # sent again, a batch that did arrive would stand there twice
            self._client.projects.import_tasks(project.id, request=rows, request_options={"max_retries": 0})

    def add_prediction(self, task: Listed, prediction: Prediction) -> None:
        with self._told():
            row = msgspec.to_builtins(prediction)
            self._client.predictions.create(
                task=task.id, result=row["result"], model_version=row["model_version"], score=row.get("score"),
            )

    def export(self, project: Project) -> Export:
        """All tasks in full."""
        with self._told():
            rows: Any = self._client.projects.exports.as_json(project.id)
            people = {person.id: person.email or f"user {person.id}" for person in self._client.users.list()}
        tasks, foreign = [], []
        for row in rows:
            try:
                tasks.append(msgspec.convert(row, Exported))
            except msgspec.ValidationError as error:
                foreign.append(f"task {row.get('id')} of {self.url}: not made by gongkai: {error}")
        return Export(tasks=tuple(tasks), people=people, foreign=tuple(foreign))

    @contextmanager
    def _told(self) -> Iterator[None]:
        import httpx
        from label_studio_sdk.core.api_error import ApiError

        try:
            yield
        except ApiError as error:
            # the error's own text holds every header, cookies among them
            raise AnnotationError(f"{self.url}: {error.status_code}: {_cause(error.body)}") from None
        except httpx.HTTPError as error:
            raise AnnotationError(f"{self.url} cannot be reached: {error or type(error).__name__}") from None
        except json.JSONDecodeError:
            raise AnnotationError(f"{self.url} answers, but not as Label Studio does") from None


def _client(connection: Connection) -> "tuple[LabelStudio, httpx.Client]":
    try:
        import httpx
        from label_studio_sdk import LabelStudio
        from label_studio_sdk.core.api_error import ApiError
    except ImportError as error:
        raise AnnotationError(
            f"Label Studio's client is not installed ({error.name} is missing): pip install 'gongkai[annotate]'"
        ) from None
    # a proxy has no way to this machine's own loopback
    transport = httpx.Client(timeout=_TIMEOUT, follow_redirects=True, trust_env=not connection.is_local)
    try:
        client = LabelStudio(  # type: ignore[no-untyped-call]
            base_url=connection.url, api_key=connection.token, httpx_client=transport,
        )
        return client, transport
    except ApiError as error:
        transport.close()
        raise AnnotationError(f"{connection.url}: {error.status_code}: {_cause(error.body)}") from None


def _cause(body: object) -> str:
    """The server's own words: its detail, and which field is wrong in what way."""
    if not isinstance(body, dict):
        return _short(str(body))
    fields = body.get("validation_errors")
    if not isinstance(fields, dict):
        return _short(str(body.get("detail", body)))
    return _short("; ".join(f"{name}: {_joined(words)}" for name, words in fields.items()))


def _joined(words: object) -> str:
    return " ".join(map(str, words)) if isinstance(words, list) else str(words)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= _LONGEST_CAUSE else f"{line[:_LONGEST_CAUSE]}…"
