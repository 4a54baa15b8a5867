"""A real Label Studio for the tests of this folder: started once, from a data folder that was made once."""
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from annotations.labelstudio.access import Access, Connection, read_access, write_access
from annotations.labelstudio.environment import EXECUTABLE_VARIABLE, VERSION
from annotations.labelstudio.server import Settings, running
from annotations.labelstudio.session import Session
from tests.conftest import ROOT

ENVIRONMENT = ROOT / ".venv-ls"
NOWHERE = "http://127.0.0.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server, and how to talk to it."""

    access: Access
    session: Session

    @property
    def options(self) -> tuple[str, ...]:
        return "--url", self.access.url, "--token", self.access.token


@pytest.fixture(scope="session")
def program() -> Path:
    named = os.environ.get(EXECUTABLE_VARIABLE)
    found = Path(named) if named else ENVIRONMENT / "bin" / "label-studio"
    if not found.exists():
        reason = f"no Label Studio at {found}: `make .venv-ls`"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


@pytest.fixture(scope="session")
def template(program: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a server that has been started once; the first start makes the database, which takes a minute."""
    kept = ENVIRONMENT if ENVIRONMENT.is_dir() else tmp_path_factory.mktemp("label-studio")
    folder = kept / f"template-{VERSION}"
    if not folder.exists():
        made = tmp_path_factory.mktemp("template") / "data"
        with running(Settings(folder=made, program=program)):
            pass
        # servers made from it share its token, so one must not be taken for another by the port it ran on last
        access = read_access(made)
        assert access is not None
        write_access(made, replace(access, url=NOWHERE))
        partial = folder.with_suffix(".part")
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(made, partial)
        partial.replace(folder)
    return folder


@pytest.fixture
def data(template: Path, tmp_path: Path) -> Path:
    """A folder of its own, of a server that does not run."""
    shutil.copytree(template, tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture(scope="session")
def server(template: Path, program: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server") / "data"
    shutil.copytree(template, folder)
    with (running(Settings(folder=folder, program=program)) as server,
          Session(Connection(url=server.access.url, token=server.access.token)) as session):
        yield Server(access=server.access, session=session)
