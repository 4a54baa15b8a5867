"""What fuzzing found stays found: every kept input is given to its target again, and so are the seeds."""
from pathlib import Path

import pytest

from tests.robustness.fuzzing.seeds import write_seeds
from tests.robustness.fuzzing.targets import TARGETS, BrokenPromise

FINDINGS = sorted((Path(__file__).parent / "fuzzing" / "findings").iterdir())
CHEAP = sorted(set(TARGETS) - {"pdf", "report", "forms"})


@pytest.mark.parametrize("path", FINDINGS, ids=lambda path: path.name)
def test_a_finding_keeps_its_promise(path: Path) -> None:
    TARGETS[path.name.partition("-")[0]](path.read_bytes())


@pytest.mark.parametrize("name", CHEAP)
def test_seeds_are_sound(name: str, tmp_path: Path) -> None:
    assert write_seeds(name, tmp_path) >= 2
    for path in sorted(tmp_path.iterdir()):
        TARGETS[name](path.read_bytes())


def test_a_broken_promise_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.robustness.fuzzing.targets.unguarded", str.upper)
    sheet = "action,sha256,start,end,words\nconfirm,a,1,2,三x\n"
    with pytest.raises(BrokenPromise):
        TARGETS["corrections"](sheet.encode())
