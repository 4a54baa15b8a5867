"""A kill at any step leaves the old folder or the new one, and the next run clears up."""
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest

from tests.train.killing import killed_after
from tests.train.watching import Killed
from train import replacing as module
from train.errors import TrainingError
from train.replacing import replacing

OLD = {"known": "old", "a": "old", "b": "old"}
NEW = {"known": "new", "b": "new", "c": "new"}


def content(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}


def write(folder: Path, files: dict[str, str]) -> None:
    with replacing(folder, known_by="known") as fresh:
        for name, text in files.items():
            (fresh / name).write_text(text, encoding="utf-8")


def swap(folder: Path, steps: int) -> bool:
    """Whether the replacement came through."""
    try:
        with killed_after(steps, folder.parent):
            write(folder, NEW)
    except Killed:
        return False
    return True


def look(folder: Path) -> dict[str, str]:
    """What a next run finds in the folder, which then goes wrong."""
    found = {}
    with suppress(ZeroDivisionError), replacing(folder, known_by="known"):
        found = content(folder)
        _ = 1 / 0
    return found


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_kill_anywhere_leaves_old_or_new(
    tmp_path: Path, in_one_step: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not in_one_step:
        monkeypatch.setattr(module, "_exchange", lambda one, other: False)
    seen = []
    for steps in count():
        folder = tmp_path / str(steps) / "held"
        write(folder, OLD)
        done = swap(folder, steps)
        if in_one_step:
            assert content(folder) in (OLD, NEW)
        seen.append(look(folder))
        assert content(folder) == seen[-1]
        assert [path.name for path in folder.parent.iterdir()] == ["held"]
        if done:
            break
    before = seen.index(NEW)
    assert seen == [OLD] * before + [NEW] * (len(seen) - before)
    assert 0 < before < len(seen) - 1


def test_a_fault_leaves_nothing_behind(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "held", known_by="known") as fresh:
        (fresh / "known").write_text(str(1 / 0), encoding="utf-8")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_folder_is_filled_and_another_kind_of_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write(tmp_path / "empty", NEW)
    assert content(tmp_path / "empty") == NEW
    (tmp_path / "thesis.txt").write_text("years of work", encoding="utf-8")
    for taken in (tmp_path, tmp_path / "thesis.txt"):
        with pytest.raises(TrainingError, match="holds something else: choose another folder"):
            write(taken, NEW)
    assert (tmp_path / "thesis.txt").is_file()
