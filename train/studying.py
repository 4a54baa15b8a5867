"""How many annotations choosing saves: a corpus with its labels hidden, uncovered bit by bit, a fit each time."""
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from math import ceil
from pathlib import Path
from typing import Final, Literal

import numpy as np
from msgspec.structs import replace as changed

from annotations.corpus import AnnotatedDocument
from annotations.corpus.masking import names_of
from infer.annotate.choosing import Unit, choose, choose_reports
from infer.annotate.sentences import Bounds, Read, Sentence, names_in, sentences_of
from infer.labelling import Labelling, measured
from infer.model.passages import passages
from models.windows import pieces
from report import Fact, Span
from train.corpora import Corpus
from train.errors import TrainingError
from train.fit import Job, Watcher, fit
from train.folder import Trained
from train.judging import Case, labelled_cases
from train.learning import Device, Machine, tags_of
from train.predicting import predict
from train.recipe import Recipe
from train.scores import Score as FactScore
from train.scores import score_facts
from train.scoring import Mark, found_marks, known_marks, total
from train.uncovering import Pool

Strategy = Literal["chosen", "random", "all"]
SHARES: Final = (0.1, 0.15, 0.2, 0.3, 0.4)
_PICKING: Final = 4
"""every fourth document of dev picks the epoch; the others measure"""
_EPOCHS: Final = 6
"""passes of a fit, over the documents as often as its steps are for"""
_LEAST: Final = 2
"""examples from which a label is trained"""


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

    @property
    def name(self) -> str:
        """Its folder and its file."""
        return f"{self.strategy}-{self.seed}" if self.strategy == "all" else f"{self.strategy}-{self.unit}-{self.seed}"


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
class _Held:
    """A report before its running text is labelled, and the same with nothing but the passages to read."""

    doc: AnnotatedDocument
    case: Case
    bounds: tuple[Bounds, ...]
    alone: AnnotatedDocument

    @classmethod
    def of(cls, doc: AnnotatedDocument, case: Case) -> "_Held":
        held = passages(case.read.text, doc.text)
        between = tuple(pieces(len(doc.text), ((one.lead, one.end) for one in held)))
        alone = replace(doc, regions=between, annotations=(), links=(), passages=(),
                        provenance=replace(doc.provenance, year=case.read.meta.meta.report_year))
        return cls(doc, case, tuple((one.start, one.end) for one in held), alone)

    def begins_in_passage(self, start: int) -> bool:
        return any(first <= start < last for first, last in self.bounds)

    def read(self, facts: tuple[Fact, ...] = ()) -> Read:
        """With what was extracted from it; its labels stay hidden."""
        doc, case = self.doc, self.case
        known = replace(doc.provenance, issuer=case.read.meta.meta.issuer)
        bare = replace(doc, annotations=(), links=(), provenance=known)
        return Read(name=doc.name, text=doc.text, facts=facts, checks=case.read.checks(facts) if facts else (),
                    names=names_of(bare) | names_in(facts), prose=case.read.text)


@dataclass(slots=True)
class _Known:
    """The classifier of an extraction whose spans have been found already, by text."""

    digest: str
    spans: Mapping[str, tuple[Span, ...]]

    def spans_of(self, text: str, passages: object, *, year: int | None) -> tuple[Span, ...]:  # noqa: ARG002
        return self.spans[text]


def study(job: StudyJob, watcher: Watcher) -> list[Point]:
    """The points of one strategy and seed; finished fits in the folder are only read."""
    if tags_of(job.base):
        raise TrainingError(f"{job.base} is a trained model, which knows the labels: give an encoder")
    measuring = _held(doc for n, doc in enumerate(job.corpus.dev) if n % _PICKING)
    held = _held(job.corpus.train)
    pool = Pool({one.doc.name: one.doc for one in held}, {one.doc.name: sentences_of(one.read()) for one in held})
    whole = sum(pool.effort_of(one) for one in pool.every)
    chance = np.random.default_rng(job.seed)
    points: list[Point] = []
    trained: Trained | None = None
    for number, share in enumerate((1.0,) if job.strategy == "all" else job.shares):
        _uncover(pool, round(share * whole), _order(job, pool, held, trained, chance))
        trained = _fitted(job, pool.documents(), number, watcher)
        points.append(_point(job, pool, share, trained, measuring))
        write_points(job, points)
    return points


def _held(docs: Iterable[AnnotatedDocument]) -> list[_Held]:
    rows = list(docs)
    return [_Held.of(doc, case) for doc, case in zip(rows, labelled_cases(rows), strict=True)]


def _uncover(pool: Pool, wanted: int, order: Iterable[Callable[[], int]]) -> None:
    """Annotate one after the other until the effort is spent."""
    spent = pool.effort
    for add in order:
        if spent >= wanted:
            return
        spent += add()


