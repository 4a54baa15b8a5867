"""The library's one function, as the README shows it."""
import subprocess
import sys
from pathlib import Path

import pytest

from infer import extract
from report import UnreadableDocument
from tests.conftest import ROOT

TEXT = "柳溪镇2022年政府信息公开工作年度报告\n2022年，我镇主动公开政府信息310条。\n"


def test_path_text_path_and_bytes_give_the_same_facts(tmp_path: Path) -> None:
    path = tmp_path / "柳溪镇.txt"
    path.write_text(TEXT, encoding="utf-8")
    by_path, by_name, by_bytes = extract(path), extract(str(path)), extract(TEXT.encode(), name="柳溪镇.txt")
    assert by_path.facts == by_name.facts == by_bytes.facts
    assert [fact.value for fact in by_path.facts if fact.indicator == "proactive.total"] == [310]


def test_the_name_is_the_function_however_often_it_is_imported() -> None:
    code = "from infer import extract; import infer.batch; from infer import extract; assert callable(extract)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0


def test_what_holds_no_text_is_refused() -> None:
    with pytest.raises(UnreadableDocument):
        extract(b"")
