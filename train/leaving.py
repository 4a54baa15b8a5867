"""Leave-one-issuer-out: each issuer's reports are read by a model that trained on all the others'."""
import hashlib
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import msgspec

from annotations.corpus import AnnotatedDocument, read_corpus
from annotations.corpus.splits import office
from infer.annotate.reading import passages_of
from models.windows import Bounds, pieces
from train.corpora import Corpus, more
from train.errors import TrainingError
from train.evaluating.cases import Case, surest
from train.fit import Job, Watcher, fit
from train.folder import Trained
from train.learning import Device, Machine
from train.predicting import predict
from train.recipe import Recipe

FOLDS: Final = "folds.toml"
SPANS: Final = "spans.json"
SpanRows = dict[str, list[tuple[int, int, str, str | None, str, float]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeaveOutJob:
    """`corpus` is trained on in every fold, `left` is what folds are made of, its documents `times` over."""

    corpus: Corpus
    left: Path
    times: int
    base: Path
    recipe: Recipe
    seed: int
    output: Path
    device: Device = "auto"
    command: str = ""


def read_folds(folder: Path, docs: Sequence[AnnotatedDocument]) -> Mapping[str, frozenset[str]]:
    """Documents' names by fold: of folds.toml (fold = [names]), else by issuer. Raises TrainingError."""
    path = folder / FOLDS
    if not path.is_file():
        return _by_issuer(docs)
    try:
        folds = {name: frozenset(held) for name, held in tomllib.loads(path.read_text(encoding="utf-8")).items()}
    except (ValueError, TypeError) as error:
        raise TrainingError(f"{path}: {error}") from None
    listed = [name for held in folds.values() for name in held]
    if len(set(listed)) < len(listed) or set(listed) != {doc.name for doc in docs}:
        raise TrainingError(f"{path} must name every document of the folder once")
    return folds


def _by_issuer(docs: Sequence[AnnotatedDocument]) -> Mapping[str, frozenset[str]]:
    names: dict[str, set[str]] = {}
    for doc in docs:
        names.setdefault(office(doc.provenance.issuer or "") or doc.name, set()).add(doc.name)
    return {fold: frozenset(held) for fold, held in names.items()}


def leave_out(
    job: LeaveOutJob, watcher: Watcher, *, only: Collection[str] = ()
) -> tuple[Case, ...]:
    """What each fold's model found in the reports that it had not seen; finished folds are only read."""
    docs = tuple(read_corpus(job.left))
    folds = read_folds(job.left, docs)
    if unknown := sorted(set(only) - set(folds)):
        raise TrainingError(f"no fold {unknown[0]}: there are {', '.join(folds)}")
    found: list[Case] = []
    for name, held in folds.items():
        if not only or name in only:
            found += _fold(job, docs, held, watcher)
    return tuple(found)


def _fold(
    job: LeaveOutJob, docs: Sequence[AnnotatedDocument], held: Collection[str], watcher: Watcher
) -> list[Case]:
    seen = [doc for doc in docs if doc.name not in held]
    corpus = more(job.corpus, seen * job.times)
    place = job.output / hashlib.sha256("|".join(sorted(held)).encode()).hexdigest()[:12]
    trained = fit(Job(corpus=corpus, base=job.base, recipe=job.recipe, seed=job.seed, output=place, device=job.device,
                      command=job.command), watcher)
    machine = Machine.choose(job.device, "fp32")
    trained.model.to(machine.device)
    unseen = [doc for doc in docs if doc.name in held]
    spans = predict(trained.model, unseen, trained.table, trained.labels, job.recipe, machine)
    (place / SPANS).write_bytes(msgspec.json.encode(_in_passages(trained, unseen, job, machine)))
    return [Case(doc, surest(one)) for doc, one in zip(unseen, spans, strict=True)]


def _in_passages(trained: Trained, docs: Sequence[AnnotatedDocument], job: LeaveOutJob, machine: Machine) -> SpanRows:
    """What extraction would be given: the spans of each document's passages, by its name."""
    alone = [replace(doc, regions=_outside_passages(doc), annotations=(), links=()) for doc in docs]
    spans = predict(trained.model, alone, trained.table, trained.labels, job.recipe, machine)
    return {doc.name: [(one.start, one.end, one.type.name, one.indicator, one.scope, one.confidence) for one in found]
            for doc, found in zip(docs, spans, strict=True)}


def _outside_passages(doc: AnnotatedDocument) -> tuple[Bounds, ...]:
    return tuple(pieces(len(doc.text), ((one.lead, one.end) for one in passages_of(doc))))


def spans_of_folds(job: LeaveOutJob) -> SpanRows:
    """What the finished folds found in passages, for `train calibrate --replay`."""
    found: SpanRows = {}
    for path in sorted(job.output.glob(f"*/{SPANS}")):
        found |= msgspec.json.decode(path.read_bytes(), type=SpanRows)
    return found
