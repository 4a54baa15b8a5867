"""A missing extra and a fault of the user's are one line each; a fault of ours is not hidden."""
import sys

import pytest
import typer

from train.cli.saying import command_line, one_line
from train.errors import TrainingError


@pytest.mark.parametrize("name", ["numpy", "torch", "onnxruntime.capi", "seqeval.metrics"])
def test_what_a_light_install_lacks_is_named_with_the_way_to_get_it(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(typer.Exit) as ended, one_line():
        raise ModuleNotFoundError(name=name)
    assert ended.value.exit_code == 1
    assert capsys.readouterr().err == f"{name} is not installed: pip install 'gongkai[train]'\n"


def test_a_fault_of_the_user_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(typer.Exit) as ended, one_line():
        raise TrainingError("no recipe x")
    assert ended.value.exit_code == 1
    assert capsys.readouterr().err == "no recipe x\n"


def test_a_module_that_nobody_promised_is_our_fault() -> None:
    with pytest.raises(ModuleNotFoundError), one_line():
        raise ModuleNotFoundError(name="annotations.typo")


def test_a_recorded_command_says_nothing_of_where_folders_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/gongkai", "train", "fit", "/data/mine", "-o", "runs/a"])
    assert command_line() == "gongkai train fit mine -o runs/a"
