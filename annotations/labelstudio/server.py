"""A Label Studio of one's own: one process on loopback with an embedded database, which tells nobody anything."""
import os
import secrets
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from http.client import HTTPException
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from annotations.errors import AnnotationError
from annotations.labelstudio.access import Access, read_access, write_access

HOST: Final = "127.0.0.1"
EMAIL: Final = "annotator@gongkai.invalid"
_LOG: Final = "server.log"
_UP_WITHIN: Final = 300.0
_DOWN_WITHIN: Final = 20.0
_ASK_EVERY: Final = 0.1
_LAST_LINES: Final = 3
# Label Studio fetches tips for its pages from a public site, for which it has no setting; this proxy leads nowhere
_NOWHERE: Final = "http://127.0.0.1:1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Where the data lie and what runs over them; no port: the last one, or any that is free."""

    folder: Path
    program: Path
    port: int | None = None
    email: str = EMAIL


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A server that answers; is_new: its password was made just now."""

    access: Access
    is_new: bool
    process: subprocess.Popen[bytes]


def free_port(wanted: int | None, last: int | None = None) -> int:
    """Raise AnnotationError for a wanted port that is taken: Label Studio would silently take the next one."""
    if wanted is not None:
        if not _is_free(wanted):
            raise AnnotationError(f"port {wanted} is taken: give another with --port, or none for any that is free")
        return wanted
    if last is not None and _is_free(last):
        return last
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if os.name == "posix":
            # a port on which connections are still being closed is free, one that is listened on is not
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


@contextmanager
def running(settings: Settings) -> Iterator[Running]:
    """Start the server, yield when it answers, stop it cleanly. Its data folder outlives it."""
    folder = settings.folder.absolute()
    _make_folders(folder)
    old = read_access(folder)
    if old and _answers(old):
        raise AnnotationError(f"a server is running on {folder} already: {old.url}")
    port = free_port(settings.port, _port(old.url) if old else None)
    access = replace(old or _new_access(settings.email), url=f"http://{HOST}:{port}")
    write_access(folder, access)
    with open(folder / _LOG, "wb") as log:
        process = subprocess.Popen(  # noqa: S603
            [settings.program, "start", "--no-browser", "--internal-host", HOST, "--port", str(port),
             "--log-level", "ERROR"],
            env=_environment(folder, access), cwd=folder / "work", stdin=subprocess.DEVNULL, stdout=log,
            stderr=subprocess.STDOUT, start_new_session=True,
        )
    try:
        _wait(process, access, folder / _LOG)
        yield Running(access=access, is_new=old is None, process=process)
    finally:
        _stop(process)


def _port(url: str) -> int | None:
    return urlsplit(url).port


def _new_access(email: str) -> Access:
    return Access(url="", email=email, password=secrets.token_urlsafe(12), token=secrets.token_hex(20))


def _make_folders(folder: Path) -> None:
    """Closed to other users; the working folder stays empty, for some names in it would switch on file serving."""
    for path in (folder, folder / "data", folder / "home", folder / "work"):
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    folder.chmod(0o700)


def _environment(folder: Path, access: Access) -> dict[str, str]:
    """All of it: Label Studio also obeys plain names (HOST, PORT, DEBUG, CI...), so none may be inherited."""
    kept: Mapping[str, str] = {name: os.environ[name] for name in ("SYSTEMROOT", "TMPDIR") if name in os.environ}
    return {
        **kept,
        "PATH": os.defpath,
        "HOME": str(folder / "home"),
        "LANG": "C.UTF-8",
        "PYTHONUTF8": "1",
        "HTTP_PROXY": _NOWHERE,
        "HTTPS_PROXY": _NOWHERE,
        "NO_PROXY": f"{HOST},localhost",
        "LABEL_STUDIO_BASE_DATA_DIR": str(folder / "data"),
        "LABEL_STUDIO_DJANGO_DB": "sqlite",
        "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
        "LABEL_STUDIO_SENTRY_DSN": "",
        "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
        "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
        "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LABEL_STUDIO_USERNAME": access.email,
        "LABEL_STUDIO_PASSWORD": access.password,
        "LABEL_STUDIO_USER_TOKEN": access.token,
    }


def _wait(process: subprocess.Popen[bytes], access: Access, log: Path) -> None:
    until = time.monotonic() + _UP_WITHIN
    while not (_get(f"{access.url}/health") and _answers(access)):
        if process.poll() is not None:
            ended = f"Label Studio ended with status {process.returncode}"
            raise AnnotationError(f"{ended}: {_end_of(log)} (all of it: {log})")
        if time.monotonic() > until:
            raise AnnotationError(f"Label Studio did not answer at {access.url} within {_UP_WITHIN:.0f} s: see {log}")
        time.sleep(_ASK_EVERY)


def _end_of(log: Path) -> str:
    lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    return " / ".join(line.strip() for line in lines[-_LAST_LINES:]) or "without a word"


def _answers(access: Access) -> bool:
    """Whether the server at this address is the one that knows this token: another may have taken the port."""
    return _get(f"{access.url}/api/current-user/whoami", {"Authorization": f"Token {access.token}"})


def _get(url: str, headers: Mapping[str, str] | None = None) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, headers=dict(headers or {}))  # noqa: S310  the address is our own
    try:
        with opener.open(request, timeout=5) as answer:
            return bool(answer.status == 200)
    # refused, reset, timed out, 401 of another server, no HTTP at all
    except (OSError, HTTPException):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        return
    process.terminate()
    try:
        process.wait(_DOWN_WITHIN)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
