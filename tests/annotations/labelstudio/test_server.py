"""Access, program and port of one's own server, without one running."""
import socket
import stat
import sys
from pathlib import Path

import pytest

from annotations.errors import AnnotationError
from annotations.labelstudio import environment
from annotations.labelstudio.access import (
    Access,
    access_path,
    default_folder,
    find_connection,
    read_access,
    write_access,
)
from annotations.labelstudio.server import Settings, free_port, running
from annotations.labelstudio.session import Session

TOKEN, PASSWORD = "0" * 40, 'p"\\s'
OWN = Access(url="http://127.0.0.1:8151", email="a@example.com", password=PASSWORD, token=TOKEN)


def test_access_is_read_as_it_was_written_and_by_its_owner_only(tmp_path: Path) -> None:
    assert read_access(tmp_path) is None
    write_access(tmp_path, OWN)
    write_access(tmp_path, OWN)
    assert read_access(tmp_path) == OWN
    assert stat.S_IMODE(access_path(tmp_path).stat().st_mode) == 0o600


def test_a_broken_access_file_is_named(tmp_path: Path) -> None:
    access_path(tmp_path).write_text('url = "http://x"\n', encoding="utf-8")
    with pytest.raises(AnnotationError, match=r"access\.toml: cannot be read: 'email'"):
        read_access(tmp_path)


@pytest.mark.parametrize(("url", "token", "variables", "found"), [
    (None, None, {}, (OWN.url, OWN.token)),
    (None, "t", {}, (OWN.url, "t")),
    (OWN.url + "/", None, {}, (OWN.url, OWN.token)),
    ("https://ls.example.com", "t", {}, ("https://ls.example.com", "t")),
    (None, None, {"LABEL_STUDIO_URL": "http://ls:80", "LABEL_STUDIO_API_KEY": "k"}, ("http://ls:80", "k")),
    (OWN.url, "t", {"LABEL_STUDIO_URL": "http://ls:80", "LABEL_STUDIO_API_KEY": "k"}, (OWN.url, "t")),
])
def test_what_is_given_goes_before_the_environment_and_that_before_the_own_server(
    url: str | None, token: str | None, variables: dict[str, str], found: tuple[str, str], tmp_path: Path,
) -> None:
    write_access(tmp_path, OWN)
    connection = find_connection(url=url, token=token, folder=tmp_path, environment=variables)
    assert (connection.url, connection.token) == found


def test_the_own_token_is_never_sent_elsewhere(tmp_path: Path) -> None:
    write_access(tmp_path, OWN)
    with pytest.raises(AnnotationError, match=r"^no token for http://ls\.example\.com: give --token"):
        find_connection(url="http://ls.example.com", token=None, folder=tmp_path, environment={})


@pytest.mark.parametrize(("url", "reason"), [(None, "gongkai annotate serve"), ("ls.example.com:80", "no address")])
def test_no_server_to_talk_to_is_said(url: str | None, reason: str, tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match=reason):
        find_connection(url=url, token=TOKEN, folder=tmp_path, environment={})


def test_default_folder_is_the_user_s_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_folder() == tmp_path / "gongkai" / "label-studio"


def test_a_taken_port_is_refused_and_the_last_one_is_taken_again() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        with pytest.raises(AnnotationError, match=f"port {taken} is taken"):
            free_port(taken)
        assert free_port(None, last=taken) != taken
    assert free_port(None, last=taken) == taken


def script(path: Path, lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!{sys.executable}\n{lines}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_server_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    program = script(tmp_path / "label-studio", "raise SystemExit('no module named django')")
    with (pytest.raises(AnnotationError, match="ended with status 1: no module named django"),
          running(Settings(folder=tmp_path / "data", program=program))):
        pass


def test_the_server_inherits_nothing_and_tells_nobody_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "example.com")
    monkeypatch.setenv("DEBUG", "true")
    lines = "import os, sys; print(*(f'{k}={v}' for k, v in os.environ.items()), sep=' / '); sys.exit(3)"
    program = script(tmp_path / "label-studio", lines)
    with pytest.raises(AnnotationError) as caught, running(Settings(folder=tmp_path / "data", program=program)):
        pass
    told = str(caught.value)
    assert "LABEL_STUDIO_COLLECT_ANALYTICS=false" in told
    assert "LABEL_STUDIO_SENTRY_DSN= " in told
    assert "HTTPS_PROXY=http://127.0.0.1:1 " in told
    assert " HOST=" not in told
    assert "DEBUG" not in told
    assert stat.S_IMODE((tmp_path / "data").stat().st_mode) == 0o700


def test_program_is_the_one_given_then_the_environment_s(tmp_path: Path) -> None:
    given, named = script(tmp_path / "a" / "label-studio", ""), script(tmp_path / "b" / "label-studio", "")
    variables = {"GONGKAI_LABEL_STUDIO": str(named), "PATH": ""}
    assert environment.find_program(given, tmp_path, variables, print) == given
    assert environment.find_program(None, tmp_path, variables, print) == named
    with pytest.raises(AnnotationError, match="is no program"):
        environment.find_program(tmp_path, tmp_path, variables, print)


def test_without_a_program_the_pinned_version_is_installed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    ran: list[list[str]] = []
    said: list[str] = []
    own = tmp_path / "environment"

    def record(command: list[str], failure: str) -> None:
        ran.append(command)
        own.mkdir(exist_ok=True)

    monkeypatch.setattr(environment, "_run", record)
    for _ in range(2):
        assert environment.find_program(None, tmp_path, {"PATH": ""}, said.append) == own / "bin" / "label-studio"
    assert [command[-1] for command in ran] == [str(own), "label-studio==1.23.2"]
    assert len(said) == 1


def test_a_failed_installation_is_one_line_with_its_cause(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = script(tmp_path / "python", "import sys; print('no space\\nleft on device'); sys.exit(1)")
    monkeypatch.setattr(sys, "executable", str(broken))
    with pytest.raises(AnnotationError, match="could not be made: no space left on device; or give a program"):
        environment.find_program(None, tmp_path / "data", {"PATH": ""}, print)


def test_a_program_on_the_path_is_used_only_in_the_version_that_is_known_to_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    found = script(tmp_path / "bin" / "label-studio", "")
    monkeypatch.setattr(environment, "_install", lambda own, say: own)
    versions = {"1.23.2": found, "1.20.0": tmp_path / "environment", None: tmp_path / "environment"}
    for version, program in versions.items():
        monkeypatch.setattr(environment, "installed_version", lambda _, version=version: version)
        assert environment.find_program(None, tmp_path, {"PATH": str(found.parent)}, print) == program


def test_without_the_client_it_is_said_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "label_studio_sdk", None)
    connection = find_connection(url=OWN.url, token=TOKEN, folder=tmp_path, environment={})
    with pytest.raises(AnnotationError, match=r"pip install 'gongkai\[annotate\]'"):
        Session(connection)