def _order(
    job: StudyJob, pool: Pool, held: Sequence[_Held], trained: Trained | None, chance: np.random.Generator,
) -> Iterator[Callable[[], int]]:
    """What to annotate one after the other: whole reports at first, then as the strategy says, the rest at random."""
    if trained is not None and job.strategy == "chosen":
        rows, known = _weighed(job, pool, held, trained)
        if job.unit == "report":
            yield from (partial(pool.add_report, new[0].report) for new in choose_reports(rows, known))
        else:
            yield from (partial(pool.add, one) for one in choose(rows, known))
    if trained is None or job.unit == "report":
        names = [name for name in pool.reports if name not in pool.whole]
        yield from (partial(pool.add_report, names[n]) for n in chance.permutation(len(names)))
    else:
        hidden = pool.hidden()
        yield from (partial(pool.add, hidden[n]) for n in chance.permutation(len(hidden)))


def _weighed(
    job: StudyJob, pool: Pool, held: Sequence[_Held], trained: Trained
) -> tuple[list[Sentence], frozenset[str]]:
    """Every sentence with what the model of now makes of it, and the wordings that are annotated."""
    labels = measured("both", _Known("", _spans(job, trained, held)))
    rows = [row for one in held for row in sentences_of(one.read(_extracted(one.case, labels)))
            if row in pool]
    return rows, frozenset(row.mask for row in rows if pool.is_known(row))


def _spans(job: StudyJob, trained: Trained, held: Sequence[_Held]) -> dict[str, tuple[Span, ...]]:
    """What the model finds in the passages, by the report's text."""
    machine = Machine.choose(job.device, job.recipe.training.precision)
    model = trained.model.to(machine.device)
    spans = predict(model, [one.alone for one in held], trained.table, trained.labels, job.recipe, machine)
    return {one.doc.text: tuple(span for span in found if one.begins_in_passage(span.start))
            for one, found in zip(held, spans, strict=True)}


def _fitted(job: StudyJob, docs: tuple[AnnotatedDocument, ...], number: int, watcher: Watcher) -> Trained:
    """Each fit takes as many steps: few annotations are not to lose because they are gone through less often."""
    data, training = job.recipe.data, job.recipe.training
    characters = sum(len(doc.text) - sum(end - start for start, end in doc.regions) for doc in docs)
    seen = _EPOCHS * characters * (2 if data.passages else 1)
    recipe = changed(job.recipe, data=changed(data, least=min(_LEAST, data.least)),
                     training=changed(training, epochs=_EPOCHS, patience=_EPOCHS))
    corpus = Corpus(train=docs * max(1, ceil(job.steps * training.batch / max(1, seen))), test=(),
                    dev=tuple(doc for n, doc in enumerate(job.corpus.dev) if not n % _PICKING))
    return fit(Job(corpus=corpus, base=job.base, recipe=recipe, seed=job.seed, device=job.device,
                   output=job.output / job.name / str(number), command=job.command), watcher)


def _point(job: StudyJob, pool: Pool, share: float, trained: Trained, measuring: Sequence[_Held]) -> Point:
    spans = _spans(job, trained, measuring)
    known = pool.annotated()
    facts = _facts(measuring, measured("both", _Known("", spans)))
    return Point(
        share=share, effort=pool.effort, sentences=len(known), characters=sum(one.end - one.start for one in known),
        labels=pool.effort - len(known), fact_f1=round(facts.f1, 4), wrong_in_100=round(facts.wrong_in_100, 2),
        span_f1=round(total((_marks(one), found_marks(spans[one.doc.text])) for one in measuring).f1 or 0.0, 4),
        model_fact_f1=round(_facts(measuring, measured("model", _Known("", spans))).f1, 4),
        seconds=trained.record["seconds"])


def _marks(one: _Held) -> list[Mark]:
    return [mark for mark in known_marks(one.doc) if one.begins_in_passage(mark[0])]


def _extracted(case: Case, labels: Labelling) -> tuple[Fact, ...]:
    return case.read.facts(case.read.seen(labels), labels)


def _facts(measuring: Sequence[_Held], labels: Labelling) -> FactScore:
    return sum((score_facts(one.case, _extracted(one.case, labels)) for one in measuring), FactScore())


def write_points(job: StudyJob, points: Sequence[Point]) -> Path:
    """The points so far, as JSON."""
    path = job.output / f"{job.name}.json"
    table = {
        "strategy": job.strategy, "unit": job.unit, "seed": job.seed, "steps": job.steps, "command": job.command,
        "corpus": job.corpus.digest, "reports": len(job.corpus.train), "points": [asdict(point) for point in points]}
    path.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path
