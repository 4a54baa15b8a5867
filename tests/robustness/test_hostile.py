"""Hostile documents by number: read or refused in one line, and nothing of them lands on the disk."""

import os
import subprocess
import sys
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any, cast

import pytest

from benchmarks.hostile import __main__ as hostile_run
from benchmarks.hostile.drawing import FAMILIES, hostile
from infer import extract
from infer.labelling import Choice, labelling
from infer.read import read
from report.errors import UnreadableDocument
from tests.conftest import ROOT
from tests.robustness.faults import faults

DEAR = {"archives.bomb", "archives.overlapping", "texts.one_line", "texts.tables_drawn", "texts.words_repeated",
        "markup.wide"}
CHEAP = sorted(name for name in FAMILIES if name.partition(".")[0] not in ("pages", "papers") and name not in DEAR)
CHEAP += ["pages.comments", "pages.cut", "pages.outside", "papers.damaged", "papers.locked", "papers.pages"]
MOST_MEGABYTES = 700
"""what a PDF may unfold to (300 MB), twice"""
BOMBS = """
import resource
from random import Random
from benchmarks.hostile.drawing import FAMILIES
from infer.read import read
from report.errors import UnreadableDocument
named = ("archives.bomb", "archives.overlapping", "papers.unfolding", "markup.laughs")
made = [FAMILIES[name][0](Random(f"{name}{n}")) for name in named for n in range(2)]
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
refused = 0
for name, data in made:
    try:
        read(data, name=name)
    except UnreadableDocument:
        refused += 1
print(refused, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


@pytest.mark.parametrize("name", CHEAP)
def test_each_kind_is_read_or_refused_in_one_line(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for number in range(2):
        file, data = FAMILIES[name][0](Random(f"{name} {number}"))
        assert "\n" not in _refusal(file, data)
    assert list(tmp_path.iterdir()) == []


def _refusal(name: str, data: bytes) -> str:
    """Why it is not read; nothing where it is."""
    try:
        read(data, name=name)
    except UnreadableDocument as error:
        return error.reason or "\n"
    return ""


@pytest.mark.slow
def test_bombs_take_little_memory() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", BOMBS], capture_output=True, text=True, check=True, env=environment, cwd=ROOT
    )
    refused, megabytes = map(int, done.stdout.split())
    assert refused > 0
    assert megabytes < MOST_MEGABYTES


@pytest.mark.parametrize("number", [975])
def test_documents_that_once_broke_it(number: int) -> None:
    """975: a cell with a sign and hundreds of digits was no number of floating point."""
    name, data = hostile(number)
    assert faults(extract(data, name=name, labels=labelling(Choice(mode="rules")))) == []


@pytest.mark.slow
def test_a_run_of_the_command_over_them_is_judged() -> None:
    given = cast(
        Any,
        SimpleNamespace(
            count=12, first=400, at_once=12, family=None, jobs=1, rules_only=True, timeout=60.0, memory=2000
        ),
    )
    table = hostile_run.tallied(given).summary()
    assert table["documents"] == 12
    assert sum(table["outcomes"].values()) == 12
    assert table["faults"] == []
