"""How to reach a server: what was given, what the environment says, or what one's own server wrote down."""
import json
import os
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from annotations.errors import AnnotationError

URL_VARIABLE: Final = "LABEL_STUDIO_URL"
TOKEN_VARIABLE: Final = "LABEL_STUDIO_API_KEY"  # noqa: S105  the name of a variable
_FILE: Final = "access.toml"
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A server and the token for it (legacy or personal access token)."""

    url: str
    token: str

    @property
    def is_local(self) -> bool:
        return urlsplit(self.url).hostname in _LOOPBACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What one's own server was made with; url is where it ran last."""

    url: str
    email: str
    password: str
    token: str


def default_folder() -> Path:
    """The platform's place for a user's data."""
    home = Path.home()
    if sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", home / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "gongkai" / "label-studio"


def access_path(folder: Path) -> Path:
    return folder / _FILE


def read_access(folder: Path) -> Access | None:
    """None where no server was made in this folder yet."""
    path = access_path(folder)
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        return Access(**{name: str(found[name]) for name in ("url", "email", "password", "token")})
    except FileNotFoundError:
        return None
    except (OSError, KeyError, ValueError) as error:
        raise AnnotationError(f"{path}: cannot be read: {error}") from None


def write_access(folder: Path, access: Access) -> None:
    """Readable by its owner only, from the first byte on."""
    path = access_path(folder)
    partial = path.with_suffix(".part")
    partial.unlink(missing_ok=True)
    # a TOML basic string is written as a JSON string is
    lines = "".join(f"{name} = {json.dumps(value)}\n" for name, value in asdict(access).items())
    with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(lines)
    partial.replace(path)


def find_connection(
    *, url: str | None, token: str | None, folder: Path, environment: Mapping[str, str],
) -> Connection:
    """What was given, else the environment, else the own server's; its token is never sent to another address."""
    own = read_access(folder)
    url = url or environment.get(URL_VARIABLE) or (own.url if own else None)
    if not url:
        raise AnnotationError(
            f"no server: give --url and --token (or set {URL_VARIABLE} and {TOKEN_VARIABLE}), "
            "or start one with `gongkai annotate serve`"
        )
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise AnnotationError(f"{url} is no address of a server: it should look like http://127.0.0.1:8080")
    url = url.rstrip("/")
    token = token or environment.get(TOKEN_VARIABLE) or (own.token if own and own.url == url else None)
    if not token:
        raise AnnotationError(f"no token for {url}: give --token or set {TOKEN_VARIABLE}")
    return Connection(url=url, token=token)
