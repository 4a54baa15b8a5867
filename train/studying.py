"""How many annotations choosing saves: the written corpus with its labels hidden, uncovered bit by bit, refitted each time."""
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from math import ceil
from pathlib import Path
from typing import Final, Literal

from msgspec.structs import replace as changed

from annotations.corpus import AnnotatedDocument, Annotation
from infer.annotate.choosing import Bounds, Read, Sentence, Unit, choose, choose_reports, sentences_of
from infer.labelling import Labelling
from infer.model.passages import passages
from infer.model.reliability import reliability
from report import Fact, Span
from train.corpora import Corpus
from train.errors import TrainingError
from train.fit import Job, Watcher, fit
from train.folder import Trained
from train.judging import Case, checker, facts_of, labelled_cases, seen_in
from train.learning import Device, Machine, tags_of
from train.predicting import predict
from train.recipe import Recipe
from train.scores import Score as FactScore
from train.scores import score_facts
from train.scoring import Mark, found_marks, known_marks, total

Strategy = Literal["chosen", "random", "all"]
SHARES: Final = (0.1, 0.15, 0.2, 0.3, 0.4)
_PICKING: Final = 4
"""every fourth document of dev picks the epoch; the others measure"""
_MOST_EPOCHS: Final = 80
_LEAST: Final = 2
"""examples from which a label is trained"""
_BLANKS: Final = re.compile(r"\s*")


@dataclass(frozen=True, slots=True, kw_only=True)
class StudyJob:
    """`shares` of the whole effort at which a model is fitted; `steps` of the optimizer in each fit, about."""

    corpus: Corpus
    base: Path
    recipe: Recipe
    output: Path
    strategy: Strategy
    unit: Unit = "sentence"
    seed: int = 0
    shares: tuple[float, ...] = SHARES
    steps: int = 500
    device: Device = "auto"
    command: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """What was annotated, and how well a model of it does on dev, in the passages that extraction reads.

    `effort` counts a look at each sentence and each label; facts are those of model and rules, and of the model alone.
    """

    share: float
    effort: int
    sentences: int
    labels: int
    characters: int
    span_f1: float
    fact_f1: float
    model_fact_f1: float
    wrong_in_100: float
    seconds: float


@dataclass(frozen=True, slots=True)
class _Passaged:
    """A report before its running text is labelled, and the same with nothing but the passages to read."""

    doc: AnnotatedDocument
    case: Case
    bounds: tuple[Bounds, ...]
    alone: AnnotatedDocument


@dataclass(frozen=True, slots=True)
class _Known:
    """The classifier of an extraction whose spans have been found already."""

    digest: str
    spans: Mapping[str, tuple[Span, ...]]

    def spans_of(self, text: str, passages: object, *, year: int | None) -> tuple[Span, ...]:
        return self.spans[text]


@dataclass(slots=True)
class _Pool:
    """Reports whose labels are hidden, and which parts of them have been annotated."""

    reports: Mapping[str, _Passaged]
    sentences: Mapping[str, Sequence[Sentence]]
    known: dict[str, set[Bounds]] = field(default_factory=dict)
    whole: set[str] = field(default_factory=set)

    def effort_of(self, sentence: Sentence) -> int:
        return 1 + _labels_in(self.reports[sentence.report].doc, sentence.start, sentence.end)

    @property
    def effort(self) -> int:
        return sum(self.effort_of(one) for one in self.annotated())

    @property
    def every(self) -> list[Sentence]:
        return [one for rows in self.sentences.values() for one in rows]

    def annotated(self) -> list[Sentence]:
        return [one for one in self.every if (one.start, one.end) in self.known.get(one.report, ())]

    def add(self, sentence: Sentence) -> int:
        """Uncover the labels of a sentence; what that took."""
        held = self.known.setdefault(sentence.report, set())
        if (sentence.start, sentence.end) in held:
            return 0
        held.add((sentence.start, sentence.end))
        return self.effort_of(sentence)

    def add_report(self, name: str) -> int:
        self.whole.add(name)
        return sum([self.add(one) for one in self.sentences[name]])

    def documents(self) -> tuple[AnnotatedDocument, ...]:
        """What there is to train on: whole reports, and of the others the annotated sentences alone."""
        return tuple(self.reports[name].doc if name in self.whole else uncovered(self.reports[name].doc, sorted(held))
                     for name, held in self.known.items())


