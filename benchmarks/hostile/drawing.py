"""Hostile documents by number: the same number gives the same bytes on every machine."""
from random import Random
from typing import Final

from benchmarks.hostile import archives, markup, pages, papers, texts
from benchmarks.hostile.texts import Family, Named
from tests.robustness.mutants import mutant

SEED: Final = 20_070_424
_FAULTY: Final = "mutants"
_MUTANTS: Final = 0.5
"""share of damaged reports of every format, as tests/robustness/test_mutants.py has them, with other numbers"""
_FIRST_MUTANT: Final = 100_000
_MODULES: Final = (texts, pages, archives, markup, papers)
FAMILIES: Final[dict[str, tuple[Family, float]]] = {
    f"{module.__name__.rpartition('.')[2]}.{family.__name__}": (family, share)
    for module in _MODULES for family, share in module.FAMILIES.items()}


def family_of(number: int) -> str:
    """Which kind of document this number is."""
    return _family(Random(f"{SEED}:{number}"))  # noqa: S311


def _family(chance: Random) -> str:
    if chance.random() < _MUTANTS:
        return _FAULTY
    return chance.choices(list(FAMILIES), [share for _, share in FAMILIES.values()])[0]


def hostile(number: int) -> Named:
    """Name and bytes of a hostile document."""
    chance = Random(f"{SEED}:{number}")  # noqa: S311
    family = _family(chance)
    return mutant(_FIRST_MUTANT + number) if family == _FAULTY else FAMILIES[family][0](chance)
