"""One fault at one strength in every report, read by rules and model, and by rules alone."""
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
from random import Random
from typing import Final

from benchmarks.robustness.clean import Clean, clean_reports
from benchmarks.robustness.faults import all_faults
from benchmarks.robustness.scoring import Score, refused, scored
from infer.labelling import Choice, Labelling, Mode, labelling
from infer.pipeline import Prepared, prepare
from infer.read import Limits, read
from report.errors import UnreadableDocument

MODES: Final[tuple[Mode, ...]] = ("both", "rules")
CLEAN: Final = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A fault by name (none for the reports as they are), its strength, and how many reports."""

    fault: str
    strength: float
    reports: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A job and its score by mode."""

    job: Job
    scores: dict[Mode, Score]


def measure_all(jobs: Sequence[Job], processes: int) -> list[Measured]:
    """In the order of the jobs."""
    if processes == 1:
        return [measure(job) for job in jobs]
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(measure, jobs))


def measure(job: Job) -> Measured:
    totals = dict.fromkeys(MODES, Score())
    for clean in _reports()[:job.reports]:
        for mode, score in _scores(clean, spoilt(clean, job)).items():
            totals[mode] += score
    return Measured(job=job, scores=totals)


def spoilt(clean: Clean, job: Job) -> str:
    """The report's text with the fault; the same each time, and for each strength of the same places."""
    if job.fault == CLEAN or not job.strength:
        return clean.draft.text
    channel = next(fault.channel for fault in all_faults() if fault.name == job.fault)
    return channel(clean.draft, Random(f"{job.fault} {clean.name}"), job.strength).text  # noqa: S311


def _scores(clean: Clean, text: str) -> dict[Mode, Score]:
    try:
        held = prepare(read(text.encode("utf-8", "replace"), name=clean.name, limits=Limits()))
    except UnreadableDocument:
        return dict.fromkeys(MODES, refused(clean.gold))
    return {mode: _score(clean, held, _labels(mode)) for mode in MODES}


def _score(clean: Clean, held: Prepared, labels: Labelling) -> Score:
    return scored(held.facts(held.seen(labels), labels), clean.gold, clean.name)


@cache
def _labels(mode: Mode) -> Labelling:
    return labelling(Choice(mode=mode))


@cache
def _reports() -> tuple[Clean, ...]:
    return tuple(clean_reports())
