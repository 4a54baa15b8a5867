"""The server's program: one that is there already, or an environment of its own, apart from gongkai's packages."""
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from annotations.errors import AnnotationError

VERSION: Final = "1.23.2"
EXECUTABLE_VARIABLE: Final = "GONGKAI_LABEL_STUDIO"
_LAST_LINES: Final = 5
_BIN: Final = "Scripts" if os.name == "nt" else "bin"

Say = Callable[[str], None]


def find_program(given: Path | None, folder: Path, environment: Mapping[str, str], say: Say) -> Path:
    """The program given, named in the environment, in the folder, or on the path in this version; else installed."""
    named = given or (Path(environment[EXECUTABLE_VARIABLE]) if environment.get(EXECUTABLE_VARIABLE) else None)
    if named is not None:
        if not os.access(named, os.X_OK) or named.is_dir():
            raise AnnotationError(f"{named} is no program; it should be the `label-studio` of an environment")
        return named.absolute()
    own = folder / "environment"
    if _ready_mark(own).exists():
        return _program(own)
    return _on_path(environment) or _install(own, say)


def _program(own: Path) -> Path:
    return own / _BIN / "label-studio"


def _ready_mark(own: Path) -> Path:
    """Written when an installation has come to its end; keyed by version, so that an older one is replaced."""
    return own / f".ready-{VERSION}"


def _on_path(environment: Mapping[str, str]) -> Path | None:
    found = shutil.which("label-studio", path=environment.get("PATH"))
    return Path(found) if found and installed_version(Path(found)) == VERSION else None


def installed_version(program: Path) -> str | None:
    """Asked of the packages beside it: the program itself takes seconds and may go online to answer."""
    python = program.resolve().parent / "python"
    ask = "import importlib.metadata as m; print(m.version('label-studio'))"
    if not python.exists():
        return None
    result = subprocess.run([python, "-I", "-c", ask], capture_output=True, text=True)  # noqa: S603
    return result.stdout.strip() if result.returncode == 0 else None


def _install(own: Path, say: Say) -> Path:
    say(f"installing Label Studio {VERSION} into {own}; once, about a minute, 1 GB")
    shutil.rmtree(own, ignore_errors=True)
    _run([sys.executable, "-m", "venv", str(own)], "a virtual environment could not be made")
    python = str(own / _BIN / "python")
    _run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"label-studio=={VERSION}"],
         f"Label Studio {VERSION} could not be installed")
    _ready_mark(own).touch()
    return _program(own)


def _run(command: list[str], failure: str) -> None:
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)  # noqa: S603
    if result.returncode:
        last = " ".join(" ".join(result.stdout.strip().splitlines()[-_LAST_LINES:]).split())
        raise AnnotationError(f"{failure}: {last}; or give a program with --executable")
