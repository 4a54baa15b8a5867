"""Five thousand damaged reports, in every format: none crashes, none takes long, and what is read of them is sound."""
import multiprocessing
import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

import pytest

from tests.robustness.mutants import Outcome, mutant, probe

MUTANTS = 5_000
MOST_SECONDS = 10.0
WORKERS = min(2, os.cpu_count() or 1)
SHOWN = 10


@pytest.fixture(scope="module")
def outcomes() -> Sequence[Outcome]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(WORKERS, mp_context=context) as pool:
        return list(pool.map(probe, range(MUTANTS), chunksize=50))


@pytest.mark.slow
def test_no_mutant_crashes_and_every_result_is_sound(outcomes: Sequence[Outcome]) -> None:
    faulty = [f"mutant {outcome.number}: {'; '.join(outcome.faults)}" for outcome in outcomes if outcome.faults]
    assert not faulty, f"{len(faulty)} of {MUTANTS}:\n" + "\n".join(faulty[:SHOWN])


@pytest.mark.slow
def test_no_mutant_takes_long(outcomes: Sequence[Outcome]) -> None:
    slowest = sorted(outcomes, key=lambda outcome: outcome.seconds, reverse=True)[:SHOWN]
    assert slowest[0].seconds < MOST_SECONDS, [(outcome.number, round(outcome.seconds, 1)) for outcome in slowest]


@pytest.mark.slow
def test_mutants_are_of_every_format_and_mostly_read(outcomes: Sequence[Outcome]) -> None:
    media = Counter(outcome.media for outcome in outcomes)
    assert len(outcomes) == MUTANTS
    assert min(media[kind] for kind in ("text", "html", "docx", "pdf")) >= 100
    assert media[None] < MUTANTS / 4
    assert sum(outcome.facts > 0 for outcome in outcomes) > MUTANTS / 2
    assert len({outcome.digest for outcome in outcomes}) > 0.95 * MUTANTS


@pytest.mark.slow
def test_a_mutant_is_the_same_in_every_process(outcomes: Sequence[Outcome]) -> None:
    assert [outcomes[number].digest for number in range(0, MUTANTS, 250)] == [
        probe(number).digest for number in range(0, MUTANTS, 250)]


def test_mutants_of_one_number_are_equal() -> None:
    assert [mutant(number) for number in range(40)] == [mutant(number) for number in range(40)]