def uncovered(doc: AnnotatedDocument, parts: Sequence[Bounds]) -> AnnotatedDocument:
    """The document with nothing but these parts to learn from; a label that leaves its part takes the part along."""
    joined = _joined(doc, parts)
    edges = [0, *(edge for part in joined for edge in part), len(doc.text)]
    kept = [n for n, mark in enumerate(doc.annotations)
            if any(start <= mark.start and mark.end <= end for start, end in joined)]
    place = {number: n for n, number in enumerate(kept)}
    return replace(
        doc, annotations=tuple(doc.annotations[n] for n in kept), passages=(),
        links=tuple((place[one], place[other]) for one, other in doc.links if one in place and other in place),
        regions=tuple((start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end))


def _joined(doc: AnnotatedDocument, parts: Sequence[Bounds]) -> list[Bounds]:
    """The parts as wide as their labels, those that blanks alone part in one."""
    wide = sorted((min([start, *(mark.start for mark in _marks(doc, start, end))]),
                   max([end, *(mark.end for mark in _marks(doc, start, end))])) for start, end in parts)
    found: list[Bounds] = []
    for start, end in wide:
        if found and _BLANKS.fullmatch(doc.text[found[-1][1] : max(start, found[-1][1])]):
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _marks(doc: AnnotatedDocument, start: int, end: int) -> list[Annotation]:
    return [mark for mark in doc.annotations if mark.start < end and start < mark.end]


def _labels_in(doc: AnnotatedDocument, start: int, end: int) -> int:
    return sum(start <= mark.start < end for mark in doc.annotations)


def study(job: StudyJob, watcher: Watcher) -> list[Point]:
    """The points of one strategy and seed; finished fits in the folder are only read."""
    if tags_of(job.base):
        raise TrainingError(f"{job.base} is a trained model, which knows the labels: give an encoder")
    measuring = [_passaged(case, doc) for doc, case in _cases(doc for n, doc in enumerate(job.corpus.dev) if n % _PICKING)]
    pool = _pool(job.corpus.train)
    whole = sum(pool.effort_of(one) for one in pool.every)
    chance = random.Random(job.seed)
    points = []
    trained: Trained | None = None
    for number, share in enumerate((1.0,) if job.strategy == "all" else job.shares):
        _uncover(job, pool, round(share * whole), trained, chance)
        trained = _fitted(job, pool, number, watcher)
        points.append(_point(job, pool, share, trained, measuring))
        write_points(job, points)
    return points


def _cases(docs: Iterator[AnnotatedDocument]) -> Iterator[tuple[AnnotatedDocument, Case]]:
    held = list(docs)
    yield from zip(held, labelled_cases(held), strict=True)


def _passaged(case: Case, doc: AnnotatedDocument) -> _Passaged:
    held = passages(case.read.text, doc.text)
    edges = [0, *(edge for one in held for edge in (one.lead, one.end)), len(doc.text)]
    between = tuple((start, end) for start, end in zip(edges[::2], edges[1::2], strict=True) if start < end)
    alone = replace(doc, regions=between, annotations=(), links=(), passages=(),
                    provenance=replace(doc.provenance, year=case.read.meta.meta.report_year))
    return _Passaged(doc, case, tuple((one.start, one.end) for one in held), alone)


def _pool(docs: Sequence[AnnotatedDocument]) -> _Pool:
    reports = {doc.name: _passaged(case, doc) for doc, case in _cases(iter(docs))}
    return _Pool(reports, {name: sentences_of(_read(one, ())) for name, one in reports.items()})


def _read(one: _Passaged, facts: Sequence[Fact]) -> Read:
    held = tuple(facts)
    return Read(name=one.doc.name, text=one.doc.text, issuer=one.case.read.meta.meta.issuer, facts=held,
                checks=tuple(checker(one.case)(held)), regions=one.doc.regions, passages=one.bounds)


def _uncover(job: StudyJob, pool: _Pool, wanted: int, trained: Trained | None, chance: random.Random) -> None:
    """Annotate until the effort is spent: whole reports at random at first, then as the strategy says."""
    spent = pool.effort
    for add in _order(job, pool, trained, chance):
        if spent >= wanted:
            return
        spent += add()


def _order(job: StudyJob, pool: _Pool, trained: Trained | None, chance: random.Random) -> Iterator[Callable[[], int]]:
    """What to annotate next, over and over; each is added when it is called."""
    if trained is None or (job.strategy, job.unit) == ("random", "report"):
        names = [name for name in pool.reports if name not in pool.known]
        yield from (partial(pool.add_report, name) for name in chance.sample(names, len(names)))
    elif job.strategy == "random":
        rows = [one for one in pool.every if (one.start, one.end) not in pool.known.get(one.report, ())]
        yield from (partial(pool.add, one) for one in chance.sample(rows, len(rows)))
    else:
        yield from _chosen(job, pool, trained)


def _chosen(job: StudyJob, pool: _Pool, trained: Trained) -> Iterator[Callable[[], int]]:
    open_ = [one for name, one in pool.reports.items() if name not in pool.whole]
    labels = _labelling(job, trained, open_, alone=False)
    rows = [sentence for one in open_
            for sentence in sentences_of(_read(one, facts_of(one.case, seen_in(one.case, labels), labels)))]
    known = {one.mask for one in pool.annotated()}
    if job.unit == "report":
        yield from (partial(pool.add_report, held[0].report) for held in choose_reports(rows, known))
    else:
        yield from (partial(pool.add, one) for one in choose(rows, known))


def _labelling(job: StudyJob, trained: Trained, reports: Sequence[_Passaged], *, alone: bool) -> Labelling:
    """Model and rules, or the model alone, over reports of which the model reads the passages here and now."""
    weights = reliability().modes["model" if alone else "both"]
    return Labelling(mode="model" if alone else "both", take=weights.take, weights=weights,
                     model=_Known("", _spans(job, trained, reports)))


def _spans(job: StudyJob, trained: Trained, reports: Sequence[_Passaged]) -> dict[str, tuple[Span, ...]]:
    machine = Machine.choose(job.device, job.recipe.training.precision)
    model = trained.model.to(machine.device)
    spans = predict(model, [one.alone for one in reports], trained.table, trained.labels, job.recipe, machine)
    return {one.doc.text: tuple(span for span in found if any(start <= span.start < end for start, end in one.bounds))
            for one, found in zip(reports, spans, strict=True)}


def _fitted(job: StudyJob, pool: _Pool, number: int, watcher: Watcher) -> Trained:
    docs = pool.documents()
    picking = tuple(doc for n, doc in enumerate(job.corpus.dev) if not n % _PICKING)
    corpus = Corpus(train=docs, dev=picking, test=())
    return fit(Job(corpus=corpus, base=job.base, recipe=_recipe(job, docs), seed=job.seed, device=job.device,
                   output=job.output / name_of(job) / str(number), command=job.command), watcher)


def _recipe(job: StudyJob, docs: Sequence[AnnotatedDocument]) -> Recipe:
    """As many passes as the steps are for: few annotations are not to lose because they are gone through less often."""
    recipe = job.recipe
    length = sum(len(doc.text) - sum(end - start for start, end in doc.regions) for doc in docs)
    windows = length * (2 if recipe.data.passages else 1)
    epochs = min(_MOST_EPOCHS, max(1, ceil(job.steps * recipe.training.batch / max(1, windows))))
    return changed(recipe, data=changed(recipe.data, least=min(_LEAST, recipe.data.least)),
                   training=changed(recipe.training, epochs=epochs, patience=epochs))


def _point(job: StudyJob, pool: _Pool, share: float, trained: Trained, measuring: Sequence[_Passaged]) -> Point:
    done = pool.annotated()
    both, model = (_labelling(job, trained, measuring, alone=alone) for alone in (False, True))
    found = both.model.spans if isinstance(both.model, _Known) else {}
    pairs = [(_known_in(one), found_marks(found[one.doc.text])) for one in measuring]
    facts = _facts(measuring, both)
    return Point(
        share=share, effort=pool.effort, sentences=len(done), characters=sum(one.end - one.start for one in done),
        labels=pool.effort - len(done), span_f1=round(total(pairs).f1 or 0.0, 4), fact_f1=round(facts.f1, 4),
        wrong_in_100=round(facts.wrong_in_100, 2), model_fact_f1=round(_facts(measuring, model).f1, 4),
        seconds=trained.record["seconds"])


def _known_in(one: _Passaged) -> list[Mark]:
    return [mark for mark in known_marks(one.doc) if any(start <= mark[0] < end for start, end in one.bounds)]


def _facts(measuring: Sequence[_Passaged], labels: Labelling) -> FactScore:
    return sum((score_facts(one.case, facts_of(one.case, seen_in(one.case, labels), labels)) for one in measuring),
               FactScore())


def name_of(job: StudyJob) -> str:
    """The file and the folder of a strategy and seed."""
    return f"{job.strategy}-{job.seed}" if job.strategy == "all" else f"{job.strategy}-{job.unit}-{job.seed}"


def write_points(job: StudyJob, points: Sequence[Point]) -> Path:
    """The points so far, as JSON."""
    path = job.output / f"{name_of(job)}.json"
    table = {"strategy": job.strategy, "unit": job.unit, "seed": job.seed, "steps": job.steps, "corpus": job.corpus.digest,
             "reports": len(job.corpus.train), "points": [asdict(point) for point in points]}
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
