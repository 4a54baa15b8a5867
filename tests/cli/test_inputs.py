"""Which files the arguments stand for."""
import os
from pathlib import Path

import pytest

from infer.inputs import Input, Missing, find_inputs


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.html", "a.PDF", "c.docx", "sub/d.txt", "sub/deep/e.htm", ".git/f.html", "~$c.docx", "._b.html",
                 "g.py"):
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    return tmp_path


def names(*arguments: str) -> list[str]:
    return [found.name for found in find_inputs(arguments) if isinstance(found, Input)]


@pytest.mark.usefixtures("folder")
class TestInputs:
    def test_folder_is_searched_in_order_for_documents_only(self) -> None:
        assert names("in") == ["in/a.PDF", "in/b.html", "in/c.docx", "in/sub/d.txt", "in/sub/deep/e.htm"]

    def test_a_file_named_directly_is_read_whatever_its_suffix(self) -> None:
        assert names("in/g.py") == ["in/g.py"]

    def test_patterns_reach_files_and_folders_below(self) -> None:
        assert names("in/**/*.htm") == ["in/sub/deep/e.htm"]
        assert names("in/s*") == ["in/sub/d.txt", "in/sub/deep/e.htm"]

    def test_a_name_that_looks_like_a_pattern_is_a_name_first(self, folder: Path) -> None:
        (folder / "in" / "[b].html").write_bytes(b"")
        assert names("in/[b].html") == ["in/[b].html"]

    def test_each_file_once_in_the_order_of_the_arguments(self) -> None:
        assert names("in/sub", "in/b.html", "in", "in/b.html")[:4] == [
            "in/sub/d.txt", "in/sub/deep/e.htm", "in/b.html", "in/a.PDF"]
        assert len(names("in/sub", "in/b.html", "in")) == 5

    def test_what_names_nothing_says_why(self) -> None:
        assert [found.reason for found in find_inputs(["gone", "*.none"]) if isinstance(found, Missing)] == [
            "no such file or folder", "no file matches"]

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_pipe_in_a_folder_does_not_hold_up_the_run(self, folder: Path) -> None:
        os.mkfifo(folder / "in" / "a.txt")
        assert "in/a.txt" not in names("in")

    def test_links_that_lead_back_do_not_trap(self, folder: Path) -> None:
        (folder / "in" / "sub" / "up").symlink_to(folder / "in", target_is_directory=True)
        assert len(names("in")) == 5

    def test_patterns_end_too_where_links_lead_back(self, folder: Path) -> None:
        for name in ("up", "again"):
            (folder / "in" / "sub" / name).symlink_to(folder / "in", target_is_directory=True)
        (folder / "in" / "self.html").symlink_to("self.html")
        assert names("in/**/*.htm") == ["in/sub/deep/e.htm"]
        assert names("in/**") == ["in/a.PDF", "in/b.html", "in/c.docx", "in/g.py", "in/sub/d.txt", "in/sub/deep/e.htm",
                                  "in/~$c.docx"]
        assert [found.reason for found in find_inputs(["in/self.html"]) if isinstance(found, Missing)] == [
            "no such file or folder"]
