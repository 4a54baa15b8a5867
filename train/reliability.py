"""From reports with known facts to infer/model/reliability.json and the figures of extraction."""
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import msgspec

from infer.labelling import Classifier, Labelling
from infer.model import reliability as released
from infer.model.reliability import Mode, Reliability, Weights
from infer.rules import rules_digest
from models.session import RELEASED, Model
from report import Span, SpanType
from train.calibrating import Held, Source, calibrate
from train.corpora import read_splitted
from train.errors import TrainingError
from train.figures import measure
from train.judging import Case, gold_cases, labelled_cases
from train.synthesis import compose_reports

MODES: Final[tuple[Mode, ...]] = ("both", "rules", "model")
_GOLD_WEIGHT: Final = 8.0
"""reports written as offices write count more than those composed to hold every difficulty"""
_SYNTHETIC_WEIGHT: Final = 0.5
_SEEDS: Final = 1_700_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """What to fit with and to measure on."""

    gold: tuple[Path, ...]
    labelled: Path
    model: Path | None
    synthetic: int
    take: float
    replays: tuple[str, ...]
    write: bool


class Replay:
    """Spans that were found before, by report: a classifier that is told which report it reads."""

    def __init__(self, path: Path) -> None:
        self.digest = path.stem
        self.report = ""
        self._spans: dict[str, list[list[Any]]] = json.loads(path.read_text(encoding="utf-8"))

    def spans_of(
        self, text: str, passages: Iterable[tuple[int, int, int]], *, year: int | None = None
    ) -> tuple[Span, ...]:
        """The report's spans that begin in a passage; the year was known when they were found."""
        del year
        held = [(start, end) for _, start, end in passages]
        return tuple(
            Span(start=start, end=end, type=SpanType[kind], indicator=indicator, scope=scope, confidence=sure,
                 method="model")
            for start, end, kind, indicator, scope, sure in self._spans[self.report]
            if any(first <= start < last for first, last in held) and end <= len(text))


def run(job: Job, output: Path) -> dict[str, Any]:
    """Fit and measure every mode; the table that is also written to `output`."""
    model = Model.load(job.model or RELEASED)
    corpus = read_splitted(job.labelled)
    sets = {"aside": [case for folder in job.gold for case in gold_cases(folder)],
            "dev": list(labelled_cases(corpus.dev))}
    test = list(labelled_cases(corpus.test))
    seeds = range(_SEEDS, _SEEDS + job.synthetic)
    sources = [Source(cases=sets["aside"], weight=_GOLD_WEIGHT), Source(cases=sets["dev"], weight=1.0),
               Source(cases=list(labelled_cases(compose_reports(seeds, "dev"))), weight=_SYNTHETIC_WEIGHT)]
    replays = [_replayed(words, test) for words in job.replays]
    table: dict[str, Any] = {"sets": {name: {} for name in (*sets, "test", *(name for name, _, _ in replays))}}
    modes: dict[Mode, Weights] = {}
    for mode in MODES:
        take = 0.0 if mode == "rules" else job.take
        weights, held = calibrate(sources, model, mode, take)
        modes[mode] = weights
        labels = Labelling(mode=mode, model=None if mode == "rules" else model, weights=weights, take=take)
        for name, cases in sets.items():
            names = {case.name for case in cases}
            table["sets"][name][mode] = measure([one for one in held if one.case.name in names], labels)
        table["sets"]["test"][mode] = measure([*_unseen(test, labels)], labels)
        for name, cases, spans in replays:
            table["sets"][name][mode] = measure([*_unseen(cases, labels, spans)], labels)
    made = Reliability(version=1, rules=rules_digest(), model=model.digest, modes=modes,
                       measured_on=f"{len(sets['aside'])} gold, {len(sets['dev'])} labelled, {job.synthetic} synthetic")
    if job.write:
        (Path(released.__file__).parent / released.FILE).write_bytes(
            msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n")
    table |= {"model": made.model, "rules": made.rules, "measured_on": made.measured_on}
    output.write_text(json.dumps(table, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return table


def _replayed(words: str, test: list[Case]) -> tuple[str, list[Case], Replay]:
    """Spans of another model, of reports with gold files or, where these are not named, of the labelled test part."""
    name, _, paths = words.partition("=")
    parts = paths.split(":")
    if len(parts) == 1 and paths:
        return name, test, Replay(Path(paths))
    if len(parts) != 3:
        raise TrainingError(f"--replay {words}: NAME=REPORTS:GOLD:SPANS or NAME=SPANS is wanted")
    return name, list(gold_cases(Path(parts[0]), Path(parts[1]))), Replay(Path(parts[2]))


def _unseen(cases: Iterable[Case], labels: Labelling, spans: Replay | None = None) -> Iterator[Held]:
    """Cases that took no part in the fit."""
    reader: Classifier | None = labels.model if spans is None or labels.model is None else spans
    for case in cases:
        if spans is not None:
            spans.report = case.name
        yield Held(case=case, weight=1.0, seen=case.read.seen(replace(labels, model=reader)), left=labels.weights)
