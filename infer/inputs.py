"""What to read: files, folders, glob patterns and standard input, in a fixed order."""
import glob
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

STDIN = "-"
# .doc and .wps are listed so that a folder of them is answered with a reason, not with silence
SUFFIXES = frozenset({".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".txt", ".pdf", ".docx", ".doc", ".wps",
                      ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One document to read; `name` is printable even where the file's name is not UTF-8. No path: standard input.

    `stamp`: size and time of change (ns) of a document without a path, as those who keep it say.
    """

    name: str
    path: Path | None
    stamp: tuple[int, int] | None = None

    def read(self) -> bytes:
        return sys.stdin.buffer.read() if self.path is None else self.path.read_bytes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Input):
    """A document whose bytes are here already."""

    data: bytes

    def read(self) -> bytes:
        return self.data


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """An argument that names nothing that can be read, and why."""

    name: str
    reason: str


def find_inputs(arguments: Sequence[str]) -> Iterator[Input | Missing]:
    """Documents behind the arguments, each once; folders are searched through for the known suffixes."""
    seen: set[tuple[int, int]] = set()
    for argument in arguments:
        for found in _find(argument):
            if isinstance(found, Input) and found.path is not None and len(arguments) > 1:
                if (key := _identity(found.path)) in seen:
                    continue
                seen.add(key)
            yield found


def _find(argument: str) -> Iterator[Input | Missing]:
    path = Path(argument)
    if argument == STDIN:
        yield Input(name="stdin", path=None)
    elif path.is_dir():
        yield from _find_in_folder(path)
    elif path.exists():
        yield _file(path)
    elif glob.has_magic(argument):
        yield from _find_by_pattern(argument)
    else:
        yield Missing(name=_printable(argument), reason="no such file or folder")


def _find_by_pattern(pattern: str) -> Iterator[Input | Missing]:
    matches = _matches(pattern)
    if not matches:
        yield Missing(name=_printable(pattern), reason="no file matches")
    for match in matches:
        if Path(match).is_file():
            yield _file(Path(match))
        elif not pattern.rstrip("/").endswith("**"):
            yield from _find_in_folder(Path(match))


def _matches(pattern: str) -> list[str]:
    """As glob.glob, but `**` never goes through a link to a folder, of which two that lead back would have no end."""
    if "**" not in pattern:
        return sorted(glob.glob(pattern))
    parts = Path(pattern).parts
    fixed = next(number for number, part in enumerate(parts) if glob.has_magic(part))
    start, rest = Path(*parts[:fixed]), parts[fixed:]
    if not start.is_dir():
        return []
    if rest[-1] == "**":
        rest = (*rest, "*")
    open_dots = any(part.startswith(".") for part in rest)
    found = (path for path in start.glob(str(Path(*rest)))
             if open_dots or not any(part.startswith(".") for part in path.relative_to(start).parts))
    return sorted({path.as_posix() for path in found})


def _find_in_folder(folder: Path) -> Iterator[Input | Missing]:
    empty = True
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place, name)
            if _is_document(path):
                empty = False
                yield _file(path)
    if empty:
        yield Missing(name=_printable(str(folder)), reason=f"no document in this folder ({' '.join(sorted(SUFFIXES))})")


def _is_document(path: Path) -> bool:
    return is_document_name(path.name) and path.is_file()


def is_document_name(name: str) -> bool:
    """Left out are the shadows that Word (~$x.docx) and macOS (._x.html) put beside a document."""
    return PurePath(name).suffix.lower() in SUFFIXES and not name.startswith((".", "~$"))


def _file(path: Path) -> Input:
    return Input(name=_printable(path.as_posix()), path=path)


def _printable(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "replace")


def _identity(path: Path) -> tuple[int, int]:
    """Same file behind two names; by path where the file system numbers nothing."""
    stat = path.stat()
    return (stat.st_dev, stat.st_ino) if stat.st_ino else (0, hash(path.resolve()))
