"""Documents of object stores and other filesystems, by their URLs."""
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from infer.batch.bounds import UNBOUNDED
from infer.batch.cluster.documents import Listing, NoStore, Stored, find_documents, require_stores
from infer.batch.manifest import Made, Record
from infer.batch.staying import Settings, change
from infer.cli import app
from infer.inputs import Missing, find_inputs
from tests.batch.objects import BUCKET, serving
from tests.conftest import ROOT

NAMES = ("b.html", "a.txt", "z/1.pdf", "m 年报/二 #1%20.docx", "m 年报/.hidden.txt", "m 年报/~$x.docx", ".git/c.txt",
         "notes.md", "m 年报/x/y.htm", "@/q.txt")
MADE = Made(gongkai="1", vocabulary="1", forms="1", rules="1", model=None, options="")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in NAMES:
        path = tmp_path / "in" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path / "in"


def names(*arguments: str) -> list[str]:
    return [found.name for found in find_documents(arguments)]


def test_a_folder_by_url_gives_the_documents_of_the_folder_in_its_order(folder: Path) -> None:
    local = [found.name for found in find_inputs([str(folder)])]
    assert names(f"file://{folder}") == [f"file://{name}" for name in local]
    assert len(local) == 6


def test_what_a_url_finds_is_read_and_dated_as_the_file_is(folder: Path) -> None:
    for found in find_documents([f"file://{folder}"]):
        assert isinstance(found, Stored)
        stat = Path(found.key).stat()
        assert found.stamp == (stat.st_size, stat.st_mtime_ns)
        assert found.read().decode() == str(Path(found.key).relative_to(folder))


def test_patterns_match_part_by_part(folder: Path) -> None:
    assert names(f"file://{folder}/*.[th]*") == [f"file://{folder}/a.txt", f"file://{folder}/b.html"]
    assert names(f"file://{folder}/m*/*/y.*") == [f"file://{folder}/m 年报/x/y.htm"]
    assert names(f"file://{folder}/z*") == [f"file://{folder}/z/1.pdf"]


def test_each_document_comes_once(folder: Path) -> None:
    assert names(f"file://{folder}/z", f"file://{folder}/z/1.pdf") == [f"file://{folder}/z/1.pdf"]


def test_what_is_not_there_is_one_line(folder: Path) -> None:
    (folder / "empty").mkdir()
    found = list(find_documents([f"file://{folder}/no", f"file://{folder}/empty", f"file://{folder}/*.xls",
                                 f"file://{folder}/**/a"]))
    assert all(isinstance(one, Missing) for one in found)
    assert [one.reason.split(" (")[0] for one in found if isinstance(one, Missing)] == [
        "no such file or folder", "no document in this folder", "no file matches",
        "** is for local paths; a folder is searched through as it is"]


def test_links_that_lead_back_are_not_followed(folder: Path) -> None:
    (folder / "z" / "back").symlink_to(folder, target_is_directory=True)
    assert names(f"file://{folder}/z") == [f"file://{folder}/z/1.pdf"]


def test_an_object_store_is_listed_and_read_and_its_password_is_nowhere(folder: Path) -> None:
    objects = {f"年 报/{name}": name.encode() for name in NAMES}
    with serving(objects) as (options, _asked):
        url = f"s3://somebody:pass%2Fword@{BUCKET}/年 报?{options}"
        require_stores([url])
        found = list(find_documents([url]))
        local = [one.name.removeprefix(f"{folder}/") for one in find_inputs([str(folder)])]
        assert [one.name for one in found] == [f"s3://{BUCKET}/年 报/{name}" for name in local]
        assert [one.read().decode() for one in found if isinstance(one, Stored)] == local
        [gone] = find_documents([f"s3://somebody:password@{BUCKET}/nothing?{options}"])
        assert (gone.name, getattr(gone, "reason", "")) == (f"s3://{BUCKET}/nothing", "no such file or folder")


def test_a_listing_is_made_once(folder: Path) -> None:
    listing = Listing([f"file://{folder}", str(folder / "a.txt")])
    first = listing.find()
    head = next(first)
    before = [found.name for found in listing.find()]
    (folder / "new.txt").touch()
    # two walks at once do not disturb each other
    assert [head.name, *(found.name for found in first)] == before
    assert [found.name for found in listing.find()] == before


@pytest.mark.parametrize(("url", "why"), [("zzz://a/b", "Protocol not known"), ("sftp://u:secret@h/x", "paramiko")])
def test_a_filesystem_that_cannot_be_had_is_one_line(url: str, why: str) -> None:
    with pytest.raises(NoStore, match=why) as caught:
        require_stores(["somewhere", url])
    assert "secret" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_stored_document_stays_while_size_and_time_do(folder: Path) -> None:
    [document] = find_documents([f"file://{folder}/a.txt"])
    assert isinstance(document, Stored)
    assert document.stamp is not None
    size, modified = document.stamp
    record = Record(name=document.name, sha256="0", size=size, modified=modified, outcome="read", made=MADE, at="",
                    seconds=0)
    settings = Settings(made=MADE, bounds=UNBOUNDED)
    assert change(record, document, settings) is None
    (folder / "a.txt").write_text("other", encoding="utf-8")
    [document] = find_documents([f"file://{folder}/a.txt"])
    assert change(record, document, settings) == "changed"


def test_the_local_engine_says_who_reads_urls() -> None:
    result = CliRunner().invoke(app, ["extract", "s3://bucket/folder"])
    assert result.exit_code == 2
    assert "s3:// is read by --engine ray" in result.stderr


def test_without_the_extra_one_line_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infer.batch.cluster.starting.find_spec", lambda name: None)
    result = CliRunner().invoke(app, ["extract", "s3://bucket/folder", "--engine", "ray"])
    assert (result.exit_code, result.stderr) == (2, "Ray is an extra: pip install 'gongkai[ray]'\n")


def test_a_missing_filesystem_package_ends_the_command_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("infer.batch.cluster.starting.find_spec", lambda name: name)
    result = CliRunner().invoke(app, ["extract", "zzz://bucket/folder", "--engine", "ray"])
    assert (result.exit_code, result.stderr) == (2, "zzz://bucket/folder: Protocol not known: zzz\n")


def test_the_command_itself_loads_nothing_of_it() -> None:
    code = "import sys, infer.cli, infer.cli.extract; print({'ray', 'pyarrow', 'fsspec'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"
