"""How far a project is, and what people made of the pre-annotations."""
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from annotations.corpus import Annotation
from annotations.errors import AnnotationError
from annotations.labelstudio.pulling import annotator_of
from annotations.labelstudio.results import spans_of
from annotations.labelstudio.session import Export
from annotations.labelstudio.wire import Completion, Result

_CHANGED = "prediction-changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdicts:
    """Pre-annotated spans that people left as they were, changed, or took away; and spans that they added."""

    accepted: int = 0
    changed: int = 0
    rejected: int = 0
    added: int = 0

    def __add__(self, other: "Verdicts") -> "Verdicts":
        return Verdicts(
            accepted=self.accepted + other.accepted, changed=self.changed + other.changed,
            rejected=self.rejected + other.rejected, added=self.added + other.added,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Counts of tasks and of annotations; `verdicts` by model version."""

    tasks: int
    annotated: int
    skipped: int
    drafts: int
    by_annotator: dict[str, int]
    verdicts: dict[str, Verdicts]


def progress(export: Export) -> Progress:
    people: Counter[str] = Counter()
    verdicts: dict[str, Verdicts] = {}
    annotated = skipped = 0
    for task in export.tasks:
        done = [row for row in task.annotations if not row.was_cancelled]
        annotated += bool(done)
        skipped += len(task.annotations) > len(done)
        for row in done:
            people[annotator_of(row, export)] += 1
            version = row.prediction.model_version if row.prediction else None
            if version:
                verdicts[version] = verdicts.get(version, Verdicts()) + judge(row)
    return Progress(
        tasks=len(export.tasks), annotated=annotated, skipped=skipped, by_annotator=dict(sorted(people.items())),
        drafts=sum(len(task.drafts) for task in export.tasks), verdicts=verdicts,
    )


def judge(row: Completion) -> Verdicts:
    """Region by region; where a region's id was not kept, one that says the same of the same place is it."""
    proposed = _spans(row.prediction.result if row.prediction else [])
    given = _spans(row.result)
    edited = {one.id for one in row.result if one.origin == _CHANGED}
    left = dict(proposed)
    accepted = changed = added = 0
    for region, mark in given.items():
        if (same := _counterpart(region, mark, left)) is None:
            # the browser says so of a region that it gave a new id
            changed, added = (changed + 1, added) if region in edited else (changed, added + 1)
        elif left.pop(same) == mark:
            accepted += 1
        else:
            changed += 1
    rejected = max(0, len(proposed) - accepted - changed)
    return Verdicts(accepted=accepted, changed=changed, rejected=rejected, added=added)


def _counterpart(region: str, mark: Annotation, left: Mapping[str, Annotation]) -> str | None:
    if region in left:
        return region
    return next((other for other, proposed in left.items() if proposed == mark), None)


def _spans(results: Sequence[Result]) -> dict[str, Annotation]:
    """None of them where a result cannot be read: `pull` says why."""
    try:
        return spans_of(results)
    except AnnotationError:
        return {}
